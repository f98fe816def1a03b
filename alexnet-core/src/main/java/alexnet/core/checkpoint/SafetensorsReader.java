package alexnet.core.checkpoint;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.zip.CRC32C;

/**
 * Reads tensors of a safetensors file straight into the memory they are for. The header is checked in full when the file
 * is opened, before anything is allocated on its word.
 */
public final class SafetensorsReader implements AutoCloseable {

    /** The entry of the header that is no tensor but text. */
    static final String METADATA = "__metadata__";

    private static final int BUFFER_BYTES = 4 << 20;
    /** Room for some hundred thousand measurements of a run; the format itself allows 100 MB. */
    static final int HEADER_LIMIT = 64 << 20;

    private final Path file;
    private final FileChannel channel;
    private final SafetensorsHeader header;
    private final long dataStart;
    private final OptionalInt checksum;

    private SafetensorsReader(Path file, FileChannel channel, SafetensorsHeader header, long dataStart, OptionalInt checksum) {
        this.file = file;
        this.channel = channel;
        this.header = header;
        this.dataStart = dataStart;
        this.checksum = checksum;
    }

    /**
     * Opens a file and checks its header.
     *
     * @throws CheckpointException if there is no such file, or it is truncated, damaged or no safetensors file;
     *                             an {@link UnreadableCheckpointException} if it cannot be read
     */
    public static SafetensorsReader open(Path file) {
        if (Files.isDirectory(file)) {
            throw new CheckpointException(file + " is a folder, not a checkpoint file");
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ);
            SafetensorsReader reader = open(file, channel);
            channel = null;
            return reader;
        } catch (NoSuchFileException e) {
            throw new CheckpointException("no such checkpoint: " + file, e);
        } catch (IOException e) {
            throw new UnreadableCheckpointException("cannot read " + file + ": " + e, e);
        } finally {
            closeQuietly(channel);
        }
    }

    private static SafetensorsReader open(Path file, FileChannel channel) throws IOException {
        long size = channel.size();
        if (size < Long.BYTES) {
            throw new CheckpointException(file + " is not a safetensors file, or truncated: it has only " + size + " bytes");
        }
        ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        readFully(file, channel, length, 0);
        long headerLength = length.getLong(0);
        if (headerLength < 2 || headerLength > HEADER_LIMIT) {
            throw new CheckpointException(file + " is not a safetensors file: it would have a header of "
                    + Long.toUnsignedString(headerLength) + " bytes");
        }
        if (headerLength > size - Long.BYTES) {
            throw new CheckpointException(file + " is truncated, or not a safetensors file: it would have a header of "
                    + headerLength + " bytes, but has only " + (size - Long.BYTES) + " more");
        }
        ByteBuffer json = ByteBuffer.allocate((int) headerLength);
        readFully(file, channel, json, Long.BYTES);
        OptionalInt checksum = Checksums.requireWhole(file, json.array());
        long dataStart = Long.BYTES + headerLength;
        SafetensorsHeader header = SafetensorsHeader.parse(file, json.flip(), size - dataStart);
        if (checksum.isEmpty()) {
            Checksums.requireNone(file, header.metadata());
        }
        return new SafetensorsReader(file, channel, header, dataStart, checksum);
    }

    /** The file, for messages. */
    public Path file() {
        return file;
    }

    /** All text of the file, by name. */
    public Map<String, String> metadata() {
        return header.metadata();
    }

    /**
     * One text of the file.
     *
     * @throws CheckpointException if it isn't there
     */
    public String metadata(String name) {
        String value = header.metadata().get(name);
        if (value == null) {
            throw new CheckpointException(file + " was not written by this program: it lacks the entry " + name);
        }
        return value;
    }

    /** All tensors of the file, by name. */
    public Map<String, Tensor> tensors() {
        return header.tensors();
    }

    /**
     * One tensor of the file.
     *
     * @throws CheckpointException if it isn't there
     */
    public Tensor tensor(String name) {
        Tensor tensor = header.tensors().get(name);
        if (tensor == null) {
            throw new CheckpointException(file + " has no tensor " + name);
        }
        return tensor;
    }

    /** Where the elements of one of this file's tensors begin, in bytes from the file's first. */
    public long position(Tensor tensor) {
        return dataStart + tensor.offset();
    }

    /**
     * One tensor of the file, as expected.
     *
     * @throws CheckpointException if it isn't there, or is of another type or shape
     */
    public Tensor tensor(String name, DataType type, TensorShape shape) {
        Tensor tensor = tensor(name);
        if (tensor.type() != type || !tensor.shape().equals(shape)) {
            throw new CheckpointException(file + ": tensor " + name + " is " + tensor.type() + " " + tensor.shape()
                    + ", expected " + type + " " + shape);
        }
        return tensor;
    }

    /**
     * Reads a tensor.
     *
     * @param targets receive its elements, one part after the other, in the machine's byte order; together exactly the tensor
     * @throws CheckpointException if it isn't there, is of another type or shape, or cannot be read
     */
    public void read(String name, DataType type, TensorShape shape, MemorySegment... targets) {
        Tensor tensor = tensor(name, type, shape);
        long bytes = 0;
        for (MemorySegment target : targets) {
            bytes += target.byteSize();
            if (target.byteSize() % type.size() != 0) {
                throw new IllegalArgumentException("tensor " + name + ": a target of " + target.byteSize() + " bytes cuts through an element");
            }
        }
        if (bytes != tensor.byteSize()) {
            throw new IllegalArgumentException("tensor " + name + " has " + tensor.byteSize() + " bytes, its targets " + bytes);
        }
        ByteBuffer buffer = ByteBuffer.allocateDirect((int) Math.min(BUFFER_BYTES, tensor.byteSize()));
        long position = dataStart + tensor.offset();
        try {
            for (MemorySegment target : targets) {
                position = stream(target, type, buffer, position);
            }
        } catch (IOException e) {
            throw new UnreadableCheckpointException("cannot read " + file + ": " + e, e);
        }
    }

    /**
     * Copies the elements of a tensor as they are in the file, little-endian, without reading them into memory.
     *
     * @param tensor one of this file's
     * @throws CheckpointException if the file has been cut short meanwhile
     * @throws IOException         if they cannot be read or written
     */
    public void copy(Tensor tensor, WritableByteChannel target) throws IOException {
        long position = dataStart + tensor.offset();
        long end = position + tensor.byteSize();
        while (position < end) {
            long copied = channel.transferTo(position, end - position, target);
            if (copied == 0) {
                throw new CheckpointException(file + " was cut short while it was read");
            }
            position += copied;
        }
    }

    /**
     * Makes sure that the tensors are those that were written, where the file says what they were, and that all their 32-bit
     * floats are numbers. Reads every byte once.
     *
     * @throws CheckpointException if the file is damaged, naming the first tensor that holds an infinity or NaN, or if it
     *                             cannot be read
     */
    public void verify() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        CRC32C crc = new CRC32C();
        Tensor senseless = null;
        List<Tensor> ordered = new ArrayList<>(tensors().values());
        ordered.sort(Comparator.comparingLong(Tensor::offset));
        for (Tensor tensor : ordered) {
            if (!verify(tensor, buffer, crc) && senseless == null) {
                senseless = tensor;
            }
        }
        checksum.ifPresent(written -> Checksums.require(file, "tensors", written, (int) crc.getValue()));
        if (senseless != null) {
            throw new CheckpointException(file + " makes no sense: tensor " + senseless.name() + " holds values that are not finite");
        }
    }

    /** Adds a tensor's bytes to a checksum; whether they make sense. */
    private boolean verify(Tensor tensor, ByteBuffer buffer, CRC32C crc) {
        long position = dataStart + tensor.offset();
        long end = position + tensor.byteSize();
        boolean finite = true;
        try {
            for (; position < end; position += buffer.capacity()) {
                readFully(file, channel, buffer.clear().limit((int) Math.min(buffer.capacity(), end - position)), position);
                finite &= tensor.type() != DataType.F32 || Finite.all(MemorySegment.ofBuffer(buffer.flip()), ByteOrder.LITTLE_ENDIAN);
                crc.update(buffer.rewind());
            }
            return finite;
        } catch (IOException e) {
            throw new UnreadableCheckpointException("cannot read " + file + ": " + e, e);
        }
    }

    private long stream(MemorySegment target, DataType type, ByteBuffer buffer, long start) throws IOException {
        for (long offset = 0; offset < target.byteSize(); offset += buffer.capacity()) {
            int bytes = (int) Math.min(buffer.capacity(), target.byteSize() - offset);
            readFully(file, channel, buffer.clear().limit(bytes), start + offset);
            MemorySegment.copy(MemorySegment.ofBuffer(buffer.flip()), type.inFile, 0, target, type.inMemory, offset, bytes / type.size());
        }
        return start + target.byteSize();
    }

    private static void readFully(Path file, FileChannel channel, ByteBuffer buffer, long position) throws IOException {
        long start = position - buffer.position();
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, start + buffer.position()) < 0) {
                throw new CheckpointException(file + " was cut short while it was read");
            }
        }
    }

    @Override
    public void close() {
        closeQuietly(channel);
    }

    private static void closeQuietly(FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException ignored) {
                // Nothing that was read can be lost any more.
            }
        }
    }
}
