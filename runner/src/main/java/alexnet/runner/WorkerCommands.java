package alexnet.runner;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import alexnet.bench.Engine;
import alexnet.bench.PythonTorch;
import alexnet.bench.Referee;
import alexnet.core.device.Devices;
import alexnet.kernels.AlgorithmChoice;

/**
 * How the workers of {@code bench} are started: by scripts/alexnet, on the runtime of their devices.
 *
 * @param architecture its name, or the file that describes it
 * @param freeze       layers that stay as they are in training, as options have them
 * @param batchSize    images in a batch
 * @param threads      on the processor; 0 for one a processor
 * @param kernels      the family of kernels; null for the devices' own
 * @param convolutions by which algorithms convolutions are computed, each on all devices
 */
record WorkerCommands(String architecture, List<String> freeze, int batchSize, int threads, String kernels, List<AlgorithmChoice> convolutions) {

    private static final String JVM_IDS = "jvm:";
    private static final String JAVA_OPTIONS = "ALEXNET_JAVA_OPTS";

    /** The devices that train would use on this process' runtime, and those of the JVM. */
    List<Referee.Entrant> byDefault() {
        List<Referee.Entrant> onJvm = entrants("jvm", null);
        return Devices.onTornado() ? Stream.concat(entrants("tornado", null).stream(), onJvm.stream()).toList() : onJvm;
    }

    /**
     * Devices by their ids.
     *
     * @throws IllegalArgumentException if no runtime has them both
     */
    List<Referee.Entrant> onDevices(String ids) {
        List<String> each = Stream.of(ids.split(",", -1)).map(String::strip).toList();
        boolean jvm = each.getFirst().startsWith(JVM_IDS);
        if (each.stream().anyMatch(id -> id.startsWith(JVM_IDS) != jvm)) {
            throw new IllegalArgumentException("--devices " + ids + ": one network cannot be on TornadoVM's devices and on the JVM's");
        }
        return entrants(jvm ? "jvm" : "tornado", ids);
    }

    private List<Referee.Entrant> entrants(String runtime, String ids) {
        return convolutions.stream().map(convolution -> entrant(runtime, ids, convolution)).toList();
    }

    private Referee.Entrant entrant(String runtime, String ids, AlgorithmChoice convolution) {
        List<String> arguments = new ArrayList<>();
        if (ids != null) {
            arguments.addAll(List.of("--devices", ids));
        }
        if (!freeze.isEmpty()) {
            arguments.addAll(List.of("--freeze", String.join(",", freeze)));
        }
        if (kernels != null) {
            arguments.addAll(List.of("--kernels", kernels));
        }
        arguments.addAll(List.of("--convolution", convolution.toString()));
        String where = ids == null ? runtime : ids;
        return new Referee.Entrant(Engine.ALEXNET, convolutions.size() == 1 ? where : where + " " + convolution, _ -> process(runtime, arguments));
    }

    /** PyTorch in Python: without TF32 and, on a CUDA device, with it. */
    List<Referee.Entrant> pythonTorch() {
        List<Engine> engines = PythonTorch.hasCuda() ? List.of(Engine.PYTHON_TORCH, Engine.PYTHON_TORCH_TF32) : List.of(Engine.PYTHON_TORCH);
        return engines.stream().map(engine -> new Referee.Entrant(engine, engine.label(), shared -> {
            ProcessBuilder process = PythonTorch.worker(engine, ArchitectureOption.measured(architecture), shared, threads);
            process.environment().putAll(engine.environment());
            return process;
        })).toList();
    }

    /** Another engine. */
    Referee.Entrant peer(Engine engine) {
        return new Referee.Entrant(engine, engine.label(), shared -> {
            ProcessBuilder process = process("jvm", List.of("--peer", engine.label(), "--network", shared.toString(), "--threads", String.valueOf(threads)));
            process.environment().putAll(engine.environment());
            if (threads > 0) {
                process.environment().put("OMP_NUM_THREADS", String.valueOf(threads));
            }
            return process;
        });
    }

    private ProcessBuilder process(String runtime, List<String> arguments) {
        String home = System.getProperty("alexnet.home");
        List<String> options = runtime.equals("jvm") ? threadOptions() : List.of();
        List<String> command = new ArrayList<>();
        if (home == null) {
            command.addAll(likeThisProcess(options));
        } else {
            command.addAll(List.of(Path.of(home, "scripts", "alexnet").toString(), "--runtime", runtime));
        }
        command.addAll(List.of("bench", "worker", "--architecture", architecture, "--batch-size", String.valueOf(batchSize)));
        command.addAll(arguments);
        ProcessBuilder process = new ProcessBuilder(command);
        Map<String, String> environment = process.environment();
        // For descriptors of this process, which the worker does not have.
        environment.remove(StandardError.VARIABLE);
        if (!options.isEmpty()) {
            environment.merge(JAVA_OPTIONS, String.join(" ", options), (before, more) -> before + " " + more);
        }
        return process;
    }

    /** The java command of this process, where scripts/alexnet has not started it, as in tests: the runtime is this one's. */
    private static List<String> likeThisProcess(List<String> options) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        return command;
    }

    private List<String> threadOptions() {
        int devices = Math.min(threads, Devices.PARTS);
        return threads == 0 ? List.of() : List.of("-Dtornado.jvm.devices=" + devices, "-Dtornado.jvm.threads=" + threads / devices);
    }
}
