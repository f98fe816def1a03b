package alexnet.kernels.benchmark;

import org.openjdk.jmh.annotations.Param;

import alexnet.kernels.ConvolutionShape;
import alexnet.kernels.Pass;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The operation {@code convolutionInputGradient}; the first layer needs none. What is timed: see {@link KernelBenchmark}. */
public class ConvolutionInputGradientBenchmark extends KernelBenchmark {

    /** The layer whose shape it has. */
    @Param({"conv2", "conv3", "conv4", "conv5"})
    public String layer;

    @Override
    void arrange(Arrangement a) {
        ConvolutionShape shape = a.shapes.convolution(a.layer(layer));
        FloatArray outputGradient = a.input(shape.outputLength());
        FloatArray weights = a.input(shape.weightLength());
        FloatArray inputGradient = a.output(shape.inputLength());
        a.workspace(a.family.convolution(Pass.INPUT_GRADIENT, shape).workspaceLength(Pass.INPUT_GRADIENT, shape));
        a.tasks(() -> a.family.convolutionInputGradient(a.builder, "task", shape, outputGradient, weights, inputGradient));
    }
}
