package alexnet.kernels.host;

import static alexnet.kernels.host.PackedProduct.ROWS;

import java.util.Arrays;

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

    private FewImagesKernels() {
    }

    /**
     * {@code output = weights * input + bias}, then {@code max(0, .)} where {@code relu} is set; NaN stays NaN. A block is a part of
     * one group's filters.
     */
    static void convolutionForward(int images, int channels, int height, int width, int filters, int size, int stride,
                                   int padding, int groups, int outputHeight, int outputWidth, int filterParts, boolean relu,
                                   FloatArray input, FloatArray weights, FloatArray bias, FloatArray output) {
        int groupChannels = channels / groups;
        int groupFilters = filters / groups;
        int filterLength = groupChannels * size * size;
        int rows = Math.ceilDiv(height + 2 * padding, stride);
        int columns = Math.ceilDiv(width + 2 * padding, stride);
        int rowLength = columns * images;
        int phaseLength = rows * rowLength;
        int plane = stride * stride * phaseLength;
        int phases = Math.min(size, stride);
        int pixels = (outputHeight - 1) * rowLength + outputWidth * images;
        int outputPlane = outputHeight * outputWidth * images;
        float[] out = HostArrays.floats(output);
        float[] biases = HostArrays.floats(bias);
        // The copy, then the results of a block with the columns that belong to no pixel.
        int copied = channels * plane;
        float[] scratch = Scratch.ofThread().floats(copied + Math.ceilDiv(groupFilters, filterParts) * pixels);
        Arrays.fill(scratch, 0, copied, 0);
        split(HostArrays.floats(input), images, channels, height, width, stride, padding, rows, columns, scratch);
        PackedProduct product = Scratch.ofThread().packedProduct();
        product.operands(scratch, scratch, pixels);
        product.taps().strides(groupChannels, size * size * ROWS, plane, stride * size * ROWS, rowLength, stride * ROWS, images);
        for (@Parallel int block = 0; block < groups * filterParts; block++) {
            int group = block / filterParts;
            int first = group * groupFilters + block % filterParts * groupFilters / filterParts;
            int end = group * groupFilters + (block % filterParts + 1) * groupFilters / filterParts;
            product.panels(1, end - first, filterLength);
            product.packRows(0, HostArrays.floats(weights), first * filterLength, filterLength, end - first, 1, 0);
            for (int part = 0; part < phases * phases; part++) {
                int top = part / phases;
                int left = part % phases;
                product.taps().box((top * size + left) * ROWS, Math.ceilDiv(size - top, stride), Math.ceilDiv(size - left, stride));
                product.multiply(0, group * groupChannels * plane + (top * stride + left) * phaseLength, copied, end - first, pixels,
                        part > 0, 1, 0, 0);
            }
            for (int filter = first; filter < end; filter++) {
                for (int row = 0; row < outputHeight; row++) {
                    System.arraycopy(scratch, copied + (filter - first) * pixels + row * rowLength, out,
                            filter * outputPlane + row * outputWidth * images, outputWidth * images);
                }
            }
            BiasKernels.add(out, first * outputPlane, outputPlane, biases, first, end - first, outputPlane, relu);
        }
    }

    private static void split(float[] input, int images, int channels, int height, int width, int stride, int padding,
                              int rows, int columns, float[] copy) {
        for (int row = 0; row < channels * height; row++) {
            int y = row % height + padding;
            int target = ((row / height * stride + y % stride) * stride * rows + y / stride) * columns * images;
            if (stride == 1) {
                System.arraycopy(input, row * width * images, copy, target + padding * images, width * images);
                continue;
            }
            for (int column = 0; column < width; column++) {
                int x = column + padding;
                int to = target + (x % stride * rows * columns + x / stride) * images;
                for (int image = 0; image < images; image++) {
                    copy[to + image] = input[(row * width + column) * images + image];
                }
            }
        }
    }

    /** The number of blocks of {@link #fullyConnectedForward}. */
    static int fullyConnectedBlocks(int units) {
        return Math.ceilDiv(units, UNITS);
    }

    /** {@code output = weights * input + bias}, then {@code max(0, .)} where {@code relu} is set; NaN stays NaN. */
    static void fullyConnectedForward(int images, int inputs, int units, boolean relu, int blocks, FloatArray input,
                                      FloatArray weights, FloatArray bias, FloatArray output) {
        float[] biases = HostArrays.floats(bias);
        float[] out = HostArrays.floats(output);
        float floor = relu ? 0 : Float.NEGATIVE_INFINITY;
        // The inputs of each image in a row, then a tile of sums.
        int sums = images * inputs;
        float[] scratch = Scratch.ofThread().floats(sums + DotProduct.TILE);
        Matrices.transpose(HostArrays.floats(input), 0, images, inputs, images, scratch, 0, inputs);
        DotProduct product = Scratch.ofThread().dotProduct();
        product.operands(HostArrays.floats(weights), inputs, scratch, inputs, scratch);
        for (@Parallel int block = 0; block < blocks; block++) {
            int end = Math.min(units, (block + 1) * UNITS);
            for (int unit = block * UNITS; unit < end; unit += DotProduct.LEFT_ROWS) {
                int rows = Math.min(DotProduct.LEFT_ROWS, end - unit);
                for (int image = 0; image < images; image += DotProduct.RIGHT_ROWS) {
                    int columns = Math.min(DotProduct.RIGHT_ROWS, images - image);
                    Arrays.fill(scratch, sums, sums + DotProduct.TILE, 0);
                    product.add(unit * inputs, rows, image * inputs, columns, inputs, sums);
                    for (int row = 0; row < rows; row++) {
                        for (int column = 0; column < columns; column++) {
                            float sum = Lanes.sum(scratch, sums + (row * DotProduct.RIGHT_ROWS + column) * Lanes.COUNT);
                            out[(unit + row) * images + image + column] = Math.max(sum + biases[unit + row], floor);
                        }
                    }
                }
            }
        }
    }
}
