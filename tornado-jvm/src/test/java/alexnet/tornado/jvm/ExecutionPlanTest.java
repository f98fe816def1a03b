package alexnet.tornado.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static uk.ac.manchester.tornado.api.enums.DataTransferMode.EVERY_EXECUTION;
import static uk.ac.manchester.tornado.api.enums.DataTransferMode.FIRST_EXECUTION;

import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.exceptions.TornadoDeviceNotFound;
import uk.ac.manchester.tornado.api.exceptions.TornadoOutOfMemoryException;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

class ExecutionPlanTest {

    /** Floats that take more than half of the heap. */
    private static final int MORE_THAN_HALF = (int) (Runtime.getRuntime().maxMemory() * 0.55 / Float.BYTES);
    private static final CyclicBarrier MEETING = new CyclicBarrier(2);
    private static final CountDownLatch STARTED = new CountDownLatch(1);
    private static final CountDownLatch RELEASED = new CountDownLatch(1);
    private static final AtomicInteger INSIDE = new AtomicInteger();

    private final ExecutorService hosts = Executors.newFixedThreadPool(2);

    @AfterEach
    void stopHosts() {
        hosts.shutdownNow();
    }

    private static void meet(IntArray array) {
        try {
            array.set(0, MEETING.await(60, TimeUnit.SECONDS) + 1);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException("the other device did not come", e);
        }
    }

    @Test
    void plansOnTwoDevicesRunAtTheSameTime() throws Exception {
        List<Future<?>> runs = IntStream.range(0, 2).<Future<?>>mapToObj(device -> {
            IntArray array = new IntArray(1);
            TornadoExecutionPlan plan = new TornadoExecutionPlan(
                    Graphs.exchanging(array).task("task", ExecutionPlanTest::meet, array).snapshot());
            return hosts.submit(plan.withDevice(TornadoExecutionPlan.getDevice(0, device))::execute);
        }).toList();
        for (Future<?> run : runs) {
            run.get();
        }
    }

    private static void alone(IntArray array) {
        if (INSIDE.incrementAndGet() != 1) {
            throw new IllegalStateException("two plans compute on one device at the same time");
        }
        array.set(0, array.get(0) + 1);
        INSIDE.decrementAndGet();
    }

    @Test
    void plansOnOneDeviceTakeTurns() throws Exception {
        List<Future<IntArray>> runs = IntStream.range(0, 2).mapToObj(_ -> hosts.submit(() -> {
            IntArray array = new IntArray(1);
            TornadoExecutionPlan plan = new TornadoExecutionPlan(
                    Graphs.exchanging(array).task("task", ExecutionPlanTest::alone, array).snapshot());
            for (int execution = 0; execution < 500; execution++) {
                plan.execute();
            }
            return array;
        })).toList();
        for (Future<IntArray> run : runs) {
            assertEquals(500, run.get().get(0));
        }
    }

