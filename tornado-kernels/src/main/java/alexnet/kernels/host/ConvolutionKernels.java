package alexnet.kernels.host;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Convolution forwards and its input gradient, both as a {@link BroadcastProduct} for each pixel of the result: its rows
 * are the result's channels, its columns the images, its taps the weights that reach the pixel. Taps that would fall into
 * the padding are left out of the list, so the border needs no zeros and costs less than the middle. Neighbouring pixels
 * with the same list are computed together, because they share most of their data.
 *
 * <p>A block is a row of one group's result or a part of it. The arrays are those of {@link alexnet.kernels.ConvolutionShape}.
 */
final class ConvolutionKernels {

    private ConvolutionKernels() {
    }

    /** {@code output = max(0, weights * input + bias)}; NaN stays NaN. */
    static void forward(int images, int channels, int height, int width, int filters, int size, int stride, int padding,
                        int groups, int outputHeight, int outputWidth, int rowParts, FloatArray input,
                        FloatArray weights, FloatArray bias, FloatArray output) {
        int groupChannels = channels / groups;
        int groupFilters = filters / groups;
        int inputPlane = height * width * images;
        int outputPlane = outputHeight * outputWidth * images;
        int filterLength = groupChannels * size * size;
        float[] biases = HostArrays.floats(bias);
        float[] out = HostArrays.floats(output);
        BroadcastProduct product = Scratch.ofThread().broadcastProduct();
        product.operands(HostArrays.floats(weights), filterLength, HostArrays.floats(input), out, outputPlane);
        product.taps().strides(groupChannels, size * size, inputPlane, size, width * images, 1, images);
        for (@Parallel int block = 0; block < groups * outputHeight * rowParts; block++) {
            int firstFilter = block / (outputHeight * rowParts) * groupFilters;
            int firstChannel = block / (outputHeight * rowParts) * groupChannels;
            int row = block / rowParts % outputHeight;
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
                product.taps().box(firstRow * size + firstColumn, rows, columns);
                int source = firstChannel * inputPlane + ((top + firstRow) * width + left + firstColumn) * images;
                int target = firstFilter * outputPlane + (row * outputWidth + column) * images;
                product.multiply(firstFilter * filterLength, source, target, groupFilters, images, false, pixels,
                        stride * images, images);
                BiasKernels.add(out, target, outputPlane, biases, firstFilter, groupFilters, pixels * images, true);
            }
        }
    }

    /** The gradient by the input; overwrites it. */
    static void inputGradient(int images, int channels, int height, int width, int filters, int size, int stride,
                              int padding, int groups, int outputHeight, int outputWidth, int rowParts,
                              FloatArray outputGradient, FloatArray weights, FloatArray inputGradient) {
        int groupChannels = channels / groups;
        int groupFilters = filters / groups;
        int inputPlane = height * width * images;
        int outputPlane = outputHeight * outputWidth * images;
        int channelLength = groupFilters * size * size;
        float[] turned = Scratch.ofThread().floats(channels * channelLength);
        turn(HostArrays.floats(weights), groups, groupFilters, groupChannels, size * size, turned);
        BroadcastProduct product = Scratch.ofThread().broadcastProduct();
        product.operands(turned, channelLength, HostArrays.floats(outputGradient), HostArrays.floats(inputGradient), inputPlane);
        // Going down the rows of a filter that reach a pixel, the outputs they belong to go up. Column by column: the column
        // that the pixel before did not see comes from far away, and the processor can wait for all its rows at once.
        product.taps().strides(groupFilters, size * size, outputPlane, stride, -images, stride * size, -outputWidth * images);
        for (@Parallel int block = 0; block < groups * height * rowParts; block++) {
            int firstFilter = block / (height * rowParts) * groupFilters;
            int firstChannel = block / (height * rowParts) * groupChannels;
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
                product.taps().box(firstRow * size + firstColumn, columns, rows);
                int source = firstFilter * outputPlane + ((row + padding - firstRow) / stride * outputWidth
                        + (column + padding - firstColumn) / stride) * images;
                int target = firstChannel * inputPlane + (row * width + column) * images;
                product.multiply(firstChannel * channelLength, source, target, groupChannels, images, false, pixels, images,
                        images);
            }
        }
    }

    /**
     * Copies weights {@code [filters][channels][taps]} to {@code [channels][filters][taps]} of each group, so that a row of
     * the product, a channel, reads them one after the other.
     */
    private static void turn(float[] weights, int groups, int filters, int channels, int taps, float[] turned) {
        for (int filter = 0; filter < groups * filters; filter++) {
            for (int channel = 0; channel < channels; channel++) {
                int row = filter / filters * channels + channel;
                System.arraycopy(weights, (filter * channels + channel) * taps, turned,
                        (row * filters + filter % filters) * taps, taps);
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
