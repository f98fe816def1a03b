package alexnet.kernels.host;

import java.util.Arrays;

import alexnet.kernels.ConvolutionShape;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The weight gradient of a convolution, the one sum over images and pixels, as a {@link BroadcastProduct} whose taps are
 * these: for each of them the numbers of the input that it meets are the rows, and the gradients of a stripe of filters the
 * columns. For the filters to lie next to each other, the gradient is transposed first. A block does it by itself, a few pixels
 * at a time, and all weights of the stripe use them while they are in the second-level cache; where a stripe is cut into several
 * blocks, all of it is transposed before, once for all of them.
 *
 * <p>The rows of a product must lie at equal distances in the input: they are the channels, for a weight in the same place
 * of each filter; or, where there are few channels, neighbouring pixels of one channel, for a row of weights.
 *
 * <p>A block is a stripe of one group's filters and some rows of their weights. Every sum is taken over the pixels in the
 * same order, however the blocks are cut.
 */
final class WeightGradientKernels {

    /** Filters of a stripe: a tile of the product is two vectors wide. */
    private static final int STRIPE = 2 * Lanes.COUNT;
    /** Numbers of one filter's gradient that are transposed together: with a stripe of them 64 KiB. */
    private static final int SPAN = 512;

    private WeightGradientKernels() {
    }

    /** In how many stripes the filters of a group are cut. */
    static int stripes(int groupFilters) {
        return Math.ceilDiv(groupFilters, STRIPE);
    }

    /** Numbers of the sums that are in the workspace first, {@code [groups][stripes][groupChannels][size][size][STRIPE]}. */
    private static int sumsLength(int groups, int stripes, int groupChannels, int size) {
        return groups * stripes * groupChannels * size * size * STRIPE;
    }

    /** Numbers of the workspace. */
    static int workspaceLength(ConvolutionShape s, int rowParts) {
        int stripes = stripes(s.filtersPerGroup());
        long gradient = rowParts > 1 ? (long) s.groups() * stripes * STRIPE * s.outputHeight() * s.outputWidth() * s.images() : 0;
        return Math.toIntExact(sumsLength(s.groups(), stripes, s.channelsPerGroup(), s.size()) + gradient);
    }

    /**
     * Transposes the gradient by the output, {@code [groups][stripes][outputHeight][outputWidth][images][STRIPE]}. A block is a row of a
     * stripe.
     */
    static void transpose(int images, int groupChannels, int filters, int size, int groups, int outputHeight, int outputWidth, int stripes,
                          FloatArray outputGradient, FloatArray workspace) {
        int rowLength = outputWidth * images;
        int groupFilters = filters / groups;
        int start = sumsLength(groups, stripes, groupChannels, size);
        float[] out = HostArrays.floats(outputGradient);
        float[] transposed = HostArrays.floats(workspace);
        for (@Parallel int block = 0; block < groups * stripes * outputHeight; block++) {
            int stripe = block / outputHeight % stripes;
            int firstFilter = block / (stripes * outputHeight) * groupFilters + stripe * STRIPE;
            Matrices.transpose(out, (firstFilter * outputHeight + block % outputHeight) * rowLength, outputHeight * rowLength,
                    Math.min(STRIPE, groupFilters - stripe * STRIPE), rowLength, transposed, start + block * rowLength * STRIPE, STRIPE);
        }
    }

