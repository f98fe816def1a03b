package alexnet.runner;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Writes {@code meta.mat} as MATLAB 5 does, uncompressed: the structures {@code synsets}. */
final class Devkits {

    private static final List<String> FIELDS = List.of("ILSVRC2012_ID", "WNID", "words", "num_children");
    private static final int NAME = 32;

    private Devkits() {
    }

    static byte[] meta(List<String> wnids, List<String> words, List<Integer> ids) {
        byte[] names = new byte[NAME * FIELDS.size()];
        for (int field = 0; field < FIELDS.size(); field++) {
            byte[] name = FIELDS.get(field).getBytes(StandardCharsets.US_ASCII);
            System.arraycopy(name, 0, names, NAME * field, name.length);
        }
        byte[] content = join(element(5, ints(NAME)), element(1, names));
        for (int c = 0; c < wnids.size(); c++) {
            content = join(content, number(ids.get(c)), text(wnids.get(c)), text(words.get(c)), number(0));
        }
        byte[] header = Arrays.copyOf("MATLAB 5.0 MAT-file".getBytes(StandardCharsets.US_ASCII), 128);
        ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).putShort(124, (short) 0x0100).putShort(126, (short) ('M' << 8 | 'I'));
        return join(header, matrix("synsets", 2, new int[] {wnids.size(), 1}, content));
    }

    private static byte[] number(double value) {
        return matrix("", 6, new int[] {1, 1}, element(9, ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(value).array()));
    }

    private static byte[] text(String value) {
        return matrix("", 4, new int[] {1, value.length()}, element(4, value.getBytes(StandardCharsets.UTF_16LE)));
    }

    private static byte[] matrix(String name, int kind, int[] dimensions, byte[] content) {
        return element(14, join(element(6, ints(kind, 0)), element(5, ints(dimensions)), element(1, name.getBytes(StandardCharsets.US_ASCII)), content));
    }

    private static byte[] element(int type, byte[] bytes) {
        return join(ints(type, bytes.length), Arrays.copyOf(bytes, Math.ceilDiv(bytes.length, 8) * 8));
    }

    private static byte[] ints(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(values);
        return bytes.array();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}
