package alexnet.runner;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.data.BatchLoader;
import alexnet.core.data.DataException;
import alexnet.core.data.Dataset;
import alexnet.core.data.Fingerprint;
import alexnet.core.data.PreparedData;
import alexnet.core.data.StoredSize;
import alexnet.core.device.Device;
import alexnet.core.group.TwoGroupNetwork;
import alexnet.core.network.Architecture;
import alexnet.core.training.Checkpoint;
import alexnet.core.training.DivergedException;
import alexnet.core.training.EpochMetrics;
import alexnet.core.training.RunFolder;
import alexnet.core.training.RunStart;
import alexnet.core.training.Trainer;
import alexnet.core.training.TrainingOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Trains a network, from its start values or from a checkpoint. */
@Command(name = "train", sortOptions = false, mixinStandardHelpOptions = true,
        description = "Train a network; after every epoch measure it on the validation images and write a checkpoint.",
        footerHeading = "%nThe output folder gets%n",
        footer = {
            "  last.safetensors  the checkpoint of the last epoch",
            "  best.safetensors  the one with the highest validation top-1",
            "  metrics.csv       a line an epoch",
            "  losses.csv        a line a step"})
final class TrainCommand implements Runnable {

    private static final String DEFAULT_ARCHITECTURE = "alexnet";
    /** Of training and of validation. */
    private static final int BATCHES_AHEAD = 2 * BatchLoader.BATCHES;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOptions data;

    @Option(names = {"-a", "--architecture"}, paramLabel = "NAME",
            description = "alexnet, or alexnet-small for small images. Default: " + DEFAULT_ARCHITECTURE + ".")
    private String architecture;

    @Mixin
    private DeviceOptions devices;

    @Mixin
    private TrainingFlags flags;

    @Mixin
    private RunFolderOptions folder;

    @Option(names = "--allow-changed-data",
            description = "With --resume: go on although images were added, removed or changed. The run is then no longer bit for bit the one"
                    + " that was begun.")
    private boolean allowChangedData;

    @Mixin
    private QuietOption quiet;

    @Override
    public void run() {
        Usage.require(spec, !allowChangedData || folder.resume() != null, "--allow-changed-data goes with --resume");
        // A new run has no earlier checkpoint; null needs no closing.
        try (OpenCheckpoint earlier = folder.resume() == null ? null : OpenCheckpoint.open(folder.resume())) {
            String name = architectureName(earlier);
            TrainingOptions options = options(earlier, name);
            RunStart start = earlier == null ? RunStart.NEW : earlier.start();
            folder.requireRoom(start);
            List<Device> placed = devices.choose();
            Dataset dataset = data.open(err());
            Architecture network = options.initialization().applyTo(Architecture.named(name, dataset.classes().size(), dataset.channels()));
            if (earlier != null) {
                earlier.requireFit(dataset);
            }
            long spareBytes = Memory.require(network, options.batchSize(), placed, BATCHES_AHEAD);
            try (RunFolder results = folder.claim(start, data.name())) {
                PreparedData prepared = prepare(earlier, dataset, network, spareBytes);
                try (TwoGroupNetwork groups = devices.network(network, options.batchSize(), placed)) {
                    load(earlier, options, groups, prepared);
                    err().printf(Locale.ROOT, "training %s at batch size %d on %s; results go to %s%n", network.name(),
                            options.batchSize(), String.join(" and ", placed.stream().map(Device::id).toList()), results.path());
                    train(start, options, groups, prepared, results);
                }
                DataOptions.report(prepared.skipped(), err());
            }
        }
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }

    private TrainingOptions options(OpenCheckpoint earlier, String architectureName) {
        try {
            TrainingOptions options = flags.over(earlier == null ? TrainingFlags.defaults(architectureName) : earlier.content().options());
            if (earlier != null && earlier.content().history().size() >= options.epochs()) {
                throw Usage.mistake(spec, folder.resume() + " has been trained for " + earlier.content().history().size()
                        + " epochs already: ask for more by --epochs");
            }
            return options;
        } catch (IllegalArgumentException impossible) {
            throw Usage.mistake(spec, impossible.getMessage());
        }
    }

    private String architectureName(OpenCheckpoint earlier) {
        if (architecture != null && !Architecture.NAMES.contains(architecture)) {
            throw Usage.mistake(spec, "there is no architecture '" + architecture + "'; there are " + String.join(", ", Architecture.NAMES));
        }
        if (earlier == null) {
            return architecture == null ? DEFAULT_ARCHITECTURE : architecture;
        }
        String trained = earlier.content().architecture().name();
        if (architecture != null && !architecture.equals(trained)) {
            throw new CheckpointException(folder.resume() + " is a checkpoint of " + trained + ", not of " + architecture);
        }
        return trained;
    }

    private PreparedData prepare(OpenCheckpoint earlier, Dataset dataset, Architecture network, long spareBytes) {
        StoredSize size = new StoredSize(network.storedSize(), network.storedSize());
        PreparedData prepared;
        try (Meter meter = quiet.meters().of("reading images", dataset.training().size() + dataset.validation().size())) {
            prepared = PreparedData.of(dataset, size, DataOptions.decoding(spareBytes, meter), data.maxBad());
        }
        DataOptions.tellUnreadable(prepared.skipped(), prepared.training().size() + prepared.validation().size(), err());
        if (earlier != null) {
            requireSameImages(earlier, prepared.fingerprint(), dataset.folder());
        }
        return earlier == null ? prepared
                : new PreparedData(dataset, prepared.training(), prepared.validation(), earlier.content().statistics());
    }

    private void requireSameImages(OpenCheckpoint earlier, Fingerprint now, Path images) {
        Optional<Fingerprint> before = earlier.fingerprint();
        if (before.isEmpty()) {
            err().println(folder.resume() + " does not say which images it was trained on: if they are others now, the run is not the one that was begun");
            return;
        }
        before.get().changes(now).ifPresent(changes -> {
            String said = images + " has other images than when " + folder.resume() + " was trained: " + changes;
            if (!allowChangedData) {
                throw new DataException(said + "; bring them back, or go on by --allow-changed-data");
            }
            err().println(said + "; the run is no longer bit for bit the one that was begun");
        });
    }

    private static void load(OpenCheckpoint earlier, TrainingOptions options, TwoGroupNetwork network, PreparedData prepared) {
        if (earlier == null) {
            network.initialize(options.seed());
            network.setMean(prepared.statistics().mean());
            network.load();
        } else {
            earlier.load(network);
        }
    }

    private void train(RunStart start, TrainingOptions options, TwoGroupNetwork network, PreparedData prepared, RunFolder results) {
        try (TrainingReport report = new TrainingReport(options.epochs(), prepared.majorityBaseline(), results, spec.commandLine().getOut(), err(), quiet.meters());
                Trainer trainer = new Trainer(network, prepared, options, data.workers(), report)) {
            byte[] images = prepared.fingerprint().pack();
            results.begin();
            List<EpochMetrics> all = trainer.run(start.history(), epochs -> results.epoch(epochs, file ->
                    new Checkpoint(network.architecture(), prepared.dataset().classes(), prepared.statistics(), options, epochs, results.steps())
                            .write(file, network, images)));
            report.runFinished(all);
        } catch (DivergedException diverged) {
            throw diverged.with("try a smaller --lr; " + results.newest().map(file -> "the last good checkpoint is " + file)
                    .orElse("no checkpoint has been written"));
        } catch (IOException failure) {
            throw new OutputException(results.path(), failure);
        }
    }
}
