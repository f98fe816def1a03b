package alexnet.runner;

import java.io.PrintWriter;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.data.DataException;
import alexnet.core.device.DeviceException;
import alexnet.core.training.DivergedException;
import picocli.CommandLine.ExecutionException;
import uk.ac.manchester.tornado.api.exceptions.TornadoOutOfMemoryException;

/** Tells the user why a command failed: one line for what the user can mend, a stack trace for what only we can. */
final class Failures {

    private Failures() {
    }

    /** Prints the failure and says how the process ends. */
    static ExitCode report(Throwable thrown, PrintWriter err, boolean stackTrace) {
        // Errors come wrapped, see Main.
        Throwable failure = thrown instanceof ExecutionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        err.println("alexnet: " + switch (failure) {
            case OutOfMemoryError _ -> tooLittleMemory(failure);
            case TornadoOutOfMemoryException _ -> tooLittleMemory(failure);
            case Throwable _ when codeOf(failure) == ExitCode.INTERNAL ->
                    "unexpected failure: " + failure + (stackTrace ? "" : "; --stacktrace shows where it happened");
            default -> failure.getMessage();
        });
        if (stackTrace) {
            failure.printStackTrace(err);
        }
        return codeOf(failure);
    }

    private static String tooLittleMemory(Throwable failure) {
        return "too little memory: choose a smaller --batch-size, or set ALEXNET_JAVA_OPTS=-Xmx... (" + failure.getMessage() + ")";
    }

    private static ExitCode codeOf(Throwable failure) {
        return switch (failure) {
            case DataException _ -> ExitCode.DATA;
            case CheckpointException _ -> ExitCode.MODEL;
            case DeviceException _ -> ExitCode.RUNTIME;
            case OutputException _ -> ExitCode.OUTPUT;
            case Memory.NotEnough _ -> ExitCode.MEMORY;
            case TornadoOutOfMemoryException _ -> ExitCode.MEMORY;
            case OutOfMemoryError _ -> ExitCode.MEMORY;
            case DivergedException _ -> ExitCode.DIVERGED;
            default -> ExitCode.INTERNAL;
        };
    }
}
