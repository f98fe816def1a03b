package alexnet.kernels.host;

import alexnet.kernels.ConvolutionAlgorithm;
import alexnet.kernels.ConvolutionShape;
import alexnet.kernels.GraphBuilder;
import alexnet.kernels.Pass;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Forwards, for batches that do not fill a vector: vectors of neighbouring pixels, see {@link FewImagesKernels}. */
final class FewImagesConvolution implements ConvolutionAlgorithm {

    private final int threads;

    /** Cuts the work for so many threads. */
    FewImagesConvolution(int threads) {
        this.threads = threads;
    }

    @Override
    public String name() {
        return "few images";
    }

    @Override
    public boolean supports(Pass pass, ConvolutionShape shape) {
        return pass == Pass.FORWARD;
    }

    @Override
    public boolean pays(Pass pass, ConvolutionShape shape) {
        return shape.images() < Lanes.COUNT;
    }

    @Override
    public void forward(GraphBuilder builder, String task, ConvolutionShape s, boolean relu, FloatArray input, FloatArray weights,
                        FloatArray bias, FloatArray output) {
        builder.graph().task(task, FewImagesKernels::convolutionForward, s.images(), s.channels(), s.height(), s.width(),
                s.filters(), s.size(), s.stride(), s.padding(), s.groups(), s.outputHeight(), s.outputWidth(),
                Blocks.parts(threads, s.groups(), s.filtersPerGroup()), relu, input, weights, bias, output);
    }

    @Override
    public void inputGradient(GraphBuilder builder, String task, ConvolutionShape s, FloatArray outputGradient, FloatArray weights,
                              FloatArray inputGradient) {
        throw new UnsupportedOperationException(name() + " has no way back");
    }

    @Override
    public void weightGradient(GraphBuilder builder, String task, ConvolutionShape s, FloatArray input, FloatArray outputGradient,
                               FloatArray weightGradient, FloatArray biasGradient) {
        throw new UnsupportedOperationException(name() + " has no way back");
    }
}
