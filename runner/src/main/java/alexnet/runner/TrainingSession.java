package alexnet.runner;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import alexnet.core.data.feed.TrainingData;
import alexnet.core.group.TwoGroupNetwork;
import alexnet.core.model.Model;
import alexnet.core.replica.SharedFile;
import alexnet.core.run.Transfer;
import alexnet.core.run.CheckpointOptions;
import alexnet.core.run.OpenSnapshot;
import alexnet.core.run.Recovery;
import alexnet.core.run.RunFolder;
import alexnet.core.run.RunRequest;
import alexnet.core.run.RunStart;
import alexnet.core.run.Saving;
import alexnet.core.run.Snapshot;
import alexnet.core.run.TrainingRun;
import alexnet.core.run.event.RunEvent;
import alexnet.core.run.event.RunSink;
import alexnet.core.run.event.Sinks;
import alexnet.core.training.DivergedException;
import alexnet.core.training.Trainer;
import alexnet.core.training.TrainingOptions;

/**
 * A training run with all that it needs, from loading its network to its end: signals stop it, divergence sends it back.
 *
 * @param model        the network that is trained
 * @param begun        what the network takes over from another where it begins
 * @param initFrom     the other's file where the run begins, or null
 * @param maxRollbacks how often it may go back because it diverges
 * @param workers      threads that read images ahead
 * @param ranks        who trains together
 * @param results      where it writes; null on ranks that leave that to the first
 * @param folder       that of the results
 * @param heard        the signals that are not ignored
 * @param err          gets what is left when it ends before its time
 */
record TrainingSession(Model model, TrainingOptions options, Optional<Transfer> begun, Path initFrom, CheckpointOptions checkpoints,
                       int maxRollbacks, RunNetwork network, TrainingData prepared, int workers, Ranks ranks, RunFolder results, Path folder,
                       Set<String> heard, PrintWriter err) {

    /** Loads the network with a checkpoint or, where that is null, with its start values, which it has. */
    void load(OpenSnapshot earlier) {
        TwoGroupNetwork groups = network.network();
        if (earlier == null) {
            begun.ifPresent(transfer -> transfer.load(initFrom, groups.parameters()));
            groups.setMean(model.statistics().mean());
            groups.setDeviation(model.deviations());
            groups.load();
        } else {
            earlier.load(groups);
        }
    }

    private void reload(RunStart start) throws IOException {
        network.renew(start.isNew());
        // The start values have no file; null needs no closing.
        try (SharedFile file = start.isNew() ? null : ranks.share(start.checkpoint()); OpenSnapshot earlier = file == null ? null : OpenSnapshot.open(file.path())) {
            load(earlier);
        }
    }

    /**
     * Trains to the end.
     *
     * @param start    what the network was loaded with
     * @param audience is told of what happens
     * @return how the process ends
     */
    ExitCode train(RunStart start, List<RunSink> audience) {
        RunRequest request = new RunRequest();
        try (Signals signals = Signals.handle(heard, request, err, ranks::endNow); Sinks sinks = new Sinks(ranks.isFirst() ? results.begin() : List.of())) {
            sinks.add(signals);
            audience.forEach(sinks::add);
            RunEvent.Reason reason = new Recovery(ranks.replicas(), results, maxRollbacks).run(start, (from, warnings) -> {
                if (from != start) {
                    reload(from);
                }
                return run(from, request, sinks, warnings);
            });
            return reason == RunEvent.Reason.STOPPED ? ranks.agreed(signals.stopped().orElse(ExitCode.OK)) : ExitCode.OK;
        } catch (DivergedException diverged) {
            throw diverged.with("try a smaller --lr; " + lastGood());
        } catch (IOException failure) {
            err.println(lastGood());
            throw new OutputException(folder, failure);
        } catch (RuntimeException | Error failure) {
            err.println(lastGood());
            throw failure;
        }
    }

    private RunEvent.Reason run(RunStart start, RunRequest request, RunSink sink, List<String> warnings) throws IOException {
        TwoGroupNetwork groups = network.network();
        try (Trainer trainer = new Trainer(groups, ranks.replicas(), prepared, options, workers); Saving saving = saving(groups)) {
            return new TrainingRun(trainer, prepared, saving, request, sink).run(start.state(), warnings);
        }
    }

    private Saving saving(TwoGroupNetwork groups) {
        if (!ranks.isFirst()) {
            return Saving.elsewhere(folder, checkpoints);
        }
        byte[] images = prepared.fingerprint().pack();
        return new Saving(results, checkpoints, (file, state) -> new Snapshot(model, options, begun, state).write(file, groups.tensors(), images));
    }

    private String lastGood() {
        if (results == null) {
            return "rank 0 has the checkpoints, in " + folder;
        }
        return results.newest().map(newest -> "the last good checkpoint is " + newest + ": go on by --resume " + newest)
                .orElse(results.hadCheckpoint() ? "its checkpoints are no longer in " + results.path() : "no checkpoint has been written");
    }
}
