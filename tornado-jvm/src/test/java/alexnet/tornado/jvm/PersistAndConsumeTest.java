package alexnet.tornado.jvm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uk.ac.manchester.tornado.api.enums.DataTransferMode.EVERY_EXECUTION;
import static uk.ac.manchester.tornado.api.enums.DataTransferMode.FIRST_EXECUTION;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.ImmutableTaskGraph;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** What the successful cases expect was checked against TornadoVM 5.2.0; where the others throw, it fails or reads garbage. */
class PersistAndConsumeTest {

    private final FloatArray data = Graphs.filled(3, 5);
    private final FloatArray other = new FloatArray(3);
    private final FloatArray result = new FloatArray(3);

    private static void copy(FloatArray from, FloatArray to) {
        for (@Parallel int i = 0; i < from.getSize(); i++) {
            to.set(i, from.get(i));
        }
    }

    private TaskGraph load(String name) {
        return new TaskGraph(name).transferToDevice(FIRST_EXECUTION, data).task("task", TransferTest::increment, data);
    }

    private TaskGraph incrementConsumed(String name, String source) {
        return new TaskGraph(name).consumeFromDevice(source, data).task("task", TransferTest::increment, data);
    }

    private TaskGraph read(String name, String source) {
        return new TaskGraph(name).consumeFromDevice(source, data).task("task", PersistAndConsumeTest::copy, data, result)
                .transferToHost(EVERY_EXECUTION, result);
    }

    private TaskGraph unrelated(String name) {
        return new TaskGraph(name).transferToDevice(EVERY_EXECUTION, other).task("task", TransferTest::increment, other)
                .transferToHost(EVERY_EXECUTION, other);
    }

    private static TornadoExecutionPlan plan(TaskGraph... graphs) {
        return new TornadoExecutionPlan(Stream.of(graphs).map(TaskGraph::snapshot).toArray(ImmutableTaskGraph[]::new));
    }

    private static void execute(TornadoExecutionPlan plan, int... graphs) {
        for (int graph : graphs) {
            plan.withGraph(graph).execute();
        }
    }

    private void assertResult(float value) {
        assertArrayEquals(new float[] {value, value, value}, result.toHeapArray());
    }

    @Test
    void aPersistedArrayIsConsumedByTheNextGraph() {
        execute(plan(load("load").persistOnDevice(data), read("read", "load")), 0, 1);
        assertResult(6);
        assertArrayEquals(new float[] {5, 5, 5}, data.toHeapArray());
    }

    @Test
    void persistedArraysAreThereOnceHoweverManyGraphsUseThem() {
        TornadoExecutionPlan plan = plan(load("load").persistOnDevice(data), incrementConsumed("more", "load"));
        execute(plan, 0, 1);
        assertEquals(12, plan.withAllGraphs().getCurrentDeviceMemoryUsage());
    }

    @Test
    void aGraphThatConsumesAnArrayHoldsItForTheNext() {
        execute(plan(load("load").persistOnDevice(data), incrementConsumed("more", "load"), read("read", "more")), 0, 1, 2);
        assertResult(7);
    }

    @Test
    void aGraphPassesOnAnArrayThatItsTasksDoNotUse() {
        TornadoExecutionPlan plan = plan(load("load").persistOnDevice(data),
                unrelated("between").consumeFromDevice(data).persistOnDevice(data),
                new TaskGraph("read").consumeFromDevice(data).task("task", PersistAndConsumeTest::copy, data, result)
                        .transferToHost(EVERY_EXECUTION, result));
        execute(plan, 0, 1, 2);
        assertResult(6);
        execute(plan, 0, 1, 2);
        assertResult(7);
    }

