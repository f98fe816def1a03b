package alexnet.kernels.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntToDoubleFunction;
import java.util.function.Supplier;

import alexnet.kernels.ExecutionPlans;
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
 *
 * <p>Where the system property {@value #GUARD_PROPERTY} is 0, they are not longer, so that what checks addresses tells of the first
 * beyond.
 *
 * <p>Each case runs twice: first on NaN and zeros, then on its data. An array that is not copied to the device again, and a
 * kernel that adds to what it should overwrite, show as NaN.
 */
final class Experiment {

    private static final String GUARD_PROPERTY = "alexnet.verify.guard";
    /** Elements that every array has beyond what its shape needs. */
    private static final int GUARD = Integer.getInteger(GUARD_PROPERTY, 5);
    private static final int UNTOUCHED = Integer.MIN_VALUE;
    private static final AtomicInteger GRAPHS = new AtomicInteger();

    /** Adds the tasks under test to a graph, under the given name. */
    interface Tasks {
        void add(KernelFamily family, GraphBuilder builder, String task);
    }

    private final List<Object> arrays = new ArrayList<>();
    private final List<Object> outputs = new ArrayList<>();
    private final List<Runnable> fillings = new ArrayList<>();
    private final List<Supplier<Comparison>> comparisons = new ArrayList<>();
    private FloatArray workspace;

    FloatArray input(double[] values) {
        FloatArray array = new FloatArray(values.length + GUARD);
        array.init(Float.NaN);
        fillings.add(() -> {
            for (int i = 0; i < array.getSize(); i++) {
                array.set(i, i < values.length ? (float) values[i] : Float.NaN);
            }
        });
        arrays.add(array);
        return array;
    }

    IntArray input(int[] values) {
        IntArray array = new IntArray(values.length + GUARD);
        array.init(0);
        fillings.add(() -> {
            for (int i = 0; i < array.getSize(); i++) {
                array.set(i, i < values.length ? values[i] : UNTOUCHED);
            }
        });
        arrays.add(array);
        return array;
    }

    ByteArray input(byte[] values) {
        ByteArray array = new ByteArray(values.length + GUARD);
        array.init((byte) 0);
        fillings.add(() -> {
            for (int i = 0; i < values.length; i++) {
                array.set(i, values[i]);
            }
        });
        arrays.add(array);
        return array;
    }

    /** An array that the operation overwrites. */
    FloatArray output(String name, double[] expected, Tolerance tolerance) {
        double[] before = new double[expected.length];
        Arrays.fill(before, Double.NaN);
        return changed(name, before, expected, tolerance);
    }

    /** An array that the operation changes in place. */
    FloatArray changed(String name, double[] before, double[] expected, Tolerance tolerance) {
        FloatArray array = input(before);
        outputs.add(array);
        comparisons.add(() -> Comparison.of(name, expected, array::get, tolerance));
        addGuard(name, Double.NaN, i -> array.get(expected.length + i));
        return array;
    }

    /** An array of integers that the operation overwrites; they have to be exact. */
    IntArray output(String name, int[] expected) {
        int[] before = new int[expected.length];
        Arrays.fill(before, UNTOUCHED);
        return changed(name, before, expected);
    }

    /** An array of integers that the operation changes in place; they have to be exact. */
    IntArray changed(String name, int[] before, int[] expected) {
        IntArray array = input(before);
        outputs.add(array);
        comparisons.add(() -> Comparison.of(name, Arrays.stream(expected).asDoubleStream().toArray(), array::get, Tolerance.exact()));
        addGuard(name, UNTOUCHED, i -> array.get(expected.length + i));
        return array;
    }

    /** Memory to work in, full of NaN, nothing beyond which may be touched. */
    void workspace(int length) {
        if (length > 0) {
            double[] anything = new double[length];
            Arrays.fill(anything, Double.NaN);
            workspace = input(anything);
            outputs.add(workspace);
            addGuard("the workspace", Double.NaN, i -> workspace.get(length + i));
        }
    }

    /** Runs the tasks on the device, arrays in and results out, and compares. */
    List<Comparison> run(KernelFamily family, TornadoDevice device, Tasks tasks) {
        GridScheduler grid = new GridScheduler();
        GraphBuilder builder = new GraphBuilder("check" + GRAPHS.incrementAndGet(), grid, workspace);
        builder.graph().transferToDevice(DataTransferMode.EVERY_EXECUTION, arrays.toArray());
        // TornadoVM copies nothing into an array that is only written, and the guards would come back as garbage.
        family.keep(builder, "keep", outputs);
        tasks.add(family, builder, "task");
        builder.graph().transferToHost(DataTransferMode.EVERY_EXECUTION, outputs.toArray());
        try (TornadoExecutionPlan plan = ExecutionPlans.on(device, grid, builder.graph().snapshot())) {
            plan.execute();
            fillings.forEach(Runnable::run);
            plan.execute();
        } catch (TornadoExecutionPlanException e) {
            throw new IllegalStateException("check: the execution plan cannot be closed", e);
        }
        return comparisons.stream().map(Supplier::get).toList();
    }

    private void addGuard(String name, double value, IntToDoubleFunction beyond) {
        if (GUARD > 0) {
            double[] guard = new double[GUARD];
            Arrays.fill(guard, value);
            comparisons.add(() -> Comparison.of("beyond " + name, guard, beyond, Tolerance.exact()));
        }
    }
}
