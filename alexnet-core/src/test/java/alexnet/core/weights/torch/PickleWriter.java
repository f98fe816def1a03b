package alexnet.core.weights.torch;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes pickles instruction by instruction: those that torch.save writes, and those that nobody should. */
public final class PickleWriter {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Of protocol 2. */
    public static PickleWriter pickle() {
        return new PickleWriter().code(0x80, 2);
    }

    /** Instructions, or their bytes. */
    public PickleWriter code(int... codes) {
        for (int code : codes) {
            bytes.write(code);
        }
        return this;
    }

    PickleWriter ascii(String text) {
        bytes.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    PickleWriter int32(int value) {
        bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
        return this;
    }

    PickleWriter int64(long value) {
        bytes.writeBytes(ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
        return this;
    }

    public PickleWriter text(String text) {
        return code('X').int32(text.getBytes(StandardCharsets.UTF_8).length).ascii(text);
    }

    public PickleWriter whole(long value) {
        return code(0x8a, Long.BYTES).int64(value);
    }

    PickleWriter global(String module, String name) {
        return code('c').ascii(module + "\n" + name + "\n");
    }

    PickleWriter storage(String type, String key, long elements) {
        return code('(').text("storage").global("torch", type).text(key).text("cpu").whole(elements).code('t', 'Q');
    }

    PickleWriter numbers(List<? extends Number> numbers) {
        code('(');
        numbers.forEach(number -> whole(number.longValue()));
        return code('t');
    }

    /** As {@code _rebuild_tensor_v2} takes it. */
    public PickleWriter tensor(String type, String key, long elements, long offset, List<? extends Number> shape, List<? extends Number> strides) {
        return global("torch._utils", "_rebuild_tensor_v2").code('(').storage(type, key, elements).whole(offset).numbers(shape)
                .numbers(strides).code(0x89, '}', 't', 'R');
    }

    /** A vector that is all of its storage. */
    PickleWriter vector(String type, String key, long elements) {
        return tensor(type, key, elements, 0, List.of(elements), List.of(1));
    }

    public byte[] end() {
        return code('.').bytes.toByteArray();
    }
}
