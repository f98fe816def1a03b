package alexnet.tornado.jvm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.WorkerGrid2D;
import uk.ac.manchester.tornado.api.WorkerGrid3D;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

class KernelContextTest {

    private static final Map<Integer, String> THREAD_OF_GROUP = new ConcurrentHashMap<>();

    private static WorkerGrid grid(WorkerGrid grid, int x, int y, int z) {
        grid.setLocalWork(x, y, z);
        return grid;
    }

    private static void places(KernelContext context, IntArray places) {
        int item = (context.globalIdz * context.globalGroupSizeY + context.globalIdy) * context.globalGroupSizeX + context.globalIdx;
        boolean consistent = context.globalIdx == context.groupIdx * context.localGroupSizeX + context.localIdx
                && context.globalIdy == context.groupIdy * context.localGroupSizeY + context.localIdy
                && context.globalIdz == context.groupIdz * context.localGroupSizeZ + context.localIdz;
        places.set(item, places.get(item) + (consistent ? 1 : 100));
    }

    @Test
    void everyWorkItemOfAGridRunsOnceAndKnowsItsPlace() {
        for (WorkerGrid grid : new WorkerGrid[] {grid(new WorkerGrid1D(60), 5, 1, 1), grid(new WorkerGrid2D(10, 6), 2, 3, 1),
                grid(new WorkerGrid3D(5, 4, 3), 1, 2, 3), new WorkerGrid1D(60), new WorkerGrid2D(6, 10)}) {
            IntArray places = new IntArray(60);
            Graphs.run(Graphs.exchanging(places).task("task", KernelContextTest::places, new KernelContext(), places), grid);
            assertArrayEquals(Graphs.times(60, 1), places.toHeapArray());
        }
    }

    private static void recordThread(KernelContext context, IntArray array) {
        THREAD_OF_GROUP.put(context.groupIdx, Thread.currentThread().getName());
        array.set(context.globalIdx, context.groupIdx);
    }

    @Test
    void workGroupsAreSpreadOverTheThreads() {
        IntArray array = new IntArray(24);
        Graphs.run(Graphs.exchanging(array).task("task", KernelContextTest::recordThread, new KernelContext(), array),
                grid(new WorkerGrid1D(24), 3, 1, 1));
        assertEquals(8, THREAD_OF_GROUP.size());
        assertEquals(Graphs.THREADS, Set.copyOf(THREAD_OF_GROUP.values()).size());
        assertArrayEquals(IntStream.range(0, 24).map(i -> i / 3).toArray(), array.toHeapArray());
    }

    private static void offset(KernelContext context, IntArray array) {
        array.set(context.globalIdx, 1);
    }

    @Test
    void aGlobalOffsetMovesTheIndices() {
        IntArray array = new IntArray(10);
        WorkerGrid grid = grid(new WorkerGrid1D(4), 2, 1, 1);
        grid.setGlobalOffset(3, 0, 0);
        Graphs.run(Graphs.exchanging(array).task("task", KernelContextTest::offset, new KernelContext(), array), grid);
        assertArrayEquals(new int[] {0, 0, 0, 1, 1, 1, 1, 0, 0, 0}, array.toHeapArray());
    }

