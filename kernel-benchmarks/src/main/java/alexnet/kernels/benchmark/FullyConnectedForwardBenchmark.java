package alexnet.kernels.benchmark;

import org.openjdk.jmh.annotations.Param;

import alexnet.kernels.FullyConnectedShape;
import alexnet.kernels.Pass;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The operation {@code fullyConnectedForward} with bias and ReLU. What is timed: see {@link KernelBenchmark}. */
public class FullyConnectedForwardBenchmark extends KernelBenchmark {

    /** The layer whose shape it has. */
    @Param({"fc6", "fc7", "fc8"})
    public String layer;

    @Override
    void arrange(Arrangement a) {
        FullyConnectedShape shape = a.shapes.fullyConnected(a.layer(layer));
        FloatArray input = a.input(shape.inputLength());
        FloatArray weights = a.input(shape.weightLength());
        FloatArray bias = a.input(shape.units());
        FloatArray output = a.output(shape.outputLength());
        a.workspace(a.family.fullyConnected(Pass.FORWARD, shape).workspaceLength(Pass.FORWARD, shape));
        a.tasks(() -> a.family.fullyConnectedForward(a.builder, "task", shape, true, input, weights, bias, output));
    }
}
