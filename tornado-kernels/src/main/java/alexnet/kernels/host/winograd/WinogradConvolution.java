package alexnet.kernels.host.winograd;

import java.util.Optional;

import alexnet.kernels.ConvolutionAlgorithm;
import alexnet.kernels.ConvolutionShape;
import alexnet.kernels.GraphBuilder;
import alexnet.kernels.Pass;
import alexnet.kernels.WinogradTransform;
import alexnet.kernels.host.Lanes;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Winograd's minimal filtering, F(5, 3) and F(3, 5) in two dimensions, see {@link WinogradKernels} and {@link WeightGradient}. */
public final class WinogradConvolution implements ConvolutionAlgorithm {

    /** Multiplications of a product, done from registers, that take as long as bringing a number of a tile to the transform and back. */
    private static final int TRANSFORM = 30;
    /** The same for a weight, which is transformed once for all tiles. */
    private static final int WEIGHT = 5;

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
                && (pass != Pass.INPUT_GRADIENT || shape.stride() == 1)
                && length(pass, shape) < Integer.MAX_VALUE - 16;
    }

    /**
     * Whether the multiplications that it saves would take longer than the transforms; these are many beside the products where there are few
     * maps, and those of the weights where tiles and images are few. Multiplications are counted by vectors.
     */
    @Override
    public boolean pays(Pass pass, ConvolutionShape s) {
        Tiling t = tiling(pass, s);
        long rows = (long) t.panels * PointProducts.ROWS;
        long direct = (long) t.resultHeight * t.resultWidth * t.size * t.size * t.maps * rows;
        long products = t.tiles * t.taps * rows;
        long transformed = (long) t.tiles * (t.taps + t.results);
        long ofWeights = t.taps * rows / t.vectors;
        return Tiling.TILE_POINTS * (products + TRANSFORM * transformed + WEIGHT * ofWeights) < direct;
    }

    @Override
    public Optional<WinogradTransform> transform(Pass pass, ConvolutionShape shape) {
        WinogradTransform transform = WinogradTransform.ofSeven(Tiling.filter(shape));
        return Optional.of(pass == Pass.WEIGHT_GRADIENT ? transform.exchanged() : transform);
    }

    private Tiling tiling(Pass pass, ConvolutionShape shape) {
        return new Tiling(shape, pass == Pass.INPUT_GRADIENT, threads);
    }

    @Override
    public int workspaceLength(Pass pass, ConvolutionShape shape) {
        return (int) length(pass, shape);
    }

    private long length(Pass pass, ConvolutionShape shape) {
        return pass == Pass.WEIGHT_GRADIENT ? new WeightGradient(shape, threads).workspaceLength() : tiling(pass, shape).length();
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
        new WeightGradient(s, threads).add(builder, task, input, outputGradient, weightGradient, biasGradient);
    }
}
