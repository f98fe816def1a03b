package alexnet.kernels.portable;

import static alexnet.kernels.portable.Tile.LANES;
import static alexnet.kernels.portable.Tile.ROWS;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Convolution with zero padding and channel groups, forward and backward (paper, section 3.5). A fully connected layer is
 * the convolution of a 1x1 image. Names of indices: {@code f} filter, {@code c} channel within its group, {@code y, x}
 * output pixel, {@code ky, kx} tap of a filter.
 *
 * <p>Arrays, batch innermost: input {@code [channels][height][width][images]}, weights
 * {@code [filters][channels / groups][size][size]}, bias {@code [filters]}, output
 * {@code [filters][outputHeight][outputWidth][images]}; those called tiles are arranged by {@link TileKernels}.
 */
final class ConvolutionKernels {

    private ConvolutionKernels() {
    }

    /**
     * {@code output = bias + weights * input}, negative sums set to 0 where {@code relu} is 1; a NaN stays one. A work item
     * computes one pixel of six filters and 16 images.
     */
    static void convolutionForward(int images, int channels, int height, int width, int filters, int size, int stride,
                                   int padding, int groups, int relu, FloatArray inputTiles, FloatArray weights,
                                   FloatArray bias, FloatArray output) {
        int outputHeight = (height + 2 * padding - size) / stride + 1;
        int outputWidth = (width + 2 * padding - size) / stride + 1;
        int groupChannels = channels / groups;
        int groupFilters = filters / groups;
        int rowTiles = Tile.count(groupFilters, ROWS);
        int imageTiles = Tile.count(images, LANES);
        int lanes = Tile.lanes(images);
        int plane = outputHeight * outputWidth * images;
        int filterLength = groupChannels * size * size;
        for (@Parallel int item = 0; item < groups * rowTiles * outputHeight * outputWidth * imageTiles; item++) {
            int pixel = item % (outputHeight * outputWidth);
            int rowTile = item / (outputHeight * outputWidth) % (groups * rowTiles);
            int imageTile = item / (outputHeight * outputWidth) / (groups * rowTiles);
            int image = Tile.start(imageTile, images);
            int end = Tile.end(imageTile, images);
            int y = pixel / outputWidth;
            int x = pixel % outputWidth;
            int group = rowTile / rowTiles;
            int last = (group + 1) * groupFilters - 1;
            int f0 = group * groupFilters + rowTile % rowTiles * ROWS;
            int f1 = f0 + 1 < last ? f0 + 1 : last;
            int f2 = f0 + 2 < last ? f0 + 2 : last;
            int f3 = f0 + 3 < last ? f0 + 3 : last;
            int f4 = f0 + 4 < last ? f0 + 4 : last;
            int f5 = f0 + 5 < last ? f0 + 5 : last;

            float[] sums0 = new float[LANES];
            float[] sums1 = new float[LANES];
            float[] sums2 = new float[LANES];
            float[] sums3 = new float[LANES];
            float[] sums4 = new float[LANES];
            float[] sums5 = new float[LANES];
            for (int i = 0; i < lanes; i++) {
                sums0[i] = bias.get(f0);
                sums1[i] = bias.get(f1);
                sums2[i] = bias.get(f2);
                sums3[i] = bias.get(f3);
                sums4[i] = bias.get(f4);
                sums5[i] = bias.get(f5);
            }
            int top = y * stride - padding;
            int left = x * stride - padding;
            int firstKy = top < 0 ? -top : 0;
            int endKy = top + size > height ? height - top : size;
            int firstKx = left < 0 ? -left : 0;
            int endKx = left + size > width ? width - left : size;
            for (int c = group * groupChannels; c < (group + 1) * groupChannels; c++) {
                for (int ky = firstKy; ky < endKy; ky++) {
                    int tapRow = ((c - group * groupChannels) * size + ky) * size;
                    int inputRow = ((imageTile * channels + c) * height + top + ky) * width + left;
                    for (int kx = firstKx; kx < endKx; kx++) {
                        float w0 = weights.get(f0 * filterLength + tapRow + kx);
                        float w1 = weights.get(f1 * filterLength + tapRow + kx);
                        float w2 = weights.get(f2 * filterLength + tapRow + kx);
                        float w3 = weights.get(f3 * filterLength + tapRow + kx);
                        float w4 = weights.get(f4 * filterLength + tapRow + kx);
                        float w5 = weights.get(f5 * filterLength + tapRow + kx);
                        int from = Tile.firstLane((inputRow + kx) * lanes);
                        for (int i = 0; i < lanes; i++) {
                            float value = inputTiles.get(from + i);
                            sums0[i] += w0 * value;
                            sums1[i] += w1 * value;
                            sums2[i] += w2 * value;
                            sums3[i] += w3 * value;
                            sums4[i] += w4 * value;
                            sums5[i] += w5 * value;
                        }
                    }
                }
            }
            int to = pixel * images + image;
            for (int i = 0; i < end - image; i++) {
                output.set(f0 * plane + to + i, relu != 0 && sums0[i] < 0 ? 0 : sums0[i]);
                output.set(f1 * plane + to + i, relu != 0 && sums1[i] < 0 ? 0 : sums1[i]);
                output.set(f2 * plane + to + i, relu != 0 && sums2[i] < 0 ? 0 : sums2[i]);
                output.set(f3 * plane + to + i, relu != 0 && sums3[i] < 0 ? 0 : sums3[i]);
                output.set(f4 * plane + to + i, relu != 0 && sums4[i] < 0 ? 0 : sums4[i]);
                output.set(f5 * plane + to + i, relu != 0 && sums5[i] < 0 ? 0 : sums5[i]);
            }
        }
    }

