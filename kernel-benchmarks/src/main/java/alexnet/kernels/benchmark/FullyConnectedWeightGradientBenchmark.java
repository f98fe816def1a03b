package alexnet.kernels.benchmark;

import org.openjdk.jmh.annotations.Param;

import alexnet.kernels.FullyConnectedShape;
import alexnet.kernels.Pass;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The operation {@code fullyConnectedWeightGradient}, by weights and bias. What is timed: see {@link KernelBenchmark}. */
public class FullyConnectedWeightGradientBenchmark extends KernelBenchmark {

    /** The layer whose shape it has. */
    @Param({"fc6", "fc7", "fc8"})
    public String layer;

    @Override
    void arrange(Arrangement a) {
        FullyConnectedShape shape = a.shapes.fullyConnected(a.layer(layer));
        FloatArray input = a.input(shape.inputLength());
        FloatArray outputGradient = a.input(shape.outputLength());
        FloatArray weightGradient = a.output(shape.weightLength());
        FloatArray biasGradient = a.output(shape.units());
        a.workspace(a.family.fullyConnected(Pass.WEIGHT_GRADIENT, shape).workspaceLength(Pass.WEIGHT_GRADIENT, shape));
        a.tasks(() -> a.family.fullyConnectedWeightGradient(a.builder, "task", shape, input, outputGradient, weightGradient, biasGradient));
    }
}
