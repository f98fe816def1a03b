package alexnet.kernels.gpu;

import static alexnet.kernels.gpu.Product.GAP;
import static alexnet.kernels.gpu.Product.LOCAL_FLOATS;
import static alexnet.kernels.gpu.Product.SIDE;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Convolution with zero padding and channel groups, forward and backward (paper, section 3.5), as matrix products whose second
 * factor is gathered on the way into local memory and never stored. A fully connected layer is the convolution of a 1x1 image.
 *
 * <p>Arrays, batch innermost: input {@code [channels][height][width][images]}, weights
 * {@code [filters][channels / groups][size][size]}, bias {@code [filters]}, output
 * {@code [filters][outputHeight][outputWidth][images]}. A work-group of {@code threads} items computes a tile of
 * {@code rows} x {@code columns}, see {@link Tiling}; {@code depth} terms of each sum at a time.
 */
final class ConvolutionKernels {

    private ConvolutionKernels() {
    }

    /**
     * {@code output = bias + weights * input}, negative sums set to 0 where {@code relu} is 1; a NaN stays one.
     * Rows are filters, columns the pixels and images of the output, terms the taps of a filter.
     */
    static void convolutionForward(KernelContext context, int threads, int rows, int columns, int depth, int images,
                                   int channels, int height, int width, int filters, int size, int stride, int padding,
                                   int groups, int relu, FloatArray input, FloatArray weights, FloatArray bias,
                                   FloatArray output) {
        float[] local = context.allocateFloatLocalArray(LOCAL_FLOATS);
        int outputWidth = (width + 2 * padding - size) / stride + 1;
        int plane = ((height + 2 * padding - size) / stride + 1) * outputWidth * images;
        int groupChannels = channels / groups;
        int groupFilters = filters / groups;
        int terms = groupChannels * size * size;
        int rowTiles = (groupFilters + rows - 1) / rows;
        int item = context.localIdx;
        int across = columns / SIDE;
        int slices = threads / (across * (rows / SIDE));
        int place = item % across;
        int down = item / across % (rows / SIDE);
        int slice = item / across / (rows / SIDE);
        int group = context.groupIdx % (groups * rowTiles) / rowTiles;
        int firstRow = context.groupIdx % rowTiles * rows;
        int firstColumn = context.groupIdx / (groups * rowTiles) * columns;

        // The output element whose input this work item loads.
        int column = firstColumn + item % columns;
        int image = column % images;
        int top = column / images / outputWidth * stride - padding;
        int left = column / images % outputWidth * stride - padding;
        int firstChannel = group * groupChannels;

        float[] sums0 = new float[SIDE];
        float[] sums1 = new float[SIDE];
        float[] sums2 = new float[SIDE];
        float[] sums3 = new float[SIDE];
        float[] sums4 = new float[SIDE];
        float[] sums5 = new float[SIDE];
        float[] sums6 = new float[SIDE];
        float[] sums7 = new float[SIDE];
        float[] chosen = new float[SIDE];
        Product.fill(sums0, 0);
        Product.fill(sums1, 0);
        Product.fill(sums2, 0);
        Product.fill(sums3, 0);
        Product.fill(sums4, 0);
        Product.fill(sums5, 0);
        Product.fill(sums6, 0);
        Product.fill(sums7, 0);
        for (int first = 0; first < terms; first += depth) {
            for (int e = item; e < rows * depth; e += threads) {
                int row = firstRow + e / depth;
                int k = first + e % depth;
                boolean there = row < groupFilters && k < terms;
                local[e % depth * (rows + GAP) + e / depth] = there ? weights.get((group * groupFilters + row) * terms + k) : 0;
            }
            for (int e = item / columns; e < depth; e += threads / columns) {
                int k = first + e;
                int y = top + k / size % size;
                int x = left + k % size;
                boolean there = k < terms && column < plane && y >= 0 && y < height && x >= 0 && x < width;
                local[depth * (rows + GAP) + e * (columns + GAP) + item % columns] = there
                        ? input.get(((firstChannel + k / (size * size)) * height + y) * width * images + x * images + image) : 0;
            }
            context.localBarrier();
            for (int term = slice; term < depth; term += slices) {
                int a = term * (rows + GAP) + down * SIDE;
                int b = depth * (rows + GAP) + term * (columns + GAP) + place;
                float a0 = local[a + 0];
                float a1 = local[a + 1];
                float a2 = local[a + 2];
                float a3 = local[a + 3];
                float a4 = local[a + 4];
                float a5 = local[a + 5];
                float a6 = local[a + 6];
                float a7 = local[a + 7];
                for (int i = 0; i < SIDE; i++) {
                    float value = local[b + i * across];
                    sums0[i] += a0 * value;
                    sums1[i] += a1 * value;
                    sums2[i] += a2 * value;
                    sums3[i] += a3 * value;
                    sums4[i] += a4 * value;
                    sums5[i] += a5 * value;
                    sums6[i] += a6 * value;
                    sums7[i] += a7 * value;
                }
            }
            context.localBarrier();
        }
        for (int r = 0; r < SIDE; r++) {
            Product.choose(r, chosen, sums0, sums1, sums2, sums3, sums4, sums5, sums6, sums7);
            for (int i = 0; i < SIDE; i++) {
                local[item / across * columns + place + i * across] = chosen[i];
            }
            context.localBarrier();
            for (int e = item; e < rows / SIDE * columns; e += threads) {
                int row = firstRow + e / columns * SIDE + r;
                float sum = bias.get(group * groupFilters + (row < groupFilters ? row : 0));
                for (int s = 0; s < slices; s++) {
                    sum += local[s * (rows / SIDE) * columns + e];
                }
                Product.store(output, group * groupFilters, row, groupFilters, firstColumn + e % columns, plane,
                        relu != 0 && sum < 0 ? 0 : sum);
            }
            context.localBarrier();
        }
    }