    /**
     * The gradient by the input: every output pixel hands its gradient back through the taps that it saw the input pixel
     * with. A work item computes one pixel of six channels and 16 images.
     */
    static void convolutionInputGradient(int images, int channels, int height, int width, int filters, int size,
                                         int stride, int padding, int groups, FloatArray outputGradientTiles,
                                         FloatArray weights, FloatArray inputGradient) {
        int outputHeight = (height + 2 * padding - size) / stride + 1;
        int outputWidth = (width + 2 * padding - size) / stride + 1;
        int groupChannels = channels / groups;
        int groupFilters = filters / groups;
        int rowTiles = Tile.count(groupChannels, ROWS);
        int imageTiles = Tile.count(images, LANES);
        int lanes = Tile.lanes(images);
        int plane = height * width * images;
        for (@Parallel int item = 0; item < groups * rowTiles * height * width * imageTiles; item++) {
            int pixel = item % (height * width);
            int rowTile = item / (height * width) % (groups * rowTiles);
            int imageTile = item / (height * width) / (groups * rowTiles);
            int image = Tile.start(imageTile, images);
            int end = Tile.end(imageTile, images);
            // The pixel's place in the padded input, in which output y sees the rows y * stride to y * stride + size - 1.
            int row = pixel / width + padding;
            int column = pixel % width + padding;
            int group = rowTile / rowTiles;
            int last = groupChannels - 1;
            int c0 = rowTile % rowTiles * ROWS;
            int c1 = c0 + 1 < last ? c0 + 1 : last;
            int c2 = c0 + 2 < last ? c0 + 2 : last;
            int c3 = c0 + 3 < last ? c0 + 3 : last;
            int c4 = c0 + 4 < last ? c0 + 4 : last;
            int c5 = c0 + 5 < last ? c0 + 5 : last;

            float[] sums0 = new float[LANES];
            float[] sums1 = new float[LANES];
            float[] sums2 = new float[LANES];
            float[] sums3 = new float[LANES];
            float[] sums4 = new float[LANES];
            float[] sums5 = new float[LANES];
            for (int i = 0; i < lanes; i++) {
                sums0[i] = 0;
                sums1[i] = 0;
                sums2[i] = 0;
                sums3[i] = 0;
                sums4[i] = 0;
                sums5[i] = 0;
            }
            int firstY = Tile.firstFrom(row - size + 1, stride);
            int endY = Tile.endBefore(row + 1, stride, outputHeight);
            int firstX = Tile.firstFrom(column - size + 1, stride);
            int endX = Tile.endBefore(column + 1, stride, outputWidth);
            for (int f = group * groupFilters; f < (group + 1) * groupFilters; f++) {
                for (int y = firstY; y < endY; y++) {
                    int tapRow = (row - y * stride) * size + column;
                    int outputRow = ((imageTile * filters + f) * outputHeight + y) * outputWidth;
                    for (int x = firstX; x < endX; x++) {
                        int tap = tapRow - x * stride;
                        float w0 = weights.get((f * groupChannels + c0) * size * size + tap);
                        float w1 = weights.get((f * groupChannels + c1) * size * size + tap);
                        float w2 = weights.get((f * groupChannels + c2) * size * size + tap);
                        float w3 = weights.get((f * groupChannels + c3) * size * size + tap);
                        float w4 = weights.get((f * groupChannels + c4) * size * size + tap);
                        float w5 = weights.get((f * groupChannels + c5) * size * size + tap);
                        int from = Tile.firstLane((outputRow + x) * lanes);
                        for (int i = 0; i < lanes; i++) {
                            float gradient = outputGradientTiles.get(from + i);
                            sums0[i] += w0 * gradient;
                            sums1[i] += w1 * gradient;
                            sums2[i] += w2 * gradient;
                            sums3[i] += w3 * gradient;
                            sums4[i] += w4 * gradient;
                            sums5[i] += w5 * gradient;
                        }
                    }
                }
            }
            int to = group * groupChannels * plane + pixel * images + image;
            for (int i = 0; i < end - image; i++) {
                inputGradient.set(to + c0 * plane + i, sums0[i]);
                inputGradient.set(to + c1 * plane + i, sums1[i]);
                inputGradient.set(to + c2 * plane + i, sums2[i]);
                inputGradient.set(to + c3 * plane + i, sums3[i]);
                inputGradient.set(to + c4 * plane + i, sums4[i]);
                inputGradient.set(to + c5 * plane + i, sums5[i]);
            }
        }
    }

