package alexnet.core.data.imitation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Writes a MATLAB 5 file of one compressed array of structs, as the devkit's meta.mat is. Fields are texts, numbers or rows of numbers. */
public final class MatFile {

    private static final int INT8 = 1;
    private static final int UINT8 = 2;
    private static final int UINT16 = 4;
    private static final int INT32 = 5;
    private static final int UINT32 = 6;
    private static final int MATRIX = 14;
    private static final int COMPRESSED = 15;
    private static final int STRUCT_CLASS = 2;
    private static final int CHAR_CLASS = 4;
    private static final int DOUBLE_CLASS = 6;
    private static final int NAME_LENGTH = 32;

    private MatFile() {
    }

    /**
     * The file.
     *
     * @param rows of each struct a {@link String}, an {@link Integer} or an {@code int[]} for each of {@code fields}
     */
    public static byte[] of(String variable, List<String> fields, List<List<Object>> rows) {
        return file(compressed(structs(variable, fields, rows)));
    }

    /** A file whose only element is {@code element}. */
    public static byte[] file(byte[] element) {
        var bytes = new ByteArrayOutputStream();
        byte[] text = "MATLAB 5.0 MAT-file, Platform: GLNXA64".getBytes(StandardCharsets.US_ASCII);
        byte[] header = Arrays.copyOf(text, 128);
        Arrays.fill(header, text.length, 124, (byte) ' ');
        header[125] = 1;
        header[126] = 'I';
        header[127] = 'M';
        bytes.writeBytes(header);
        bytes.writeBytes(element);
        return bytes.toByteArray();
    }

    /** An element behind zlib, without the padding that others have. */
    public static byte[] compressed(byte[] element) {
        var deflated = new ByteArrayOutputStream();
        try (var output = new DeflaterOutputStream(deflated, new Deflater(Deflater.BEST_COMPRESSION))) {
            output.write(element);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(tag(COMPRESSED, deflated.size()));
        bytes.writeBytes(deflated.toByteArray());
        return bytes.toByteArray();
    }

    private static byte[] structs(String variable, List<String> fields, List<List<Object>> rows) {
        var names = new ByteArrayOutputStream();
        fields.forEach(field -> names.writeBytes(Arrays.copyOf(field.getBytes(StandardCharsets.US_ASCII), NAME_LENGTH)));
        var body = new ByteArrayOutputStream();
        body.writeBytes(head(STRUCT_CLASS, variable, rows.size(), 1));
        body.writeBytes(element(INT32, ints(NAME_LENGTH)));
        body.writeBytes(element(INT8, names.toByteArray()));
        rows.forEach(row -> row.forEach(value -> body.writeBytes(value(value))));
        return element(MATRIX, body.toByteArray());
    }

    private static byte[] value(Object value) {
        var body = new ByteArrayOutputStream();
        switch (value) {
            case String text -> {
                body.writeBytes(head(CHAR_CLASS, "", text.isEmpty() ? 0 : 1, text.length()));
                body.writeBytes(element(UINT16, shorts(text.chars().toArray())));
            }
            case Integer number -> body.writeBytes(numbers(number));
            case int[] numbers -> body.writeBytes(numbers(numbers));
            default -> throw new IllegalArgumentException(value.getClass() + " in a struct");
        }
        return element(MATRIX, body.toByteArray());
    }

    /** Numbers are doubles, written in the narrowest type that holds them. */
    private static byte[] numbers(int... numbers) {
        var body = new ByteArrayOutputStream();
        body.writeBytes(head(DOUBLE_CLASS, "", numbers.length == 0 ? 0 : 1, numbers.length));
        int largest = Arrays.stream(numbers).max().orElse(0);
        if (largest > 0xFFFF) {
            body.writeBytes(element(INT32, ints(numbers)));
        } else if (largest > 0xFF) {
            body.writeBytes(element(UINT16, shorts(numbers)));
        } else {
            byte[] bytes = new byte[numbers.length];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) numbers[i];
            }
            body.writeBytes(element(UINT8, bytes));
        }
        return body.toByteArray();
    }

    private static byte[] head(int arrayClass, String name, int rows, int columns) {
        var head = new ByteArrayOutputStream();
        head.writeBytes(element(UINT32, ints(arrayClass, 0)));
        head.writeBytes(element(INT32, ints(rows, columns)));
        head.writeBytes(element(INT8, name.getBytes(StandardCharsets.US_ASCII)));
        return head.toByteArray();
    }

    /** Up to four bytes lie within the tag; all elements end at a multiple of eight. */
    private static byte[] element(int type, byte[] data) {
        boolean small = data.length <= 4 && data.length > 0 && type != MATRIX;
        ByteBuffer bytes = ByteBuffer.allocate(small ? 8 : 8 + (data.length + 7) / 8 * 8).order(ByteOrder.LITTLE_ENDIAN);
        if (small) {
            bytes.putShort((short) type).putShort((short) data.length).put(data);
        } else {
            bytes.put(tag(type, data.length)).put(data);
        }
        return bytes.array();
    }

    private static byte[] tag(int type, int length) {
        return ints(type, length);
    }

    private static byte[] ints(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(values);
        return bytes.array();
    }

    private static byte[] shorts(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : values) {
            bytes.putShort((short) value);
        }
        return bytes.array();
    }
}
