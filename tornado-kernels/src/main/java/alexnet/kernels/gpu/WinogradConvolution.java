package alexnet.kernels.gpu;

import java.util.Optional;

import alexnet.kernels.ConvolutionAlgorithm;
import alexnet.kernels.ConvolutionShape;
import alexnet.kernels.GraphBuilder;
import alexnet.kernels.Pass;
import alexnet.kernels.WinogradTransform;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Winograd's minimal filtering in tiles of seven, at stride 1: F(5x5, 3x3) and F(3x3, 5x5). Both factors are transformed into the
 * workspace, all tiles of all images at once; then 49 products of matrices, one of each point, in one launch; then their transform back.
 *
 * <table>
 * <caption>What is multiplied, for each of 49 points and each group</caption>
 * <tr><th>pass</th><th>first</th><th>second</th><th>rows</th><th>columns</th><th>terms</th></tr>
 * <tr><td>forward</td><td>weights</td><td>input</td><td>filters</td><td>tiles</td><td>channels</td></tr>
 * <tr><td>input gradient</td><td>weights</td><td>output gradient</td><td>channels</td><td>tiles</td><td>filters</td></tr>
 * <tr><td>weight gradient</td><td>output gradient</td><td>input</td><td>filters</td><td>channels</td><td>tiles</td></tr>
 * </table>
 *
 * <p>A tile is one of an image; the workspace has first factor, second factor and result one behind the other.
 */
final class WinogradConvolution implements ConvolutionAlgorithm {

    private static final int POINTS = 49;
    /** Floats that an array may have so that places in it, counted in bytes, are no larger than an integer without sign. */
    private static final long MOST = 1L << 29;
    /** Filters and channels from which on the fewer products outweigh the transforms: as many multiplications are saved for each number that is transformed. */
    private static final int LEAST_CHANNELS = 32;

    private final DirectConvolution direct;
    private final GpuKernels.Tilings tilings;

    WinogradConvolution(DirectConvolution direct, GpuKernels.Tilings tilings) {
        this.direct = direct;
        this.tilings = tilings;
    }

    /** The extents of a pass. */
    private record Extents(ConvolutionShape shape, int side, int height, int width, int rows, int columns, int terms, Tiling tiling) {

        static Extents of(Pass pass, ConvolutionShape s, GpuKernels.Tilings tilings) {
            int side = POINTS_A_SIDE - s.size() + 1;
            boolean backward = pass == Pass.INPUT_GRADIENT;
            int height = backward ? s.height() : s.outputHeight();
            int width = backward ? s.width() : s.outputWidth();
            int tiles = Math.multiplyExact(Math.multiplyExact(count(height, side), count(width, side)), s.images());
            boolean byWeights = pass == Pass.WEIGHT_GRADIENT;
            int rows = backward ? s.channelsPerGroup() : s.filtersPerGroup();
            int columns = byWeights ? s.channelsPerGroup() : tiles;
            int terms = byWeights ? tiles : backward ? s.filtersPerGroup() : s.channelsPerGroup();
            return new Extents(s, side, height, width, rows, columns, terms, tilings.of(POINTS * s.groups(), rows, columns, terms));
        }

        private static int count(int extent, int side) {
            return (extent + side - 1) / side;
        }

        int parts() {
            return POINTS * shape.groups();
        }

        int tileRows() {
            return count(height, side);
        }

        int tileColumns() {
            return count(width, side);
        }

        long first() {
            return (long) parts() * rows * terms;
        }

        long second() {
            return (long) parts() * terms * columns;
        }

        long result() {
            return (long) parts() * rows * columns;
        }

        long length() {
            return first() + second() + tiling.splits() * result();
        }
    }

    private static final int POINTS_A_SIDE = 7;

    @Override
    public String name() {
        return "winograd";
    }

    @Override
    public boolean direct() {
        return false;
    }

    @Override
    public Optional<WinogradTransform> transform(Pass pass, ConvolutionShape s) {
        WinogradTransform transform = WinogradTransform.ofSeven(s.size());
        return Optional.of(pass == Pass.WEIGHT_GRADIENT ? transform.exchanged() : transform);
    }

    @Override
    public boolean supports(Pass pass, ConvolutionShape s) {
        return s.stride() == 1 && (s.size() == 3 || s.size() == 5) && extents(pass, s).length() <= MOST;
    }

    @Override
    public boolean pays(Pass pass, ConvolutionShape s) {
        return Math.min(s.channelsPerGroup(), s.filtersPerGroup()) >= LEAST_CHANNELS;
    }

    @Override
    public int workspaceLength(Pass pass, ConvolutionShape s) {
        int own = Math.toIntExact(extents(pass, s).length());
        return pass == Pass.WEIGHT_GRADIENT ? Math.max(own, direct.biasWorkspaceLength(s)) : own;
    }

