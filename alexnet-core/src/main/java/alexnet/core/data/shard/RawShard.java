package alexnet.core.data.shard;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A shard of {@link Encoding#RAW}: one array of all images. */
final class RawShard implements ShardWriter {

    private final FileChannel channel;
    private final long[] shape;
    private int written;

    /**
     * @param channel of an empty file
     * @param images  as many are expected; fewer may come
     */
    RawShard(FileChannel channel, int images, int channels, int size) throws IOException {
        this.channel = channel;
        this.shape = new long[] {images, channels, size, size};
        write(NpyFile.header(NpyFile.Type.UINT8, shape), 0);
    }

    @Override
    public long add(String name, int label, byte[] content) throws IOException {
        long offset = NpyFile.HEADER + (long) written++ * content.length;
        write(ByteBuffer.wrap(content), offset);
        return offset;
    }

    @Override
    public void finish() throws IOException {
        shape[0] = written;
        write(NpyFile.header(NpyFile.Type.UINT8, shape), 0);
    }

    private void write(ByteBuffer bytes, long position) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes, position + bytes.position());
        }
    }
}
