package alexnet.runner;

import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

import alexnet.bench.Contest;
import alexnet.bench.CsvReport;
import alexnet.bench.Engine;
import alexnet.bench.JsonReport;
import alexnet.bench.LayerChart;
import alexnet.bench.Pass;
import alexnet.bench.Plan;
import alexnet.bench.Referee;
import alexnet.core.device.Devices;
import alexnet.core.network.Architecture;
import alexnet.core.network.LayerOptions;
import alexnet.kernels.AlgorithmChoice;
import alexnet.report.picture.Pictures;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Devices against the processor, and against other engines. */
@Command(name = "network", sortOptions = false, mixinStandardHelpOptions = true,
        description = {"Measure the whole network, forward and training, then layer by layer; of 1000 classes, or of 10 where its images are small.",
                "Each contestant runs in a process of its own. They are called upon in turns, and what is told are medians over all"
                        + " turns, with the slowest and the fastest batch. A batch begins with pixels in host memory and ends with"
                        + " probabilities there: transfers count, reading images does not.",
                "The limits of the same devices are measured in the same run: multiply-adds in registers, and a triad over"
                        + " memory. A multiply-add counts as two operations.",
                "Layers are measured in training steps with a graph for each, which take a little longer than others; times are the"
                        + " mean of the two groups, which run at once.",
                "Under mpirun it measures training steps of all ranks together, with the batch shared among them, in turns with steps of"
                        + " each by itself, and tells how long a step computes, reduces gradients and waits for other ranks."})
@Examples({"alexnet bench network",
    "alexnet bench network --devices 0:0,0:1 --devices jvm:0,jvm:1 --chart layers.png",
    "alexnet bench network --peer pytorch --peer onnxruntime --report bench.json",
    "alexnet bench network --pass training --threads 1 --batch-size 32",
    "alexnet bench network --pass training --convolution auto,direct",
    "alexnet bench network --pass training --freeze conv1-conv5",
    "mpirun -n 2 alexnet bench network --batch-size 256 --reduce factors"})