    /**
     * The gradient by the input: every output pixel hands its gradient back through the taps that it saw the input pixel
     * with. Rows are channels, columns the pixels and images of the input, terms the taps of all filters.
     */
    static void convolutionInputGradient(KernelContext context, int threads, int rows, int columns, int depth, int images,
                                         int channels, int height, int width, int filters, int size, int stride,
                                         int padding, int groups, FloatArray outputGradient, FloatArray weights,
                                         FloatArray inputGradient) {
        float[] local = context.allocateFloatLocalArray(LOCAL_FLOATS);
        int outputHeight = (height + 2 * padding - size) / stride + 1;
        int outputWidth = (width + 2 * padding - size) / stride + 1;
        int plane = height * width * images;
        int groupChannels = channels / groups;
        int groupFilters = filters / groups;
        int terms = groupFilters * size * size;
        int rowTiles = (groupChannels + rows - 1) / rows;
        int item = context.localIdx;
        int across = columns / SIDE;
        int slices = threads / (across * (rows / SIDE));
        int place = item % across;
        int down = item / across % (rows / SIDE);
        int slice = item / across / (rows / SIDE);
        int group = context.groupIdx % (groups * rowTiles) / rowTiles;
        int firstRow = context.groupIdx % rowTiles * rows;
        int firstColumn = context.groupIdx / (groups * rowTiles) * columns;

        // The input element whose gradients this work item loads, in the padded input.
        int column = firstColumn + item % columns;
        int image = column % images;
        int bottom = column / images / width + padding;
        int right = column / images % width + padding;
        int firstFilter = group * groupFilters;

        float[] sums0 = new float[SIDE];
        float[] sums1 = new float[SIDE];
        float[] sums2 = new float[SIDE];
        float[] sums3 = new float[SIDE];
        float[] sums4 = new float[SIDE];
        float[] sums5 = new float[SIDE];
        float[] sums6 = new float[SIDE];
        float[] sums7 = new float[SIDE];
        float[] chosen = new float[SIDE];
        Product.fill(sums0, 0);
        Product.fill(sums1, 0);
        Product.fill(sums2, 0);
        Product.fill(sums3, 0);
        Product.fill(sums4, 0);
        Product.fill(sums5, 0);
        Product.fill(sums6, 0);
        Product.fill(sums7, 0);
        for (int first = 0; first < terms; first += depth) {
            for (int e = item; e < rows * depth; e += threads) {
                int row = firstRow + e / depth;
                int k = first + e % depth;
                boolean there = row < groupChannels && k < terms;
                int from = ((firstFilter + k / (size * size)) * groupChannels + row) * size * size + k % (size * size);
                local[e % depth * (rows + GAP) + e / depth] = there ? weights.get(from) : 0;
            }
            for (int e = item / columns; e < depth; e += threads / columns) {
                int k = first + e;
                int y = bottom - k / size % size;
                int x = right - k % size;
                boolean there = k < terms && column < plane && y >= 0 && x >= 0 && y % stride == 0 && x % stride == 0
                        && y / stride < outputHeight && x / stride < outputWidth;
                int from = (((firstFilter + k / (size * size)) * outputHeight + y / stride) * outputWidth + x / stride) * images;
                local[depth * (rows + GAP) + e * (columns + GAP) + item % columns] = there ? outputGradient.get(from + image) : 0;
            }
            context.localBarrier();
            for (int term = slice; term < depth; term += slices) {
                int a = term * (rows + GAP) + down * SIDE;
                int b = depth * (rows + GAP) + term * (columns + GAP) + place;
                float a0 = local[a + 0];
                float a1 = local[a + 1];
                float a2 = local[a + 2];
                float a3 = local[a + 3];
                float a4 = local[a + 4];
                float a5 = local[a + 5];
                float a6 = local[a + 6];
                float a7 = local[a + 7];
                for (int i = 0; i < SIDE; i++) {
                    float value = local[b + i * across];
                    sums0[i] += a0 * value;
                    sums1[i] += a1 * value;
                    sums2[i] += a2 * value;
                    sums3[i] += a3 * value;
                    sums4[i] += a4 * value;
                    sums5[i] += a5 * value;
                    sums6[i] += a6 * value;
                    sums7[i] += a7 * value;
                }
            }
            context.localBarrier();
        }
        for (int r = 0; r < SIDE; r++) {
            Product.choose(r, chosen, sums0, sums1, sums2, sums3, sums4, sums5, sums6, sums7);
            for (int i = 0; i < SIDE; i++) {
                local[item / across * columns + place + i * across] = chosen[i];
            }
            context.localBarrier();
            for (int e = item; e < rows / SIDE * columns; e += threads) {
                int row = firstRow + e / columns * SIDE + r;
                float sum = 0;
                for (int s = 0; s < slices; s++) {
                    sum += local[s * (rows / SIDE) * columns + e];
                }
                Product.store(inputGradient, group * groupChannels, row, groupChannels, firstColumn + e % columns, plane, sum);
            }
            context.localBarrier();
        }
    }

