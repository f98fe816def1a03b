package alexnet.kernels.host.winograd;

import static alexnet.kernels.host.winograd.Transforms.POINTS;

import alexnet.kernels.ConvolutionShape;
import alexnet.kernels.GraphBuilder;
import alexnet.kernels.host.BiasKernels;
import alexnet.kernels.host.Blocks;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The gradient by the weights as minimal filtering whose filter is the gradient by the outputs: a tile of it, 5 x 5 or 3 x 3 pixels,
 * and the 7 x 7 inputs that these see come to 3 x 3 or 5 x 5 weights. What all tiles and images come to is summed up in the transformed
 * domain and brought back once. A convolution of a stride is one of its phases: {@code stride * stride} times the channels, filters
 * that are smaller by as much, and weights beyond the filter that nobody wants.
 *
 * <p>By strips of tiles: short ones, whose transforms stay in the caches, but not so short that the sums, which each strip reads and
 * writes, would take as long. A strip's products begin at zero and are added in the order of the strips, which depends on the shape alone.
 *
 * @param shape   the convolution
 * @param taps    rows and columns of a phase's filters, 3 or 5
 * @param threads threads of the device
 */
record WeightGradient(ConvolutionShape shape, int taps, int threads) {

    /** How many times as many numbers as the sums a strip has, about. */
    private static final int STRIP_OF_SUMS = 6;
    /** Numbers of a strip at most, if it has more than a tile: 48 MiB. */
    private static final int LONGEST_STRIP = 12 << 20;
    /** What keeps the points of a transform, which are written together, from falling into the same sets of a cache. */
    private static final int APART = 16;

    /** Of that convolution, on a device with so many threads. */
    WeightGradient(ConvolutionShape shape, int threads) {
        this(shape, Tiling.filter(shape), threads);
    }

    private int step() {
        return POINTS + 1 - taps;
    }

    private int tilesAcross() {
        return Math.ceilDiv(shape.outputWidth(), step());
    }

    private int tiles() {
        return tilesAcross() * Math.ceilDiv(shape.outputHeight(), step());
    }

    /** Panels of a group's channels. */
    private int panels() {
        return Math.ceilDiv(shape.channelsPerGroup() * shape.stride() * shape.stride(), ColumnProduct.ROWS);
    }

    /** Room for a group's filters. */
    private int filters() {
        int whole = shape.filtersPerGroup() / ColumnProduct.FILTERS * ColumnProduct.FILTERS;
        return shape.filtersPerGroup() == whole ? whole : whole + ColumnProduct.width(shape.filtersPerGroup() - whole);
    }

    private static long apart(long length) {
        return Math.ceilDiv(length, 2 * APART) * 2 * APART + APART;
    }

    private long inputPointStride(int tiles) {
        return apart((long) panels() * ColumnProduct.ROWS * tiles * GradientKernels.columns(shape.images()));
    }

    private long gradientPointStride(int tiles) {
        return apart((long) filters() * tiles * GradientKernels.columns(shape.images()));
    }

    private long sumPointStride() {
        return apart((long) panels() * ColumnProduct.ROWS * filters());
    }

    private long all(long pointStride) {
        return (long) shape.groups() * POINTS * POINTS * pointStride;
    }

    /** Tiles of a strip. */
    private int stripTiles() {
        long tile = all(inputPointStride(1)) + all(gradientPointStride(1));
        long most = Math.max(1, Math.min(LONGEST_STRIP, STRIP_OF_SUMS * all(sumPointStride())) / tile);
        int strips = (int) Math.ceilDiv(tiles(), most);
        return Math.ceilDiv(tiles(), strips);
    }

    /** How many numbers of the workspace it takes. */
    long workspaceLength() {
        return all(inputPointStride(stripTiles())) + all(gradientPointStride(stripTiles())) + all(sumPointStride());
    }

    /** Adds the tasks. */
    void add(GraphBuilder builder, String task, FloatArray input, FloatArray outputGradient, FloatArray weightGradient,
             FloatArray biasGradient) {
        ConvolutionShape s = shape;
        TaskGraph graph = builder.graph();
        FloatArray workspace = builder.workspace((int) workspaceLength());
        int inputPointStride = (int) inputPointStride(stripTiles());
        int gradientPointStride = (int) gradientPointStride(stripTiles());
        int sumPointStride = (int) sumPointStride();
        int gradient = (int) all(inputPointStride);
        int sums = gradient + (int) all(gradientPointStride);
        int columnBlocks = GradientKernels.columns(s.images()) / ColumnProduct.BLOCK;
        int stripes = s.groups() * Math.ceilDiv(s.filtersPerGroup(), ColumnProduct.FILTERS);
        for (int first = 0; first < tiles(); first += stripTiles()) {
            int tiles = Math.min(stripTiles(), tiles() - first);
            graph.task(task + "Input" + first, GradientKernels::input, s.images(), s.channels(), s.height(), s.width(), s.stride(), s.padding(),
                            s.groups(), step(), tilesAcross(), first, tiles, inputPointStride, input, workspace)
                    .task(task + "Gradient" + first, GradientKernels::outputGradient, s.images(), s.filters(), s.outputHeight(), s.outputWidth(),
                            s.groups(), step(), tilesAcross(), first, tiles, Blocks.parts(threads, stripes * tiles, columnBlocks), gradient,
                            gradientPointStride, outputGradient, workspace)
                    .task(task + "Products" + first, GradientKernels::products, s.images(), s.filters(), s.groups(), tiles, panels(), inputPointStride,
                            gradient, gradientPointStride, sums, sumPointStride, first > 0, workspace);
        }
        graph.task(task, GradientKernels::weights, s.channels(), s.filters(), s.size(), s.stride(), s.groups(), taps, panels(), sums,
                        sumPointStride, workspace, weightGradient)
                .task(task + "Bias", BiasKernels::gradient, s.filters(), s.outputHeight() * s.outputWidth() * s.images(), outputGradient,
                        biasGradient);
    }
}
