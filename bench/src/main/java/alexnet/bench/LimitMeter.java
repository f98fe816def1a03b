package alexnet.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import alexnet.core.device.Device;
import alexnet.kernels.ExecutionPlans;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Measures the limits of devices that work at once, as the two groups' devices do. */
final class LimitMeter implements AutoCloseable {

    /** Elements of each array of the triad: 32 MiB, more than a core's share of any cache; on a GPU up to 1 GiB, many times all of it, where that is a sixteenth of its memory. */
    private static final int TRIAD_LENGTH = 8 << 20;
    private static final int GPU_TRIAD_LENGTH = 256 << 20;
    private static final int GPU_MEMORY_SHARE = 16;
    /** Triads in a graph: a large GPU is done with one before the next graph would be started, but not before the next task is. */
    private static final int GPU_TRIADS = 8;
    private static final int TRIAD_BLOCK = 8192;
    private static final int TRIAD_BYTES = 3 * Float.BYTES;
    /** Work items: many work groups for every unit of a processor; on a GPU several times the 2048 that each of some 150 units holds. */
    private static final int CPU_ITEMS = 1 << 13;
    private static final int GPU_ITEMS = 1 << 20;
    /** The JVM compiles a kernel while it runs, on the same cores. */
    private static final long WARM_UP_NANOS = 1_000_000_000;
    /** Keeps values in the range of normal numbers: they tend to 1 / (1 - 0.5). */
    private static final float FACTOR = 0.5f;

    /** The two graphs of one device. */
    private static final class Meter implements AutoCloseable {

        private static final int ARITHMETIC = 0;
        private static final int MEMORY = 1;

        private final IntArray repetitions = new IntArray(1);
        private final TornadoExecutionPlan plan;
        private final double multiplyAdds;
        private final double triadBytes;

        Meter(Device device, int number) {
            boolean gpu = device.type() == TornadoDeviceType.GPU;
            int items = gpu ? GPU_ITEMS : CPU_ITEMS;
            int lanes = device.onHeap() ? HostLimitKernels.LANES : gpu ? 1 : PortableLimitKernels.LANES;
            int rows = device.onHeap() ? HostLimitKernels.ROWS : gpu ? PortableLimitKernels.CHAINS * PortableLimitKernels.UNROLLED
                    : PortableLimitKernels.ROWS;
            multiplyAdds = (double) items * lanes * rows;
            FloatArray values = new FloatArray(items * lanes);
            values.init(FACTOR);
            TaskGraph arithmetic = new TaskGraph("arithmetic" + number).transferToDevice(DataTransferMode.EVERY_EXECUTION, repetitions, values);
            if (device.onHeap()) {
                arithmetic.task("fma", HostLimitKernels::multiplyAdd, items, repetitions, values);
            } else if (gpu) {
                arithmetic.task("fma", PortableLimitKernels::multiplyAdd, items, repetitions, values);
            } else {
                arithmetic.task("fma", PortableLimitKernels::multiplyAddLanes, items, repetitions, values);
            }
            arithmetic.transferToHost(DataTransferMode.EVERY_EXECUTION, values);
            int length = gpu ? gpuLength(device.memoryBytes()) : TRIAD_LENGTH;
            triadBytes = (double) TRIAD_BYTES * length * (gpu ? GPU_TRIADS : 1);
            FloatArray a = filled(length, 0);
            FloatArray b = filled(length, 1);
            FloatArray c = filled(length, 2);
            TaskGraph memory = new TaskGraph("memory" + number).transferToDevice(DataTransferMode.FIRST_EXECUTION, a, b, c);
            if (device.onHeap()) {
                memory.task("triad", HostLimitKernels::triad, length, TRIAD_BLOCK, FACTOR, a, b, c);
            } else if (!gpu) {
                memory.task("triad", PortableLimitKernels::triadLanes, length / PortableLimitKernels.LANES, FACTOR, a, b, c);
            } else {
                for (int triad = 0; triad < GPU_TRIADS; triad++) {
                    memory.task("triad" + triad, PortableLimitKernels::triad, length, FACTOR, a, b, c);
                }
            }
            memory.persistOnDevice(a, b, c);
            plan = ExecutionPlans.on(device.device(), new GridScheduler(), arithmetic.snapshot(), memory.snapshot());
        }

        private static int gpuLength(long memoryBytes) {
            return (int) Long.highestOneBit(Math.clamp(memoryBytes / (GPU_MEMORY_SHARE * (long) TRIAD_BYTES), 1L, (long) GPU_TRIAD_LENGTH));
        }

        private static FloatArray filled(int length, float value) {
            FloatArray array = new FloatArray(length);
            array.init(value);
            return array;
        }

        @Override
        public void close() {
            try {
                plan.freeDeviceMemory();
                plan.close();
            } catch (TornadoExecutionPlanException failed) {
                throw new IllegalStateException("the device memory of the limits could not be freed: " + failed.getMessage(), failed);
            }
        }
    }

    private final List<Meter> meters = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("limits-", 0).factory());
    private final LimitSearch search;

    /** @param devices without duplicates */
    LimitMeter(List<Device> devices) {
        for (Device device : devices) {
            meters.add(new Meter(device, meters.size()));
        }
        // Compiles, before anything is timed.
        for (Meter meter : meters) {
            meter.repetitions.set(0, 1);
            meter.plan.withGraph(Meter.ARITHMETIC).execute();
            meter.plan.withGraph(Meter.MEMORY).execute();
        }
        for (long start = System.nanoTime(); System.nanoTime() - start < WARM_UP_NANOS;) {
            time(Meter.ARITHMETIC);
            time(Meter.MEMORY);
        }
        search = new LimitSearch(this::arithmetic, meters.stream().mapToDouble(meter -> 2 * meter.multiplyAdds).sum(),
                () -> time(Meter.MEMORY), meters.stream().mapToDouble(meter -> meter.triadBytes).sum());
    }

    Limits measure() {
        return search.measure();
    }

    private long arithmetic(int repetitions) {
        meters.forEach(meter -> meter.repetitions.set(0, repetitions));
        return time(Meter.ARITHMETIC);
    }

    private long time(int graph) {
        List<Callable<Object>> runs = meters.stream().<Callable<Object>>map(meter -> () -> meter.plan.withGraph(graph).execute()).toList();
        long start = System.nanoTime();
        try {
            for (Future<Object> run : threads.invokeAll(runs)) {
                run.get();
            }
        } catch (InterruptedException | ExecutionException failed) {
            throw new IllegalStateException("the limits of the devices cannot be measured", failed);
        }
        return System.nanoTime() - start;
    }

    @Override
    public void close() {
        threads.shutdown();
        meters.forEach(Meter::close);
    }
}