    private static void reverseInLocalMemory(KernelContext context, IntArray array) {
        int[] tile = context.allocateIntLocalArray(context.localGroupSizeX);
        tile[context.localIdx] = array.get(context.globalIdx);
        context.localBarrier();
        array.set(context.globalIdx, tile[context.localGroupSizeX - 1 - context.localIdx]);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 16, 64})
    void aBarrierLetsTheItemsOfAGroupSeeWhatTheOthersWrote(int size) {
        IntArray array = IntArray.fromArray(IntStream.range(0, 128).toArray());
        Graphs.run(Graphs.exchanging(array).task("task", KernelContextTest::reverseInLocalMemory, new KernelContext(), array),
                grid(new WorkerGrid1D(128), size, 1, 1));
        assertArrayEquals(IntStream.range(0, 128).map(i -> i / size * size + size - 1 - i % size).toArray(), array.toHeapArray());
    }

    private static void treeSum(KernelContext context, IntArray input, IntArray sums) {
        int[] tree = context.allocateIntLocalArray(32);
        int[] other = context.allocateIntLocalArray(1);
        int item = context.localIdx;
        tree[item] = input.get(context.globalIdx);
        if (item == 0) {
            other[0] = context.groupIdx;
        }
        context.localBarrier();
        for (int half = 16; half > 0; half /= 2) {
            if (item < half) {
                tree[item] += tree[item + half];
            }
            context.globalBarrier();
        }
        if (item == 31) {
            sums.set(other[0], tree[0]);
        }
    }

    @Test
    void aTreeOfManyBarriersSumsEveryGroup() {
        IntArray input = IntArray.fromArray(IntStream.range(0, 320).toArray());
        IntArray sums = new IntArray(10);
        Graphs.run(Graphs.exchanging(sums).task("task", KernelContextTest::treeSum, new KernelContext(), input, sums),
                grid(new WorkerGrid1D(320), 32, 1, 1));
        assertArrayEquals(IntStream.range(0, 10).map(group -> 32 * 32 * group + 496).toArray(), sums.toHeapArray());
    }

    private static void count(KernelContext context, IntArray counters) {
        int[] ofGroup = context.allocateIntLocalArray(1);
        context.atomicAdd(ofGroup, 0, 1);
        context.localBarrier();
        if (context.localIdx == 0) {
            context.atomicAdd(counters, 0, ofGroup[0]);
        }
        context.atomicAdd(counters, 1, 2);
    }

    @Test
    void atomicAdditionsAreNotLost() {
        IntArray counters = new IntArray(2);
        Graphs.run(Graphs.exchanging(counters).task("task", KernelContextTest::count, new KernelContext(), counters),
                grid(new WorkerGrid1D(4000), 8, 1, 1));
        assertArrayEquals(new int[] {4000, 8000}, counters.toHeapArray());
    }

    private static void endsEarly(KernelContext context, IntArray array) {
        if (context.localIdx != array.get(0)) {
            context.localBarrier();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3})
    void anItemThatEndsBeforeABarrierIsAnErrorAndNotAHang(int early) {
        IntArray array = IntArray.fromElements(early);
        assertFails("wait", () -> Graphs.run(Graphs.exchanging(array).task("task", KernelContextTest::endsEarly, new KernelContext(),
                array), grid(new WorkerGrid1D(16), 4, 1, 1)));
    }

    private static void throwsBeforeBarrier(KernelContext context, IntArray array) {
        context.localBarrier();
        if (context.globalIdx == array.get(0)) {
            throw new IllegalStateException("item " + context.globalIdx);
        }
        context.localBarrier();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 15})
    void anItemThatThrowsEndsTheTaskWithItsCause(int failing) {
        IntArray array = IntArray.fromElements(failing);
        assertFails("item " + failing, () -> Graphs.run(Graphs.exchanging(array).task("task", KernelContextTest::throwsBeforeBarrier,
                new KernelContext(), array), grid(new WorkerGrid1D(16), 8, 1, 1)));
    }

    private static void differentArrays(KernelContext context, IntArray array) {
        int[] tile = context.allocateIntLocalArray(1 + context.localIdx);
        array.set(context.globalIdx, tile.length);
    }

    @Test
    void itemsThatAskForDifferentLocalArraysAreAnError() {
        IntArray array = new IntArray(4);
        assertFails("different local arrays", () -> Graphs.run(Graphs.exchanging(array).task("task",
                KernelContextTest::differentArrays, new KernelContext(), array), grid(new WorkerGrid1D(4), 4, 1, 1)));
    }

    @Test
    void gridsThatCannotBeRunAreRefusedByName() {
        IntArray array = new IntArray(10);
        assertFails("graph.task: global work [10, 1, 1] is no multiple of local work [4, 1, 1]", () ->
                Graphs.run(Graphs.exchanging(array).task("task", KernelContextTest::offset, new KernelContext(), array),
                        grid(new WorkerGrid1D(10), 4, 1, 1)));
        assertFails("groups of 2048 work-items", () ->
                Graphs.run(Graphs.exchanging(array).task("task", KernelContextTest::offset, new KernelContext(), array),
                        grid(new WorkerGrid1D(2048), 2048, 1, 1)));
        assertFails("must be at least 1", () ->
                Graphs.run(Graphs.exchanging(array).task("task", KernelContextTest::offset, new KernelContext(), array),
                        new WorkerGrid2D(4, 0)));
    }

    @Test
    void aTaskWithoutItsGridIsRefused() {
        IntArray array = new IntArray(10);
        assertFails("graph.task has a KernelContext", () ->
                Graphs.run(Graphs.exchanging(array).task("task", KernelContextTest::offset, new KernelContext(), array)));
        TornadoExecutionPlan plan = new TornadoExecutionPlan(Graphs.exchanging(array)
                .task("task", KernelContextTest::offset, new KernelContext(), array).snapshot());
        assertFails("names no task of this plan", () ->
                plan.withGridScheduler(new GridScheduler("graph.other", new WorkerGrid1D(10))));
    }

    @Test
    void aContextCalledDirectlyIsTheOnlyWorkItem() {
        IntArray input = IntArray.fromArray(IntStream.range(5, 69).toArray());
        reverseInLocalMemory(new KernelContext(), input);
        assertArrayEquals(IntStream.range(5, 69).toArray(), input.toHeapArray());
    }

    private static void assertFails(String reason, Runnable action) {
        String message = Assertions.assertTimeoutPreemptively(Duration.ofSeconds(60),
                () -> assertThrows(TornadoRuntimeException.class, action::run).getMessage());
        assertTrue(message.contains(reason), message);
    }
}
