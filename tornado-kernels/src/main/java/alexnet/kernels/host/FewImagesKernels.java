package alexnet.kernels.host;

import static alexnet.kernels.host.PackedProduct.ROWS;

import java.util.Arrays;

import alexnet.kernels.ConvolutionShape;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The way forward for batches that do not fill a vector, such as the single image of a prediction. Here the columns of a
 * convolution's {@link PackedProduct} are all pixels of the result at once, and a fully connected layer is a
 * {@link DotProduct} along its inputs.
 *
 * <p>For a tap to find neighbouring pixels next to each other, the input is copied first, with its padding, and split by what
 * is left of rows and columns when divided by the stride: {@code [channels][stride][stride][rows][columns][images]}. A row of
 * pixels goes on in the next one after some columns that belong to none; they are computed and left out.
 *
 * <p>The arrays are those of {@link alexnet.kernels.ConvolutionShape} and {@link alexnet.kernels.FullyConnectedShape}.
 */
final class FewImagesKernels {

    /** Units of a block of the fully connected product. */
    private static final int UNITS = 48;
    /** Inputs of a block of {@link #transpose}. */
    private static final int INPUTS = 512;

    private FewImagesKernels() {
    }

    /**
     * Copies and splits the input. A block is a row of a channel's copy, padding included.
     *
     * @param start the place of the copy in the workspace
     */
    static void split(int images, int channels, int height, int width, int stride, int padding, int start, FloatArray input,
                      FloatArray workspace) {
        float[] in = HostArrays.floats(input);
        float[] copy = HostArrays.floats(workspace);
        int rows = (height + 2 * padding + stride - 1) / stride;
        int columns = (width + 2 * padding + stride - 1) / stride;
        for (@Parallel int block = 0; block < channels * rows * stride; block++) {
            int channel = block / (rows * stride);
            int y = block % (rows * stride);
            boolean inside = y >= padding && y < height + padding;
            int source = inside ? (channel * height + y - padding) * width * images : 0;
            int target = start + ((channel * stride + y % stride) * stride * rows + y / stride) * columns * images;
            for (int left = 0; left < stride; left++) {
                splitRow(in, source, inside ? width : 0, images, padding, stride, left, copy, target + left * rows * columns * images,
                        columns);
            }
        }
    }

    /** Copies what of a row has some left of its column when divided by the stride, {@code columns} of the row with its padding. */
    private static void splitRow(float[] input, int source, int width, int images, int padding, int stride, int left, float[] copy,
                                 int target, int columns) {
        int first = Math.min(columns, Math.ceilDiv(Math.max(0, padding - left), stride));
        int end = Math.max(first, Math.min(columns, Math.ceilDiv(padding + width - left, stride)));
        Arrays.fill(copy, target, target + first * images, 0);
        if (stride == 1) {
            System.arraycopy(input, source, copy, target + first * images, (end - first) * images);
        } else {
            for (int column = first; column < end; column++) {
                int from = source + (column * stride + left - padding) * images;
                for (int image = 0; image < images; image++) {
                    copy[target + column * images + image] = input[from + image];
                }
            }
        }
        Arrays.fill(copy, target + end * images, target + columns * images, 0);
    }

