package alexnet.runner;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import alexnet.bench.WorkerFailedException;
import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.data.DataException;
import alexnet.core.data.decode.MissingLibraryException;
import alexnet.core.data.shard.MemoryShortageException;
import alexnet.core.data.shard.PreparationException;
import alexnet.core.device.DeviceException;
import alexnet.core.replica.DisagreementException;
import alexnet.core.replica.ReplicaException;
import alexnet.core.run.RunFolderException;
import alexnet.core.training.DivergedException;
import alexnet.kernels.DriverException;
import picocli.CommandLine.ExecutionException;
import uk.ac.manchester.tornado.api.exceptions.TornadoOutOfMemoryException;

/** Tells the user why a command failed: one line for what the user can mend, a stack trace for what only we can. */
final class Failures {

    private static final String WHERE = "; --stacktrace shows where";
    private static final String HEAP = "; ALEXNET_JAVA_OPTS=-Xmx... lets Java use more, a smaller --batch-size takes less";
    /** Causes may go round in circles. */
    private static final int LONGEST_CHAIN = 20;
    private static final Pattern ANSI_COLOUR = Pattern.compile("\u001B\\[[0-9;]*m");
    /** TornadoVM puts a stack trace into its messages, in the lines after these. */
    private static final int TELLING_LINES = 3;

    private Failures() {
    }

    /** Prints the failure, unless nobody listens any more, and says how the process ends. */
    static ExitCode report(Throwable thrown, PrintWriter err, boolean stackTrace) {
        // Errors come wrapped, see Main.
        Throwable failure = thrown instanceof ExecutionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        Throwable cause = telling(failure);
        ExitCode code = codeOf(cause);
        String message = message(cause);
        if (code == ExitCode.CLOSED) {
            return code;
        }
        err.println("alexnet: " + (cause instanceof WorkerFailedException ? message.replaceFirst("^alexnet: ", "") : switch (code) {
            case INTERNAL -> "unexpected failure: " + cause.getClass().getName() + ": " + message + WHERE;
            case MEMORY -> "too little memory: " + message + (cause instanceof OutOfMemoryError ? HEAP : "");
            case RUNTIME -> message + (cause instanceof DeviceException || cause instanceof DriverException || cause instanceof MissingLibraryException ? "" : WHERE);
            default -> message;
        }));
        if (stackTrace) {
            failure.printStackTrace(err);
        }
        return code;
    }

    /** The one of a failure and its causes that tells what happened: memory runs out inside kernels, too, and others wrap that. */
    private static Throwable telling(Throwable failure) {
        List<Throwable> chain = Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(LONGEST_CHAIN).toList();
        return chain.stream().filter(each -> codeOf(each) == ExitCode.MEMORY)
                .findFirst().or(() -> chain.stream().filter(each -> codeOf(each) != ExitCode.INTERNAL).findFirst()).orElse(failure);
    }

    /** Throws the refusal of a kernel on if memory ran out: that says nothing of the kernel. */
    static void requireMemory(Throwable refusal) {
        switch (telling(refusal)) {
            case OutOfMemoryError error -> throw error;
            case TornadoOutOfMemoryException exception -> throw exception;
            default -> { }
        }
    }

    /** What a failure says that the user can mend; empty if it is another. */
    static Optional<String> mendable(RuntimeException failure) {
        Throwable cause = telling(failure);
        return codeOf(cause) == ExitCode.INTERNAL ? Optional.empty() : Optional.of(message(cause));
    }

    /** What a failure says, in one line where it is TornadoVM's. */
    static String message(Throwable failure) {
        if (failure instanceof UncheckedIOException reading) {
            return "cannot read " + unread(reading.getCause());
        }
        String message = String.valueOf(failure.getMessage());
        return failure.getClass().getPackageName().startsWith("alexnet.") ? message
                : ANSI_COLOUR.matcher(message).replaceAll("").lines().limit(TELLING_LINES).map(String::strip).collect(Collectors.joining(" "));
    }

    private static String unread(IOException failure) {
        return switch (failure) {
            case NoSuchFileException e -> e.getFile() + ": no such file";
            case AccessDeniedException e -> e.getFile() + ": permission denied";
            case FileSystemException e when e.getReason() == null -> e.getFile() + ": " + e.getClass().getSimpleName();
            default -> String.valueOf(failure.getMessage());
        };
    }

    private static ExitCode codeOf(Throwable failure) {
        return switch (failure) {
            case DataException _ -> ExitCode.DATA;
            case CheckpointException _ -> ExitCode.MODEL;
            case DeviceException _ -> ExitCode.RUNTIME;
            case DriverException _ -> ExitCode.RUNTIME;
            case MissingLibraryException _ -> ExitCode.RUNTIME;
            case OutputException _ -> ExitCode.OUTPUT;
            case RunFolderException _ -> ExitCode.OUTPUT;
            case PreparationException _ -> ExitCode.OUTPUT;
            case StandardOutput.Closed _ -> ExitCode.CLOSED;
            // What fails to be written is an OutputException from where it is written.
            case UncheckedIOException _ -> ExitCode.DATA;
            case Memory.NotEnough _ -> ExitCode.MEMORY;
            case MemoryShortageException _ -> ExitCode.MEMORY;
            case TornadoOutOfMemoryException _ -> ExitCode.MEMORY;
            case OutOfMemoryError _ -> ExitCode.MEMORY;
            case WorkerFailedException worker -> ExitCode.of(worker.exitCode());
            case DivergedException _ -> ExitCode.DIVERGED;
            case DisagreementException _ -> ExitCode.USAGE;
            case ReplicaException _ -> ExitCode.RANKS;
            // Several of TornadoVM's exceptions have no common type but Java's own.
            case RuntimeException _ when failure.getClass().getPackageName().startsWith("uk.ac.manchester.tornado.") -> ExitCode.RUNTIME;
            default -> ExitCode.INTERNAL;
        };
    }
}
