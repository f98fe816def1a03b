package alexnet.tornado.jvm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.MemorySegment;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

class NativeArrayTest {

    /** Floats of an array that is large enough to take no memory before it is touched. */
    private static final int LARGE = 1 << 18;

    static Stream<TornadoNativeArray> arraysOfFour() {
        return Stream.of(new FloatArray(4), new IntArray(4), new ByteArray(4), new LongArray(4), new DoubleArray(4));
    }

    @ParameterizedTest
    @MethodSource("arraysOfFour")
    void theSegmentHoldsExactlyTheElements(TornadoNativeArray array) {
        assertEquals(4, array.getSize());
        assertEquals(4L * array.getElementSize(), array.getNumBytesOfSegment());
        assertEquals(array.getNumBytesOfSegment(), array.getSegment().byteSize());
        assertSame(array.getSegment().heapBase().orElseThrow(), array.getSegment().heapBase().orElseThrow());
    }

    @Test
    void theHeapBaseIsTheRawArrayItself() {
        FloatArray array = FloatArray.fromElements(1, 2, 3);
        float[] raw = (float[]) array.getSegment().heapBase().orElseThrow();
        raw[1] = 7;
        assertEquals(7, array.get(1));
        array.set(2, 8);
        assertArrayEquals(new float[] {1, 7, 8}, raw);
    }

    @Test
    void arraysAreMadeFromCopies() {
        float[] values = {1, 2, 3, 4};
        FloatArray array = FloatArray.fromArray(values);
        FloatArray segment = FloatArray.fromSegment(MemorySegment.ofArray(values).asSlice(4, 8));
        FloatArray buffer = FloatArray.fromFloatBuffer(FloatBuffer.wrap(values, 1, 3));
        values[1] = 99;
        assertArrayEquals(new float[] {1, 2, 3, 4}, array.toHeapArray());
        assertArrayEquals(new float[] {2, 3}, segment.toHeapArray());
        assertArrayEquals(new float[] {2, 3, 4}, buffer.toHeapArray());
        assertArrayEquals(new float[] {2, 3, 1, 2, 3, 4}, FloatArray.concat(segment, array).toHeapArray());
        assertArrayEquals(new float[] {3, 4}, array.slice(2, 2).toHeapArray());
        assertThrows(IllegalArgumentException.class, () -> array.slice(3, 2));
    }

    @Test
    void clearAndInitSetEveryElement() {
        IntArray array = new IntArray(3);
        array.init(5);
        assertArrayEquals(new int[] {5, 5, 5}, array.toHeapArray());
        array.clear();
        assertArrayEquals(new int[3], array.toHeapArray());
    }

    @Test
    void aLargeArrayThatOnlyADeviceTouchedReadsAsZerosAndCanBeWritten() {
        FloatArray array = new FloatArray(LARGE);
        TornadoExecutionPlan plan = new TornadoExecutionPlan(
                new TaskGraph("graph").task("task", FloatArray::initialize, array, 3f).persistOnDevice(array).snapshot());
        plan.execute();
        assertArrayEquals(new float[LARGE], array.toHeapArray());
        array.set(1, 4);
        assertEquals(4, array.get(1));
        plan.execute().transferToHost(array);
        assertArrayEquals(Graphs.filled(LARGE, 3).toHeapArray(), array.toHeapArray());
    }

    @Test
    void aLargeArrayThatTheHostHasWrittenIsCopied() {
        FloatArray array = new FloatArray(LARGE);
        array.set(LARGE - 1, -0f);
        Graphs.run(new TaskGraph("graph").task("task", TransferTest::increment, array));
        assertEquals(Float.floatToRawIntBits(-0f), Float.floatToRawIntBits(array.get(LARGE - 1)));
    }

    @Test
    void aLargeArrayTakesNoMemoryUntilItIsTouched() {
        long more = 1 + Runtime.getRuntime().maxMemory() / Integer.MAX_VALUE;
        List<LongArray> arrays = Stream.generate(() -> new LongArray(Integer.MAX_VALUE - 2)).limit(more).toList();
        arrays.forEach(array -> array.init(0));
        arrays.forEach(LongArray::clear);
        assertEquals(Integer.MAX_VALUE - 2, arrays.getLast().getSize());
    }

    @Test
    void theDevicesOfALargeArrayThatTheHostNeverTouchedStartWithZeros() {
        FloatArray array = new FloatArray(LARGE);
        Graphs.run(new TaskGraph("graph").transferToDevice(DataTransferMode.EVERY_EXECUTION, array)
                .task("task", TransferTest::increment, array).transferToHost(DataTransferMode.EVERY_EXECUTION, array));
        assertArrayEquals(Graphs.filled(LARGE, 1).toHeapArray(), array.toHeapArray());
    }

    @Test
    void anArrayWhoseSegmentIsInUseStaysOnTheHost() {
        FloatArray array = new FloatArray(LARGE);
        float[] raw = (float[]) array.getSegment().heapBase().orElseThrow();
        Graphs.run(new TaskGraph("graph").task("task", FloatArray::initialize, array, 3f));
        raw[0] = 1;
        assertEquals(1, array.get(0));
        assertEquals(0, array.get(1));
    }
}
