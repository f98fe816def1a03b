package alexnet.core.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.zip.CRC32C;

/** Passes bytes on and keeps their CRC-32C. */
final class CheckedChannel implements WritableByteChannel {

    private final WritableByteChannel channel;
    private final CRC32C crc = new CRC32C();

    CheckedChannel(WritableByteChannel channel) {
        this.channel = channel;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
        ByteBuffer passed = bytes.duplicate();
        int written = channel.write(bytes);
        crc.update(passed.limit(passed.position() + written));
        return written;
    }

    /** Of all bytes so far. */
    int crc() {
        return (int) crc.getValue();
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
