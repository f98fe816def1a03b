package alexnet.kernels.benchmark;

import org.openjdk.jmh.annotations.Param;

import alexnet.kernels.ConvolutionShape;
import alexnet.kernels.Pass;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The operation {@code convolutionWeightGradient}, by weights and bias. What is timed: see {@link KernelBenchmark}. */
public class ConvolutionWeightGradientBenchmark extends KernelBenchmark {

    /** The layer whose shape it has. */
    @Param({"conv1", "conv2", "conv3", "conv4", "conv5"})
    public String layer;

    @Override
    void arrange(Arrangement a) {
        ConvolutionShape shape = a.shapes.convolution(a.layer(layer));
        FloatArray input = a.input(shape.inputLength());
        FloatArray outputGradient = a.input(shape.outputLength());
        FloatArray weightGradient = a.output(shape.weightLength());
        FloatArray biasGradient = a.output(shape.filters());
        a.workspace(a.family.convolution(Pass.WEIGHT_GRADIENT, shape).workspaceLength(Pass.WEIGHT_GRADIENT, shape));
        a.tasks(() -> a.family.convolutionWeightGradient(a.builder, "task", shape, input, outputGradient, weightGradient, biasGradient));
    }
}
