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

import alexnet.core.data.archive.mat.TestMat;

/** Writes a MATLAB 5 file of one compressed array of structs, as the devkit's meta.mat is. Fields are texts, numbers or rows of numbers. */
public final class MatFile {

    private static final int UINT8 = 2;
    private static final int UINT16 = 4;
    private static final int INT32 = 5;
    private static final int COMPRESSED = 15;
    private static final int CHAR_CLASS = 4;
    private static final int DOUBLE_CLASS = 6;
    private static final TestMat MAT = new TestMat(ByteOrder.LITTLE_ENDIAN);

    private MatFile() {
    }

    /**
     * The file.
     *
     * @param rows of each struct a {@link String}, an {@link Integer} or an {@code int[]} for each of {@code fields}
     */
    public static byte[] of(String variable, List<String> fields, List<List<Object>> rows) {
        return file(compressed(MAT.structs(variable, fields, rows.stream().map(row -> row.stream().map(MatFile::value).toList()).toList())));
    }

    /** A file whose only element is {@code element}. */
    public static byte[] file(byte[] element) {
        byte[] text = "MATLAB 5.0 MAT-file, Platform: GLNXA64".getBytes(StandardCharsets.US_ASCII);
        byte[] header = Arrays.copyOf(text, 128);
        Arrays.fill(header, text.length, 124, (byte) ' ');
        header[125] = 1;
        header[126] = 'I';
        header[127] = 'M';
        return TestMat.join(header, element);
    }

    /** An element behind zlib, without the padding that others have. */
    private static byte[] compressed(byte[] element) {
        var deflated = new ByteArrayOutputStream();
        try (var output = new DeflaterOutputStream(deflated, new Deflater(Deflater.BEST_COMPRESSION))) {
            output.write(element);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return TestMat.join(MAT.tag(COMPRESSED, deflated.size()), deflated.toByteArray());
    }

    private static byte[] value(Object value) {
        return switch (value) {
            case String text -> MAT.matrix("", CHAR_CLASS, row(text.length()), MAT.element(UINT16, text.getBytes(StandardCharsets.UTF_16LE)));
            case Integer number -> numbers(number);
            case int[] numbers -> numbers(numbers);
            default -> throw new IllegalArgumentException(value.getClass() + " in a struct");
        };
    }

    /** Numbers are doubles, written in the narrowest type that holds them. */
    private static byte[] numbers(int... numbers) {
        int largest = Arrays.stream(numbers).max().orElse(0);
        int bytes = largest > 0xFFFF ? 4 : largest > 0xFF ? 2 : 1;
        ByteBuffer written = ByteBuffer.allocate(bytes * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int number : numbers) {
            switch (bytes) {
                case 4 -> written.putInt(number);
                case 2 -> written.putShort((short) number);
                default -> written.put((byte) number);
            }
        }
        return MAT.matrix("", DOUBLE_CLASS, row(numbers.length), MAT.element(bytes == 4 ? INT32 : bytes == 2 ? UINT16 : UINT8, written.array()));
    }

    private static int[] row(int length) {
        return new int[] {length == 0 ? 0 : 1, length};
    }
}
