package alexnet.kernels.host.winograd;

import static alexnet.kernels.host.winograd.ColumnProduct.BLOCK;
import static alexnet.kernels.host.winograd.ColumnProduct.FILTERS;
import static alexnet.kernels.host.winograd.ColumnProduct.ROWS;
import static alexnet.kernels.host.winograd.Transforms.POINTS;

import alexnet.kernels.host.HostArrays;
import alexnet.kernels.host.Lanes;
import alexnet.kernels.host.Matrices;
import alexnet.kernels.host.Scratch;
import java.util.Arrays;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The tasks of {@link WeightGradient}, whose layouts they share. A column is an image of a tile; a tile's columns are whole blocks of
 * {@link ColumnProduct}. Where images are no multiple of the vector, the input's last vector is moved back to end with them, and the
 * columns of the gradient that meet an image for the second time are zeros.
 */
final class GradientKernels {

    /** Vectors that are transformed together; a tile of them, 25 KiB at 512 bits, stays in the first-level cache. */
    private static final int TOGETHER = 8;
    private static final int CHUNK = TOGETHER * Lanes.COUNT;

    private GradientKernels() {
    }

    /** Columns of a tile. */
    static int columns(int images) {
        return Math.ceilDiv(images, BLOCK) * BLOCK;
    }

    /**
     * Transforms the input's tiles by Bᵀ, to {@code [group][point][panel][tile][block][ROWS][BLOCK]}. Channels are those of the input
     * times {@code stride * stride} phases. A block is such a channel and a tile.
     *
     * @param step        outputs of a tile in a row
     * @param tilesAcross tiles in a row
     * @param firstTile   the first one transformed
     * @param tiles       how many
     * @param pointStride how far apart two points of the result are
     */
    static void input(int images, int channels, int height, int width, int stride, int padding, int groups, int step,
                      int tilesAcross, int firstTile, int tiles, int pointStride, FloatArray input, FloatArray workspace) {
        int phases = stride * stride;
        int groupChannels = channels / groups;
        int columns = columns(images);
        float[] source = HostArrays.floats(input);
        float[] target = HostArrays.floats(workspace);
        float[] half = Scratch.ofThread().floats((POINTS + 1) * POINTS * CHUNK);
        int row = POINTS * POINTS * CHUNK;
        Lines pixels = new Lines(source, stride * images, stride * width * images, FILTERS, images - Lanes.COUNT);
        Lines padded = new Lines(half, CHUNK, 0);
        Lines across = new Lines(half, CHUNK, POINTS * CHUNK);
        Lines down = new Lines(half, POINTS * CHUNK, CHUNK);
        Lines transformed = new Lines(target, POINTS * pointStride, pointStride, ROWS * BLOCK, Integer.MAX_VALUE);
        int taps = groupChannels * phases;
        for (@Parallel int block = 0; block < groups * taps * tiles; block++) {
            int group = block / tiles / taps;
            int channel = block / tiles % taps;
            int tile = block % tiles;
            int phase = channel % phases;
            int y = (firstTile + tile) / tilesAcross * step * stride - padding + phase / stride;
            int x = (firstTile + tile) % tilesAcross * step * stride - padding + phase % stride;
            int firstRow = Math.min(POINTS, Math.ceilDiv(Math.max(0, -y), stride));
            int endRow = Math.max(firstRow, Math.min(POINTS, Math.ceilDiv(height - y, stride)));
            int firstColumn = Math.min(POINTS, Math.ceilDiv(Math.max(0, -x), stride));
            int endColumn = Math.max(firstColumn, Math.min(POINTS, Math.ceilDiv(width - x, stride)));
            int plane = (group * groupChannels + channel / phases) * height;
            int to = group * POINTS * POINTS * pointStride + (channel / ROWS * tiles + tile) * columns * ROWS + channel % ROWS * BLOCK;
            for (int first = 0; first < columns / Lanes.COUNT; first += TOGETHER) {
                int vectors = Math.min(TOGETHER, columns / Lanes.COUNT - first);
                Arrays.fill(half, 0, firstRow * POINTS * CHUNK, 0);
                Arrays.fill(half, endRow * POINTS * CHUNK, row, 0);
                if (endColumn - firstColumn == POINTS) {
                    Transforms.input(pixels, ((plane + y + firstRow * stride) * width + x) * images, first,
                            across, firstRow * POINTS * CHUNK, 0, endRow - firstRow, vectors);
                } else {
                    Arrays.fill(half, row, row + POINTS * CHUNK, 0);
                    for (int i = firstRow; i < endRow; i++) {
                        for (int j = firstColumn; j < endColumn; j++) {
                            int from = ((plane + y + i * stride) * width + x + j * stride) * images;
                            for (int v = 0; v < vectors; v++) {
                                System.arraycopy(source, from + pixels.at(first + v), half, row + j * CHUNK + v * Lanes.COUNT, Lanes.COUNT);
                            }
                        }
                        Transforms.input(padded, row, 0, across, i * POINTS * CHUNK, 0, 1, vectors);
                    }
                }
                Transforms.input(down, 0, 0, transformed, to, first, POINTS, vectors);
            }
        }
    }

