package alexnet.core.data.archive.tar;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Bytes of which any can be read: a file, a part of one, or an array. */
@FunctionalInterface
public interface TarBytes {

    /**
     * Reads some bytes, as {@link java.nio.channels.FileChannel#read(ByteBuffer, long)} does.
     *
     * @return how many; -1 at the end
     */
    int read(ByteBuffer target, long position) throws IOException;

    /** What is in an array. */
    static TarBytes of(byte[] bytes) {
        return (target, position) -> {
            if (position >= bytes.length) {
                return -1;
            }
            int count = (int) Math.min(target.remaining(), bytes.length - position);
            target.put(bytes, (int) position, count);
            return count;
        };
    }

    /**
     * Reads so many bytes.
     *
     * @throws EOFException if there are fewer
     */
    default byte[] read(long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (read(bytes, position + bytes.position()) < 0) {
                throw new EOFException("it ends at byte " + (position + bytes.position()));
            }
        }
        return bytes.array();
    }
}