final class BenchNetworkCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ArchitectureOption architecture;

    @Mixin
    private BatchSizeOption batchSize = new BatchSizeOption(128);

    @Option(names = "--devices", paramLabel = "ID[,ID]",
            description = "The device of each channel group; may be given again for other devices to compare with. Ids like jvm:0 are"
                    + " the processor's on the JVM, others are TornadoVM's. Default: those that train would use, and the processor's.")
    private List<String> devices = List.of();

    @Option(names = "--peer", paramLabel = "ENGINE", completionCandidates = Candidates.Peers.class,
            description = "Also measure the same network in pytorch, python-torch, onnxruntime or dl4j; may be given again. It gets this program's"
                    + " weights first, and is measured only if it makes the same logits of the same images. The first time, the"
                    + " engine is downloaded and built.")
    private List<Engine> peers = List.of();

    @Option(names = "--kernels", paramLabel = "NAME", description = "The family of kernels on all devices. Default: the one made for the device.")
    private String kernels;

    @Option(names = "--convolution", paramLabel = "auto|direct|winograd", split = ",", hideParamSyntax = true,
            description = "How convolutions are computed, as with train. Of several, as auto,direct, each is measured on all devices. Default: auto.")
    private List<AlgorithmChoice> convolutions = List.of(AlgorithmChoice.AUTO);

    @Option(names = "--pass", paramLabel = "forward|training", split = ",", hideParamSyntax = true,
            description = "What to measure, in this order. Default: forward,training.")
    private List<Pass> passes = List.of(Pass.FORWARD, Pass.TRAINING);

    @Option(names = "--freeze", paramLabel = "LAYER[,LAYER]", split = ",", hideParamSyntax = true,
            description = "Layers that stay as they are in training, as conv1 or conv1-conv5, as with train. Default: none.")
    private List<String> freeze = List.of();

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "5", description = "Turns of each contestant. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--steps", paramLabel = "N", defaultValue = "3", description = "Batches of each pass in a turn. Default: ${DEFAULT-VALUE}.")
    private int steps;

    @Option(names = "--warm-up", paramLabel = "N", defaultValue = "5",
            description = "Batches of each pass before the first turn. The first of them is told apart. Default: ${DEFAULT-VALUE}.")
    private int warmUp;

    @Option(names = "--no-layers", description = "Leave out the limits and the layers, which take as long as the rest.")
    private boolean noLayers;

    @Option(names = "--threads", paramLabel = "N", defaultValue = "0",
            description = "Threads on the processor of the JVM's devices together, and of a peer: 1 or an even number. OpenCL's devices"
                    + " keep their driver's. Default: one a processor.")
    private int threads;

    @Option(names = "--report", paramLabel = "FILE", description = "Also write everything to this file, as JSON.")
    private Path reportPath;

    @Option(names = "--csv", paramLabel = "FILE", description = "Also write all times to this file, a line each.")
    private Path csvPath;

    @Option(names = "--chart", paramLabel = "FILE", description = "Also draw the layers' times to this file, as PNG.")
    private Path chartPath;

    @Mixin
    private ReplicaOptions replicas;

    @Mixin
    private QuietOption quiet;

    @Override
    public Integer call() {
        Ranks ranks = Ranks.join(spec, quiet);
        return ranks.replicas().isAlone() ? alone() : ranks.run(() -> together(ranks));
    }

    private int together(Ranks ranks) {
        replicas.requireSameCommand(ranks);
        Usage.require(spec, peers.isEmpty() && csvPath == null && chartPath == null && threads == 0 && passes.contains(Pass.TRAINING)
                && devices.size() <= 1 && convolutions.size() == 1, "ranks take training steps together: leave out --peer, --csv, --chart, --threads,"
                + " --pass forward, and all but one of --devices and --convolution");
        DeviceOptions placing = DeviceOptions.of(spec, devices.isEmpty() ? null : devices.getFirst(), kernels, convolutions.getFirst());
        return new RankBench(ranks, plan(), placing, replicas, quiet).run(reportPath);
    }

    private int alone() {
        Instant start = Instant.now();
        Plan plan = plan();
        if (chartPath != null && !Pictures.possible()) {
            throw new OutputException("cannot draw " + chartPath + ": this machine has no fonts. Install some (Debian: apt-get install fontconfig"
                    + " fonts-dejavu-core), or leave out --chart");
        }
        List<Referee.Entrant> entrants = entrants(plan);
        try (Reports reports = new Reports(reportPath, csvPath, chartPath)) {
            Contest contest = measure(plan, entrants, soFar -> reports.write(reportPath, () -> JsonReport.of(plan, soFar, start, Version.program())));
            new NetworkTables(plan, contest.outcomes(), spec.commandLine().getOut()).print();
            contest.comparisons().forEach(spec.commandLine().getErr()::println);
            reports.write(reportPath, () -> JsonReport.of(plan, contest, start, Version.program()));
            reports.write(csvPath, () -> CsvReport.of(contest.outcomes()));
            reports.write(chartPath, () -> LayerChart.png(contest.outcomes()));
            return (contest.isComplete() ? ExitCode.OK : ExitCode.WRONG).code();
        }
    }

    private Plan plan() {
        if (threads < 0 || threads > 1 && threads % Devices.PARTS != 0) {
            throw Usage.mistake(spec, "--threads is " + threads + ": both groups get as many, so it must be 1 or even");
        }
        try {
            Architecture network = architecture.measured();
            return new Plan(network, new LayerOptions(freeze, List.of()).of(network), batchSize.images(), passes, rounds, steps, warmUp, !noLayers);
        } catch (IllegalArgumentException impossible) {
            throw Usage.mistake(spec, impossible.getMessage());
        }
    }

    private List<Referee.Entrant> entrants(Plan plan) {
        WorkerCommands commands = new WorkerCommands(architecture.text(), freeze, batchSize.images(), threads, kernels, convolutions);
        List<Referee.Entrant> entrants = new ArrayList<>();
        try {
            entrants.addAll(devices.isEmpty() ? commands.byDefault() : devices.stream().flatMap(ids -> commands.onDevices(ids).stream()).toList());
        } catch (IllegalArgumentException mixed) {
            throw Usage.mistake(spec, mixed.getMessage());
        }
        for (Engine peer : peers) {
            if (peer == Engine.ALEXNET) {
                throw Usage.mistake(spec, "--peer takes another engine: pytorch, python-torch, onnxruntime or dl4j");
            }
            if (!freeze.isEmpty()) {
                throw Usage.mistake(spec, "--peer " + peer.label() + " trains all layers: leave out --freeze");
            }
            if (passes.stream().noneMatch(peer::does)) {
                throw Usage.mistake(spec, "--peer " + peer.label() + " does forward alone");
            }
            peer.cannot(plan.architecture()).ifPresent(layer -> {
                throw Usage.mistake(spec, "--peer " + peer.label() + " cannot compute " + plan.architecture().name() + ": its layer " + layer);
            });
            entrants.addAll(switch (peer) {
                case PYTHON_TORCH -> commands.pythonTorch();
                case PYTHON_TORCH_TF32 -> throw Usage.mistake(spec, "--peer python-torch measures both, without TF32 and with it");
                default -> List.of(commands.peer(peer));
            });
        }
        return entrants;
    }

    /** Layers may take minutes more: {@code soFar} gets what is measured before them. */
    private Contest measure(Plan plan, List<Referee.Entrant> entrants, Consumer<Contest> soFar) {
        PrintWriter err = spec.commandLine().getErr();
        int turns = Referee.turns(plan, entrants.size());
        try (Meter meter = quiet.meters().of("measuring", turns)) {
            return new Referee(plan, new Referee.Listener() {
                @Override
                public void turn(int done, String what) {
                    meter.at(done, what);
                }

                @Override
                public void measured(Contest contest) {
                    soFar.accept(contest);
                }

                @Override
                public void said(String line) {
                    // TornadoVM's native code tells there what went wrong, and goes on.
                    if (line.startsWith("alexnet: building") || line.contains("-JNI] ERROR")) {
                        err.println(line);
                    }
                }
            }).measure(entrants);
        } catch (UncheckedIOException failure) {
            throw new OutputException(failure.getMessage());
        }
    }
}
