package alexnet.core.data.imitation;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** Thrift's compact protocol, as far as Parquet's metadata needs it: fields of a struct in rising order, below 16 apart. */
public final class Thrift {

    private static final int I32 = 5;
    private static final int I64 = 6;
    private static final int BINARY = 8;
    private static final int LIST = 9;
    private static final int STRUCT = 12;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int last;

    /** The bytes of a whole struct. */
    public static byte[] struct(Consumer<Thrift> fields) {
        Thrift struct = new Thrift();
        fields.accept(struct);
        struct.bytes.write(0);
        return struct.bytes.toByteArray();
    }

    public Thrift i32(int field, int value) {
        return number(field, I32, value);
    }

    public Thrift i64(int field, long value) {
        return number(field, I64, value);
    }

    private Thrift number(int field, int type, long value) {
        head(field, type);
        varint(value << 1 ^ value >> 63);
        return this;
    }

    public Thrift text(int field, String value) {
        head(field, BINARY);
        binary(value);
        return this;
    }

    public Thrift struct(int field, Consumer<Thrift> fields) {
        head(field, STRUCT);
        bytes.writeBytes(struct(fields));
        return this;
    }

    public Thrift structs(int field, List<byte[]> structs) {
        list(field, STRUCT, structs.size());
        structs.forEach(bytes::writeBytes);
        return this;
    }

    public Thrift texts(int field, List<String> texts) {
        list(field, BINARY, texts.size());
        texts.forEach(this::binary);
        return this;
    }

    public Thrift i32s(int field, int... values) {
        list(field, I32, values.length);
        for (int value : values) {
            varint((long) value << 1 ^ value >> 31);
        }
        return this;
    }

    private void list(int field, int type, int size) {
        head(field, LIST);
        bytes.write(Math.min(size, 15) << 4 | type);
        if (size >= 15) {
            varint(size);
        }
    }

    private void binary(String text) {
        byte[] value = text.getBytes(StandardCharsets.UTF_8);
        varint(value.length);
        bytes.writeBytes(value);
    }

    private void head(int field, int type) {
        bytes.write(field - last << 4 | type);
        last = field;
    }

    private void varint(long value) {
        writeVarint(bytes, value);
    }

    static void writeVarint(ByteArrayOutputStream bytes, long value) {
        for (; (value & ~0x7FL) != 0; value >>>= 7) {
            bytes.write((int) (value & 0x7F | 0x80));
        }
        bytes.write((int) value);
    }
}
