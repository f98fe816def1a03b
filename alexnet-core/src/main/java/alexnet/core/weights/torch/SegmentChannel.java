package alexnet.core.weights.torch;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** A file in memory as a channel, of which no more than a limit is read: a zip's reader keeps as much as there is of its directory. */
final class SegmentChannel implements SeekableByteChannel {

    private final MemorySegment bytes;
    private long position;
    private long remaining;

    SegmentChannel(MemorySegment bytes, long limit) {
        this.bytes = bytes;
        this.remaining = limit;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (position >= bytes.byteSize()) {
            return -1;
        }
        int length = (int) Math.min(target.remaining(), bytes.byteSize() - position);
        remaining -= length;
        if (remaining < 0) {
            throw new IOException("its directory is larger than that of any file of weights");
        }
        MemorySegment.copy(bytes, position, MemorySegment.ofBuffer(target), 0, length);
        target.position(target.position() + length);
        position += length;
        return length;
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) {
        if (newPosition < 0) {
            throw new IllegalArgumentException("position " + newPosition);
        }
        position = newPosition;
        return this;
    }

    @Override
    public long size() {
        return bytes.byteSize();
    }

    @Override
    public int write(ByteBuffer source) {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long size) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {
        // The segment is its owner's.
    }
}
