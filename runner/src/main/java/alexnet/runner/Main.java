package alexnet.runner;

import java.nio.file.Path;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The command line. Without a subcommand it explains itself. */
@Command(name = "alexnet",
        description = "AlexNet as its authors ran it in 2012: two channel groups, each on a device of its own.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {DevicesCommand.class, TrainCommand.class, TestCommand.class, PredictCommand.class,
                ExportCommand.class, VerifyCommand.class, BenchCommand.class},
        exitCodeListHeading = "%nExit codes:%n",
        commandListHeading = "%nCommands (alexnet COMMAND --help tells more):%n",
        footerHeading = "%nOptions of scripts/alexnet, with any command:%n",
        footer = {
            "      --runtime=tornado|jvm  Run on the TornadoVM SDK or on the JVM. By default",
            "                             on the SDK that TORNADOVM_HOME names or SDKMAN",
            "                             has installed, else on the JVM.",
            "      --show-command         Print the java command and run nothing.",
            "",
            "JAVA_HOME names the JDK, 25 or newer. ALEXNET_JAVA_OPTS and JAVA_OPTS add",
            "options of java, MAVEN_ARGS options of Maven."})
final class Main implements Runnable {

    @Spec
    private CommandSpec spec;

    @Option(names = "--stacktrace", scope = ScopeType.INHERIT, description = "Print the stack trace of a failure.")
    private boolean stackTrace;

    private Main() {
    }

    /** Runs the command and exits with its code, see {@link ExitCode}. */
    public static void main(String[] arguments) {
        StandardError.reconnect();
        System.exit(commandLine().execute(arguments));
    }

    /** The whole command line, ready to execute. */
    static CommandLine commandLine() {
        Main main = new Main();
        CommandLine commandLine = new CommandLine(main);
        commandLine.getCommandSpec().usageMessage().exitCodeList(ExitCode.list());
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.registerConverter(Path.class, Main::path);
        // picocli hands only exceptions to the handler below, but memory runs out with an error.
        commandLine.setExecutionStrategy(parsed -> {
            try {
                return new CommandLine.RunLast().execute(parsed);
            } catch (Error error) {
                throw new CommandLine.ExecutionException(commandLine, error.toString(), error);
            }
        });
        commandLine.setExecutionExceptionHandler((failure, command, parsed) ->
                Failures.report(failure, command.getErr(), main.stackTrace).code());
        commandLine.setParameterExceptionHandler((mistake, arguments) -> {
            CommandLine command = mistake.getCommandLine();
            command.getErr().println("alexnet: " + mistake.getMessage());
            CommandLine.UnmatchedArgumentException.printSuggestions(mistake, command.getErr());
            command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
            return ExitCode.USAGE.code();
        });
        return commandLine;
    }

    /** Java takes an empty path, as of a variable that isn't set, for the current folder. */
    private static Path path(String text) {
        if (text.isEmpty()) {
            throw new TypeConversionException("is empty");
        }
        return Path.of(text);
    }

    @Override
    public void run() {
        throw Usage.mistake(spec, "a command is missing: "
                + String.join(", ", spec.subcommands().keySet()));
    }
}
