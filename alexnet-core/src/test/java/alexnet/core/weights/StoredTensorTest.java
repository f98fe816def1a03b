package alexnet.core.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.checkpoint.DataType;

class StoredTensorTest {

    private static StoredTensor tensor(List<Integer> shape, List<Long> strides, ByteBuffer data) {
        return new StoredTensor(Path.of("a"), "t", DataType.F32, shape, strides, MemorySegment.ofBuffer(data.rewind()), data.order());
    }

    /** 0, 1, 2 ... */
    private static ByteBuffer counting(int count, ByteOrder order) {
        ByteBuffer data = ByteBuffer.allocate(count * Float.BYTES).order(order);
        for (int i = 0; i < count; i++) {
            data.putFloat(i);
        }
        return data;
    }

    static Stream<Arguments> views() {
        return Stream.of(
                Arguments.of(List.of(2, 3), List.of(3L, 1L), new float[] {0, 1, 2, 3, 4, 5}),
                Arguments.of(List.of(3, 2), List.of(1L, 3L), new float[] {0, 3, 1, 4, 2, 5}),
                Arguments.of(List.of(2, 2, 3), List.of(6L, 1L, 2L), new float[] {0, 2, 4, 1, 3, 5, 6, 8, 10, 7, 9, 11}),
                Arguments.of(List.of(3), List.of(4L), new float[] {0, 4, 8}),
                Arguments.of(List.of(1, 3, 1), List.of(99L, 1L, 77L), new float[] {0, 1, 2}),
                Arguments.of(List.of(), List.of(), new float[] {0}),
                Arguments.of(List.of(2, 0), List.of(5L, 5L), new float[0]),
                Arguments.of(List.of(2, 2), List.of(0L, 1L), new float[] {0, 1, 0, 1}));
    }

    @ParameterizedTest
    @MethodSource("views")
    void elementsComeInRowMajorOrder(List<Integer> shape, List<Long> strides, float[] expected) {
        assertArrayEquals(expected, OpenedWeights.values(tensor(shape, strides, counting(12, ByteOrder.LITTLE_ENDIAN))));
        assertArrayEquals(expected, OpenedWeights.values(tensor(shape, strides, counting(12, ByteOrder.BIG_ENDIAN))));
    }

    @Test
    void whatIsInOrderIsNotCopied() {
        ByteBuffer data = counting(6, ByteOrder.LITTLE_ENDIAN);
        assertSame(data.array(), tensor(List.of(2, 3), List.of(3L, 1L), data).floats().heapBase().orElseThrow());
    }

    /** Its elements, counted in 64 bits, would be one or a few. */
    @ParameterizedTest
    @ValueSource(ints = {Integer.MAX_VALUE, 1 << 24})
    void moreElementsThanAnyFileAreRefused(int length) {
        StoredTensor tensor = tensor(Collections.nCopies(8, length), Collections.nCopies(8, 0L), counting(1, ByteOrder.LITTLE_ENDIAN));
        assertTrue(assertThrows(CheckpointException.class, tensor::floats).getMessage().startsWith("a: tensor t of shape ["));
    }

    @Test
    void stridesOfRowMajorOrder() {
        assertEquals(List.of(12L, 4L, 1L), StoredTensor.rowMajor(List.of(2, 3, 4)));
        assertEquals(List.of(), StoredTensor.rowMajor(List.of()));
        assertEquals(4, StoredTensor.rowMajor(List.of(0, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE)).size());
    }
}
