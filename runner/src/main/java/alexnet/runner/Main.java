package alexnet.runner;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Locale;

import alexnet.kernels.DriverErrors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.PicocliException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The command line. Without a subcommand it explains itself. */
@Command(name = "alexnet",
        description = "AlexNet as its authors ran it in 2012: two channel groups, each on a device of its own.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {DevicesCommand.class, PrepareCommand.class, TrainCommand.class, TestCommand.class, PredictCommand.class,
                ExportCommand.class, ImportCommand.class, InfoCommand.class, VerifyCommand.class, BenchCommand.class, ReportCommand.class, CompletionCommand.class},
        exitCodeListHeading = "%nExit codes:%n",
        commandListHeading = "%nCommands (alexnet COMMAND --help tells more):%n",
        footer = {"",
            "JAVA_HOME names the JDK, 25 or newer. ALEXNET_JAVA_OPTS and JAVA_OPTS add options of java, MAVEN_ARGS options of Maven."})
@Examples({"alexnet train --data food-photographs --output runs/food",
    "alexnet test --model runs/food/best.safetensors --data food-photographs",
    "alexnet predict --model runs/food/best.safetensors photo.jpg"})
final class Main implements Runnable {

    @Spec
    private CommandSpec spec;

    static final String STACK_TRACE = "--stacktrace";

    @Option(names = STACK_TRACE, scope = ScopeType.INHERIT, description = "Print the stack trace of a failure.")
    private boolean stackTrace;

    private Main() {
    }

    /** Runs the command and exits with its code, see {@link ExitCode}. */
    public static void main(String[] arguments) {
        // Numbers are told in one form, also by picocli and whatever else formats them.
        Locale.setDefault(Locale.ROOT);
        StandardError.reconnect();
        StatusLine.ofErrors().connect();
        StandardOutput.connect();
        int code = commandLine(new OutputStreamWriter(System.out, System.out.charset()),
                new OutputStreamWriter(System.err, System.err.charset())).execute(arguments);
        // Waits until all that drivers have printed is told.
        DriverErrors.forget();
        System.exit(code);
    }

    /** The whole command line, ready to execute, with what is standard output and standard error to it. */
    static CommandLine commandLine(Writer out, Writer err) {
        Main main = new Main();
        CommandLine commandLine = new CommandLine(main);
        commandLine.setOut(new PrintableWriter(out)).setErr(new PrintableWriter(err));
        // A name may begin with '@'; predict reads long lists from standard input.
        commandLine.setExpandAtFiles(false);
        commandLine.getCommandSpec().usageMessage().exitCodeList(ExitCode.list());
        UsageHelp.install(commandLine);
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.registerConverter(Path.class, Main::path);
        commandLine.setExecutionStrategy(parsed -> execute(parsed, new PrintWriter(out)));
        commandLine.setExecutionExceptionHandler((failure, command, parsed) ->
                Failures.report(failure, command.getErr(), main.stackTrace).code());
        commandLine.setParameterExceptionHandler((mistake, arguments) -> {
            Ranks.awaitFirst();
            return report(mistake, mistake.getCommandLine().getErr()).code();
        });
        return commandLine;
    }

    /** Prints what is wrong with the command line, and says how the process ends. */
    static ExitCode report(ParameterException mistake, PrintWriter err) {
        err.println("alexnet: " + Settings.message(mistake));
        CommandLine.UnmatchedArgumentException.printSuggestions(mistake, err);
        err.println("Try '" + mistake.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE;
    }

    /** Java takes an empty path, as of a variable that isn't set, for the current folder. */
    private static Path path(String text) {
        if (text.isEmpty()) {
            throw new TypeConversionException("is empty");
        }
        return Path.of(text);
    }

    private static int execute(ParseResult parsed, PrintWriter plain) {
        CommandLine commandLine = parsed.commandSpec().commandLine();
        try {
            for (ParseResult command = parsed; command != null; command = command.subcommand()) {
                if (command.isUsageHelpRequested()) {
                    plain.print(UsageHelp.of(command.commandSpec().commandLine(), StandardOutput.terminal()));
                    plain.flush();
                    return ExitCode.OK.code();
                }
            }
            int code = new CommandLine.RunLast().execute(parsed);
            DriverErrors.check();
            commandLine.getOut().flush();
            return code;
        } catch (PicocliException known) {
            throw known;
        } catch (RuntimeException | Error failure) {
            // picocli hands only what commands throw to its handlers, and of that only exceptions.
            throw new ExecutionException(commandLine, failure.toString(), failure);
        }
    }

    @Override
    public void run() {
        throw Usage.mistake(spec, "a command is missing: "
                + String.join(", ", spec.subcommands().keySet()));
    }
}
