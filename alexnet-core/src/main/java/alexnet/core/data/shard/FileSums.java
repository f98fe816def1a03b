package alexnet.core.data.shard;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/** Checksums of files: CRC-32C, which finds damage and costs nearly nothing. */
final class FileSums {

    private static final int BUFFER = 1 << 20;

    private FileSums() {
    }

    /** The length and the checksum of a file, under its name in the set's folder. */
    static Manifest.SetFile of(Path folder, String name) throws IOException {
        try (FileChannel channel = FileChannel.open(folder.resolve(name), StandardOpenOption.READ)) {
            long length = channel.size();
            return new Manifest.SetFile(name, length, hex(of(channel, 0, length, buffer())));
        }
    }

    /** To read files by. */
    static ByteBuffer buffer() {
        return ByteBuffer.allocateDirect(BUFFER);
    }

    /** The checksum of a part of a file, as far as there is one. */
    static int of(FileChannel channel, long begin, long length, ByteBuffer buffer) throws IOException {
        CRC32C crc = new CRC32C();
        for (long at = begin; at < begin + length; ) {
            int read = channel.read(buffer.clear().limit((int) Math.min(buffer.capacity(), begin + length - at)), at);
            if (read < 0) {
                break;
            }
            crc.update(buffer.flip());
            at += read;
        }
        return (int) crc.getValue();
    }

    /** Eight digits. */
    static String hex(int checksum) {
        return String.format("%08x", checksum);
    }

    static int of(ByteBuffer content) {
        CRC32C crc = new CRC32C();
        crc.update(content);
        return (int) crc.getValue();
    }
}
