package alexnet.core.weights.torch;

import static alexnet.core.weights.OpenedWeights.refusal;
import static alexnet.core.weights.OpenedWeights.values;
import static alexnet.core.weights.torch.PickleWriter.pickle;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import alexnet.core.weights.OpenedWeights;
import alexnet.core.weights.WeightsFile;

class TorchLegacyFormatTest {

    private static final byte[] MAGIC = {(byte) 0x80, 2, (byte) 0x8a, 10, 0x6c, (byte) 0xfc, (byte) 0x9c, 0x46, (byte) 0xf9, 0x20, 0x6a,
        (byte) 0xa8, 0x50, 0x19, '.'};

    @TempDir
    Path folder;

    private static byte[] file(int version, byte[] object, String... keys) {
        PickleWriter list = pickle().code(']', '(');
        Arrays.stream(keys).forEach(list::text);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(MAGIC);
        file.writeBytes(pickle().whole(version).end());
        file.writeBytes(pickle().code('}').text("little_endian").code(0x88, 's').end());
        file.writeBytes(object);
        file.writeBytes(list.code('e').end());
        return file.toByteArray();
    }

    private static byte[] with(byte[] file, long count, float... values) {
        ByteBuffer longer = ByteBuffer.allocate(file.length + Long.BYTES + values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        longer.put(file).putLong(count);
        for (float value : values) {
            longer.putFloat(value);
        }
        return longer.array();
    }

    private static byte[] object() {
        return pickle().code('}').text("weight").vector("FloatStorage", "94", 2).code('s').end();
    }

    @Test
    void storagesFollowTheListOfTheirKeys() throws IOException {
        byte[] two = pickle().code('}', '(').text("a").vector("FloatStorage", "first", 1).text("b").vector("FloatStorage", "second", 2)
                .code('u').end();
        try (WeightsFile file = OpenedWeights.open(folder, with(with(file(1001, two, "second", "first"), 2, 1.5f, -2), 1, 8))) {
            assertArrayEquals(new float[] {8}, values(file.tensors().get("a")));
            assertArrayEquals(new float[] {1.5f, -2}, values(file.tensors().get("b")));
        }
    }

    /** As versions before 0.4 wrote tensors that are parts of others. */
    @Test
    void aPartOfAStorageBeginsWhereItSays() throws IOException {
        byte[] part = pickle().code('}').text("weight").global("torch._utils", "_rebuild_tensor").code('(')
                .code('(').text("storage").global("torch", "FloatStorage").text("94").text("cpu").whole(4)
                .code('(').text("95").whole(1).whole(3).code('t', 't', 'Q')
                .whole(1).code('(').whole(2).code('t', '(').whole(1).code('t', 't', 'R', 's').end();
        try (WeightsFile file = OpenedWeights.open(folder, with(file(1001, part, "94"), 4, 0, 1, 2, 3))) {
            assertArrayEquals(new float[] {2, 3}, values(file.tensors().get("weight")));
        }
    }

    /** Python 2 wrote strings as bytes, small integers as text, and an ordered dictionary as its pairs. */
    @Test
    void filesOfPython2AreRead() throws IOException {
        byte[] object = pickle().global("collections", "OrderedDict").code('(', ']', '(', ']', '(').ascii("U\6weight")
                .vector("FloatStorage", "94", 2).code('e', 'e', 't', 'R').end();
        try (WeightsFile file = OpenedWeights.open(folder, with(file(1001, object, "94"), 2, 1.5f, -2))) {
            assertArrayEquals(new float[] {1.5f, -2}, values(file.tensors().get("weight")));
        }
    }

    @Test
    void countsThatLieAreRefused() {
        byte[] file = file(1001, object(), "94");
        assertEquals("is damaged: its storage 94 has 3 elements, its pickle says 2", refusal(folder, with(file, 3, 1, 2, 3)));
        assertEquals("is damaged: its storage 94 has -1 elements, its pickle says 2", refusal(folder, with(file, -1, 1, 2)));
        assertEquals("is damaged: it ends, or is cut off, within its storage 94", refusal(folder, with(file, 2, 1)));
        assertEquals("is damaged: it ends, or is cut off, before its storage 94", refusal(folder, file));
        byte[] huge = pickle().code('}').text("weight").vector("FloatStorage", "94", 1L << 60).code('s').end();
        String refusal = refusal(folder, with(file(1001, huge, "94"), 1L << 60, 1));
        assertTrue(refusal.startsWith("is damaged: "), refusal);
    }

    @Test
    void keysMustBeThoseOfTheTensors() {
        assertEquals("is damaged: it lists a storage that no tensor is in", refusal(folder, with(file(1001, object(), "95"), 2, 1, 2)));
        assertEquals("is damaged: it has two storages of the key 94", refusal(folder, with(with(file(1001, object(), "94", "94"), 2, 1, 2), 2, 1, 2)));
        assertEquals("is damaged: the storage 94 of tensor weight is not there", refusal(folder, file(1001, object())));
    }

    @Test
    void otherVersionsAreRefused() {
        assertEquals("is of a version of PyTorch's legacy format that is not known", refusal(folder, with(file(1002, object(), "94"), 2, 1, 2)));
    }
}
