package alexnet.core.replica;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that the first rank alone can be relied on to see, for all of them: the others have a temporary copy of it, under the same name in a
 * folder of its own, until this is closed.
 *
 * @param path   the file or the copy
 * @param copied whether it is a copy
 */
public record SharedFile(Path path, boolean copied) implements AutoCloseable {

    /** What is sent at a time. */
    private static final long PIECE = 32L << 20;

    /**
     * Sends the file to all ranks; collective.
     *
     * @param path of the file, on the first rank; not looked at on others
     * @throws IOException if it cannot be read there, or a copy cannot be written
     */
    public static SharedFile of(Replicas replicas, Path path) throws IOException {
        if (replicas.isAlone()) {
            return new SharedFile(path, false);
        }
        if (replicas.isFirst()) {
            try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
                Texts.first(replicas, path.getFileName().toString());
                send(replicas, file, file.size());
            }
            return new SharedFile(path, false);
        }
        SharedFile copy = new SharedFile(Files.createTempDirectory("alexnet-").resolve(Texts.first(replicas, "")), true);
        try (FileChannel file = FileChannel.open(copy.path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            send(replicas, file, 0);
        } catch (IOException | RuntimeException failed) {
            copy.close();
            throw failed;
        }
        return copy;
    }

    private static void send(Replicas replicas, FileChannel file, long length) throws IOException {
        long[] size = {length};
        replicas.maximum(size);
        try (Arena arena = Arena.ofShared()) {
            MemorySegment room = arena.allocate(Math.min(size[0], PIECE));
            for (long sent = 0; sent < size[0]; sent += PIECE) {
                MemorySegment piece = room.asSlice(0, Math.min(PIECE, size[0] - sent));
                ByteBuffer buffer = piece.asByteBuffer();
                while (replicas.isFirst() && buffer.hasRemaining()) {
                    if (file.read(buffer) < 0) {
                        throw new EOFException("it became shorter while it was read");
                    }
                }
                replicas.broadcast(piece, 0);
                while (!replicas.isFirst() && buffer.hasRemaining()) {
                    file.write(buffer);
                }
            }
        }
    }

    /** Deletes the copy, if it is one. */
    @Override
    public void close() {
        if (!copied) {
            return;
        }
        try {
            Files.deleteIfExists(path);
            Files.deleteIfExists(path.getParent());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
