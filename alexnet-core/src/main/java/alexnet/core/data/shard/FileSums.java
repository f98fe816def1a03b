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
        CRC32C crc = new CRC32C();
        try (FileChannel channel = FileChannel.open(folder.resolve(name), StandardOpenOption.READ)) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
            while (channel.read(buffer.clear()) >= 0) {
                crc.update(buffer.flip());
            }
            return new Manifest.SetFile(name, channel.size(), hex((int) crc.getValue()));
        }
    }

    /** Eight digits. */
    static String hex(int checksum) {
        return String.format("%08x", checksum);
    }

    static int of(byte[] content) {
        CRC32C crc = new CRC32C();
        crc.update(content);
        return (int) crc.getValue();
    }
}
