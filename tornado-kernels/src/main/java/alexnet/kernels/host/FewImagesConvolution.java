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
    public int workspaceLength(Pass pass, ConvolutionShape s) {
        int pixels = FewImagesKernels.pixels(s.images(), s.width(), s.stride(), s.padding(), s.outputHeight(), s.outputWidth());
        return pass == Pass.FORWARD ? Math.addExact(panelsLength(s) + FewImagesKernels.copyLength(s), Math.multiplyExact(s.filters(), pixels)) : 0;
    }

    private static int panelsLength(ConvolutionShape s) {
        return s.groups() * Panels.length(s.filtersPerGroup(), s.channelsPerGroup() * s.size() * s.size());
    }

    @Override
    public void forward(GraphBuilder builder, String task, ConvolutionShape s, boolean relu, FloatArray input, FloatArray weights,
                        FloatArray bias, FloatArray output) {
        FloatArray workspace = builder.workspace(workspaceLength(Pass.FORWARD, s));
        int filterLength = s.channelsPerGroup() * s.size() * s.size();
        int copied = panelsLength(s);
        int panels = Math.ceilDiv(s.filtersPerGroup(), PackedProduct.ROWS);
        builder.graph()
                .task(task + "Panels", Panels::pack, s.groups(), s.filtersPerGroup(), s.filtersPerGroup() * filterLength, filterLength, 1,
                        filterLength, 0, weights, workspace)
                .task(task + "Split", FewImagesKernels::split, s.images(), s.channels(), s.height(), s.width(), s.stride(), s.padding(),
                        copied, input, workspace)
                .task(task, FewImagesKernels::convolutionForward, s.images(), s.channels(), s.height(), s.width(), s.filters(), s.size(),
                        s.stride(), s.padding(), s.groups(), s.outputHeight(), s.outputWidth(),
                        Blocks.parts(threads, s.groups(), panels), copied, copied + FewImagesKernels.copyLength(s), relu, workspace, bias,
                        output);
    }
}
