package alexnet.tornado.jvm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uk.ac.manchester.tornado.api.enums.DataTransferMode.EVERY_EXECUTION;
import static uk.ac.manchester.tornado.api.enums.DataTransferMode.FIRST_EXECUTION;
import static uk.ac.manchester.tornado.api.enums.DataTransferMode.UNDER_DEMAND;

import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.DataRange;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.DoubleArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

class TransferTest {

    private final FloatArray array = Graphs.filled(3, 5);

    static void increment(FloatArray array) {
        for (@Parallel int i = 0; i < array.getSize(); i++) {
            array.set(i, array.get(i) + 1);
        }
    }

    private static TornadoExecutionPlan plan(TaskGraph graph) {
        return new TornadoExecutionPlan(graph.snapshot());
    }

    private void assertHost(float value) {
        assertArrayEquals(new float[] {value, value, value}, array.toHeapArray());
    }

    @Test
    void everyExecutionCopiesEachTime() {
        TornadoExecutionPlan plan = plan(new TaskGraph("graph").transferToDevice(EVERY_EXECUTION, array)
                .task("task", TransferTest::increment, array).transferToHost(EVERY_EXECUTION, array));
        plan.execute();
        assertHost(6);
        array.init(50);
        plan.execute();
        assertHost(51);
    }

    @Test
    void firstExecutionCopiesOnceAndLaterWritesOfTheHostAreNotSeen() {
        TornadoExecutionPlan plan = plan(new TaskGraph("graph").transferToDevice(FIRST_EXECUTION, array)
                .task("task", TransferTest::increment, array).transferToHost(EVERY_EXECUTION, array));
        plan.execute();
        array.init(50);
        plan.execute();
        assertHost(7);
    }

    @Test
    void anArrayInNoListIsCopiedOnceAndNeverComesBack() {
        FloatArray other = new FloatArray(3);
        TornadoExecutionPlan plan = plan(new TaskGraph("graph").task("task", TransferTest::increment, array)
                .task("sum", (FloatArray source, FloatArray target) -> target.set(0, source.get(0)), array, other)
                .transferToHost(EVERY_EXECUTION, other));
        plan.execute();
        array.init(50);
        plan.execute();
        assertHost(50);
        assertEquals(7, other.get(0));
    }

    @Test
    void underDemandCopiesWhenTheResultIsAsked() {
        TornadoExecutionPlan plan = plan(new TaskGraph("graph").transferToDevice(FIRST_EXECUTION, array)
                .task("task", TransferTest::increment, array).transferToHost(UNDER_DEMAND, array));
        plan.execute();
        TornadoExecutionResult result = plan.execute();
        assertHost(5);
        result.transferToHost(array);
        assertHost(7);
        assertTrue(result.isReady());
    }

    @Test
    void aPartOfAnArrayCanBeAskedFor() {
        TornadoExecutionPlan plan = plan(new TaskGraph("graph").task("task", TransferTest::increment, array)
                .transferToHost(UNDER_DEMAND, array));
        TornadoExecutionResult result = plan.execute();
        result.transferToHost(new DataRange(array).withOffset(1).withSize(1));
        assertArrayEquals(new float[] {5, 6, 5}, array.toHeapArray());
        assertFails("2 elements from 2 do not lie inside an array of 3",
                () -> result.transferToHost(new DataRange(array).withOffset(2).withSize(2)));
    }

    @Test
    void freedMemoryIsFilledFromTheHostAgain() {
        TornadoExecutionPlan plan = plan(new TaskGraph("graph").transferToDevice(FIRST_EXECUTION, array)
                .task("task", TransferTest::increment, array).transferToHost(EVERY_EXECUTION, array));
        plan.execute();
        assertEquals(12, plan.getCurrentDeviceMemoryUsage());
        array.init(50);
        plan.freeDeviceMemory();
        assertEquals(0, plan.getCurrentDeviceMemoryUsage());
        plan.execute();
        assertHost(51);
    }

    @Test
    void anotherDeviceHasItsOwnCopy() {
        TornadoExecutionPlan plan = plan(new TaskGraph("graph").transferToDevice(FIRST_EXECUTION, array)
                .task("task", TransferTest::increment, array).transferToHost(EVERY_EXECUTION, array));
        plan.withDevice(TornadoExecutionPlan.getDevice(0, 0)).execute();
        array.init(50);
        plan.withDevice(TornadoExecutionPlan.getDevice(0, 1)).execute();
        assertHost(51);
        assertEquals("jvm:1", plan.getDevice(0).getDeviceName());
    }

    private static void allTypes(ByteArray bytes, IntArray ints, LongArray longs, DoubleArray doubles) {
        for (@Parallel int i = 0; i < bytes.getSize(); i++) {
            ints.set(i, bytes.get(i) + 1);
            longs.set(i, ints.get(i) + 1L);
            doubles.set(i, longs.get(i) + 0.5);
        }
    }

    @Test
    void arraysOfAllTypesTravel() {
        ByteArray bytes = ByteArray.fromElements((byte) -1, (byte) 2);
        IntArray ints = new IntArray(2);
        LongArray longs = new LongArray(2);
        DoubleArray doubles = new DoubleArray(2);
        Graphs.run(new TaskGraph("graph").transferToDevice(EVERY_EXECUTION, bytes)
                .task("task", TransferTest::allTypes, bytes, ints, longs, doubles)
                .transferToHost(EVERY_EXECUTION, ints, longs, doubles));
        assertArrayEquals(new int[] {0, 3}, ints.toHeapArray());
        assertArrayEquals(new long[] {1, 4}, longs.toHeapArray());
        assertArrayEquals(new double[] {1.5, 4.5}, doubles.toHeapArray());
    }

    @Test
    void transfersThatCannotHappenAreRefused() {
        FloatArray unused = new FloatArray(2);
        assertFails("none of its tasks uses it", () -> new TaskGraph("graph").task("task", TransferTest::increment, array)
                .transferToHost(EVERY_EXECUTION, unused).snapshot());
        assertFails("has no tasks", () -> new TaskGraph("graph").transferToDevice(EVERY_EXECUTION, array).snapshot());
        assertFails("a [F cannot be on a device", () -> new TaskGraph("graph").transferToDevice(EVERY_EXECUTION, (Object) new float[2]));
        assertFails("null cannot be on a device", () -> new TaskGraph("graph").persistOnDevice((Object) null));
        assertFails("no mode 7", () -> new TaskGraph("graph").transferToDevice(7, array));
        assertFails("under demand", () -> new TaskGraph("graph").transferToHost(FIRST_EXECUTION, array));
        TornadoExecutionResult result = plan(new TaskGraph("graph").task("task", TransferTest::increment, array)).execute();
        assertFails("a FloatArray of 2 elements (no argument of a task of graph) is not on the device",
                () -> result.transferToHost(unused));
    }

    @Test
    void aSnapshotDoesNotSeeLaterTasks() {
        TaskGraph graph = new TaskGraph("graph").task("task", TransferTest::increment, array).transferToHost(EVERY_EXECUTION, array);
        TornadoExecutionPlan plan = plan(graph);
        graph.task("again", TransferTest::increment, array);
        plan.execute();
        assertHost(6);
    }

    private static void assertFails(String reason, Runnable action) {
        String message = assertThrows(TornadoRuntimeException.class, action::run).getMessage();
        assertTrue(message.contains(reason), message);
    }
}
