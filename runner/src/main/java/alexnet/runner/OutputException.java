package alexnet.runner;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Results cannot be written; the message is the line for the user. */
final class OutputException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OutputException(String message) {
        super(message);
    }

    OutputException(String message, IOException failure) {
        super(message, failure);
    }

    /** Writing to the folder has failed. */
    OutputException(Path folder, IOException failure) {
        this(folder, failure, "");
    }

    /** The same; {@code remedy} says behind it what is to be done. */
    OutputException(Path folder, IOException failure, String remedy) {
        super("cannot write to " + folder + ": " + reason(failure) + remedy, failure);
    }

    /** What the failure says; those of the file system may carry no more than a path. */
    private static String reason(IOException failure) {
        return switch (failure) {
            case NoSuchFileException e -> e.getFile() + " cannot be made";
            case FileAlreadyExistsException e -> e.getFile() + " is a file";
            case AccessDeniedException e -> e.getFile() + " may not be written";
            case FileSystemException e when e.getReason() == null -> e.getClass().getSimpleName() + " " + e.getFile();
            default -> failure.getMessage();
        };
    }
}