    /**
     * {@code output = weights * input + bias}, then {@code max(0, .)} where {@code relu} is set; NaN stays NaN. A block is some
     * panels of one group's filters.
     *
     * @param panelParts in how many blocks the panels of a group are cut
     * @param copied     the place in the workspace of the input, as {@link #split} leaves it
     * @param results    that of the results with the columns that belong to no pixel, {@code [filters][pixels][images]}
     * @param workspace  first of all the weights, {@link Panels} of each group: a row is a filter
     */
    static void convolutionForward(int images, int channels, int height, int width, int filters, int size, int stride,
                                   int padding, int groups, int outputHeight, int outputWidth, int panelParts, int copied, int results,
                                   boolean relu, FloatArray workspace, FloatArray bias, FloatArray output) {
        int groupChannels = channels / groups;
        int groupFilters = filters / groups;
        int filterLength = groupChannels * size * size;
        int rowLength = (width + 2 * padding + stride - 1) / stride * images;
        int phaseLength = (height + 2 * padding + stride - 1) / stride * rowLength;
        int plane = stride * stride * phaseLength;
        int phases = Math.min(size, stride);
        int pixels = pixels(images, width, stride, padding, outputHeight, outputWidth);
        int outputPlane = outputHeight * outputWidth * images;
        int groupPanels = (groupFilters + ROWS - 1) / ROWS;
        float[] out = HostArrays.floats(output);
        float[] biases = HostArrays.floats(bias);
        float[] memory = HostArrays.floats(workspace);
        PackedProduct product = Scratch.ofThread().packedProduct();
        product.operands(memory, memory, pixels);
        product.panels(memory, filterLength);
        product.taps().strides(groupChannels, size * size * ROWS, plane, stride * size * ROWS, rowLength, stride * ROWS, images);
        for (@Parallel int block = 0; block < groups * panelParts; block++) {
            int group = block / panelParts;
            int panel = block % panelParts * groupPanels / panelParts;
            int first = group * groupFilters + panel * ROWS;
            int end = group * groupFilters + Math.min(groupFilters, (block % panelParts + 1) * groupPanels / panelParts * ROWS);
            for (int part = 0; part < phases * phases; part++) {
                int top = part / phases;
                int left = part % phases;
                product.taps().box((top * size + left) * ROWS, Math.ceilDiv(size - top, stride), Math.ceilDiv(size - left, stride));
                product.multiply((group * groupPanels + panel) * ROWS * filterLength,
                        copied + group * groupChannels * plane + (top * stride + left) * phaseLength, results + first * pixels, end - first,
                        pixels, part > 0, 1, 0, 0);
            }
            for (int filter = first; filter < end; filter++) {
                for (int row = 0; row < outputHeight; row++) {
                    System.arraycopy(memory, results + filter * pixels + row * rowLength, out,
                            filter * outputPlane + row * outputWidth * images, outputWidth * images);
                }
            }
            BiasKernels.add(out, first * outputPlane, outputPlane, biases, first, end - first, outputPlane, relu);
        }
    }

    /** Numbers of the input's copy. */
    static int copyLength(ConvolutionShape s) {
        int rows = Math.ceilDiv(s.height() + 2 * s.padding(), s.stride());
        int columns = Math.ceilDiv(s.width() + 2 * s.padding(), s.stride());
        return Math.multiplyExact(s.channels() * s.stride() * s.stride(), rows * columns * s.images());
    }

    /** Numbers of a filter's results, those that belong to no pixel included. */
    static int pixels(int images, int width, int stride, int padding, int outputHeight, int outputWidth) {
        return ((outputHeight - 1) * Math.ceilDiv(width + 2 * padding, stride) + outputWidth) * images;
    }

    /** The number of blocks of {@link #fullyConnectedForward}. */
    static int fullyConnectedBlocks(int units) {
        return Math.ceilDiv(units, UNITS);
    }

    /** The inputs of each image in a row: {@code rows[image][input] = input[input][image]}. */
    static void transpose(int images, int inputs, FloatArray input, FloatArray rows) {
        float[] source = HostArrays.floats(input);
        float[] target = HostArrays.floats(rows);
        for (@Parallel int block = 0; block < (inputs + INPUTS - 1) / INPUTS; block++) {
            int first = block * INPUTS;
            Matrices.transpose(source, first * images, images, Math.min(INPUTS, inputs - first), images, target, first, inputs);
        }
    }

    /**
     * {@code output = weights * input + bias}, then {@code max(0, .)} where {@code relu} is set; NaN stays NaN.
     *
     * @param rows the inputs of each image in a row
     */
    static void fullyConnectedForward(int images, int inputs, int units, boolean relu, int blocks, FloatArray rows,
                                      FloatArray weights, FloatArray bias, FloatArray output) {
        float[] biases = HostArrays.floats(bias);
        float[] out = HostArrays.floats(output);
        float floor = relu ? 0 : Float.NEGATIVE_INFINITY;
        float[] sums = Scratch.ofThread().floats(DotProduct.TILE);
        DotProduct product = new DotProduct();
        product.operands(HostArrays.floats(weights), inputs, HostArrays.floats(rows), inputs, sums);
        for (@Parallel int block = 0; block < blocks; block++) {
            int end = Math.min(units, (block + 1) * UNITS);
            for (int unit = block * UNITS; unit < end; unit += DotProduct.LEFT_ROWS) {
                int left = Math.min(DotProduct.LEFT_ROWS, end - unit);
                for (int image = 0; image < images; image += DotProduct.RIGHT_ROWS) {
                    int right = Math.min(DotProduct.RIGHT_ROWS, images - image);
                    Arrays.fill(sums, 0, DotProduct.TILE, 0);
                    product.add(unit * inputs, left, image * inputs, right, inputs, 0);
                    for (int row = 0; row < left; row++) {
                        for (int column = 0; column < right; column++) {
                            float sum = Lanes.sum(sums, (row * DotProduct.RIGHT_ROWS + column) * Lanes.COUNT);
                            out[(unit + row) * images + image + column] = Math.max(sum + biases[unit + row], floor);
                        }
                    }
                }
            }
        }
    }
}