    /**
     * The gradient by the weights. Rows are filters, columns the taps of a filter, terms the pixels and images of the output:
     * up to several hundred thousand. No sum is split between groups, so that the result is the same in every run.
     */
    static void convolutionWeightGradient(KernelContext context, int threads, int rows, int columns, int depth, int images,
                                          int channels, int height, int width, int filters, int size, int stride,
                                          int padding, int groups, FloatArray input, FloatArray outputGradient,
                                          FloatArray weightGradient) {
        float[] local = context.allocateFloatLocalArray(LOCAL_FLOATS);
        int outputWidth = (width + 2 * padding - size) / stride + 1;
        int terms = ((height + 2 * padding - size) / stride + 1) * outputWidth * images;
        int groupChannels = channels / groups;
        int groupFilters = filters / groups;
        int taps = groupChannels * size * size;
        int rowTiles = (groupFilters + rows - 1) / rows;
        int item = context.localIdx;
        int across = columns / SIDE;
        int slices = threads / (across * (rows / SIDE));
        int place = item % across;
        int down = item / across % (rows / SIDE);
        int slice = item / across / (rows / SIDE);
        int group = context.groupIdx % (groups * rowTiles) / rowTiles;
        int firstRow = context.groupIdx % rowTiles * rows;
        int firstColumn = context.groupIdx / (groups * rowTiles) * columns;

        float[] sums0 = new float[SIDE];
        float[] sums1 = new float[SIDE];
        float[] sums2 = new float[SIDE];
        float[] sums3 = new float[SIDE];
        float[] sums4 = new float[SIDE];
        float[] sums5 = new float[SIDE];
        float[] sums6 = new float[SIDE];
        float[] sums7 = new float[SIDE];
        float[] chosen = new float[SIDE];
        Product.fill(sums0, 0);
        Product.fill(sums1, 0);
        Product.fill(sums2, 0);
        Product.fill(sums3, 0);
        Product.fill(sums4, 0);
        Product.fill(sums5, 0);
        Product.fill(sums6, 0);
        Product.fill(sums7, 0);
        for (int first = 0; first < terms; first += depth) {
            // The output pixel and image that this work item loads.
            int k = first + item % depth;
            int image = k % images;
            int top = k / images / outputWidth * stride - padding;
            int left = k / images % outputWidth * stride - padding;
            for (int e = item / depth; e < rows; e += threads / depth) {
                int row = firstRow + e;
                boolean there = row < groupFilters && k < terms;
                local[item % depth * (rows + GAP) + e] = there ? outputGradient.get((group * groupFilters + row) * terms + k) : 0;
            }
            for (int e = item / depth; e < columns; e += threads / depth) {
                int tap = firstColumn + e;
                int y = top + tap / size % size;
                int x = left + tap % size;
                boolean there = tap < taps && k < terms && y >= 0 && y < height && x >= 0 && x < width;
                int from = ((group * groupChannels + tap / (size * size)) * height + y) * width * images + x * images;
                local[depth * (rows + GAP) + item % depth * (columns + GAP) + e] = there ? input.get(from + image) : 0;
            }
            context.localBarrier();
            for (int term = slice; term < depth; term += slices) {
                int a = term * (rows + GAP) + down * SIDE;
                int b = depth * (rows + GAP) + term * (columns + GAP) + place;
                float a0 = local[a + 0];
                float a1 = local[a + 1];
                float a2 = local[a + 2];
                float a3 = local[a + 3];
                float a4 = local[a + 4];
                float a5 = local[a + 5];
                float a6 = local[a + 6];
                float a7 = local[a + 7];
                for (int i = 0; i < SIDE; i++) {
                    float value = local[b + i * across];
                    sums0[i] += a0 * value;
                    sums1[i] += a1 * value;
                    sums2[i] += a2 * value;
                    sums3[i] += a3 * value;
                    sums4[i] += a4 * value;
                    sums5[i] += a5 * value;
                    sums6[i] += a6 * value;
                    sums7[i] += a7 * value;
                }
            }
            context.localBarrier();
        }
        for (int r = 0; r < SIDE; r++) {
            Product.choose(r, chosen, sums0, sums1, sums2, sums3, sums4, sums5, sums6, sums7);
            for (int i = 0; i < SIDE; i++) {
                local[item / across * columns + place + i * across] = chosen[i];
            }
            context.localBarrier();
            for (int e = item; e < rows / SIDE * columns; e += threads) {
                int row = firstRow + e / columns * SIDE + r;
                float sum = 0;
                for (int s = 0; s < slices; s++) {
                    sum += local[s * (rows / SIDE) * columns + e];
                }
                Product.store(weightGradient, group * groupFilters, row, groupFilters, firstColumn + e % columns, taps, sum);
            }
            context.localBarrier();
        }
    }

    /** The gradient by the bias: a work-group sums a filter's gradients over {@code plane} pixels and images. */
    static void convolutionBiasGradient(KernelContext context, int threads, int plane, FloatArray outputGradient,
                                        FloatArray biasGradient) {
        int item = context.localIdx;
        int filter = context.groupIdx;
        float sum = 0;
        for (int i = item; i < plane; i += threads) {
            sum += outputGradient.get(filter * plane + i);
        }
        float total = Trees.sum(context, threads, sum);
        if (item == 0) {
            biasGradient.set(filter, total);
        }
    }
}
