package alexnet.core.checkpoint;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes files whole or not at all. */
public final class WholeFile {

    private WholeFile() {
    }

    /** What a file is to hold. */
    @FunctionalInterface
    public interface Content {

        /** Writes it, from the channel's position on. */
        void writeTo(FileChannel channel) throws IOException;
    }

    /**
     * Writes everything to a temporary file in the same folder, forces it to the disk and renames it: whenever the
     * program or the machine stops, the file is either the old one or the new one, whole.
     *
     * @throws IOException if it cannot be written; no temporary file is left
     */
    public static void write(Path file, Content content) throws IOException {
        Path temporary = file.resolveSibling("." + file.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING)) {
                content.writeTo(channel);
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            deleteQuietly(temporary);
        }
    }

    private static void deleteQuietly(Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException ignored) {
            // What stopped the write has been reported already and may well stop this too.
        }
    }
}
