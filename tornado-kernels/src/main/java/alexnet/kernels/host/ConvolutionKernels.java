package alexnet.kernels.host;

import static alexnet.kernels.host.PackedProduct.ROWS;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Convolution forwards and its input gradient, both as a {@link PackedProduct} for each pixel of the result: its rows
 * are the result's channels, its columns the images, its taps the weights that reach the pixel. Taps that would fall into
 * the padding are left out of the list, so the border needs no zeros and costs less than the middle. Neighbouring pixels
 * with the same list are computed together, because they share most of their data.
 *
 * <p>A block is a row of one group's result or a part of it. The arrays are those of {@link alexnet.kernels.ConvolutionShape}.
 */
final class ConvolutionKernels {

    private ConvolutionKernels() {
    }

    /**
     * {@code output = weights * input + bias}, then {@code max(0, .)} where {@code relu} is set; NaN stays NaN.
     *
     * @param panels the weights, {@link Panels} of each group: a row is a filter
     */
    static void forward(int images, int channels, int height, int width, int filters, int size, int stride, int padding,
                        int groups, int outputHeight, int outputWidth, int rowParts, boolean relu, FloatArray input,
                        FloatArray panels, FloatArray bias, FloatArray output) {
        int groupChannels = channels / groups;
        int groupFilters = filters / groups;
        int inputPlane = height * width * images;
        int outputPlane = outputHeight * outputWidth * images;
        int filterLength = groupChannels * size * size;
        PackedProduct product = Scratch.ofThread().packedProduct();
        product.operands(HostArrays.floats(input), HostArrays.floats(output), outputPlane);
        product.panels(HostArrays.floats(panels), filterLength);
        int side = Panels.length(groupFilters, filterLength);
        product.taps().strides(groupChannels, size * size * ROWS, inputPlane, size * ROWS, width * images, ROWS, images);
        for (@Parallel int block = 0; block < groups * outputHeight * rowParts; block++) {
            int group = block / (outputHeight * rowParts);
            int row = block / rowParts % outputHeight;
            product.bias(HostArrays.floats(bias), group * groupFilters, relu);
            // The first row of the window in the input, and the part of the window that lies inside the input.
            int top = row * stride - padding;
            int firstRow = Math.max(0, -top);
            int rows = Math.min(size, height - top) - firstRow;
            int end = (block % rowParts + 1) * outputWidth / rowParts;
            int pixels;
            for (int column = block % rowParts * outputWidth / rowParts; column < end; column += pixels) {
                int left = column * stride - padding;
                int firstColumn = Math.max(0, -left);
                int columns = Math.min(size, width - left) - firstColumn;
                // Whole windows are alike, those that are cut off are not.
                int whole = columns < size ? 1 : (width - size - left) / stride + 1;
                pixels = Math.min(whole, end - column);
                product.taps().box((firstRow * size + firstColumn) * ROWS, rows, columns);
                int source = group * groupChannels * inputPlane + ((top + firstRow) * width + left + firstColumn) * images;
                int target = group * groupFilters * outputPlane + (row * outputWidth + column) * images;
                product.multiply(group * side, source, target, groupFilters, images, false, pixels, stride * images, images);
            }
        }
    }

    /**
     * The gradient by the input; overwrites it.
     *
     * @param panels the weights, {@link Panels} of each group: a row is a channel, that has a run of taps in each filter
     */
    static void inputGradient(int images, int channels, int height, int width, int filters, int size, int stride,
                              int padding, int groups, int outputHeight, int outputWidth, int rowParts,
                              FloatArray outputGradient, FloatArray panels, FloatArray inputGradient) {
        int groupChannels = channels / groups;
        int groupFilters = filters / groups;
        int inputPlane = height * width * images;
        int outputPlane = outputHeight * outputWidth * images;
        int channelLength = groupFilters * size * size;
        PackedProduct product = Scratch.ofThread().packedProduct();
        product.operands(HostArrays.floats(outputGradient), HostArrays.floats(inputGradient), inputPlane);
        product.panels(HostArrays.floats(panels), channelLength);
        int side = Panels.length(groupChannels, channelLength);
        // Going down the rows of a filter that reach a pixel, the outputs they belong to go up. Column by column: the column
        // that the pixel before did not see comes from far away, and the processor can wait for all its rows at once.
        product.taps().strides(groupFilters, size * size * ROWS, outputPlane, stride * ROWS, -images, stride * size * ROWS,
                -outputWidth * images);
        for (@Parallel int block = 0; block < groups * height * rowParts; block++) {
            int group = block / (height * rowParts);
            int row = block / rowParts % height;
            int firstRow = firstReaching(row + padding, stride, outputHeight);
            int rows = reaching(firstRow, row + padding, size, stride);
            int end = (block % rowParts + 1) * width / rowParts;
            int pixels;
            for (int column = block % rowParts * width / rowParts; column < end; column += pixels) {
                int firstColumn = firstReaching(column + padding, stride, outputWidth);
                int columns = reaching(firstColumn, column + padding, size, stride);
                // Only where windows are one pixel apart, neighbouring pixels are reached by the same taps.
                int whole = stride > 1 || columns < size ? 1 : outputWidth - padding - column;
                pixels = Math.min(whole, end - column);
                product.taps().box((firstRow * size + firstColumn) * ROWS, columns, rows);
                int source = group * groupFilters * outputPlane + ((row + padding - firstRow) / stride * outputWidth
                        + (column + padding - firstColumn) / stride) * images;
                int target = group * groupChannels * inputPlane + (row * width + column) * images;
                product.multiply(group * side, source, target, groupChannels, images, false, pixels, images, images);
            }
        }
    }

    /**
     * The first row of a filter that touches a row of the padded input: of those that are a multiple of the stride away
     * from it, the first whose output row exists.
     */
    private static int firstReaching(int position, int stride, int outputs) {
        return Math.max(position % stride, position - (outputs - 1) * stride);
    }

    /** How many of a filter's rows from the first one on, a stride apart, touch a row of the padded input. */
    private static int reaching(int first, int position, int size, int stride) {
        int last = Math.min(size - 1, position);
        return last < first ? 0 : (last - first) / stride + 1;
    }
}
