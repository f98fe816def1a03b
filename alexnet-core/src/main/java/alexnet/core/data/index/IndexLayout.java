package alexnet.core.data.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * Where the parts of an index file begin, in bytes.
 *
 * @param samples     rows of every column
 * @param containers  names behind those of the samples
 * @param namesLength bytes of all names
 * @param crc         CRC-32C of everything behind the header
 */
record IndexLayout(int samples, int containers, int namesLength, int crc) {

    private static final int BUFFER = 1 << 20;

    static IndexLayout read(Path file, FileChannel channel) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(SampleIndex.HEADER).order(ByteOrder.LITTLE_ENDIAN);
        while (header.hasRemaining() && channel.read(header, header.position()) >= 0) {
            // Goes on until it is whole, or the file ends.
        }
        if (header.hasRemaining() || header.getLong(0) != SampleIndex.MAGIC) {
            throw SampleIndex.damaged(file, "it is no index");
        }
        IndexLayout layout = new IndexLayout(header.getInt(8), header.getInt(12), header.getInt(16), header.getInt(20));
        if (layout.samples < 0 || layout.containers < 0 || layout.namesLength < 0 || layout.length() != channel.size()) {
            throw SampleIndex.damaged(file, "its length is not what its header says");
        }
        if (layout.crc != checksum(channel)) {
            throw SampleIndex.damaged(file, "its checksum is wrong");
        }
        return layout;
    }

    /** Read, not mapped, so that pages that are never asked for take no memory. */
    private static int checksum(FileChannel channel) throws IOException {
        CRC32C crc = new CRC32C();
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
        long position = SampleIndex.HEADER;
        for (int read = channel.read(buffer, position); read > 0; read = channel.read(buffer.clear(), position)) {
            position += read;
            crc.update(buffer.flip());
        }
        return (int) crc.getValue();
    }

    long offset() {
        return SampleIndex.HEADER;
    }

    long key() {
        return offset() + (long) samples * Long.BYTES;
    }

    long label() {
        return key() + (long) samples * Integer.BYTES;
    }

    long container() {
        return label() + (long) samples * Integer.BYTES;
    }

    long length32() {
        return container() + (long) samples * Integer.BYTES;
    }

    long checksum() {
        return length32() + (long) samples * Integer.BYTES;
    }

    long nameEnd() {
        return checksum() + (long) samples * Integer.BYTES;
    }

    long names() {
        return nameEnd() + ((long) samples + containers) * Integer.BYTES;
    }

    /** Bytes of the whole file. */
    long length() {
        return names() + namesLength;
    }
}
