package alexnet.core.data.archive.parquet;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import dev.hardwood.InputFile;

/**
 * A file whose ranges are read, not mapped: what was read once does not stay in the process, and a file that becomes shorter meanwhile
 * is a failure to read, not one of the virtual machine.
 */
final class RangeFile implements InputFile {

    private final Path file;
    private FileChannel channel;

    RangeFile(Path file) {
        this.file = file;
    }

    @Override
    public void open() throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.READ);
    }

    @Override
    public ByteBuffer readRange(long offset, int length) throws IOException {
        if (offset < 0 || length < 0 || offset + length > channel.size()) {
            throw new EOFException(length + " bytes at " + offset + " lie outside of the file");
        }
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, offset + bytes.position()) < 0) {
                throw new EOFException("the file ends before its end");
            }
        }
        return bytes.flip();
    }

    @Override
    public long length() throws IOException {
        return channel.size();
    }

    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