    /**
     * The gradient by the weights, by rows of the output: {@link #addRows} is what makes it one. A work item computes six taps of 16
     * filters from one row, here the filters are the lanes. It sums over the images of a pixel, then over the pixels, so that
     * no term passes through more than {@code images + outputWidth + outputHeight} roundings: the error is at most that many half
     * units in the last place of the sum of the terms' magnitudes, typically its square root.
     *
     * @param workspace the padded input, from {@code tilesOffset} on the gradient in tiles of filters, and from {@code rowsOffset} on
     *                  what becomes of them, {@code [outputHeight][groups][tiles of filters][channels / groups][size][size][lanes]}
     */
    static void convolutionWeightGradient(int images, int channels, int height, int width, int filters, int size,
                                          int stride, int padding, int groups, int tilesOffset, int rowsOffset,
                                          FloatArray workspace) {
        int outputHeight = (height + 2 * padding - size) / stride + 1;
        int outputWidth = (width + 2 * padding - size) / stride + 1;
        int groupChannels = channels / groups;
        int groupFilters = filters / groups;
        int filterTiles = Tile.count(groupFilters, LANES);
        int lanes = Tile.lanes(groupFilters);
        int filterLength = groupChannels * size * size;
        int tapTiles = Tile.count(filterLength, ROWS);
        int paddedHeight = height + 2 * padding;
        int paddedWidth = width + 2 * padding;
        for (@Parallel int item = 0; item < outputHeight * groups * filterTiles * tapTiles; item++) {
            int y = item / tapTiles / (groups * filterTiles);
            int filterTile = item / tapTiles % (groups * filterTiles);
            int group = filterTile / filterTiles;
            int filter = group * groupFilters + Tile.start(filterTile % filterTiles, groupFilters);
            int end = group * groupFilters + Tile.end(filterTile % filterTiles, groupFilters);
            int last = filterLength - 1;
            int tap0 = item % tapTiles * ROWS;
            int tap1 = tap0 + 1 < last ? tap0 + 1 : last;
            int tap2 = tap0 + 2 < last ? tap0 + 2 : last;
            int tap3 = tap0 + 3 < last ? tap0 + 3 : last;
            int tap4 = tap0 + 4 < last ? tap0 + 4 : last;
            int tap5 = tap0 + 5 < last ? tap0 + 5 : last;
            int place0 = place(group * groupChannels, tap0, size, paddedHeight, paddedWidth);
            int place1 = place(group * groupChannels, tap1, size, paddedHeight, paddedWidth);
            int place2 = place(group * groupChannels, tap2, size, paddedHeight, paddedWidth);
            int place3 = place(group * groupChannels, tap3, size, paddedHeight, paddedWidth);
            int place4 = place(group * groupChannels, tap4, size, paddedHeight, paddedWidth);
            int place5 = place(group * groupChannels, tap5, size, paddedHeight, paddedWidth);

            float[] totals0 = new float[LANES];
            float[] totals1 = new float[LANES];
            float[] totals2 = new float[LANES];
            float[] totals3 = new float[LANES];
            float[] totals4 = new float[LANES];
            float[] totals5 = new float[LANES];
            float[] sums0 = new float[LANES];
            float[] sums1 = new float[LANES];
            float[] sums2 = new float[LANES];
            float[] sums3 = new float[LANES];
            float[] sums4 = new float[LANES];
            float[] sums5 = new float[LANES];
            for (int i = 0; i < lanes; i++) {
                totals0[i] = 0;
                totals1[i] = 0;
                totals2[i] = 0;
                totals3[i] = 0;
                totals4[i] = 0;
                totals5[i] = 0;
            }
            for (int x = 0; x < outputWidth; x++) {
                int pixel = (filterTile * outputHeight + y) * outputWidth + x;
                int corner = y * stride * paddedWidth + x * stride;
                int from0 = (place0 + corner) * images;
                int from1 = (place1 + corner) * images;
                int from2 = (place2 + corner) * images;
                int from3 = (place3 + corner) * images;
                int from4 = (place4 + corner) * images;
                int from5 = (place5 + corner) * images;
                for (int i = 0; i < lanes; i++) {
                    sums0[i] = 0;
                    sums1[i] = 0;
                    sums2[i] = 0;
                    sums3[i] = 0;
                    sums4[i] = 0;
                    sums5[i] = 0;
                }
                for (int image = 0; image < images; image++) {
                    float value0 = workspace.get(from0 + image);
                    float value1 = workspace.get(from1 + image);
                    float value2 = workspace.get(from2 + image);
                    float value3 = workspace.get(from3 + image);
                    float value4 = workspace.get(from4 + image);
                    float value5 = workspace.get(from5 + image);
                    int at = Tile.firstLane(tilesOffset + (pixel * images + image) * lanes);
                    for (int i = 0; i < lanes; i++) {
                        float gradient = workspace.get(at + i);
                        sums0[i] += value0 * gradient;
                        sums1[i] += value1 * gradient;
                        sums2[i] += value2 * gradient;
                        sums3[i] += value3 * gradient;
                        sums4[i] += value4 * gradient;
                        sums5[i] += value5 * gradient;
                    }
                }
                for (int i = 0; i < lanes; i++) {
                    totals0[i] += sums0[i];
                    totals1[i] += sums1[i];
                    totals2[i] += sums2[i];
                    totals3[i] += sums3[i];
                    totals4[i] += sums4[i];
                    totals5[i] += sums5[i];
                }
            }
            int to = rowsOffset + (y * groups * filterTiles + filterTile) * filterLength * lanes;
            for (int i = 0; i < end - filter; i++) {
                workspace.set(to + tap0 * lanes + i, totals0[i]);
                workspace.set(to + tap1 * lanes + i, totals1[i]);
                workspace.set(to + tap2 * lanes + i, totals2[i]);
                workspace.set(to + tap3 * lanes + i, totals3[i]);
                workspace.set(to + tap4 * lanes + i, totals4[i]);
                workspace.set(to + tap5 * lanes + i, totals5[i]);
            }
        }
    }

