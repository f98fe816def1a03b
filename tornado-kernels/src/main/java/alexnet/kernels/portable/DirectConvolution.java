package alexnet.kernels.portable;

import alexnet.kernels.ConvolutionAlgorithm;
import alexnet.kernels.ConvolutionShape;
import alexnet.kernels.GraphBuilder;
import alexnet.kernels.Pass;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The definition, tile by tile, see {@link ConvolutionKernels}. */
final class DirectConvolution implements ConvolutionAlgorithm {

    @Override
    public String name() {
        return "direct";
    }

    @Override
    public boolean supports(Pass pass, ConvolutionShape shape) {
        return true;
    }

    @Override
    public void forward(GraphBuilder builder, String task, ConvolutionShape s, boolean relu, FloatArray input, FloatArray weights,
                        FloatArray bias, FloatArray output) {
        builder.graph().task(task, ConvolutionKernels::convolutionForward, s.images(), s.channels(), s.height(), s.width(),
                s.filters(), s.size(), s.stride(), s.padding(), s.groups(), flag(relu), input, weights, bias, output);
    }

    @Override
    public void inputGradient(GraphBuilder builder, String task, ConvolutionShape s, FloatArray outputGradient, FloatArray weights,
                              FloatArray inputGradient) {
        builder.graph().task(task, ConvolutionKernels::convolutionInputGradient, s.images(), s.channels(), s.height(),
                s.width(), s.filters(), s.size(), s.stride(), s.padding(), s.groups(), outputGradient, weights, inputGradient);
    }

    @Override
    public void weightGradient(GraphBuilder builder, String task, ConvolutionShape s, FloatArray input, FloatArray outputGradient,
                               FloatArray weightGradient, FloatArray biasGradient) {
        builder.graph()
                .task(task, ConvolutionKernels::convolutionWeightGradient, s.images(), s.channels(), s.height(), s.width(),
                        s.filters(), s.size(), s.stride(), s.padding(), s.groups(), input, outputGradient, weightGradient)
                .task(task + "Bias", ConvolutionKernels::convolutionBiasGradient, s.images(), s.filters(),
                        s.outputHeight() * s.outputWidth(), outputGradient, biasGradient);
    }

    /** OpenCL has no boolean parameters. */
    private static int flag(boolean value) {
        return value ? 1 : 0;
    }
}