    @Test
    void withoutANameTheGraphBeforeIsTheSourceAlsoIfItIsTheSame() {
        TornadoExecutionPlan plan = plan(load("load").persistOnDevice(data),
                new TaskGraph("more").consumeFromDevice(data).task("task", TransferTest::increment, data)
                        .task("copy", PersistAndConsumeTest::copy, data, result).transferToHost(EVERY_EXECUTION, result)
                        .persistOnDevice(data));
        execute(plan, 0, 1, 1);
        assertResult(8);
        execute(plan, 0, 1);
        assertResult(10);
    }

    @Test
    void anArrayThatIsTransferredAtEveryExecutionIsHeldWithoutATask() {
        execute(plan(unrelated("load").transferToDevice(EVERY_EXECUTION, data).persistOnDevice(data), read("read", "load")), 0, 1);
        assertResult(5);
    }

    @Test
    void whatTheGraphBeforeDoesNotPersistCannotBeConsumed() {
        TornadoExecutionPlan plan = plan(load("load").transferToHost(EVERY_EXECUTION, data), read("read", "load"));
        assertFails("task graph read consumes a FloatArray of 3 elements (argument 1 of task read.task) from load, but "
                + "load, which ran immediately before, does not persist it on the device", plan, 0, 1);
    }

    @Test
    void onlyTheGraphThatRanImmediatelyBeforeIsASource() {
        TornadoExecutionPlan plan = plan(load("load").persistOnDevice(data), unrelated("between"), read("read", "load"));
        assertFails("but between, which ran immediately before, does not persist it", plan, 0, 1, 2);
    }

    @Test
    void aFirstExecutionTransferWithoutATaskHoldsNothing() {
        TornadoExecutionPlan plan = plan(unrelated("load").transferToDevice(FIRST_EXECUTION, data).persistOnDevice(data),
                read("read", "load"));
        assertFails("load, which ran immediately before, has freed it or has no task that uses it", plan, 0, 1);
    }

    @Test
    void nothingCanBeConsumedBeforeAGraphHasRun() {
        assertFails("no graph of this plan has been executed before", plan(read("read", "load")), 0);
    }

    @Test
    void graphsThatAreExecutedTogetherDoNotSeeEachOther() {
        TornadoExecutionPlan plan = plan(load("load").persistOnDevice(data), read("read", "load"));
        TornadoRuntimeException failure = assertThrows(TornadoRuntimeException.class, plan::execute);
        assertTrue(failure.getMessage().contains("one at a time, with withGraph"), failure.getMessage());
    }

    @Test
    void plansShareNothing() {
        ImmutableTaskGraph load = load("load").persistOnDevice(data).snapshot();
        new TornadoExecutionPlan(load).execute();
        assertFails("no graph of this plan has been executed before", plan(read("read", "load")), 0);
        TornadoExecutionPlan second = new TornadoExecutionPlan(load, read("read", "load").snapshot());
        execute(second, 0, 1);
        assertResult(6);
    }

    @Test
    void anArrayIsConsumedOnTheDeviceWhereItIs() {
        TornadoExecutionPlan plan = plan(load("load").persistOnDevice(data), read("read", "load"));
        plan.withGraph(1).withDevice(TornadoExecutionPlan.getDevice(0, 1));
        assertFails("ran on jvm:0", plan, 0, 1);
    }

    @Test
    void sourcesByNameAndOthersDoNotMix() {
        TornadoExecutionPlan plan = plan(load("load").persistOnDevice(data), unrelated("between").consumeFromDevice(data),
                read("read", "between").consumeFromDevice("load", other));
        assertFails("(no argument of a task of read) from load, but between ran immediately before", plan, 0, 1, 2);
    }

    @Test
    void freedArraysCannotBeConsumed() {
        TornadoExecutionPlan plan = plan(load("load").persistOnDevice(data), read("read", "load"));
        execute(plan, 0);
        plan.freeDeviceMemory();
        assertFails("has freed it", plan, 1);
    }

    private static void assertFails(String reason, TornadoExecutionPlan plan, int... graphs) {
        String message = assertThrows(TornadoRuntimeException.class, () -> execute(plan, graphs)).getMessage();
        assertTrue(message.contains(reason), message);
    }
}
