package alexnet.core.weights.torch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** A channel of which no more than a limit is read: a zip's reader keeps in memory as much as there is of its directory. */
final class LimitedChannel implements SeekableByteChannel {

    private final SeekableByteChannel channel;
    private long remaining;

    LimitedChannel(SeekableByteChannel channel, long limit) {
        this.channel = channel;
        this.remaining = limit;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int read = channel.read(target);
        remaining -= Math.max(0, read);
        if (remaining < 0) {
            throw new IOException("its directory is larger than that of any file of weights");
        }
        return read;
    }

    @Override
    public long position() throws IOException {
        return channel.position();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
        channel.position(position);
        return this;
    }

    @Override
    public long size() throws IOException {
        return channel.size();
    }

    @Override
    public int write(ByteBuffer source) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new UnsupportedOperationException();
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
