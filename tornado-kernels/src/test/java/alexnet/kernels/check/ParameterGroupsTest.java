package alexnet.kernels.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import alexnet.kernels.ExecutionPlans;
import alexnet.kernels.GraphBuilder;
import alexnet.kernels.Hyper;
import alexnet.kernels.KernelFamilies;
import alexnet.kernels.KernelFamily;
import alexnet.kernels.ParameterGroup;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class ParameterGroupsTest {

    private static final TornadoDevice DEVICE = TornadoRuntimeProvider.getTornadoRuntime().getDefaultDevice();
    /** More than a block of the host's, and no multiple of a vector. */
    private static final int LENGTH = 8192 + 77;

    static List<KernelFamily> families() {
        return KernelFamilies.supportedBy(DEVICE);
    }

    @ParameterizedTest
    @MethodSource("families")
    void biasesThatLearnLikeWeightsGetTheSameBits(KernelFamily kernels) throws TornadoExecutionPlanException {
        FloatArray weights = numbers(3);
        FloatArray biases = numbers(3);
        FloatArray momenta = numbers(2);
        FloatArray biasMomenta = numbers(2);
        FloatArray gradient = numbers(1);
        FloatArray hyper = new FloatArray(Hyper.LENGTH);
        Hyper.setAll(hyper, Hyper.RATE, 0.01);
        Hyper.setAll(hyper, Hyper.WEIGHT_DECAY, 0.0005);
        hyper.set(Hyper.MOMENTUM, 0.9f);
        GridScheduler grid = new GridScheduler();
        GraphBuilder builder = new GraphBuilder("parameterGroups", grid);
        builder.graph().transferToDevice(DataTransferMode.EVERY_EXECUTION, hyper, gradient, momenta, biasMomenta, weights, biases);
        kernels.sgd(builder, "weights", LENGTH, ParameterGroup.WEIGHTS, 1, hyper, gradient, momenta, weights);
        kernels.sgd(builder, "biases", LENGTH, ParameterGroup.BIASES, 1, hyper, gradient, biasMomenta, biases);
        builder.graph().transferToHost(DataTransferMode.EVERY_EXECUTION, momenta, biasMomenta, weights, biases);
        try (TornadoExecutionPlan plan = ExecutionPlans.on(DEVICE, grid, builder.graph().snapshot())) {
            plan.execute();
            assertSameBits(weights, biases);
            assertSameBits(momenta, biasMomenta);
            Hyper.set(hyper, Hyper.RATE, ParameterGroup.BIASES, 0.02);
            plan.execute();
            assertNotEquals(weights.get(LENGTH - 1), biases.get(LENGTH - 1), "the rate of biases has no effect");
        }
    }

    private static void assertSameBits(FloatArray expected, FloatArray actual) {
        for (int i = 0; i < LENGTH; i++) {
            assertEquals(Float.floatToRawIntBits(expected.get(i)), Float.floatToRawIntBits(actual.get(i)), "element " + i);
        }
    }

    private static FloatArray numbers(int array) {
        double[] values = new Numbers(1).uniform(array, LENGTH, 1);
        FloatArray floats = new FloatArray(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            floats.set(i, (float) values[i]);
        }
        return floats;
    }
}
