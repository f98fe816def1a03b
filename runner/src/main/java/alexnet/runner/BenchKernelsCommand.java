package alexnet.runner;

import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

import alexnet.bench.KernelBenchmarks;
import alexnet.core.device.Device;
import alexnet.core.device.Devices;
import alexnet.kernels.AlgorithmChoice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** How fast is a kernel by itself? */
@Command(name = "kernels", sortOptions = false, mixinStandardHelpOptions = true,
        description = {"Measure single kernels on the layers of alexnet, by JMH, each in a process of its own.",
                "run: the arrays are on the device; the launch and the kernel are timed.",
                "runWithTransfers: all arrays are copied to the device and the results back.",
                "firstRun: once, in a new process: compilation, transfers and the kernel."})
@Examples({"alexnet bench kernels --list",
    "alexnet bench kernels 'Convolution.*run$' --devices 0:0"})
final class BenchKernelsCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "NAME", arity = "0..*",
            description = "Regular expressions that the names are searched for, such as Convolution.*Gradient.run$. Default: all, which"
                    + " takes more than an hour.")
    private List<String> names = List.of();

    @Option(names = "--list", description = "Only list their names.")
    private boolean list;

    @Option(names = "--devices", paramLabel = "ID[,ID]", description = "The devices, one after the other. Default: the first that train would use.")
    private String ids;

    @Option(names = "--kernels", paramLabel = "NAME", defaultValue = "", description = "The family of kernels. Default: the one made for the device.")
    private String kernels;

    @Option(names = "--convolution", paramLabel = "auto|direct|winograd", defaultValue = "auto",
            description = "How convolutions are computed, as with train. Default: ${DEFAULT-VALUE}.")
    private AlgorithmChoice convolution;

    @Mixin
    private BatchSizeOption batchSize = new BatchSizeOption(128);

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "1",
            description = "Seconds of each of five measurements, and of the five before them to warm up. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(names = "--report", paramLabel = "FILE", description = "Also write the results to this file, as JMH's JSON.")
    private Path report;

    @Override
    public void run() {
        for (String name : names) {
            try {
                Pattern.compile(name);
            } catch (PatternSyntaxException wrong) {
                throw Usage.mistake(spec, "'" + name + "' is no regular expression: " + wrong.getDescription());
            }
        }
        int images = batchSize.images();
        Usage.requireAtLeast(spec, "--seconds", seconds, 1);
        Devices devices = Devices.ofRuntime();
        List<Device> chosen = ids == null ? devices.byDefault().subList(0, 1) : devices.named(ids);
        KernelBenchmarks benchmarks = ServiceLoader.load(KernelBenchmarks.class).findFirst().orElseThrow(
                () -> Usage.mistake(spec, "the benchmarks are not on the class path: start them by scripts/alexnet bench kernels"));
        var selection = new KernelBenchmarks.Selection(names, chosen.stream().map(Device::id).toList(), kernels, convolution, images, seconds, report);
        try {
            if (list) {
                benchmarks.list(selection, spec.commandLine().getOut());
            } else {
                benchmarks.run(selection);
            }
        } catch (IllegalArgumentException none) {
            throw Usage.mistake(spec, none.getMessage());
        }
    }
}
