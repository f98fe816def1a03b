package alexnet.runner;

import java.util.List;

import picocli.CommandLine.Model.OptionSpec;

/** What scripts/alexnet takes for itself, with any command; the program never sees it. */
final class LauncherOptions {

    private LauncherOptions() {
    }

    /** As if they were the program's. */
    static List<OptionSpec> all() {
        return List.of(
                OptionSpec.builder("--runtime").type(String.class).paramLabel("tornado|jvm")
                        .description("Run on the TornadoVM SDK or on the JVM. By default on the SDK that TORNADOVM_HOME names or SDKMAN has"
                                + " installed, else on the JVM.").build(),
                OptionSpec.builder("--backends").type(String.class).paramLabel("NAME[,...]").completionCandidates(List.of("cuda", "ptx", "opencl"))
                        .description("Load these back ends of TornadoVM alone, the preferred first: cuda, ptx, opencl.").build(),
                OptionSpec.builder("--show-command").type(boolean.class).arity("0").description("Print the java command and run nothing.").build());
    }
}
