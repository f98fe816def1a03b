package alexnet.runner;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

import alexnet.core.data.feed.BatchLoader;
import alexnet.core.data.DataException;
import alexnet.core.data.Dataset;
import alexnet.core.data.Fingerprint;
import alexnet.core.data.feed.TrainingData;
import alexnet.core.data.Preprocessing;
import alexnet.core.device.Device;
import alexnet.core.model.Model;
import alexnet.core.network.Architecture;
import alexnet.core.network.Architectures;
import alexnet.core.network.LayerTraining;
import alexnet.core.replica.Heartbeat;
import alexnet.core.replica.Replicas;
import alexnet.core.replica.Share;
import alexnet.core.replica.SharedFile;
import alexnet.core.run.Transfer;
import alexnet.core.weights.network.ImportedNetwork;
import alexnet.core.run.CheckpointOptions;
import alexnet.core.run.OpenSnapshot;
import alexnet.core.run.RunFolder;
import alexnet.core.run.RunStart;
import alexnet.core.run.Watchdog;
import alexnet.core.run.event.RunEvent;
import alexnet.core.run.event.RunSink;
import alexnet.core.run.sink.Configuration;
import alexnet.core.run.sink.ProvenanceFiles;
import alexnet.core.run.sink.WarningFile;
import alexnet.core.run.sink.tensorboard.TensorBoard;
import alexnet.core.training.TrainingOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Trains a network, from its start values or from a checkpoint. */
@Command(name = "train", sortOptions = false, mixinStandardHelpOptions = true, preprocessor = Settings.Preprocessor.class,
        description = "Train a network; at intervals measure it on the validation images and write a checkpoint.",
        footerHeading = "%nThe output folder gets%n",
        footer = {
            "  checkpoints/      step-00001200.safetensors and the like",
            "  last.safetensors  the newest of them",
            "  best.safetensors  the one with the highest validation top-1",
            "  metrics.csv       a line a measurement",
            "  losses.csv        a line a step",
            "  warnings.csv      what the user should know of the run, if anything",
            "  config.yaml       its options, for --config",
            "  architecture.yaml its network, for --architecture",
            "  config.json       its network and its images",
            "  environment.json  machine, versions and command line of each start",
            "  tensorboard/      event files: tensorboard --logdir FOLDER"})
@Examples({"alexnet train --data food-photographs",
    "alexnet train --data fashion-mnist -a alexnet-small",
    "alexnet train --data photos/ --output runs/photos --resume auto    # start or go on",
    "alexnet train --data photos/ --checkpoint-every 15m --patience 10",
    "alexnet train --data imagenet/ --recipe paper",
    "alexnet train --data photos/ --live    # and look at it in a browser",
    "alexnet train --data photos/ --log-json --quiet > run.jsonl",
    "alexnet train --data photos/ --devices 0:0,0:1",
    "mpirun -n 4 alexnet train --data imagenet/ -b 512 --lr-scaling linear"})
final class TrainCommand implements Callable<Integer> {

    /** Of training and of validation. */
    private static final int BATCHES_AHEAD = 2 * BatchLoader.BATCHES;

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOptions data;

    @Mixin
    private ArchitectureOption architecture;

    @Section("Run")
    @Option(names = Settings.RECIPE, paramLabel = "NAME",
            description = "Options that somebody has trained the network with, where none are given: ${COMPLETION-CANDIDATES}, as in"
                    + " docs/training.md. Default: those for small sets.")
    private Recipe recipe;

    @Section("Run")
    @Option(names = Settings.CONFIG, paramLabel = "FILE",
            description = "Options of a YAML file, such as config.yaml of another run, where neither they nor a recipe are given.")
    private Path config;

    @Mixin
    private InitFromOption initFrom;

    @Mixin
    private DeviceOptions devices;

    @Mixin
    private TrainingFlags flags;

    @Mixin
    private ReplicaOptions replicas;

    @Mixin
    private RunFolderOptions folder;

    @Mixin
    private LiveOptions live;

    @Mixin
    private ResizeOption resize;

    @Section("Data")
    @Option(names = "--allow-changed-data",
            description = "With --resume: go on although images were added, removed or changed. The run is then no longer bit for bit the one"
                    + " that was begun.")
    private boolean allowChangedData;

    @Mixin
    private CacheOptions cache;

    @Mixin
    private StepTimeout timeout;

    @Mixin
    private LogOptions log;

    @Override
    public Integer call() {
        Set<String> heard = Signals.heard();
        Ranks ranks = Ranks.join(spec, log);
        return ranks.run(() -> train(ranks, heard));
    }

