package alexnet.core.checkpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Writes tensors and text to one safetensors file: the length of the header as 8 bytes, little-endian; the header, JSON;
 * the elements of all tensors, little-endian, without gaps.
 *
 * <p>Tensors are collected by reference and streamed from where they lie by {@link #write}, so that a checkpoint costs
 * no second copy of the weights.
 */
public final class SafetensorsWriter {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BUFFER_BYTES = 4 << 20;

    /** Writes the elements of a tensor as the file has them; the buffer is scratch. */
    @FunctionalInterface
    private interface Elements {
        void writeTo(WritableByteChannel channel, ByteBuffer buffer) throws IOException;
    }

    private record Entry(String name, DataType type, TensorShape shape, Elements elements) {
    }

    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /** A writer of a file that says what its bytes are, so that {@link SafetensorsReader} tells when they have become others. */
    public static SafetensorsWriter withChecksum() {
        SafetensorsWriter writer = new SafetensorsWriter();
        // The first entry of all, where it is looked for.
        writer.metadata(Checksums.ENTRY, Checksums.UNKNOWN);
        return writer;
    }

    /** Adds a line of text under a name; replaces one of the same name. */
    public void metadata(String name, String value) {
        metadata.put(name, value);
    }

    /**
     * Adds a tensor.
     *
     * @param parts its elements, one part after the other, in the machine's byte order; together exactly the tensor.
     *              Read only by {@link #write}
     * @throws IllegalArgumentException if the name is taken or the parts don't add up to the shape
     */
    public void add(String name, DataType type, TensorShape shape, MemorySegment... parts) {
        long bytes = 0;
        for (MemorySegment part : parts) {
            bytes += part.byteSize();
            if (part.byteSize() % type.size() != 0) {
                throw new IllegalArgumentException("tensor " + name + ": a part of " + part.byteSize() + " bytes cuts through an element");
            }
        }
        if (bytes != shape.elements() * type.size()) {
            throw new IllegalArgumentException("tensor " + name + " of shape " + shape + " needs "
                    + shape.elements() * type.size() + " bytes, not " + bytes);
        }
        List<MemorySegment> all = List.of(parts);
        add(new Entry(name, type, shape, (channel, buffer) -> {
            for (MemorySegment part : all) {
                stream(part, type, buffer, channel);
            }
        }));
    }

    /**
     * Adds a tensor that is made when it is written, and then forgotten.
     *
     * @param elements gives all of them, in the machine's byte order; what it throws ends {@link #write}
     * @throws IllegalArgumentException if the name is taken
     */
    public void add(String name, DataType type, TensorShape shape, Supplier<MemorySegment> elements) {
        add(new Entry(name, type, shape, (channel, buffer) -> {
            MemorySegment made = elements.get();
            if (made.byteSize() != shape.elements() * type.size()) {
                throw new IllegalStateException("tensor " + name + " of shape " + shape + " was made of " + made.byteSize() + " bytes");
            }
            stream(made, type, buffer, channel);
        }));
    }

    /**
     * Adds a tensor of another file as it is, under another name. Its elements are copied from file to file by
     * {@link #write}, until when the reader must stay open.
     *
     * @throws IllegalArgumentException if the name is taken
     */
    public void add(String name, SafetensorsReader source, Tensor tensor) {
        add(new Entry(name, tensor.type(), tensor.shape(), (channel, _) -> source.copy(tensor, channel)));
    }

    private void add(Entry entry) {
        if (entry.name.equals(SafetensorsReader.METADATA) || entries.putIfAbsent(entry.name, entry) != null) {
            throw new IllegalArgumentException("the tensor name " + entry.name + " is taken");
        }
    }

    /** Adds the first elements of an array, as many as the shape has, as 32-bit floats. */
    public void add(String name, FloatArray values, TensorShape shape) {
        add(name, DataType.F32, shape, values.getSegment().asSlice(0, shape.elements() * Float.BYTES));
    }

    /**
     * Writes everything, whole or not at all, see {@link WholeFile}.
     *
     * @throws IOException if it cannot be written
     */
    public void write(Path file) throws IOException {
        WholeFile.write(file, this::writeTo);
    }

    private void writeTo(FileChannel channel) throws IOException {
        // Wider elements first: each tensor then begins at a multiple of its element's size.
        List<Entry> ordered = new ArrayList<>(entries.values());
        ordered.sort(Comparator.comparingInt((Entry entry) -> entry.type.size()).reversed());
        byte[] header = header(ordered);
        long start = channel.position();
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        writeFully(channel, buffer.putLong(header.length).flip());
        writeFully(channel, ByteBuffer.wrap(header));
        if (metadata.containsKey(Checksums.ENTRY)) {
            CheckedChannel checked = new CheckedChannel(channel);
            writeElements(ordered, checked, buffer);
            Checksums.seal(header, checked.crc());
            writeFully(channel.position(start + Long.BYTES), ByteBuffer.wrap(header));
        } else {
            writeElements(ordered, channel, buffer);
        }
    }

    private static void writeElements(List<Entry> ordered, WritableByteChannel channel, ByteBuffer buffer) throws IOException {
        for (Entry entry : ordered) {
            entry.elements.writeTo(channel, buffer);
        }
    }

    private byte[] header(List<Entry> ordered) throws IOException {
        ObjectNode header = JSON.createObjectNode();
        if (!metadata.isEmpty()) {
            header.set(SafetensorsReader.METADATA, JSON.valueToTree(metadata));
        }
        long offset = 0;
        for (Entry entry : ordered) {
            long end = offset + entry.shape.elements() * entry.type.size();
            ObjectNode tensor = header.putObject(entry.name);
            tensor.put("dtype", entry.type.name());
            entry.shape.dimensions().forEach(tensor.putArray("shape")::add);
            tensor.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        byte[] json = JSON.writeValueAsBytes(header);
        if (json.length > SafetensorsReader.HEADER_LIMIT - Long.BYTES) {
            throw new IOException("the header would have " + json.length + " bytes, more than can be read again");
        }
        // Spaces behind the header bring the elements to a multiple of 8 bytes.
        byte[] padded = Arrays.copyOf(json, Math.ceilDiv(json.length, 8) * 8);
        Arrays.fill(padded, json.length, padded.length, (byte) ' ');
        return padded;
    }

    private static void stream(MemorySegment part, DataType type, ByteBuffer buffer, WritableByteChannel channel) throws IOException {
        for (long offset = 0; offset < part.byteSize(); offset += BUFFER_BYTES) {
            int bytes = (int) Math.min(BUFFER_BYTES, part.byteSize() - offset);
            buffer.clear().limit(bytes);
            MemorySegment.copy(part, type.inMemory, offset, MemorySegment.ofBuffer(buffer), type.inFile, 0, bytes / type.size());
            writeFully(channel, buffer);
        }
    }

    private static void writeFully(WritableByteChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }
}
