package alexnet.core.data.archive.parquet;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * What the header of a page says of its size: Thrift's compact protocol, see parquet.thrift's {@code PageHeader}.
 *
 * @param uncompressed bytes of the page when it is decompressed
 * @param compressed   bytes of the page in the file, behind the header
 * @param values       values in it, nulls too
 * @param isDictionary whether its values are what other pages refer to
 * @param length       bytes of the header
 */
record PageHeader(int uncompressed, int compressed, int values, boolean isDictionary, int length) {

    private static final int DICTIONARY_PAGE = 2;
    private static final int DEEPEST = 8;

    /**
     * Reads a header.
     *
     * @throws BufferUnderflowException if it is longer than what is given
     * @throws IOException              if it is none
     */
    static PageHeader read(ByteBuffer bytes) throws IOException {
        int begin = bytes.position();
        Map<Integer, Object> fields = struct(bytes, 0);
        int values = 0;
        for (int header : new int[] {5, 7, 8}) {
            if (fields.get(header) instanceof Map<?, ?> inner) {
                values = number(inner, 1);
            }
        }
        return new PageHeader(number(fields, 2), number(fields, 3), values, number(fields, 1) == DICTIONARY_PAGE, bytes.position() - begin);
    }

    private static int number(Map<?, ?> fields, int id) throws IOException {
        if (fields.get(id) instanceof Long number && number >= 0 && number <= Integer.MAX_VALUE) {
            return number.intValue();
        }
        throw new IOException("a page says nothing sensible of its size");
    }

    /** Numbers and structures by the numbers of their fields; other fields are passed over. */
    private static Map<Integer, Object> struct(ByteBuffer bytes, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new IOException("a page header is nested too deeply");
        }
        Map<Integer, Object> fields = new HashMap<>();
        int id = 0;
        for (int head = bytes.get() & 0xFF; head != 0; head = bytes.get() & 0xFF) {
            id = head >>> 4 == 0 ? (int) zigzag(bytes) : id + (head >>> 4);
            Object value = value(bytes, head & 0xF, depth);
            if (value != null) {
                fields.put(id, value);
            }
        }
        return fields;
    }

    private static Object value(ByteBuffer bytes, int type, int depth) throws IOException {
        return switch (type) {
            case 1, 2 -> null;
            case 3 -> (long) bytes.get();
            case 4, 5, 6 -> zigzag(bytes);
            case 7 -> skipped(bytes, Double.BYTES);
            case 8 -> skipped(bytes, varint(bytes));
            case 12 -> struct(bytes, depth + 1);
            default -> throw new IOException("a page header has a field of type " + type);
        };
    }

    private static Object skipped(ByteBuffer bytes, long length) {
        if (length < 0 || length > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        bytes.position(bytes.position() + (int) length);
        return null;
    }

    private static long zigzag(ByteBuffer bytes) throws IOException {
        long number = varint(bytes);
        return number >>> 1 ^ -(number & 1);
    }

    private static long varint(ByteBuffer bytes) throws IOException {
        long number = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int next = bytes.get();
            number |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return number;
            }
        }
        throw new IOException("a page header has a number without end");
    }
}
