package alexnet.core.data;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

import alexnet.core.data.decode.ImageException;

/**
 * A file of a data set that is left out.
 *
 * @param name       its path below the data set's folder
 * @param reason     why, in a few words
 * @param unreadable whether it should have been an image and is none: such files count for {@link MaxBad}
 */
public record Skipped(String name, String reason, boolean unreadable) {

    /**
     * A file that could not be read, if that is a matter of this file alone.
     *
     * @throws DataException if it is not: what fails then is the system, and would fail for good images as well
     */
    public static Skipped of(String name, IOException failure) {
        if (!ofTheFile(failure)) {
            throw failed(name, failure);
        }
        return new Skipped(name, reason(failure), true);
    }

    /** That a file could not be read through no fault of its own. */
    static DataException failed(String name, IOException failure) {
        String reason = reason(failure);
        return new DataException("cannot read " + name + ": " + reason + (reason.contains("Too many open files")
                ? "; allow more by 'ulimit -n' and start again"
                : "; this is not the image's fault: mend the disk or the connection to it and start again"), failure);
    }

    /** Whether a failure says something of this file alone: its content, or that it is missing or may not be read. */
    private static boolean ofTheFile(IOException failure) {
        return failure instanceof ImageException || failure instanceof NoSuchFileException || failure instanceof AccessDeniedException;
    }

    /** What a failure to read says, in a few words: file-system exceptions begin with the path, or carry no more. */
    public static String reason(IOException failure) {
        return switch (failure) {
            case NoSuchFileException _ -> "no such file";
            case AccessDeniedException _ -> "may not be read";
            case FileSystemException e when e.getReason() != null -> e.getReason();
            default -> failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        };
    }

    @Override
    public String toString() {
        return name + ": " + reason;
    }
}
