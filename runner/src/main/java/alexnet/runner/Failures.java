package alexnet.runner;

import java.io.PrintWriter;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import alexnet.bench.WorkerFailedException;
import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.data.DataException;
import alexnet.core.device.DeviceException;
import alexnet.core.training.DivergedException;
import alexnet.core.training.RunFolderException;
import picocli.CommandLine.ExecutionException;
import uk.ac.manchester.tornado.api.exceptions.TornadoOutOfMemoryException;

/** Tells the user why a command failed: one line for what the user can mend, a stack trace for what only we can. */
final class Failures {

    private static final String WHERE = "; --stacktrace shows where";
    private static final Pattern ANSI_COLOUR = Pattern.compile("\u001B\\[[0-9;]*m");
    /** TornadoVM puts a stack trace into its messages, in the lines after these. */
    private static final int TELLING_LINES = 3;

    private Failures() {
    }

    /** Prints the failure and says how the process ends. */
    static ExitCode report(Throwable thrown, PrintWriter err, boolean stackTrace) {
        // Errors come wrapped, see Main.
        Throwable failure = thrown instanceof ExecutionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        ExitCode code = codeOf(failure);
        String message = message(failure);
        err.println("alexnet: " + (failure instanceof WorkerFailedException ? message.replaceFirst("^alexnet: ", "") : switch (code) {
            case INTERNAL -> "unexpected failure: " + failure.getClass().getName() + ": " + message + WHERE;
            case MEMORY -> "too little memory: " + message;
            case RUNTIME -> message + (failure instanceof DeviceException ? "" : WHERE);
            default -> message;
        }));
        if (stackTrace) {
            failure.printStackTrace(err);
        }
        return code;
    }

    /** What a failure says, in one line. */
    static String message(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return ANSI_COLOUR.matcher(message).replaceAll("").lines().limit(TELLING_LINES).map(String::strip).collect(Collectors.joining(" "));
    }

    private static ExitCode codeOf(Throwable failure) {
        return switch (failure) {
            case DataException _ -> ExitCode.DATA;
            case CheckpointException _ -> ExitCode.MODEL;
            case DeviceException _ -> ExitCode.RUNTIME;
            case OutputException _ -> ExitCode.OUTPUT;
            case RunFolderException _ -> ExitCode.OUTPUT;
            case Memory.NotEnough _ -> ExitCode.MEMORY;
            case TornadoOutOfMemoryException _ -> ExitCode.MEMORY;
            case OutOfMemoryError _ -> ExitCode.MEMORY;
            case WorkerFailedException worker -> ExitCode.of(worker.exitCode());
            case DivergedException _ -> ExitCode.DIVERGED;
            // Several of TornadoVM's exceptions have no common type but Java's own.
            case RuntimeException _ when failure.getClass().getPackageName().startsWith("uk.ac.manchester.tornado.") -> ExitCode.RUNTIME;
            default -> ExitCode.INTERNAL;
        };
    }
}
