package alexnet.kernels.host;

import alexnet.kernels.ConvolutionAlgorithm;
import alexnet.kernels.ConvolutionShape;
import alexnet.kernels.GraphBuilder;
import alexnet.kernels.Pass;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The definition, as one product for each pixel or weight, see {@link ConvolutionKernels} and {@link WeightGradientKernels}. */
final class DirectConvolution implements ConvolutionAlgorithm {

    private final int threads;

    /** Cuts the work for so many threads. */
    DirectConvolution(int threads) {
        this.threads = threads;
    }

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
        builder.graph().task(task, ConvolutionKernels::forward, s.images(), s.channels(), s.height(), s.width(), s.filters(),
                s.size(), s.stride(), s.padding(), s.groups(), s.outputHeight(), s.outputWidth(),
                Blocks.parts(threads, s.groups() * s.outputHeight(), s.outputWidth()), relu, input, weights, bias, output);
    }

    @Override
    public void inputGradient(GraphBuilder builder, String task, ConvolutionShape s, FloatArray outputGradient, FloatArray weights,
                              FloatArray inputGradient) {
        builder.graph().task(task, ConvolutionKernels::inputGradient, s.images(), s.channels(), s.height(), s.width(),
                s.filters(), s.size(), s.stride(), s.padding(), s.groups(), s.outputHeight(), s.outputWidth(),
                Blocks.parts(threads, s.groups() * s.height(), s.width()), outputGradient, weights, inputGradient);
    }

    @Override
    public void weightGradient(GraphBuilder builder, String task, ConvolutionShape s, FloatArray input, FloatArray outputGradient,
                               FloatArray weightGradient, FloatArray biasGradient) {
        int stripes = WeightGradientKernels.stripes(s.filtersPerGroup());
        builder.graph()
                .task(task, WeightGradientKernels::gradient, s.images(), s.channels(), s.height(), s.width(), s.filters(),
                        s.size(), s.stride(), s.padding(), s.groups(), s.outputHeight(), s.outputWidth(), stripes,
                        Blocks.parts(threads, s.groups() * stripes, s.size()), input, outputGradient, weightGradient)
                .task(task + "Bias", BiasKernels::gradient, s.filters(), s.outputHeight() * s.outputWidth() * s.images(),
                        outputGradient, biasGradient);
    }
}
