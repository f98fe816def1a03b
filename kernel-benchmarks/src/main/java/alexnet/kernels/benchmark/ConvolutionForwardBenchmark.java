package alexnet.kernels.benchmark;

import org.openjdk.jmh.annotations.Param;

import alexnet.kernels.ConvolutionShape;
import alexnet.kernels.Pass;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The operation {@code convolutionForward} with bias and ReLU. What is timed: see {@link KernelBenchmark}. */
public class ConvolutionForwardBenchmark extends KernelBenchmark {

    /** The layer whose shape it has. */
    @Param({"conv1", "conv2", "conv3", "conv4", "conv5"})
    public String layer;

    @Override
    void arrange(Arrangement a) {
        ConvolutionShape shape = a.shapes.convolution(a.layer(layer));
        FloatArray input = a.input(shape.inputLength());
        FloatArray weights = a.input(shape.weightLength());
        FloatArray bias = a.input(shape.filters());
        FloatArray output = a.output(shape.outputLength());
        a.workspace(a.family.convolution(Pass.FORWARD, shape).workspaceLength(Pass.FORWARD, shape));
        a.tasks(() -> a.family.convolutionForward(a.builder, "task", shape, input, weights, bias, output));
    }
}
