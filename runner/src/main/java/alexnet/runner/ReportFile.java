package alexnet.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file of results that takes its place at the end, whole: until then it is a temporary one beside it, made at once so that a
 * place that cannot be written is found before the work begins.
 */
final class ReportFile implements AutoCloseable {

    private final Path file;
    private final Path temporary;

    private ReportFile(Path file, Path temporary) {
        this.file = file;
        this.temporary = temporary;
    }

    /**
     * Makes the temporary file.
     *
     * @throws OutputException if it cannot be made
     */
    static ReportFile open(Path file) {
        if (Files.isDirectory(file)) {
            throw new OutputException("cannot write to " + file + ": it is a folder");
        }
        Path absolute = file.toAbsolutePath();
        Path temporary = absolute.resolveSibling("." + absolute.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        try {
            Files.writeString(temporary, "");
        } catch (IOException failure) {
            throw new OutputException(file, failure);
        }
        return new ReportFile(absolute, temporary);
    }

    /**
     * Writes the content and puts the file in its place.
     *
     * @throws OutputException if that fails
     */
    void write(byte[] content) {
        try {
            Files.write(temporary, content);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new OutputException(file, failure);
        }
    }

    /** Leaves no temporary file. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException failure) {
            throw new OutputException(temporary, failure);
        }
    }
}