    private int train(Ranks ranks, Set<String> heard) {
        // A value that it does not take is told before anything is read.
        replicas.timeout();
        replicas.requireSameCommand(ranks);
        Usage.require(spec, !allowChangedData || folder.resumes(), "--allow-changed-data goes with --resume");
        CheckpointOptions checkpoints = folder.checkpoints();
        int maxRollbacks = folder.rollbacks();
        // A new run has no earlier checkpoint, and most have no live page; null needs no closing.
        try (OpenSnapshot earlier = folder.start(err(), log.news(), ranks).orElse(null);
                SharedFile pretrainedFile = initFrom.share(earlier, folder.auto(), ranks);
                ImportedNetwork pretrained = InitFromOption.open(pretrainedFile);
                LiveOptions.Live page = ranks.isFirst() ? live.start(err()) : null) {
            ImportedNetwork described = architecture.isTold() ? null : pretrained;
            TrainingOptions options = options(earlier, described);
            RunStart start = earlier == null ? RunStart.NEW : earlier.start();
            if (isOver(start, options, ranks)) {
                return ExitCode.OK.code();
            }
            if (ranks.isFirst()) {
                folder.requireRoom(start);
            }
            List<Device> placed = devices.choose(ranks.replicas());
            Dataset dataset = ranks.inTurn(() -> data.open(log.news()));
            if (earlier != null) {
                earlier.open().requireFit(dataset);
            }
            Architecture network = earlier != null ? earlier.content().model().architecture()
                    : options.network().applyTo(described != null ? InitFromOption.architecture(described, dataset, log.news())
                            : architecture.of(dataset.classes().size(), dataset.channels()));
            architecture.requireNormalized(network);
            Optional<Transfer> begun = earlier != null ? earlier.content().begun() : Optional.ofNullable(pretrained).map(from -> Transfer.of(from, network));
            ImportedNetwork input = pretrained != null && begun.orElseThrow().takesInput(network) ? pretrained : null;
            LayerTraining layers = layers(options, network);
            ReplicaOptions.requireSameTraining(ranks, options, network);
            int images = Share.of(ranks.replicas(), options.batchSize()).slots();
            long spareBytes = devices.requireMemory(network, layers, images, placed, List.of(replicas.replication(ranks.replicas())), BATCHES_AHEAD);
            // The network is built beside what the ranks have to say of the images.
            try (dataset; RunFolder results = ranks.isFirst() ? folder.claim(start, data.name()) : null; Replicas ofNetwork = ranks.replicas().duplicate();
                    RunNetwork groups = new RunNetwork(() -> devices.network(network, layers, images, placed, replicas.replication(ofNetwork)),
                            options.seed(), start.isNew())) {
                return ranks.guard(() -> {
                    Preprocessing preprocessing = resize.over(earlier, input, dataset.training(), network, data.name(), err());
                    TrainingData prepared = prepare(earlier, input, dataset, preprocessing, spareBytes, ranks);
                    Path output = Path.of(ranks.first(() -> results.path().toString()));
                    ExitCode code;
                    // A device that hangs may do so while its memory is freed, too.
                    try (prepared; Heartbeat _ = ranks.watch(replicas.timeout()); Watchdog watchdog = timeout.watch(output, groups::activities,
                            () -> Optional.ofNullable(results).flatMap(RunFolder::newest), ranks); groups) {
                        // Closing the network would wait for ranks that do not know of a failure.
                        code = ranks.guard(() -> {
                            Model like = earlier != null ? earlier.content().model() : input != null ? input.model() : null;
                            Model model = new Model(network, preprocessing.resize(), prepared.statistics(),
                                    like == null ? Model.ones(network.channels()) : like.deviation(), dataset.classNames());
                            TrainingSession session = new TrainingSession(model, options, begun, pretrainedFile == null ? null : pretrainedFile.path(), checkpoints,
                                    maxRollbacks, groups, prepared, data.workers(), ranks, results, output, heard, err());
                            session.load(earlier);
                            if (earlier != null) {
                                // Or its space on the disk would not be free when it is pruned.
                                earlier.close();
                            }
                            if (pretrained != null) {
                                InitFromOption.tell(begun.orElseThrow(), pretrained, model, input != null, log.news());
                                pretrained.close();
                            }
                            ReplicaOptions.tellBatch(options, log.news(), err());
                            log.news().printf(Locale.ROOT, "training %s at batch size %d%s on %s; results go to %s%n", network.name(), options.batchSize(),
                                    ReplicaOptions.shares(ranks, options), String.join(" and ", placed.stream().map(Device::id).toList()), output);
                            List<RunSink> audience = new ArrayList<>();
                            if (ranks.isFirst()) {
                                Configuration configuration = Provenance.configuration(spec, data.name(), prepared, network, begun, options, data.resolved(),
                                        output);
                                audience.addAll(List.of(new TensorBoard(output, configuration), new WarningFile(output), new ProvenanceFiles(output, configuration,
                                        Provenance.environment(spec, options.seed(), start.checkpoint(), placed, devices.placements(placed))),
                                        new TrainingProgress(results::checkpointOf, log, log::columns)));
                                log.json().ifPresent(audience::add);
                                if (page != null) {
                                    audience.add(page.run());
                                }
                            }
                            audience.add(watchdog::on);
                            return session.train(start, audience);
                        });
                    }
                    DataOptions.report(prepared.skipped(), err());
                    return code.code();
                });
            }
        }
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** @param described the trained network whose architecture a new run trains, or null */
    private TrainingOptions options(OpenSnapshot earlier, ImportedNetwork described) {
        if (earlier != null) {
            architecture.requireSame(earlier);
        }
        TrainingOptions options;
        try {
            options = flags.over(earlier != null ? earlier.content().options()
                    : described != null ? TrainingKeys.defaults(described.model().architecture()) : TrainingKeys.defaults(architecture.open()));
        } catch (IllegalArgumentException impossible) {
            throw Usage.mistake(spec, impossible.getMessage());
        }
        if (earlier != null) {
            TrainingKeys.requireSameNetwork(spec, earlier, options);
        }
        return devices.over(options);
    }

    private LayerTraining layers(TrainingOptions options, Architecture network) {
        try {
            return options.layers().of(network);
        } catch (IllegalArgumentException impossible) {
            throw Usage.mistake(spec, impossible.getMessage());
        }
    }

    /**
     * Whether nothing is left to do, which is told then.
     *
     * @throws ParameterException if a certain checkpoint was named to go on from
     */
    private boolean isOver(RunStart start, TrainingOptions options, Ranks ranks) {
        Optional<RunEvent.Reason> over = start.over(options);
        if (over.isEmpty()) {
            return false;
        }
        String said = start.checkpoint() + (over.get() == RunEvent.Reason.PATIENCE
                ? " has had no better top-1 for " + options.patience() + " measurements already: ask for more by --patience"
                : " has been trained for " + TrainingProgress.number(start.state().history().getLast().epochs()) + " epochs already: ask for more by --epochs");
        Usage.require(spec, folder.mayBeComplete(), said);
        if (ranks.isFirst()) {
            folder.settle(start);
        }
        err().println(said);
        return true;
    }

    /** @param input the network whose first layer a new run begins from, or null */
    private TrainingData prepare(OpenSnapshot earlier, ImportedNetwork input, Dataset dataset, Preprocessing preprocessing, long spareBytes,
                                 Ranks ranks) {
        Optional<Fingerprint> before = earlier == null ? Optional.empty() : earlier.open().fingerprint();
        Dataset held = ranks.inTurn(() -> cache.hold(dataset, preprocessing, DataOptions.memoryBytes(spareBytes), before, data.maxBad(), log));
        TrainingData prepared;
        try (Meter meter = log.meters().of("reading images", dataset.training().size() + dataset.validation().size())) {
            prepared = TrainingData.of(held, preprocessing, DataOptions.decoding(spareBytes, meter), data.maxBad());
        }
        ReplicaOptions.requireSameImages(ranks, prepared);
        DataOptions.tellUnreadable(prepared.skipped(), prepared.training().size() + prepared.validation().size(), err());
        if (earlier != null) {
            requireSameImages(earlier, prepared.fingerprint(), dataset.folder());
        }
        if (earlier == null && input == null) {
            return prepared;
        }
        return new TrainingData(held, prepared.training(), prepared.validation(), earlier != null ? earlier.content().model().statistics()
                : Transfer.statistics(input.model().statistics(), prepared.statistics()));
    }

    private void requireSameImages(OpenSnapshot earlier, Fingerprint now, Path images) {
        Optional<Fingerprint> before = earlier.open().fingerprint();
        if (before.isEmpty()) {
            err().println(earlier.file() + " does not say which images it was trained on: if they are others now, the run is not the one that was begun");
            return;
        }
        before.get().changes(now).ifPresent(changes -> {
            String said = images + " has other images than when " + earlier.file() + " was trained: " + changes;
            if (!allowChangedData) {
                throw new DataException(said + "; bring them back, or go on by --allow-changed-data");
            }
            err().println(said + "; the run is no longer bit for bit the one that was begun");
        });
    }
}