    /**
     * The gradient by the weights; overwrites it. The arrays are those of {@link alexnet.kernels.ConvolutionShape}.
     *
     * @param rowParts  in how many blocks the rows of weights are cut, at most {@code size}; above one, {@link #transpose} has to go before
     * @param workspace of {@link #workspaceLength}
     */
    static void gradient(int images, int channels, int height, int width, int filters, int size, int stride, int padding,
                         int groups, int outputHeight, int outputWidth, int stripes, int rowParts, FloatArray input,
                         FloatArray outputGradient, FloatArray workspace, FloatArray weightGradient) {
        int groupChannels = channels / groups;
        int groupFilters = filters / groups;
        int inputPlane = height * width * images;
        int outputPlane = outputHeight * outputWidth * images;
        boolean alongChannels = groupChannels >= size;
        int spanPixels = Math.min(outputWidth, Math.max(1, SPAN / images));
        float[] out = HostArrays.floats(outputGradient);
        float[] gradient = HostArrays.floats(weightGradient);
        float[] sums = HostArrays.floats(workspace);
        boolean together = rowParts > 1;
        // The gradient of all stripes, or that of a span, [pixels][images][STRIPE].
        int transposed = sumsLength(groups, stripes, groupChannels, size);
        float[] data = together ? sums : Scratch.ofThread().floats(spanPixels * images * STRIPE);
        BroadcastProduct product = Scratch.ofThread().broadcastProduct();
        product.operands(HostArrays.floats(input), alongChannels ? inputPlane : images, data, STRIPE, sums,
                alongChannels ? size * size * STRIPE : STRIPE);
        for (@Parallel int block = 0; block < groups * stripes * rowParts; block++) {
            int firstChannel = block / (stripes * rowParts) * groupChannels;
            int stripe = block / rowParts % stripes;
            int firstFilter = block / (stripes * rowParts) * groupFilters + stripe * STRIPE;
            int stripeFilters = Math.min(STRIPE, groupFilters - stripe * STRIPE);
            // Whole vectors of filters; nobody reads the sums of those that do not exist.
            int columns = Math.ceilDiv(stripeFilters, Lanes.COUNT) * Lanes.COUNT;
            int firstRow = block % rowParts * size / rowParts;
            int endRow = (block % rowParts + 1) * size / rowParts;
            int firstSum = block / rowParts * groupChannels * size * size * STRIPE;
            for (int row = firstRow; row < endRow; row++) {
                clear(sums, firstSum + row * size * STRIPE, groupChannels, size);
            }
            int pixels;
            for (int x = 0; x < outputWidth; x += pixels) {
                int left = x * stride - padding;
                int firstColumn = Math.max(0, -left);
                int endColumn = Math.min(size, width - left);
                // Whole windows are alike, those that are cut off are not.
                int alike = endColumn - firstColumn < size ? 1 : (width - size - left) / stride + 1;
                pixels = Math.min(Math.min(alike, outputWidth - x), spanPixels);
                // Down the same columns of the image, most of the input's rows are still in the cache from the output row before.
                for (int y = 0; y < outputHeight; y++) {
                    int top = y * stride - padding;
                    int place = together ? transposed + (block / rowParts * outputPlane + (y * outputWidth + x) * images) * STRIPE : 0;
                    if (!together) {
                        Matrices.transpose(out, firstFilter * outputPlane + (y * outputWidth + x) * images, outputPlane, stripeFilters,
                                pixels * images, data, 0, STRIPE);
                    }
                    for (int row = Math.max(firstRow, -top); row < Math.min(endRow, height - top); row++) {
                        int source = firstChannel * inputPlane + ((top + row) * width + left + firstColumn) * images;
                        int target = firstSum + (row * size + firstColumn) * STRIPE;
                        if (alongChannels) {
                            for (int column = 0; column < endColumn - firstColumn; column++) {
                                product.add(source + column * images, place, target + column * STRIPE, groupChannels, columns, pixels,
                                        images, stride * images);
                            }
                        } else {
                            for (int channel = 0; channel < groupChannels; channel++) {
                                product.add(source + channel * inputPlane, place, target + channel * size * size * STRIPE,
                                        endColumn - firstColumn, columns, pixels, images, stride * images);
                            }
                        }
                    }
                }
            }
            for (int channel = 0; channel < groupChannels; channel++) {
                int weight = (channel * size + firstRow) * size;
                Matrices.transpose(sums, firstSum + weight * STRIPE, STRIPE, (endRow - firstRow) * size, stripeFilters, gradient,
                        firstFilter * groupChannels * size * size + weight, groupChannels * size * size);
            }
        }
    }

    /** Sets a row of each channel's window to zero. */
    private static void clear(float[] sums, int first, int channels, int size) {
        for (int channel = 0; channel < channels; channel++) {
            int start = first + channel * size * size * STRIPE;
            Arrays.fill(sums, start, start + size * STRIPE, 0);
        }
    }
}
