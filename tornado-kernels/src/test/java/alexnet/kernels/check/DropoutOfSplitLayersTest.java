package alexnet.kernels.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

import alexnet.kernels.CounterRandom;
import alexnet.kernels.GraphBuilder;
import alexnet.kernels.KernelFamilies;
import alexnet.kernels.KernelFamily;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

class DropoutOfSplitLayersTest {

    private static final int IMAGES = 19;
    private static final int UNITS = 64;

    static List<KernelFamily> families() {
        return KernelFamilies.supportedBy(TornadoRuntimeProvider.getTornadoRuntime().getDefaultDevice());
    }

    @ParameterizedTest
    @MethodSource("families")
    void aLayerDropsTheSameUnitsWholeAndInTwoGroups(KernelFamily kernels) throws TornadoExecutionPlanException {
        FloatArray whole = ones(UNITS * IMAGES);
        FloatArray lower = ones(UNITS / 2 * IMAGES);
        FloatArray upper = ones(UNITS / 2 * IMAGES);
        IntArray keys = IntArray.fromArray(new Numbers(1).integers(1, IMAGES, 0, Integer.MAX_VALUE));
        IntArray mode = IntArray.fromElements(1);
        GridScheduler grid = new GridScheduler();
        GraphBuilder builder = new GraphBuilder("split", grid);
        builder.graph().transferToDevice(DataTransferMode.EVERY_EXECUTION, whole, lower, upper, keys, mode);
        int purpose = CounterRandom.DROPOUT;
        kernels.dropout(builder, "whole", IMAGES, UNITS, 0, purpose, 0.5f, false, mode, keys, whole);
        kernels.dropout(builder, "lower", IMAGES, UNITS / 2, 0, purpose, 0.5f, false, mode, keys, lower);
        kernels.dropout(builder, "upper", IMAGES, UNITS / 2, UNITS / 2, purpose, 0.5f, false, mode, keys, upper);
        builder.graph().transferToHost(DataTransferMode.EVERY_EXECUTION, whole, lower, upper);
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(builder.graph().snapshot())) {
            if (!grid.keySet().isEmpty()) {
                plan.withGridScheduler(grid);
            }
            plan.execute();
        }
        int kept = 0;
        for (int i = 0; i < whole.getSize(); i++) {
            kept += (int) whole.get(i);
            assertEquals(whole.get(i), i < lower.getSize() ? lower.get(i) : upper.get(i - lower.getSize()), "element " + i);
        }
        // Half of 1216, within five standard deviations of 17.4.
        assertEquals(608, kept, 87);
    }

    private static FloatArray ones(int length) {
        FloatArray ones = new FloatArray(length);
        ones.init(1);
        return ones;
    }
}
