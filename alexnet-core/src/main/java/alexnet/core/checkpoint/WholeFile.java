package alexnet.core.checkpoint;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that is written whole or not at all: until its end it is a temporary one in the same folder. Whenever the program or
 * the machine stops, the file is either the old one or the new one.
 */
public final class WholeFile implements AutoCloseable {

    private final Path file;
    private final Path temporary;

    private WholeFile(Path file, Path temporary) {
        this.file = file;
        this.temporary = temporary;
    }

    /** What a file is to hold. */
    @FunctionalInterface
    public interface Content {

        /** Writes it, from the channel's position on. */
        void writeTo(FileChannel channel) throws IOException;
    }

    /**
     * Makes the temporary file, empty, so that a place that cannot be written is found before the content is there.
     *
     * @throws IOException if it cannot be made
     */
    public static WholeFile open(Path file) throws IOException {
        Path temporary = file.resolveSibling("." + file.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        Files.write(temporary, new byte[0]);
        return new WholeFile(file, temporary);
    }

    /**
     * Opens a file and writes it at once.
     *
     * @throws IOException if it cannot be written; no temporary file is left
     */
    public static void write(Path file, Content content) throws IOException {
        try (WholeFile whole = open(file)) {
            whole.write(content);
        }
    }

    /**
     * Writes the content, forces it to the disk and puts the file in its place, or in that of an earlier content.
     *
     * @throws IOException if it cannot be written
     */
    public void write(Content content) throws IOException {
        try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            content.writeTo(channel);
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Leaves no temporary file. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException ignored) {
            // What stopped the write has been reported already and may well stop this too.
        }
    }
}