    /**
     * Transforms the gradient's tiles by G, to {@code [group][point][stripe][tile][column][filter]} from {@code start} on, where a
     * stripe is as wide as {@link ColumnProduct#width} says. They are transposed first, so that filters are neighbours. A block is a
     * stripe, a tile and some of the images.
     *
     * @param step        pixels of a tile in a row
     * @param tilesAcross tiles in a row
     * @param firstTile   the first one transformed
     * @param tiles       how many
     * @param parts       in how many blocks the images are cut
     * @param pointStride how far apart two points of the result are
     */
    static void outputGradient(int images, int filters, int height, int width, int groups, int step, int tilesAcross, int firstTile,
                               int tiles, int parts, int start, int pointStride, FloatArray outputGradient, FloatArray workspace) {
        int groupFilters = filters / groups;
        int stripes = Math.ceilDiv(groupFilters, FILTERS);
        int columns = columns(images);
        int whole = images / Lanes.COUNT * Lanes.COUNT;
        int rest = images - whole;
        int doubled = rest == 0 ? 0 : Lanes.COUNT - rest;
        float[] source = HostArrays.floats(outputGradient);
        float[] target = HostArrays.floats(workspace);
        int half = step * step * columns * FILTERS;
        float[] scratch = Scratch.ofThread().floats(half + step * POINTS * CHUNK);
        Lines across = new Lines(scratch, CHUNK, POINTS * CHUNK);
        Lines down = new Lines(scratch, POINTS * CHUNK, CHUNK);
        Lines transformed = new Lines(target, POINTS * pointStride, pointStride);
        for (@Parallel int block = 0; block < groups * stripes * tiles * parts; block++) {
            int group = block / parts / tiles / stripes;
            int stripe = block / parts / tiles % stripes;
            int tile = block / parts % tiles;
            int firstColumn = block % parts * (columns / BLOCK) / parts * BLOCK;
            int endColumn = (block % parts + 1) * (columns / BLOCK) / parts * BLOCK;
            int full = Math.clamp(whole, firstColumn, endColumn);
            int top = (firstTile + tile) / tilesAcross * step;
            int left = (firstTile + tile) % tilesAcross * step;
            int stripeFilters = Math.min(FILTERS, groupFilters - stripe * FILTERS);
            int stripeWidth = ColumnProduct.width(stripeFilters);
            int pixel = (endColumn - firstColumn) * stripeWidth;
            for (int y = 0; y < step; y++) {
                for (int x = 0; x < step; x++) {
                    int to = (y * step + x) * pixel;
                    if (top + y >= height || left + x >= width) {
                        Arrays.fill(scratch, to, to + pixel, 0);
                        continue;
                    }
                    int from = ((group * groupFilters + stripe * FILTERS) * height * width + (top + y) * width + left + x) * images;
                    int plane = height * width * images;
                    Matrices.transpose(source, from + firstColumn, plane, stripeFilters, full - firstColumn, scratch, to, stripeWidth);
                    Arrays.fill(scratch, to + (full - firstColumn) * stripeWidth, to + pixel, 0);
                    if (full < endColumn) {
                        Matrices.transpose(source, from + whole, plane, stripeFilters, rest, scratch,
                                to + (whole + doubled - firstColumn) * stripeWidth, stripeWidth);
                    }
                }
            }
            Lines pixels = new Lines(scratch, pixel, step * pixel);
            int to = start + group * POINTS * POINTS * pointStride + (stripe * FILTERS * tiles + tile * stripeWidth) * columns
                    + firstColumn * stripeWidth;
            int count = pixel / Lanes.COUNT;
            for (int first = 0; first < count; first += TOGETHER) {
                int vectors = Math.min(TOGETHER, count - first);
                Transforms.filter(step, pixels, 0, first, across, half, 0, step, vectors);
                Transforms.filter(step, down, half, 0, transformed, to, first, POINTS, vectors);
            }
        }
    }

