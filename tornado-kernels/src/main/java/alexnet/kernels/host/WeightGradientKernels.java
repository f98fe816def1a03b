package alexnet.kernels.host;

import java.util.Arrays;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The weight gradient of a convolution, the one sum over images and pixels, as {@link DotProduct}s of rows of the output's
 * gradient with rows of the input.
 *
 * <p>A block is a few filters and channels with their taps. It goes through the output row by row, in spans of a few
 * pixels, and through all taps for each span, so that the span of the gradient stays in the first-level cache for all of
 * them and the input's rows stay in the second-level cache for all the output rows that see them. The tiles' sums wait in
 * scratch memory meanwhile. The channels of one tile always use the same tap, so that all of them meet the border at the
 * same pixels.
 */
final class WeightGradientKernels {

    /** Filters of a block. */
    private static final int FILTERS = 8;
    /** Channels of a block. */
    private static final int CHANNELS = DotProduct.RIGHT_ROWS;
    /** Numbers in a span of one filter's gradient: with {@link #FILTERS} of them 16 KiB, half a first-level cache. */
    private static final int SPAN = 512;
    /** Numbers that the sums of one tap take. */
    private static final int TAP_TILES = FILTERS / DotProduct.LEFT_ROWS * DotProduct.TILE;
    private WeightGradientKernels() {
    }

    /** The number of blocks of whole windows. */
    static int windowBlocks(int groups, int groupFilters, int groupChannels) {
        return groups * Math.ceilDiv(groupFilters, FILTERS) * Math.ceilDiv(groupChannels, CHANNELS);
    }

    /**
     * In how many blocks a window is split: a whole window reads the gradient only once, but a first layer has too few of
     * them to share among many threads, and is split into the window's rows. The sums are the same either way.
     */
    static int windowParts(int windowBlocks, int size) {
        return Blocks.parts(windowBlocks, size) > 1 ? size : 1;
    }

    /** The gradient by the weights; overwrites it. The arrays are those of {@link alexnet.kernels.ConvolutionShape}. */
    static void gradient(int images, int channels, int height, int width, int filters, int size, int stride, int padding,
                         int groups, int outputHeight, int outputWidth, int windowBlocks, int windowParts,
                         FloatArray input, FloatArray outputGradient, FloatArray weightGradient) {
        int groupChannels = channels / groups;
        int groupFilters = filters / groups;
        int channelBlocks = Math.ceilDiv(groupChannels, CHANNELS);
        int groupBlocks = windowBlocks * windowParts / groups;
        int partRows = size / windowParts;
        int inputPlane = height * width * images;
        int outputPlane = outputHeight * outputWidth * images;
        // Where neighbouring windows are one pixel apart, a row of the gradient and the row of the input that a tap sees are
        // each one run of numbers, to be cut into vectors anywhere. Otherwise every pixel is a run.
        boolean contiguous = stride == 1;
        int rowLength = outputWidth * images;
        int unit = contiguous ? Lanes.COUNT : images;
        int units = Math.ceilDiv(rowLength, unit);
        int spans = Math.min(units, Math.ceilDiv(rowLength, SPAN));
        int spanUnits = Math.ceilDiv(units, spans);
        float[] gradient = HostArrays.floats(weightGradient);
        float[] sums = Scratch.ofThread().floats(size * size * TAP_TILES);
        DotProduct product = Scratch.ofThread().dotProduct();
        product.operands(HostArrays.floats(outputGradient), outputPlane, HostArrays.floats(input), inputPlane, sums);
        if (contiguous) {
            product.steps().line(spanUnits, Lanes.COUNT, Lanes.COUNT);
        } else {
            product.steps().strides(spanUnits, images, stride * images, Lanes.COUNT, Lanes.COUNT, 0, 0);
            product.steps().box(0, images / Lanes.COUNT, 1);
        }
        for (@Parallel int block = 0; block < windowBlocks * windowParts; block++) {
            int group = block / groupBlocks;
            int firstFilter = block % groupBlocks / (channelBlocks * windowParts) * FILTERS;
            int firstChannel = block / windowParts % channelBlocks * CHANNELS;
            int firstTapRow = block % windowParts * partRows;
            int endTapRow = firstTapRow + partRows;
            int blockFilters = Math.min(FILTERS, groupFilters - firstFilter);
            int blockChannels = Math.min(CHANNELS, groupChannels - firstChannel);
            int outputStart = (group * groupFilters + firstFilter) * outputPlane;
            int inputStart = (group * groupChannels + firstChannel) * inputPlane;
            Arrays.fill(sums, firstTapRow * size * TAP_TILES, endTapRow * size * TAP_TILES, 0);
            for (int row = 0; row < outputHeight; row++) {
                int top = row * stride - padding;
                for (int span = 0; span < spans; span++) {
                    int from = span * units / spans * unit;
                    int to = (span + 1) * units / spans * unit;
                    for (int tapRow = Math.max(firstTapRow, -top); tapRow < Math.min(endTapRow, height - top); tapRow++) {
                        for (int tapColumn = 0; tapColumn < size; tapColumn++) {
                            // The part of the row whose tap lies inside the input, and of that the span, moved so that only
                            // the last span of a row can end in less than a vector.
                            int left = tapColumn - padding;
                            int begin = Math.max(0, Math.ceilDiv(-left, stride)) * images;
                            int end = Math.min(outputWidth, Math.floorDiv(width - 1 - left, stride) + 1) * images;
                            int start = Math.max(begin, from + begin % unit);
                            int length = Math.min(end, to + begin % unit) - start;
                            int source = inputStart + ((top + tapRow) * width + left) * images + start * stride;
                            int tile = (tapRow * size + tapColumn) * TAP_TILES;
                            for (int filter = 0; filter < blockFilters && length > 0; filter += DotProduct.LEFT_ROWS) {
                                product.add(outputStart + filter * outputPlane + row * rowLength + start,
                                        blockFilters - filter, source, blockChannels, contiguous ? 1 : length / images,
                                        contiguous ? length : images, images, stride * images, tile);
                                tile += DotProduct.TILE;
                            }
                        }
                    }
                }
            }
            int gradientStart = ((group * groupFilters + firstFilter) * groupChannels + firstChannel) * size * size;
            sumLanes(sums, blockFilters, blockChannels, firstTapRow * size, endTapRow * size, size * size, gradient,
                    gradientStart, groupChannels * size * size);
        }
    }

    /** Adds up the lanes of a block's sums and writes them to their places among the weights. */
    private static void sumLanes(float[] sums, int filters, int channels, int firstTap, int endTap, int taps,
                                 float[] gradient, int start, int filterStride) {
        for (int filter = 0; filter < filters; filter++) {
            int tile = filter / DotProduct.LEFT_ROWS * DotProduct.TILE;
            int leftRow = filter % DotProduct.LEFT_ROWS;
            for (int channel = 0; channel < channels; channel++) {
                int sum = tile + (leftRow * DotProduct.RIGHT_ROWS + channel) * Lanes.COUNT;
                for (int tap = firstTap; tap < endTap; tap++) {
                    gradient[start + filter * filterStride + channel * taps + tap] = Lanes.sum(sums, sum + tap * TAP_TILES);
                }
            }
        }
    }
}
