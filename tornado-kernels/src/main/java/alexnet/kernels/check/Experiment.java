package alexnet.kernels.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import alexnet.kernels.GraphBuilder;
import alexnet.kernels.KernelFamily;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The arrays of one case on their way through a device: made-up inputs, outputs filled with NaN, and what should be in them
 * afterwards. All are longer than the shape needs: a NaN read from beyond shows in the results, and what lies beyond in an
 * output must come back as it was.
 */
final class Experiment {

    /** Elements that every array has beyond what its shape needs. */
    private static final int GUARD = 5;
    private static final int UNTOUCHED = Integer.MIN_VALUE;
    private static final AtomicInteger GRAPHS = new AtomicInteger();

    /** Adds the tasks under test to a graph, under the given name. */
    interface Tasks {
        void add(KernelFamily family, GraphBuilder builder, String task);
    }

    private final List<Object> arrays = new ArrayList<>();
    private final List<Object> outputs = new ArrayList<>();
    private final List<Supplier<Comparison>> comparisons = new ArrayList<>();

    FloatArray input(double[] values) {
        double[] guarded = guarded(values, Double.NaN);
        FloatArray array = new FloatArray(guarded.length);
        for (int i = 0; i < guarded.length; i++) {
            array.set(i, (float) guarded[i]);
        }
        arrays.add(array);
        return array;
    }

    IntArray input(int[] values) {
        IntArray array = IntArray.fromArray(guarded(values));
        arrays.add(array);
        return array;
    }

    ByteArray input(byte[] values) {
        ByteArray array = ByteArray.fromArray(Arrays.copyOf(values, values.length + GUARD));
        arrays.add(array);
        return array;
    }

    /** An array that the operation overwrites. */
    FloatArray output(String name, double[] expected, double[] tolerances) {
        double[] before = new double[expected.length];
        Arrays.fill(before, Double.NaN);
        return changed(name, before, expected, tolerances);
    }

    /** An array that the operation changes in place. */
    FloatArray changed(String name, double[] before, double[] expected, double[] tolerances) {
        FloatArray array = input(before);
        outputs.add(array);
        comparisons.add(() -> Comparison.of(name, guarded(expected, Double.NaN), widened(array), guarded(tolerances, 0)));
        return array;
    }

    /** An array of integers that the operation overwrites; they have to be exact. */
    IntArray output(String name, int[] expected) {
        int[] before = new int[expected.length];
        Arrays.fill(before, UNTOUCHED);
        IntArray array = input(before);
        outputs.add(array);
        comparisons.add(() -> Comparison.of(name, Arrays.stream(guarded(expected)).asDoubleStream().toArray(),
                Arrays.stream(array.toHeapArray()).asDoubleStream().toArray(), Tolerance.exact(array.getSize())));
        return array;
    }

    /** Runs the tasks on the device, arrays in and results out, and compares. */
    List<Comparison> run(KernelFamily family, TornadoDevice device, Tasks tasks) {
        GridScheduler grid = new GridScheduler();
        GraphBuilder builder = new GraphBuilder("check" + GRAPHS.incrementAndGet(), grid);
        builder.graph().transferToDevice(DataTransferMode.EVERY_EXECUTION, arrays.toArray());
        // TornadoVM copies nothing into an array that is only written, and the guards would come back as garbage.
        for (int i = 0; i < outputs.size(); i++) {
            family.keep(builder, "keep" + i, outputs.get(i));
        }
        tasks.add(family, builder, "task");
        builder.graph().transferToHost(DataTransferMode.EVERY_EXECUTION, outputs.toArray());
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(builder.graph().snapshot())) {
            plan.withDevice(device);
            // A scheduler that names no task is refused.
            if (!grid.keySet().isEmpty()) {
                plan.withGridScheduler(grid);
            }
            plan.execute();
        } catch (TornadoExecutionPlanException e) {
            throw new IllegalStateException("check: the execution plan cannot be closed", e);
        }
        return comparisons.stream().map(Supplier::get).toList();
    }

    private static double[] guarded(double[] values, double guard) {
        double[] guarded = Arrays.copyOf(values, values.length + GUARD);
        Arrays.fill(guarded, values.length, guarded.length, guard);
        return guarded;
    }

    private static int[] guarded(int[] values) {
        int[] guarded = Arrays.copyOf(values, values.length + GUARD);
        Arrays.fill(guarded, values.length, guarded.length, UNTOUCHED);
        return guarded;
    }

    private static double[] widened(FloatArray array) {
        double[] values = new double[array.getSize()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i);
        }
        return values;
    }
}
