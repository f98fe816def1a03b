package alexnet.kernels.benchmark;

import org.openjdk.jmh.annotations.Param;

import alexnet.kernels.FullyConnectedShape;
import alexnet.kernels.Pass;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The operation {@code fullyConnectedInputGradient}. What is timed: see {@link KernelBenchmark}. */
public class FullyConnectedInputGradientBenchmark extends KernelBenchmark {

    /** The layer whose shape it has. */
    @Param({"fc6", "fc7", "fc8"})
    public String layer;

    @Override
    void arrange(Arrangement a) {
        FullyConnectedShape shape = a.shapes.fullyConnected(a.layer(layer));
        FloatArray outputGradient = a.input(shape.outputLength());
        FloatArray weights = a.input(shape.weightLength());
        FloatArray inputGradient = a.output(shape.inputLength());
        a.workspace(a.family.fullyConnected(Pass.INPUT_GRADIENT, shape).workspaceLength(Pass.INPUT_GRADIENT, shape));
        a.tasks(() -> a.family.fullyConnectedInputGradient(a.builder, "task", shape, outputGradient, weights, inputGradient));
    }
}