    /**
     * The gradient by the weights: the sum over the rows of the output, which begin at {@code rowsOffset}. A work item computes a tap
     * of 16 filters.
     */
    static void addRows(int groups, int groupFilters, int filterLength, int outputHeight, int rowsOffset, FloatArray workspace,
                        FloatArray weightGradient) {
        int filterTiles = Tile.count(groupFilters, LANES);
        int lanes = Tile.lanes(groupFilters);
        int items = groups * filterTiles * filterLength;
        for (@Parallel int item = 0; item < groups * filterTiles * filterLength; item++) {
            int filterTile = item / filterLength;
            int filter = filterTile / filterTiles * groupFilters + Tile.start(filterTile % filterTiles, groupFilters);
            float[] totals = new float[LANES];
            for (int i = 0; i < lanes; i++) {
                totals[i] = 0;
            }
            for (int y = 0; y < outputHeight; y++) {
                int from = Tile.firstLane(rowsOffset + (y * items + item) * lanes);
                for (int i = 0; i < lanes; i++) {
                    totals[i] += workspace.get(from + i);
                }
            }
            for (int i = 0; i < lanes; i++) {
                weightGradient.set((filter + i) * filterLength + item % filterLength, totals[i]);
            }
        }
    }

    /** Where in the padded input the first pixel lies that a tap of a filter sees. */
    private static int place(int firstChannel, int tap, int size, int paddedHeight, int paddedWidth) {
        return ((firstChannel + tap / size / size) * paddedHeight + tap / size % size) * paddedWidth + tap % size;
    }

    /**
     * The gradient by the bias: the sum of a filter's gradients over images, then over pixels, so that no term passes through
     * more than {@code images + pixels} roundings. A work item computes one filter.
     */
    static void convolutionBiasGradient(int images, int filters, int pixels, FloatArray outputGradient,
                                        FloatArray biasGradient) {
        for (@Parallel int f = 0; f < filters; f++) {
            float sum = 0;
            for (int pixel = f * pixels; pixel < (f + 1) * pixels; pixel++) {
                float part = 0;
                for (int image = 0; image < images; image++) {
                    part += outputGradient.get(pixel * images + image);
                }
                sum += part;
            }
            biasGradient.set(f, sum);
        }
    }
}
