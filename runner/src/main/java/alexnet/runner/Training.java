package alexnet.runner;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

import alexnet.core.data.PreparedData;
import alexnet.core.group.TwoGroupNetwork;
import alexnet.core.model.Model;
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
 * A run that has all that it needs.
 *
 * @param start     where it begins
 * @param network   not loaded
 * @param results   claimed
 * @param workers   threads that read images ahead
 * @param rollbacks how often it may go back to an earlier checkpoint
 */
record Training(RunStart start, TrainingOptions options, CheckpointOptions checkpoints, RunNetwork network, PreparedData prepared,
                RunFolder results, int workers, int rollbacks) {

    /** @param earlier what the run goes on from; null for the start values */
    void load(OpenSnapshot earlier) {
        TwoGroupNetwork loaded = network.network();
        if (earlier == null) {
            loaded.initialize(options.seed());
            loaded.setMean(prepared.statistics().mean());
            loaded.load();
        } else {
            earlier.load(loaded);
        }
    }

    /**
     * Trains a loaded network to the end, until it is asked to stop, or until it fails, when the user is told what is left.
     *
     * @param audience is told of what happens, and closed
     */
    ExitCode run(List<RunSink> audience, PrintWriter err) {
        RunRequest request = new RunRequest();
        try (Signals signals = Signals.handle(request, err);
                Sinks sinks = new Sinks(results.begin())) {
            sinks.add(signals);
            audience.forEach(sinks::add);
            RunEvent.Reason reason = new Recovery(results, rollbacks).run(start, (from, warnings) -> attempt(from, request, sinks, warnings));
            if (reason != RunEvent.Reason.STOPPED) {
                return ExitCode.OK;
            }
            err.println("stopped: " + lastGood());
            return signals.stopped().orElseThrow();
        } catch (DivergedException diverged) {
            throw diverged.with("try a smaller --lr; " + lastGood());
        } catch (IOException failure) {
            err.println(lastGood());
            throw new OutputException(results.path(), failure);
        } catch (RuntimeException | Error failure) {
            err.println(lastGood());
            throw failure;
        }
    }

    private RunEvent.Reason attempt(RunStart from, RunRequest request, RunSink sink, List<String> warnings) throws IOException {
        if (from != start) {
            network.renew();
            // The start values have no file; null needs no closing.
            try (OpenSnapshot earlier = from.isNew() ? null : OpenSnapshot.open(from.checkpoint())) {
                load(earlier);
            }
        }
        TwoGroupNetwork learning = network.network();
        Model model = new Model(learning.architecture(), prepared.dataset().classes(), prepared.statistics());
        byte[] images = prepared.fingerprint().pack();
        try (Trainer trainer = new Trainer(learning, prepared, options, workers);
                Saving saving = new Saving(results, checkpoints, (file, state) -> new Snapshot(model, options, state)
                        .write(file, learning.tensors(), images))) {
            return new TrainingRun(trainer, prepared, saving, request, sink).run(from.state(), warnings);
        }
    }

    private String lastGood() {
        return results.newest().map(newest -> "the last good checkpoint is " + newest + ": go on by --resume " + newest)
                .orElse(results.hadCheckpoint() ? "its checkpoints are no longer in " + results.path() : "no checkpoint has been written");
    }
}
