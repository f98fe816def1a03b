package alexnet.core.checkpoint;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FiniteTest {

    /** More than a reader's buffer holds, and no multiple of it. */
    private static final int LENGTH = (4 << 20) / Float.BYTES + 5;

    @TempDir
    private Path folder;

    private SafetensorsReader reader(float[] weights) throws IOException {
        SafetensorsWriter writer = new SafetensorsWriter();
        writer.add("conv1.bias", DataType.F32, TensorShape.of(2), MemorySegment.ofArray(new float[] {1, -1}));
        writer.add("conv1.weight", DataType.F32, TensorShape.of(LENGTH), MemorySegment.ofArray(weights));
        // As floats these would be NaN.
        writer.add("images", DataType.I64, TensorShape.of(), MemorySegment.ofArray(new long[] {-1}));
        writer.write(folder.resolve("file"));
        return SafetensorsReader.open(folder.resolve("file"));
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void aValueThatIsNoNumberIsFoundWhereverItIs(float value) throws IOException {
        for (int place : new int[] {0, 7, LENGTH - 6, LENGTH - 5, LENGTH - 1}) {
            float[] weights = new float[LENGTH];
            weights[place] = value;
            assertFalse(Finite.all(MemorySegment.ofArray(weights)));
            try (SafetensorsReader reader = reader(weights)) {
                assertEquals(reader.file() + " makes no sense: tensor conv1.weight holds values that are not finite",
                        assertThrows(CheckpointException.class, reader::verify).getMessage());
            }
        }
    }

    @Test
    void anyNumberIsFinite() throws IOException {
        float[] weights = new float[LENGTH];
        float[] extremes = {Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_VALUE, -Float.MIN_VALUE, -0f, Float.MIN_NORMAL};
        System.arraycopy(extremes, 0, weights, 3, extremes.length);
        assertTrue(Finite.all(MemorySegment.ofArray(weights)));
        assertTrue(Finite.all(MemorySegment.ofArray(new float[0])));
        try (SafetensorsReader reader = reader(weights)) {
            assertDoesNotThrow(reader::verify);
        }
    }
}
