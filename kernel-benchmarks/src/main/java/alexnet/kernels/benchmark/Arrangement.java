package alexnet.kernels.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import alexnet.core.network.Architecture;
import alexnet.core.network.GroupShapes;
import alexnet.kernels.CounterRandom;
import alexnet.kernels.ExecutionPlans;
import alexnet.kernels.GraphBuilder;
import alexnet.kernels.Hyper;
import alexnet.kernels.KernelFamily;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.TornadoExecutionResult;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** One operation with its arrays and its plan. Made-up inputs are from -1 to 1. */
final class Arrangement {

    private static final int CLASSES = 1000;
    private static final int COLOURS = 3;
    private static final int SEED = 1;
    private static final AtomicInteger GRAPHS = new AtomicInteger();

    /** The kernels to call. */
    final KernelFamily family;
    /** Images in a batch. */
    final int images;
    /** The paper's network, as its first group has it. */
    final GroupShapes shapes;
    /** What the operation's tasks are added to. */
    GraphBuilder builder;

    private final List<Runnable> tasks = new ArrayList<>();
    private final List<Object> arrays = new ArrayList<>();
    private final List<Object> outputs = new ArrayList<>();
    private TornadoExecutionPlan plan;

    Arrangement(KernelFamily family, int images) {
        this.family = family;
        this.images = images;
        shapes = new GroupShapes(Architecture.alexnet(CLASSES, COLOURS), 0, images);
        builder = new GraphBuilder("benchmark" + GRAPHS.incrementAndGet(), new GridScheduler());
    }

    /** A layer of the network. */
    GroupShapes.Entry layer(String name) {
        return shapes.entries().stream().filter(entry -> entry.layer().name().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("alexnet has no layer " + name));
    }

    FloatArray input(int length) {
        FloatArray array = new FloatArray(length);
        for (int i = 0; i < length; i++) {
            array.set(i, 2 * CounterRandom.uniform(SEED, arrays.size(), i) - 1);
        }
        arrays.add(array);
        return array;
    }

    /** Integers from 0 to {@code bound - 1}. */
    IntArray integers(int length, int bound) {
        IntArray array = new IntArray(length);
        for (int i = 0; i < length; i++) {
            array.set(i, CounterRandom.below(bound, SEED, arrays.size(), i));
        }
        arrays.add(array);
        return array;
    }

    /** Pixels of any value. */
    ByteArray bytes(int length) {
        ByteArray array = new ByteArray(length);
        for (int i = 0; i < length; i++) {
            array.set(i, (byte) CounterRandom.below(1 << Byte.SIZE, SEED, arrays.size(), i));
        }
        arrays.add(array);
        return array;
    }

    /** The numbers that change from step to step, as in a first epoch. */
    FloatArray hyper() {
        FloatArray hyper = new FloatArray(Hyper.LENGTH);
        Hyper.setAll(hyper, Hyper.RATE, 1e-4f);
        hyper.set(Hyper.MOMENTUM, 0.9f);
        Hyper.setAll(hyper, Hyper.WEIGHT_DECAY, 5e-4f);
        hyper.set(Hyper.LOSS_SCALE, 1f / images);
        arrays.add(hyper);
        return hyper;
    }

    /** What the operation works in, if it does. */
    void workspace(int length) {
        if (length > 0) {
            FloatArray memory = new FloatArray(length);
            arrays.add(memory);
            builder = new GraphBuilder(builder.name(), builder.grid(), memory);
        }
    }

    FloatArray output(int length) {
        return changed(input(length));
    }

    IntArray outputIntegers(int length) {
        return changed(integers(length, 1));
    }

    /** Marks an array as one that the operation writes. */
    <T> T changed(T array) {
        outputs.add(array);
        return array;
    }

    /** What the operation does; the arrays have to be known before. */
    void tasks(Runnable added) {
        tasks.add(added);
    }

    void keepOnDevice(TornadoDevice device) {
        TaskGraph graph = builder.graph().transferToDevice(DataTransferMode.FIRST_EXECUTION, arrays.toArray());
        tasks.forEach(Runnable::run);
        graph.persistOnDevice(arrays.toArray());
        plan(device);
    }

    void transferAlways(TornadoDevice device) {
        TaskGraph graph = builder.graph().transferToDevice(DataTransferMode.EVERY_EXECUTION, arrays.toArray());
        tasks.forEach(Runnable::run);
        graph.transferToHost(DataTransferMode.EVERY_EXECUTION, outputs.toArray());
        plan(device);
    }

    private void plan(TornadoDevice device) {
        plan = ExecutionPlans.on(device, builder.grid(), builder.graph().snapshot());
    }

    TornadoExecutionResult execute() {
        return plan.execute();
    }

    void close() throws TornadoExecutionPlanException {
        plan.freeDeviceMemory();
        plan.close();
    }
}