    /**
     * Adds the products of a strip to the transformed gradient, {@code [group][point][stripe][channel][filter]}. A block is a stripe
     * at a point.
     *
     * @param add whether to add to what is there
     */
    static void products(int images, int filters, int groups, int tiles, int panels, int inputPointStride, int gradient, int gradientPointStride,
                         int sums, int sumPointStride, boolean add, FloatArray workspace) {
        int groupFilters = filters / groups;
        int stripes = Math.ceilDiv(groupFilters, FILTERS);
        int columns = tiles * columns(images);
        float[] numbers = HostArrays.floats(workspace);
        ColumnProduct product = new ColumnProduct(numbers, numbers, numbers);
        for (@Parallel int block = 0; block < groups * POINTS * POINTS * stripes; block++) {
            int point = block / stripes;
            int stripe = block % stripes;
            int stripeWidth = ColumnProduct.width(groupFilters - stripe * FILTERS);
            int right = gradient + point * gradientPointStride + stripe * FILTERS * columns;
            int target = sums + point * sumPointStride + stripe * FILTERS * panels * ROWS;
            for (int panel = 0; panel < panels; panel++) {
                product.multiply(point * inputPointStride + panel * columns * ROWS, right, columns / BLOCK, stripeWidth,
                        target + panel * ROWS * stripeWidth, add);
            }
        }
    }

    /**
     * Brings the sums back by Aᵀ to the weights. A block is a panel of channels and a stripe of filters.
     *
     * @param size  rows and columns of a filter
     * @param taps  of these in a phase, 3 or 5
     */
    static void weights(int channels, int filters, int size, int stride, int groups, int taps, int panels, int sums, int sumPointStride,
                        FloatArray workspace, FloatArray weightGradient) {
        int phases = stride * stride;
        int groupChannels = channels / groups;
        int groupFilters = filters / groups;
        int stripes = Math.ceilDiv(groupFilters, FILTERS);
        float[] source = HostArrays.floats(workspace);
        float[] gradient = HostArrays.floats(weightGradient);
        int half = taps * taps * ROWS * FILTERS;
        float[] scratch = Scratch.ofThread().floats(half + POINTS * taps * CHUNK);
        Lines transformed = new Lines(source, sumPointStride, POINTS * sumPointStride);
        Lines across = new Lines(scratch, CHUNK, taps * CHUNK);
        Lines down = new Lines(scratch, taps * CHUNK, CHUNK);
        for (@Parallel int block = 0; block < groups * stripes * panels; block++) {
            int group = block / panels / stripes;
            int stripe = block / panels % stripes;
            int panel = block % panels;
            int stripeFilters = Math.min(FILTERS, groupFilters - stripe * FILTERS);
            int stripeWidth = ColumnProduct.width(stripeFilters);
            int tap = ROWS * stripeWidth;
            int from = sums + group * POINTS * POINTS * sumPointStride + stripe * FILTERS * panels * ROWS + panel * tap;
            Lines result = new Lines(scratch, taps * tap, tap);
            for (int first = 0; first < tap / Lanes.COUNT; first += TOGETHER) {
                int vectors = Math.min(TOGETHER, tap / Lanes.COUNT - first);
                Transforms.output(taps, transformed, from, first, across, half, 0, POINTS, vectors);
                Transforms.output(taps, down, half, 0, result, 0, first, taps, vectors);
            }
            for (int channel = 0; channel < Math.min(ROWS, groupChannels * phases - panel * ROWS); channel++) {
                int phase = (panel * ROWS + channel) % phases;
                int plane = (group * groupFilters + stripe * FILTERS) * groupChannels + (panel * ROWS + channel) / phases;
                for (int i = 0; i < taps && i * stride + phase / stride < size; i++) {
                    for (int j = 0; j < taps && j * stride + phase % stride < size; j++) {
                        int weight = (plane * size + i * stride + phase / stride) * size + j * stride + phase % stride;
                        for (int filter = 0; filter < stripeFilters; filter++) {
                            gradient[weight + filter * groupChannels * size * size] =
                                    scratch[(i * taps + j) * tap + channel * stripeWidth + filter];
                        }
                    }
                }
            }
        }
    }
}
