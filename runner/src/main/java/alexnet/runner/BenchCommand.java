package alexnet.runner;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** How fast is it? */
@Command(name = "bench", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND",
        description = "Measure how fast devices are: this program on devices and processor, and other engines, in turns.",
        subcommands = {BenchNetworkCommand.class, BenchKernelsCommand.class, BenchDataCommand.class, BenchWorkerCommand.class})
@Examples({"alexnet bench network --batch-size 128",
    "alexnet bench kernels --list",
    "alexnet bench data --data prepared/"})
final class BenchCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw Usage.mistake(spec, "say what to measure: bench network, bench kernels, or bench data");
    }
}
