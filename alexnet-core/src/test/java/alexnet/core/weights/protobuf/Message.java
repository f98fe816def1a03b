package alexnet.core.weights.protobuf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

import com.google.protobuf.CodedOutputStream;

/** A message as it is written, field by field, right or wrong. */
public final class Message {

    /** What writes a field. */
    private interface Field {
        void write(CodedOutputStream out) throws IOException;
    }

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** An integer. */
    public Message integer(int field, long value) {
        return write(out -> out.writeInt64(field, value));
    }

    /** A 32-bit float. */
    public Message real(int field, float value) {
        return write(out -> out.writeFloat(field, value));
    }

    /** A 64-bit float. */
    public Message real(int field, double value) {
        return write(out -> out.writeDouble(field, value));
    }

    /** Text. */
    public Message text(int field, String value) {
        return write(out -> out.writeString(field, value));
    }

    /** A message. */
    public Message message(int field, Message value) {
        return bytes(field, value.toBytes());
    }

    /** Bytes of any kind. */
    public Message bytes(int field, byte... value) {
        return write(out -> out.writeByteArray(field, value));
    }

    /** Packed 32-bit floats. */
    public Message floats(int field, float... values) {
        return bytes(field, packed(out -> {
            for (float value : values) {
                out.writeFloatNoTag(value);
            }
        }));
    }

    /** Packed 64-bit floats. */
    public Message doubles(int field, double... values) {
        return bytes(field, packed(out -> {
            for (double value : values) {
                out.writeDoubleNoTag(value);
            }
        }));
    }

    /** Packed integers. */
    public Message integers(int field, long... values) {
        return bytes(field, packed(out -> {
            for (long value : values) {
                out.writeInt64NoTag(value);
            }
        }));
    }

    /** A field that claims a length, with nothing behind it. */
    public Message claim(int field, int length) {
        return write(out -> {
            out.writeTag(field, ProtobufReader.LENGTH);
            out.writeUInt32NoTag(length);
        });
    }

    /** What a field of so many bytes begins with. */
    public static byte[] beginning(int field, long length) {
        return packed(out -> {
            out.writeTag(field, ProtobufReader.LENGTH);
            out.writeUInt64NoTag(length);
        });
    }

    private Message write(Field field) {
        bytes.writeBytes(packed(field));
        return this;
    }

    private static byte[] packed(Field content) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            content.write(out);
            out.flush();
            return bytes.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** All of it. */
    public byte[] toBytes() {
        return bytes.toByteArray();
    }
}
