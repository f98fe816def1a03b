package alexnet.core.data.shard;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import alexnet.core.checkpoint.WholeFile;
import alexnet.core.data.DataException;

/**
 * Files of NumPy's format 1.0: a header of {@value #HEADER} bytes that says the type and the shape, and the elements, little-endian, the
 * last dimension innermost.
 */
public final class NpyFile {

    /** Bytes of every header that is written here; data begin behind it, aligned for any vector. */
    public static final int HEADER = 128;

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
    private static final int PREFIX = MAGIC.length + Short.BYTES;
    private static final Pattern DICTIONARY = Pattern.compile(
            "\\{'descr': '([^']{2,8})', 'fortran_order': False, 'shape': \\(((?:\\d{1,18}(?:, ?|(?=\\)))){0,32})\\), ?\\} *\n");

    /** What elements are. */
    public enum Type {
        UINT8("|u1", 1), INT64("<i8", Long.BYTES), FLOAT32("<f4", Float.BYTES), FLOAT64("<f8", Double.BYTES);

        private final String description;
        private final int bytes;

        Type(String description, int bytes) {
            this.description = description;
            this.bytes = bytes;
        }
    }

    /**
     * What the header of a file says.
     *
     * @param type   of its elements; none if it is none of those here
     * @param named  the same in NumPy's words
     * @param shape  its dimensions
     * @param offset where its elements begin, in bytes
     */
    public record Header(Optional<Type> type, String named, List<Long> shape, long offset) {
    }

    private NpyFile() {
    }

    /** The header of an array, {@value #HEADER} bytes, as NumPy writes it. */
    public static ByteBuffer header(Type type, long... shape) {
        String dimensions = Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(", ")) + (shape.length == 1 ? "," : "");
        byte[] dictionary = ("{'descr': '" + type.description + "', 'fortran_order': False, 'shape': (" + dimensions + "), }").getBytes(StandardCharsets.US_ASCII);
        if (dictionary.length >= HEADER - PREFIX) {
            throw new IllegalArgumentException("a shape of " + shape.length + " dimensions is too long");
        }
        byte[] header = new byte[HEADER];
        Arrays.fill(header, (byte) ' ');
        header[HEADER - 1] = '\n';
        System.arraycopy(dictionary, 0, header, PREFIX, dictionary.length);
        return ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).put(MAGIC).putShort((short) (HEADER - PREFIX)).rewind();
    }

    /** Bytes of a file with an array. */
    public static long length(Type type, long... shape) {
        return Arrays.stream(shape).reduce(type.bytes, Math::multiplyExact) + HEADER;
    }

    /** Writes a small array, whole or not at all. */
    public static void write(Path file, float[] elements, long... shape) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER + elements.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN).put(header(Type.FLOAT32, shape));
        bytes.asFloatBuffer().put(elements);
        WholeFile.write(file, bytes.array());
    }

    /** Writes a small array of one dimension, whole or not at all. */
    static void write(Path file, long[] elements) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER + elements.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).put(header(Type.INT64, elements.length));
        bytes.asLongBuffer().put(elements);
        WholeFile.write(file, bytes.array());
    }

    /**
     * Reads an array whose shape is known.
     *
     * @throws DataException naming the file, if it is damaged or another
     * @throws IOException   if it cannot be read
     */
    public static float[] readFloats(Path file, long... shape) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long offset = requireHeader(file, channel, Type.FLOAT32, shape);
            ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size() - offset)).order(ByteOrder.LITTLE_ENDIAN);
            readFully(channel, bytes, offset);
            float[] elements = new float[bytes.capacity() / Float.BYTES];
            bytes.flip().asFloatBuffer().get(elements);
            return elements;
        }
    }

    /**
     * Makes sure that a file holds just an array of this type and shape, by its header and its length.
     *
     * @return where the elements begin, in bytes
     * @throws DataException naming the file, if it does not
     * @throws IOException   if it cannot be read
     */
    public static long requireHeader(Path file, FileChannel channel, Type type, long... shape) throws IOException {
        Header header = readHeader(channel).orElseThrow(() -> Damage.of(file, "it is no file of NumPy's format 1.0, or its header cannot be read"));
        if (!header.type().equals(Optional.of(type)) || !header.shape().equals(Arrays.stream(shape).boxed().toList())) {
            throw Damage.of(file, "it holds " + header.named() + " of " + header.shape() + " and not " + type.description + " of " + Arrays.toString(shape));
        }
        long offset = header.offset();
        long length = length(type, shape) - HEADER + offset;
        if (channel.size() != length) {
            throw Damage.of(file, "it has " + channel.size() + " bytes and not " + length);
        }
        return offset;
    }

    /**
     * Reads the header of a file; there is none where it is no file of NumPy's format 1.0, or its elements are in columns.
     *
     * @throws IOException if it cannot be read
     */
    public static Optional<Header> readHeader(FileChannel channel) throws IOException {
        ByteBuffer prefix = ByteBuffer.allocate(PREFIX).order(ByteOrder.LITTLE_ENDIAN);
        if (!readFully(channel, prefix, 0) || !Arrays.equals(prefix.array(), 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            return Optional.empty();
        }
        ByteBuffer dictionary = ByteBuffer.allocate(Short.toUnsignedInt(prefix.getShort(MAGIC.length)));
        Matcher found = DICTIONARY.matcher("");
        if (!readFully(channel, dictionary, PREFIX) || !found.reset(new String(dictionary.array(), StandardCharsets.ISO_8859_1)).matches()) {
            return Optional.empty();
        }
        List<Long> shape = Arrays.stream(found.group(2).split("[, ]+")).filter(size -> !size.isEmpty()).map(Long::valueOf).toList();
        Optional<Type> type = Arrays.stream(Type.values()).filter(known -> known.description.equals(found.group(1))).findFirst();
        return Optional.of(new Header(type, found.group(1), shape, PREFIX + dictionary.capacity()));
    }

    private static boolean readFully(FileChannel channel, ByteBuffer buffer, long position) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                return false;
            }
        }
        return true;
    }
}
