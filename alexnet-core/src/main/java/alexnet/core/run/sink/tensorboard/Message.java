package alexnet.core.run.sink.tensorboard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.DoubleStream;

import com.google.protobuf.CodedOutputStream;

/** A protobuf message under construction, field by field, by the numbers of its schema. */
final class Message {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

    @FunctionalInterface
    private interface Field {
        void write() throws IOException;
    }

    private Message add(Field field) {
        try {
            field.write();
            return this;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** A {@code double}. */
    Message with(int number, double value) {
        return add(() -> out.writeDouble(number, value));
    }

    /** A {@code float}. */
    Message with(int number, float value) {
        return add(() -> out.writeFloat(number, value));
    }

    /** An {@code int64}, {@code int32} or enum. */
    Message with(int number, long value) {
        return add(() -> out.writeInt64(number, value));
    }

    /** A {@code string}. */
    Message with(int number, String value) {
        return add(() -> out.writeString(number, value));
    }

    /** {@code bytes}. */
    Message with(int number, byte[] value) {
        return add(() -> out.writeByteArray(number, value));
    }

    /** A message. */
    Message with(int number, Message value) {
        return with(number, value.bytes());
    }

    /** Packed {@code repeated double}. */
    Message with(int number, DoubleStream values) {
        Message packed = new Message();
        values.forEach(value -> packed.add(() -> packed.out.writeDoubleNoTag(value)));
        return with(number, packed);
    }

    /** The message so far. */
    byte[] bytes() {
        add(out::flush);
        return bytes.toByteArray();
    }
}
