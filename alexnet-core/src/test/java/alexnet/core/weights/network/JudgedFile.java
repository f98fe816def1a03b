package alexnet.core.weights.network;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import alexnet.core.weights.network.JudgedNetwork.Tensor;

/** A file of 244 MB that is being written: its numbers are made in their place. */
final class JudgedFile implements AutoCloseable {

    private final FileChannel channel;

    JudgedFile(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    void write(byte[] bytes) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            channel.write(left);
        }
    }

    void write(Tensor tensor) throws IOException {
        long bytes = tensor.length() * Float.BYTES;
        try (Arena arena = Arena.ofShared()) {
            tensor.fill(channel.map(FileChannel.MapMode.READ_WRITE, channel.position(), bytes, arena));
        }
        channel.position(channel.position() + bytes);
    }

    /** Writes how many elements follow. */
    void writeCount(long elements) throws IOException {
        write(ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(elements).array());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
