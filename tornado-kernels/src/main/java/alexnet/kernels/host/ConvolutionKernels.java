package alexnet.kernels.host;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Convolution forwards and its input gradient, both as a {@link BroadcastProduct} for each pixel of the result: its rows
 * are the result's channels, its columns the images, its taps the weights that reach the pixel. Taps that would fall into
 * the padding are left out of the list, so the border needs no zeros and costs less than the middle.
 *
 * <p>The arrays are those of {@link alexnet.kernels.ConvolutionShape}.
 */
final class ConvolutionKernels {

    private ConvolutionKernels() {
    }

    /** {@code output = max(0, weights * input + bias)}; NaN stays NaN. A block is a pixel of one group's output. */
    static void forward(int images, int channels, int height, int width, int filters, int size, int stride, int padding,
                        int groups, int outputHeight, int outputWidth, FloatArray input, FloatArray weights,
                        FloatArray bias, FloatArray output) {
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
        int pixels = outputHeight * outputWidth;
        for (@Parallel int block = 0; block < groups * pixels; block++) {
            int group = block / pixels;
            int pixel = block % pixels;
            // The window's first row and column in the input, and the part of the window that lies inside it.
            int top = pixel / outputWidth * stride - padding;
            int left = pixel % outputWidth * stride - padding;
            int firstRow = Math.max(0, -top);
            int firstColumn = Math.max(0, -left);
            product.taps().box(firstRow * size + firstColumn, Math.min(size, height - top) - firstRow,
                    Math.min(size, width - left) - firstColumn);
            int firstFilter = group * groupFilters;
            int source = group * groupChannels * inputPlane + ((top + firstRow) * width + left + firstColumn) * images;
            int target = firstFilter * outputPlane + pixel * images;
            product.multiply(firstFilter * filterLength, source, target, groupFilters, images, false);
            BiasKernels.add(out, target, outputPlane, biases, firstFilter, groupFilters, images, true);
        }
    }

    /** The gradient by the input; overwrites it. A block is a pixel of one group's input. */
    static void inputGradient(int images, int channels, int height, int width, int filters, int size, int stride,
                              int padding, int groups, int outputHeight, int outputWidth, FloatArray outputGradient,
                              FloatArray weights, FloatArray inputGradient) {
        int groupChannels = channels / groups;
        int groupFilters = filters / groups;
        int inputPlane = height * width * images;
        int outputPlane = outputHeight * outputWidth * images;
        int filterLength = groupChannels * size * size;
        BroadcastProduct product = Scratch.ofThread().broadcastProduct();
        product.operands(HostArrays.floats(weights), size * size, HostArrays.floats(outputGradient),
                HostArrays.floats(inputGradient), inputPlane);
        // Going down the rows of a filter that reach a pixel, the outputs they belong to go up.
        product.taps().strides(groupFilters, filterLength, outputPlane, stride * size, -outputWidth * images, stride, -images);
        int pixels = height * width;
        for (@Parallel int block = 0; block < groups * pixels; block++) {
            int group = block / pixels;
            int row = block % pixels / width + padding;
            int column = block % pixels % width + padding;
            int firstRow = firstReaching(row, stride, outputHeight);
            int firstColumn = firstReaching(column, stride, outputWidth);
            int rows = reaching(firstRow, row, size, stride);
            int columns = reaching(firstColumn, column, size, stride);
            product.taps().box(firstRow * size + firstColumn, rows, columns);
            int firstFilter = group * groupFilters;
            int source = firstFilter * outputPlane
                    + ((row - firstRow) / stride * outputWidth + (column - firstColumn) / stride) * images;
            int target = group * groupChannels * inputPlane + block % pixels * images;
            product.multiply(firstFilter * filterLength, source, target, groupChannels, images, false);
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
