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
    public int workspaceLength(Pass pass, ConvolutionShape s) {
        int window = s.size() * s.size();
        return switch (pass) {
            case FORWARD -> Math.multiplyExact(s.groups(), Panels.length(s.filtersPerGroup(), s.channelsPerGroup() * window));
            case INPUT_GRADIENT -> Math.multiplyExact(s.groups(), Panels.length(s.channelsPerGroup(), s.filtersPerGroup() * window));
            case WEIGHT_GRADIENT -> WeightGradientKernels.workspaceLength(s, rowParts(s));
        };
    }

    @Override
    public void forward(GraphBuilder builder, String task, ConvolutionShape s, boolean relu, FloatArray input, FloatArray weights,
                        FloatArray bias, FloatArray output) {
        int filterLength = s.channelsPerGroup() * s.size() * s.size();
        FloatArray panels = builder.workspace(workspaceLength(Pass.FORWARD, s));
        builder.graph().task(task + "Panels", Panels::pack, s.groups(), s.filtersPerGroup(), s.filtersPerGroup() * filterLength, filterLength,
                1, filterLength, 0, weights, panels);
        builder.graph().task(task, ConvolutionKernels::forward, s.images(), s.channels(), s.height(), s.width(), s.filters(),
                s.size(), s.stride(), s.padding(), s.groups(), s.outputHeight(), s.outputWidth(),
                Blocks.parts(threads, s.groups() * s.outputHeight(), s.outputWidth()), relu, input, panels, bias, output);
    }

    @Override
    public void inputGradient(GraphBuilder builder, String task, ConvolutionShape s, FloatArray outputGradient, FloatArray weights,
                              FloatArray inputGradient) {
        int window = s.size() * s.size();
        FloatArray panels = builder.workspace(workspaceLength(Pass.INPUT_GRADIENT, s));
        builder.graph().task(task + "Panels", Panels::pack, s.groups(), s.channelsPerGroup(), s.filtersPerGroup() * s.channelsPerGroup() * window,
                window, s.filtersPerGroup(), window, s.channelsPerGroup() * window, weights, panels);
        builder.graph().task(task, ConvolutionKernels::inputGradient, s.images(), s.channels(), s.height(), s.width(),
                s.filters(), s.size(), s.stride(), s.padding(), s.groups(), s.outputHeight(), s.outputWidth(),
                Blocks.parts(threads, s.groups() * s.height(), s.width()), outputGradient, panels, inputGradient);
    }

    @Override
    public void weightGradient(GraphBuilder builder, String task, ConvolutionShape s, FloatArray input, FloatArray outputGradient,
                               FloatArray weightGradient, FloatArray biasGradient) {
        int stripes = WeightGradientKernels.stripes(s.filtersPerGroup());
        FloatArray workspace = builder.workspace(workspaceLength(Pass.WEIGHT_GRADIENT, s));
        if (rowParts(s) > 1) {
            builder.graph().task(task + "Transposed", WeightGradientKernels::transpose, s.images(), s.channelsPerGroup(), s.filters(), s.size(),
                    s.groups(), s.outputHeight(), s.outputWidth(), stripes, outputGradient, workspace);
        }
        builder.graph()
                .task(task, WeightGradientKernels::gradient, s.images(), s.channels(), s.height(), s.width(), s.filters(),
                        s.size(), s.stride(), s.padding(), s.groups(), s.outputHeight(), s.outputWidth(), stripes, rowParts(s), input,
                        outputGradient, workspace, weightGradient)
                .task(task + "Bias", BiasKernels::gradient, s.filters(), s.outputHeight() * s.outputWidth() * s.images(),
                        outputGradient, biasGradient);
    }

    private int rowParts(ConvolutionShape s) {
        return Blocks.parts(threads, s.groups() * WeightGradientKernels.stripes(s.filtersPerGroup()), s.size());
    }
}
