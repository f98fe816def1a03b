package alexnet.core.weights.caffe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.data.shard.NpyFile;
import alexnet.core.weights.protobuf.Message;

/** Mean images of Caffe and of its users in Python are read, or refused. */
class MeanImageTest {

    @TempDir
    private Path folder;

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("mean"), bytes);
    }

    private MeanImage read(byte[] bytes) throws IOException {
        return MeanImage.read(file(bytes));
    }

    private String refusal(byte[] bytes) throws IOException {
        Path file = file(bytes);
        String message = assertThrows(CheckpointException.class, () -> MeanImage.read(file)).getMessage();
        assertTrue(message.startsWith(file + " "), message);
        return message;
    }

    private static byte[] npy(String type, String shape, int bytes, double... values) {
        byte[] dictionary = ("{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }\n").getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer file = ByteBuffer.allocate(10 + dictionary.length + bytes * values.length).order(ByteOrder.LITTLE_ENDIAN)
                .put("\u0093NUMPY\u0001\0".getBytes(StandardCharsets.ISO_8859_1)).putShort((short) dictionary.length).put(dictionary);
        for (double value : values) {
            if (bytes == Double.BYTES) {
                file.putDouble(value);
            } else {
                file.putFloat((float) value);
            }
        }
        return file.array();
    }

    private static void assertIs(MeanImage mean, int channels, int height, int width, float... values) {
        assertEquals(channels, mean.channels());
        assertEquals(height, mean.height());
        assertEquals(width, mean.width());
        assertArrayEquals(values, mean.values());
    }

    @Test
    void caffesOwnAreRead() throws IOException {
        assertIs(read(CaffeFiles.blob(CaffeDialect.V1, 1, 3, 1, 2).floats(5, 1, 2, 3, 4, 5, 6).toBytes()), 3, 1, 2, 1, 2, 3, 4, 5, 6);
        assertIs(read(CaffeFiles.blob(CaffeDialect.V2, 1, 3, 1, 1).doubles(8, 104.5, 116, 122).toBytes()), 3, 1, 1, 104.5f, 116, 122);
    }

    @Test
    void arraysOfNumPyAreRead() throws IOException {
        assertIs(read(npy("<f8", "(3, 1, 2)", 8, 1, 2, 3, 4, 5, 6)), 3, 1, 2, 1, 2, 3, 4, 5, 6);
        assertIs(read(npy("<f4", "(1, 1, 2, 2)", 4, 1, 2, 3, 4)), 1, 2, 2, 1, 2, 3, 4);
        assertIs(read(npy("<f8", "(3,)", 8, 104, 117, 123)), 3, 1, 1, 104, 117, 123);
        Path written = folder.resolve("written.npy");
        NpyFile.write(written, new float[] {1, 2, 3}, 3, 1, 1);
        assertIs(MeanImage.read(written), 3, 1, 1, 1, 2, 3);
    }

    @Test
    void whatIsNoneIsRefusedInWords() throws IOException {
        assertTrue(refusal(CaffeFiles.network(CaffeDialect.V1).toBytes()).contains("is no mean image"));
        assertTrue(refusal("version https://git-lfs.github.com/spec/v1\n".getBytes(StandardCharsets.UTF_8)).contains("a pointer of Git LFS"));
        assertTrue(refusal(new byte[0]).contains("but empty"));
        assertTrue(refusal(npy("<i8", "(3,)", 8, 1, 2, 3)).contains("holds <i8"));
        assertTrue(refusal(npy("<f8", "(3, 2)", 8, 1, 2, 3, 4, 5, 6)).contains("is of shape [3, 2]"));
        assertTrue(refusal(npy("<f8", "(2,)", 8, 1, Double.NaN)).contains("not finite"));
        assertTrue(refusal(npy("<f8", "(0, 1, 1)", 8)).contains("is of shape [0, 1, 1]"));
        assertTrue(refusal(npy("<f8", "(999999999999999999, 999999999999999999)", 8, 1)).contains("has 8 bytes for"));
        assertTrue(refusal(npy("<f8", "(4294967296, 0, 1)", 8)).contains("has 0 bytes for"));
        assertTrue(refusal(npy("<f8", "(" + "1".repeat(500) + ")", 8, 1)).contains("is no mean image"));
        assertTrue(refusal(CaffeFiles.blob(CaffeDialect.V1, 3, 1, 2).floats(5, 1).toBytes()).contains("has 1 elements"));
        assertTrue(refusal(CaffeFiles.blob(CaffeDialect.V1, 2, 3, 1, 1).floats(5, 1, 2, 3, 4, 5, 6).toBytes()).contains("is of shape [2, 3, 1, 1]"));
        byte[] whole = CaffeFiles.blob(CaffeDialect.V2, 3, 1, 1).floats(5, 1, 2, 3).toBytes();
        assertTrue(refusal(Arrays.copyOf(whole, whole.length - 1)).contains("is cut short"));
        assertThrows(CheckpointException.class, () -> MeanImage.read(folder));
        assertThrows(CheckpointException.class, () -> MeanImage.read(folder.resolve("not there")));
    }
}
