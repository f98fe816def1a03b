package alexnet.core.data;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/**
 * A file of a data set that is left out because no image could be read from it.
 *
 * @param name   its path below the data set's folder
 * @param reason why, in a few words
 */
public record Skipped(String name, String reason) {

    static Skipped of(String name, IOException failure) {
        return new Skipped(name, reason(failure));
    }

    /** What a failure to read says, in a few words: file-system exceptions carry no more than the path. */
    static String reason(IOException failure) {
        return switch (failure) {
            case NoSuchFileException _ -> "no such file";
            case AccessDeniedException _ -> "may not be read";
            default -> failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        };
    }

    @Override
    public String toString() {
        return name + ": " + reason;
    }
}
