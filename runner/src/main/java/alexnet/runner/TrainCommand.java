package alexnet.runner;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.data.DataException;
import alexnet.core.data.Dataset;
import alexnet.core.data.Fingerprint;
import alexnet.core.data.PreparedData;
import alexnet.core.data.StoredSize;
import alexnet.core.device.Device;
import alexnet.core.group.TwoGroupNetwork;
import alexnet.core.network.Architecture;
import alexnet.core.training.Checkpoint;
import alexnet.core.training.EpochMetrics;
import alexnet.core.training.RunFolder;
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

    @Option(names = {"-o", "--output"}, paramLabel = "FOLDER",
            description = "Where the results go. Default: a new folder in runs/; with --resume, the checkpoint's folder.")
    private Path output;

    @Option(names = "--resume", paramLabel = "FILE",
            description = "Go on from this checkpoint, with its options where none are given.")
    private Path resume;

    @Option(names = "--allow-changed-data",
            description = "With --resume: go on although images were added, removed or changed. The run is then no longer bit for bit the one"
                    + " that was begun.")
    private boolean allowChangedData;

    @Override
    public void run() {
        Usage.require(spec, !allowChangedData || resume != null, "--allow-changed-data goes with --resume");
        // A new run has no earlier checkpoint; null needs no closing.
        try (OpenCheckpoint earlier = resume == null ? null : OpenCheckpoint.open(resume)) {
            String name = architectureName(earlier);
            TrainingOptions options = options(earlier, name);
            Path folder = outputFolder();
            List<Device> placed = devices.choose();
            Dataset dataset = data.open(err());
            Architecture network = options.initialization().applyTo(Architecture.named(name, dataset.classes().size(), dataset.channels()));
            if (earlier != null) {
                earlier.requireFit(dataset);
            }
            long spareBytes = Memory.require(network, options.batchSize(), placed);
            List<EpochMetrics> history = earlier == null ? List.of() : earlier.content().history();
            try (RunFolder runFolder = new RunFolder(folder, history, earlier == null ? 0 : earlier.content().steps())) {
                PreparedData prepared = prepare(earlier, dataset, network, spareBytes);
                try (TwoGroupNetwork groups = devices.network(network, options.batchSize(), placed)) {
                    err().printf(Locale.ROOT, "training %s at batch size %d on %s; results go to %s%n", network.name(),
                            options.batchSize(), String.join(" and ", placed.stream().map(Device::id).toList()), folder);
                    train(earlier, options, groups, prepared, history, runFolder);
                }
                DataOptions.report(prepared.skipped(), err());
            } catch (IOException failure) {
                throw new OutputException(folder, failure);
            } catch (UncheckedIOException failure) {
                throw new OutputException(folder, failure.getCause());
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
                throw Usage.mistake(spec, resume + " has been trained for " + earlier.content().history().size()
                        + " epochs already: ask for more by --epochs");
            }
            return options;
        } catch (IllegalArgumentException impossible) {
            throw Usage.mistake(spec, impossible.getMessage());
        }
    }

    private Path outputFolder() {
        Path earlierFolder = resume == null ? null : resume.toAbsolutePath().normalize().getParent();
        if (output == null && resume != null) {
            return earlierFolder;
        }
        if (output == null) {
            return Path.of("runs", Path.of(data.name()).toAbsolutePath().normalize().getFileName() + "-"
                    + LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT)));
        }
        boolean goesOn = output.toAbsolutePath().normalize().equals(earlierFolder);
        if (!goesOn && Files.exists(output.resolve(RunFolder.LAST))) {
            throw new OutputException(output + " holds the results of an earlier run: name another folder by --output, or go on by --resume "
                    + output.resolve(RunFolder.LAST));
        }
        return output;
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
            throw new CheckpointException(resume + " is a checkpoint of " + trained + ", not of " + architecture);
        }
        return trained;
    }

    private PreparedData prepare(OpenCheckpoint earlier, Dataset dataset, Architecture network, long spareBytes) {
        StoredSize size = new StoredSize(network.storedSize(), network.storedSize());
        PreparedData prepared;
        try (Meter meter = Meter.of("reading images", dataset.training().size() + dataset.validation().size(), err())) {
            prepared = PreparedData.of(dataset, size, DataOptions.decoding(spareBytes, meter), data.maxBad());
        }
        DataOptions.tellUnreadable(prepared.skipped(), prepared.training().size() + prepared.validation().size(), err());
        if (earlier != null) {
            requireSameImages(earlier, prepared.fingerprint(), dataset.folder());
        }
        return earlier == null ? prepared
                : new PreparedData(dataset, prepared.training(), prepared.validation(), earlier.content().statistics());
    }

    private void requireSameImages(OpenCheckpoint earlier, Fingerprint now, Path folder) {
        Optional<Fingerprint> before = earlier.fingerprint();
        if (before.isEmpty()) {
            err().println(resume + " does not say which images it was trained on: if they are others now, the run is not the one that was begun");
            return;
        }
        before.get().changes(now).ifPresent(changes -> {
            String said = folder + " has other images than when " + resume + " was trained: " + changes;
            if (!allowChangedData) {
                throw new DataException(said + "; bring them back, or go on by --allow-changed-data");
            }
            err().println(said + "; the run is no longer bit for bit the one that was begun");
        });
    }

    private void train(OpenCheckpoint earlier, TrainingOptions options, TwoGroupNetwork network, PreparedData prepared,
                       List<EpochMetrics> history, RunFolder runFolder) throws IOException {
        if (earlier == null) {
            network.initialize(options.seed());
            network.setMean(prepared.statistics().mean());
            network.load();
        } else {
            earlier.load(network);
        }
        try (TrainingReport report = new TrainingReport(options.epochs(), prepared.majorityBaseline(), runFolder, spec.commandLine().getOut(), err());
                Trainer trainer = new Trainer(network, prepared, options, data.workers(), report)) {
            byte[] images = prepared.fingerprint().pack();
            List<EpochMetrics> all = trainer.run(history, epochs -> runFolder.epoch(epochs, file -> {
                long steps = (earlier == null ? 0 : earlier.content().steps())
                        + (long) (epochs.size() - history.size()) * trainer.stepsAnEpoch();
                new Checkpoint(network.architecture(), prepared.dataset().classes(), prepared.statistics(), options, epochs, steps)
                        .write(file, network, images);
            }));
            EpochMetrics best = all.stream().max(Comparator.comparingDouble(EpochMetrics::top1)).orElseThrow();
            err().printf(Locale.ROOT, "best top-1 %.1f %% in epoch %d: %s%n", 100 * best.top1(), best.epoch(), runFolder.best());
        }
    }
}
