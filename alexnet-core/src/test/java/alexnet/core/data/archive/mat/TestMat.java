package alexnet.core.data.archive.mat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DeflaterOutputStream;

/**
 * Writes small MATLAB files as MATLAB itself does: elements of at most four bytes are small, matrices may be compressed. Uses the JDK
 * alone, as the imitation that is written by it.
 */
public final class TestMat {

    private final ByteOrder order;

    public TestMat(ByteOrder order) {
        this.order = order;
    }

    /** A file of some variables. */
    public byte[] file(byte[]... matrices) {
        byte[] header = Arrays.copyOf("MATLAB 5.0 MAT-file".getBytes(StandardCharsets.US_ASCII), 128);
        ByteBuffer.wrap(header).order(order).putShort(124, (short) 0x0100).putShort(126, (short) ('M' << 8 | 'I'));
        return join(header, join(matrices));
    }

    public byte[] compressed(byte[] matrix) {
        var deflated = new ByteArrayOutputStream();
        try (var stream = new DeflaterOutputStream(deflated)) {
            stream.write(matrix);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return join(tag(15, deflated.size()), deflated.toByteArray());
    }

    public byte[] number(double value) {
        ByteBuffer bytes = ByteBuffer.allocate(8).order(order).putDouble(value);
        return matrix("", 6, new int[] {1, 1}, element(9, bytes.array()));
    }

    /** As MATLAB stores whole numbers: in as few bytes as they need. */
    public byte[] small(int value) {
        return matrix("", 6, new int[] {1, 1}, element(4, ByteBuffer.allocate(2).order(order).putShort((short) value).array()));
    }

    public byte[] text(String value) {
        return matrix("", 4, new int[] {1, value.length()}, element(4, value.getBytes(order == ByteOrder.LITTLE_ENDIAN
                ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE)));
    }

    /** An array of structures, {@code values} a row each. */
    public byte[] structs(String name, List<String> fields, List<List<byte[]>> values) {
        byte[] names = new byte[32 * fields.size()];
        for (int i = 0; i < fields.size(); i++) {
            byte[] field = fields.get(i).getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(field, 0, names, 32 * i, field.length);
        }
        byte[] content = join(values.stream().flatMap(List::stream).toArray(byte[][]::new));
        return matrix(name, 2, new int[] {values.size(), 1}, join(element(5, ints(32)), element(1, names), content));
    }

    public byte[] cells(byte[]... values) {
        return matrix("", 1, new int[] {values.length, 1}, join(values));
    }

    public byte[] matrix(String name, int kind, int[] dimensions, byte[] content) {
        byte[] all = join(element(6, ints(kind, 0)), element(5, ints(dimensions)), element(1, name.getBytes(StandardCharsets.US_ASCII)), content);
        return join(tag(14, all.length), all);
    }

    public byte[] element(int type, byte[] bytes) {
        if (bytes.length > 0 && bytes.length <= 4) {
            return join(ByteBuffer.allocate(4).order(order).putInt(bytes.length << 16 | type).array(), Arrays.copyOf(bytes, 4));
        }
        return join(tag(type, bytes.length), Arrays.copyOf(bytes, Math.ceilDiv(bytes.length, 8) * 8));
    }

    public byte[] tag(int type, int length) {
        return ByteBuffer.allocate(8).order(order).putInt(type).putInt(length).array();
    }

    public byte[] ints(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(order);
        bytes.asIntBuffer().put(values);
        return bytes.array();
    }

    public static byte[] join(byte[]... parts) {
        var joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}
