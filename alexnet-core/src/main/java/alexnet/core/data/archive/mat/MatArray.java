package alexnet.core.data.archive.mat;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.nio.ByteOrder;

/**
 * A matrix element: flags, dimensions, name, and what its class has.
 *
 * @param name  of the variable; empty within others
 * @param value what it holds
 */
record MatArray(String name, MatValue value) {

    private static final int CELL = 1;
    private static final int STRUCT = 2;
    private static final int CHAR = 4;
    private static final int FIRST_NUMBER = 6;
    private static final int LAST_NUMBER = 15;
    /** Far deeper than tables are. */
    private static final int DEPTH_LIMIT = 16;
    private static final int FIELD_LIMIT = 1 << 12;

    static MatArray read(ByteBuffer from, int depth) {
        if (depth > DEPTH_LIMIT) {
            throw new IllegalArgumentException("values lie in one another more than " + DEPTH_LIMIT + " deep");
        }
        MatElement flags = MatElement.numbers(from);
        if (flags.bytes().limit() < 2 * Integer.BYTES) {
            throw new IllegalArgumentException("a value says not of what class it is");
        }
        int kind = flags.bytes().getInt(0) & 0xFF;
        if (kind != CELL && kind != STRUCT && kind != CHAR && (kind < FIRST_NUMBER || kind > LAST_NUMBER)) {
            return new MatArray("", MatValue.Other.OTHER);
        }
        long count = count(MatElement.numbers(from));
        String name = text(MatElement.numbers(from));
        return new MatArray(name, switch (kind) {
            case CELL -> new MatValue.Cells(values(from, count, depth));
            case STRUCT -> structs(from, count, depth);
            case CHAR -> new MatValue.Text(text(MatElement.numbers(from)));
            default -> {
                MatElement numbers = MatElement.numbers(from);
                yield new MatNumbers(numbers.type(), numbers.bytes());
            }
        });
    }

    private static long count(MatElement dimensions) {
        MatNumbers sizes = new MatNumbers(dimensions.type(), dimensions.bytes());
        long count = 1;
        for (int i = 0; i < sizes.count(); i++) {
            double size = sizes.get(i);
            if (!(size >= 0 && size <= Integer.MAX_VALUE) || (count *= (long) size) > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("a value has dimensions that no array has");
            }
        }
        return count;
    }

    private static MatValue structs(ByteBuffer from, long count, int depth) {
        MatElement lengths = MatElement.numbers(from);
        if (lengths.bytes().limit() != Integer.BYTES) {
            throw new IllegalArgumentException("a structure says not how long the names of its fields are");
        }
        int length = lengths.bytes().getInt(0);
        ByteBuffer names = MatElement.numbers(from).bytes();
        if (length < 1 || names.limit() % length != 0 || names.limit() / length > FIELD_LIMIT) {
            throw new IllegalArgumentException("a structure has fields with names of " + length + " bytes");
        }
        List<String> fields = new ArrayList<>();
        for (int begin = 0; begin < names.limit(); begin += length) {
            String field = decoded(names.slice(begin, length), StandardCharsets.UTF_8);
            int zero = field.indexOf('\0');
            fields.add(zero < 0 ? field : field.substring(0, zero));
        }
        return new MatValue.Structs((int) count, List.copyOf(fields), values(from, count * fields.size(), depth));
    }

    private static List<MatValue> values(ByteBuffer from, long count, int depth) {
        if (count > from.remaining() / MatElement.TAG) {
            throw new IllegalArgumentException(count + " values in " + from.remaining() + " bytes");
        }
        List<MatValue> values = new ArrayList<>((int) count);
        for (int i = 0; i < count; i++) {
            MatElement element = MatElement.read(from);
            if (element.type() != MatType.MATRIX) {
                throw new IllegalArgumentException(element.type() + " where a value should be");
            }
            values.add(element.bytes().hasRemaining() ? read(element.bytes(), depth + 1).value : MatValue.Other.OTHER);
        }
        return values;
    }

    private static String text(MatElement characters) {
        boolean little = characters.bytes().order() == ByteOrder.LITTLE_ENDIAN;
        return decoded(characters.bytes(), switch (characters.type()) {
            case UINT16, INT16, UTF16 -> little ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
            case UTF32, UINT32, INT32 -> little ? StandardCharsets.UTF_32LE : StandardCharsets.UTF_32BE;
            case INT8, UINT8, UTF8 -> StandardCharsets.UTF_8;
            case SINGLE, DOUBLE, INT64, UINT64, MATRIX, COMPRESSED -> throw new IllegalArgumentException(characters.type() + " where text should be");
        });
    }

    private static String decoded(ByteBuffer bytes, Charset charset) {
        return charset.decode(bytes.duplicate()).toString();
    }
}