    private Extents extents(Pass pass, ConvolutionShape shape) {
        return Extents.of(pass, shape, tilings);
    }

    @Override
    public void forward(GraphBuilder builder, String task, ConvolutionShape s, boolean relu, FloatArray input, FloatArray weights,
                        FloatArray bias, FloatArray output) {
        Extents e = extents(Pass.FORWARD, s);
        FloatArray workspace = builder.workspace(workspaceLength(Pass.FORWARD, s));
        transformWeights(builder, task, e, 0, weights, workspace);
        transformInput(builder, task, e, s.channels(), s.height(), s.width(), s.padding(), (int) e.first(), input, workspace);
        multiply(builder, task, e, 0, workspace);
        transformOutput(builder, task, e, s.filters(), true, relu, workspace, bias, output);
    }

    @Override
    public void inputGradient(GraphBuilder builder, String task, ConvolutionShape s, FloatArray outputGradient, FloatArray weights,
                              FloatArray inputGradient) {
        Extents e = extents(Pass.INPUT_GRADIENT, s);
        FloatArray workspace = builder.workspace(workspaceLength(Pass.INPUT_GRADIENT, s));
        transformWeights(builder, task, e, 1, weights, workspace);
        transformInput(builder, task, e, s.filters(), s.outputHeight(), s.outputWidth(), s.size() - 1 - s.padding(), (int) e.first(),
                outputGradient, workspace);
        multiply(builder, task, e, 0, workspace);
        transformOutput(builder, task, e, s.channels(), false, false, workspace, weights, inputGradient);
    }

    @Override
    public void weightGradient(GraphBuilder builder, String task, ConvolutionShape s, FloatArray input, FloatArray outputGradient,
                               FloatArray weightGradient, FloatArray biasGradient) {
        Extents e = extents(Pass.WEIGHT_GRADIENT, s);
        FloatArray workspace = builder.workspace(workspaceLength(Pass.WEIGHT_GRADIENT, s));
        builder.graph().task(task + "Gradients", WinogradKernels::transformFilters, e.side(), 1, 0, 0, e.height(), e.width(), s.images(),
                e.tileRows(), e.tileColumns(), s.filters() * e.terms(), 0, outputGradient, workspace);
        transformInput(builder, task, e, s.channels(), s.height(), s.width(), s.padding(), (int) e.first(), input, workspace);
        multiply(builder, task, e, 1, workspace);
        builder.graph().task(task + "Output", WinogradKernels::transformOutput, s.size(), 0, 1, 1, 1, 1, 1,
                s.filters() * s.channelsPerGroup(), (int) (e.first() + e.second()), 0, 0, workspace, outputGradient, weightGradient);
        direct.biasGradient(builder, task + "Bias", s, outputGradient, biasGradient);
    }

    private static void transformWeights(GraphBuilder builder, String task, Extents e, int turned, FloatArray weights, FloatArray workspace) {
        ConvolutionShape s = e.shape();
        builder.graph().task(task + "Weights", WinogradKernels::transformFilters, s.size(), s.filtersPerGroup(), s.channelsPerGroup(), turned,
                1, 1, 1, 1, 1, s.filters() * s.channelsPerGroup(), 0, weights, workspace);
    }

    private static void transformInput(GraphBuilder builder, String task, Extents e, int channels, int height, int width, int padding,
                                       int target, FloatArray map, FloatArray workspace) {
        builder.graph().task(task + "Input", WinogradKernels::transformInput, channels, height, width, e.shape().images(), padding, e.side(),
                e.tileRows(), e.tileColumns(), target, map, workspace);
    }

    private static void transformOutput(GraphBuilder builder, String task, Extents e, int planes, boolean biased, boolean relu,
                                        FloatArray workspace, FloatArray bias, FloatArray map) {
        builder.graph().task(task + "Output", WinogradKernels::transformOutput, e.side(), planes, e.height(), e.width(), e.shape().images(),
                e.tileRows(), e.tileColumns(), planes * e.columns(), (int) (e.first() + e.second()), biased ? 1 : 0, relu ? 1 : 0, workspace,
                bias, map);
    }

    private static void multiply(GraphBuilder builder, String task, Extents e, int inner, FloatArray workspace) {
        Tiling tiling = e.tiling();
        int result = (int) (e.first() + e.second());
        builder.graph().task(task + "Products", PointProducts::multiply, new KernelContext(), tiling.rows(), tiling.columns(), tiling.splits(),
                e.parts(), e.rows(), e.columns(), e.terms(), inner, 0, (int) e.first(), result, workspace);
        GpuKernels.group(builder, task + "Products", tiling.groups(), tiling.threads());
        if (tiling.splits() > 1) {
            builder.graph().task(task + "Sum", WinogradKernels::addUp, tiling.splits(), (int) e.result(), result, workspace);
        }
    }
}
