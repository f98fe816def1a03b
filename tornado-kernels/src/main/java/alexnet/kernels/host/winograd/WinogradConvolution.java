package alexnet.kernels.host.winograd;

import java.util.Optional;

import alexnet.kernels.ConvolutionAlgorithm;
import alexnet.kernels.ConvolutionShape;
import alexnet.kernels.GraphBuilder;
import alexnet.kernels.Pass;
import alexnet.kernels.WinogradTransform;
import alexnet.kernels.host.Lanes;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Winograd's minimal filtering, F(5, 3) and F(3, 5) in two dimensions, see {@link WinogradKernels}. */
public final class WinogradConvolution implements ConvolutionAlgorithm {

    private final int threads;

    /** Cuts the work for so many threads. */
    public WinogradConvolution(int threads) {
        this.threads = threads;
    }

    @Override
    public String name() {
        return "winograd";
    }

    @Override
    public boolean direct() {
        return false;
    }

    @Override
    public boolean supports(Pass pass, ConvolutionShape shape) {
        int filter = Tiling.filter(shape);
        return (filter == 3 || filter == 5) && shape.images() >= Lanes.COUNT
                && (pass == Pass.FORWARD || pass == Pass.INPUT_GRADIENT && shape.stride() == 1);
    }

    @Override
    public Optional<WinogradTransform> transform(Pass pass, ConvolutionShape shape) {
        return Optional.of(WinogradTransform.ofSeven(Tiling.filter(shape)));
    }

    @Override
    public int workspaceLength(Pass pass, ConvolutionShape shape) {
        return new Tiling(shape, pass == Pass.INPUT_GRADIENT, threads).length();
    }

    @Override
    public void forward(GraphBuilder builder, String task, ConvolutionShape s, boolean relu, FloatArray input, FloatArray weights,
                        FloatArray bias, FloatArray output) {
        FloatArray workspace = builder.workspace(workspaceLength(Pass.FORWARD, s));
        builder.graph()
                .task(task + "Weights", WinogradKernels::weights, s.images(), s.channels(), s.height(), s.width(), s.filters(), s.size(),
                        s.stride(), s.padding(), s.groups(), false, threads, weights, workspace)
                .task(task, WinogradKernels::forward, s.images(), s.channels(), s.height(), s.width(), s.filters(), s.size(), s.stride(),
                        s.padding(), s.groups(), threads, relu, input, bias, output, workspace);
    }

    @Override
    public void inputGradient(GraphBuilder builder, String task, ConvolutionShape s, FloatArray outputGradient, FloatArray weights,
                              FloatArray inputGradient) {
        FloatArray workspace = builder.workspace(workspaceLength(Pass.INPUT_GRADIENT, s));
        builder.graph()
                .task(task + "Weights", WinogradKernels::weights, s.images(), s.channels(), s.height(), s.width(), s.filters(), s.size(),
                        s.stride(), s.padding(), s.groups(), true, threads, weights, workspace)
                .task(task, WinogradKernels::inputGradient, s.images(), s.channels(), s.height(), s.width(), s.filters(), s.size(),
                        s.stride(), s.padding(), s.groups(), threads, outputGradient, inputGradient, workspace);
    }

    @Override
    public void weightGradient(GraphBuilder builder, String task, ConvolutionShape s, FloatArray input, FloatArray outputGradient,
                               FloatArray weightGradient, FloatArray biasGradient) {
        throw new UnsupportedOperationException(name() + " has no weight gradient");
    }
}