    private static void untilReleased(IntArray array) {
        STARTED.countDown();
        try {
            array.set(0, RELEASED.await(60, TimeUnit.SECONDS) ? 1 : 2);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aPlanServesOneThreadAtATime() throws Exception {
        IntArray array = new IntArray(1);
        TornadoExecutionPlan plan = new TornadoExecutionPlan(
                Graphs.exchanging(array).task("task", ExecutionPlanTest::untilReleased, array).snapshot());
        Future<?> first = hosts.submit(plan::execute);
        STARTED.await();
        assertFails("a plan serves one thread at a time", plan::execute);
        assertFails("a plan serves one thread at a time", plan::freeDeviceMemory);
        RELEASED.countDown();
        first.get();
        assertEquals(1, array.get(0));
        plan.execute();
    }

    private static void failing(IntArray array, int limit) {
        for (@Parallel int i = 0; i < array.getSize(); i++) {
            array.set(i + limit, 1);
        }
    }

    @Test
    void aKernelThatThrowsIsReportedWithItsTaskAndItsCause() {
        IntArray array = new IntArray(100);
        TornadoExecutionPlan plan = new TornadoExecutionPlan(
                Graphs.exchanging(array).task("fill", ExecutionPlanTest::failing, array, 0).task("shift", ExecutionPlanTest::failing,
                        array, 10).snapshot());
        TornadoRuntimeException failure = assertThrows(TornadoRuntimeException.class, plan::execute);
        assertTrue(failure.getMessage().startsWith("task graph.shift, kernel ExecutionPlanTest.failing, failed on jvm:0"),
                failure.getMessage());
        assertInstanceOf(ArrayIndexOutOfBoundsException.class, failure.getCause());
        assertEquals(0, array.get(0), "nothing comes back from a graph that failed");
        Graphs.run(Graphs.exchanging(array).task("task", ExecutionPlanTest::failing, array, 0));
        assertEquals(1, array.get(99), "the device is still usable");
    }

    private static void runsAGraph(IntArray array) {
        Graphs.run(Graphs.exchanging(array).task("inner", IntArray::initialize, array, 1));
    }

    @Test
    void aKernelThatRunsAGraphOnItsOwnDeviceDoesNotHang() {
        IntArray array = new IntArray(1);
        assertFails("cannot run task graphs on its own device",
                () -> Graphs.run(new TaskGraph("graph").task("task", ExecutionPlanTest::runsAGraph, array)));
    }

    @Test
    void anInterruptIsPassedOnAfterTheExecution() {
        IntArray array = new IntArray(4);
        Thread.currentThread().interrupt();
        Graphs.run(Graphs.exchanging(array).task("task", IntArray::initialize, array, 3));
        assertTrue(Thread.interrupted());
        assertEquals(3, array.get(3));
    }

    @Test
    void aFullDeviceSaysHowMuchWasMissing() {
        FloatArray large = Graphs.filled(MORE_THAN_HALF, 1);
        TornadoExecutionPlan plan = new TornadoExecutionPlan(new TaskGraph("graph").transferToDevice(FIRST_EXECUTION, large)
                .task("task", TransferTest::increment, large).snapshot());
        TornadoOutOfMemoryException failure = assertThrows(TornadoOutOfMemoryException.class, plan::execute);
        assertTrue(failure.getMessage().startsWith("jvm:0 has no memory for " + 4L * MORE_THAN_HALF + " bytes, a FloatArray of "
                + MORE_THAN_HALF + " elements (argument 1 of task graph.task)"), failure.getMessage());
    }

    @Test
    void anArrayThatOnlyTheDeviceUsesTakesMemoryOnce() {
        FloatArray large = new FloatArray(MORE_THAN_HALF);
        TornadoExecutionPlan plan = new TornadoExecutionPlan(new TaskGraph("graph").transferToDevice(FIRST_EXECUTION, large)
                .task("task", TransferTest::increment, large).persistOnDevice(large).snapshot());
        plan.execute();
        plan.freeDeviceMemory();
        assertEquals(0, large.get(5));
    }

    @Test
    void selectedGraphsRunInOrder() {
        FloatArray array = Graphs.filled(2, 1);
        TaskGraph first = new TaskGraph("first").transferToDevice(EVERY_EXECUTION, array)
                .task("task", TransferTest::increment, array).transferToHost(EVERY_EXECUTION, array);
        TaskGraph second = new TaskGraph("second").transferToDevice(EVERY_EXECUTION, array)
                .task("task", TransferTest::increment, array).transferToHost(EVERY_EXECUTION, array);
        TornadoExecutionPlan plan = new TornadoExecutionPlan(first.snapshot(), second.snapshot());
        plan.execute();
        assertEquals(3, array.get(0));
        plan.withGraph(1).execute();
        assertEquals(4, array.get(0));
        plan.withAllGraphs().withPreCompilation().execute();
        assertEquals(6, array.get(1));
        assertFails("there is no task graph 2 in a plan of 2", () -> plan.withGraph(2));
        assertFails("need different names", () -> new TornadoExecutionPlan(first.snapshot(), first.snapshot()));
        assertFails("at least one task graph", TornadoExecutionPlan::new);
    }

    @Test
    void plansAreNumberedAndClosed() throws Exception {
        FloatArray array = Graphs.filled(2, 1);
        int before = TornadoExecutionPlan.getTotalPlans();
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(
                new TaskGraph("graph").task("task", TransferTest::increment, array).snapshot())) {
            plan.execute();
            assertTrue(plan.getId() > before);
            assertSame(TornadoExecutionPlan.getDevice(0, 0), plan.getDevice(0));
            plan.close();
            assertEquals(0, plan.getCurrentDeviceMemoryUsage());
        }
        assertThrows(TornadoDeviceNotFound.class, () -> TornadoExecutionPlan.getDevice(0, 2));
    }

    private static void assertFails(String reason, Runnable action) {
        String message = assertThrows(TornadoRuntimeException.class, action::run).getMessage();
        assertTrue(message.contains(reason), message);
    }
}
