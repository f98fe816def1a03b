package alexnet.core.weights;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

import alexnet.core.checkpoint.CheckpointException;

/** Opens files of tests, and says what comes out. */
public final class OpenedWeights {

    private OpenedWeights() {
    }

    /** Writes bytes to a file of that folder and opens it. */
    public static WeightsFile open(Path folder, byte[] bytes) throws IOException {
        return WeightsFormats.open(Files.write(folder.resolve("weights"), bytes));
    }

    /** What the refusal of these bytes says behind the file's name. */
    public static String refusal(Path folder, byte[] bytes) {
        String message = assertThrows(CheckpointException.class, () -> open(folder, bytes).close()).getMessage();
        assertOneLine(folder.resolve("weights"), message);
        return message.substring(folder.resolve("weights").toString().length()).strip();
    }

    /** The elements of a tensor. */
    public static float[] values(WeightsTensor tensor) {
        MemorySegment floats = tensor.floats();
        return floats.toArray(ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN));
    }

    /**
     * Opens a file of these bytes and reads all that is in it.
     *
     * @return whether it was read; if not, it was refused as it should be
     */
    public static boolean readOrRefuse(Path file, byte[] bytes) throws IOException {
        try {
            Files.write(file, bytes);
            try (WeightsFile weights = WeightsFormats.open(file)) {
                for (WeightsTensor tensor : weights.tensors().values()) {
                    readOrRefuse(file, tensor, bytes.length);
                }
            }
            return true;
        } catch (CheckpointException refused) {
            assertOneLine(file, refused.getMessage());
            return false;
        }
    }

    /** A tensor may be of a type that no weights are of; others can still be read. */
    private static void readOrRefuse(Path file, WeightsTensor tensor, int fileLength) {
        try {
            assertTrue(tensor.floats().byteSize() <= 2L * fileLength, "what a tensor takes that is in " + fileLength + " bytes");
            values(tensor);
        } catch (CheckpointException refused) {
            assertOneLine(file, refused.getMessage());
        }
    }

    private static void assertOneLine(Path file, String message) {
        assertTrue(message.startsWith(file.toString()), message);
        assertFalse(message.contains("\n"), message);
    }
}
