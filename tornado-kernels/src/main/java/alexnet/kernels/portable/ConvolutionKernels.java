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
 * {@code [filters][outputHeight][outputWidth][images]}.
 */
final class ConvolutionKernels {

    private ConvolutionKernels() {
    }

    /**
     * {@code output = bias + weights * input}, negative sums set to 0 where {@code relu} is 1; a NaN stays one. A work item
     * computes one pixel of four filters and 16 images.
     */
    static void convolutionForward(int images, int channels, int height, int width, int filters, int size, int stride,
                                   int padding, int groups, int relu, FloatArray input, FloatArray weights,
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
            int image = Tile.start(item % imageTiles, images);
            int end = Tile.end(item % imageTiles, images);
            int pixel = item / imageTiles % (outputHeight * outputWidth);
            int y = pixel / outputWidth;
            int x = pixel % outputWidth;
            int rowTile = item / imageTiles / (outputHeight * outputWidth);
            int group = rowTile / rowTiles;
            int last = (group + 1) * groupFilters - 1;
            int f0 = group * groupFilters + rowTile % rowTiles * ROWS;
            int f1 = f0 + 1 < last ? f0 + 1 : last;
            int f2 = f0 + 2 < last ? f0 + 2 : last;
            int f3 = f0 + 3 < last ? f0 + 3 : last;

            float[] sums0 = new float[LANES];
            float[] sums1 = new float[LANES];
            float[] sums2 = new float[LANES];
            float[] sums3 = new float[LANES];
            for (int i = 0; i < lanes; i++) {
                sums0[i] = bias.get(f0);
                sums1[i] = bias.get(f1);
                sums2[i] = bias.get(f2);
                sums3[i] = bias.get(f3);
            }
            int top = y * stride - padding;
            int left = x * stride - padding;
            int firstKy = top < 0 ? -top : 0;
            int endKy = top + size > height ? height - top : size;
            int firstKx = left < 0 ? -left : 0;
            int endKx = left + size > width ? width - left : size;
            for (int c = 0; c < groupChannels; c++) {
                for (int ky = firstKy; ky < endKy; ky++) {
                    for (int kx = firstKx; kx < endKx; kx++) {
                        int tap = (c * size + ky) * size + kx;
                        float w0 = weights.get(f0 * filterLength + tap);
                        float w1 = weights.get(f1 * filterLength + tap);
                        float w2 = weights.get(f2 * filterLength + tap);
                        float w3 = weights.get(f3 * filterLength + tap);
                        int from = (((group * groupChannels + c) * height + top + ky) * width + left + kx) * images + image;
                        for (int i = 0; i < lanes; i++) {
                            float value = input.get(from + i);
                            sums0[i] += w0 * value;
                            sums1[i] += w1 * value;
                            sums2[i] += w2 * value;
                            sums3[i] += w3 * value;
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
            }
        }
    }

    /**
     * The gradient by the input: every output pixel hands its gradient back through the taps that it saw the input pixel
     * with. A work item computes one pixel of four channels and 16 images.
     */
    static void convolutionInputGradient(int images, int channels, int height, int width, int filters, int size,
                                         int stride, int padding, int groups, FloatArray outputGradient,
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
            int image = Tile.start(item % imageTiles, images);
            int end = Tile.end(item % imageTiles, images);
            int pixel = item / imageTiles % (height * width);
            // The pixel's place in the padded input, in which output y sees the rows y * stride to y * stride + size - 1.
            int row = pixel / width + padding;
            int column = pixel % width + padding;
            int rowTile = item / imageTiles / (height * width);
            int group = rowTile / rowTiles;
            int last = groupChannels - 1;
            int c0 = rowTile % rowTiles * ROWS;
            int c1 = c0 + 1 < last ? c0 + 1 : last;
            int c2 = c0 + 2 < last ? c0 + 2 : last;
            int c3 = c0 + 3 < last ? c0 + 3 : last;

            float[] sums0 = new float[LANES];
            float[] sums1 = new float[LANES];
            float[] sums2 = new float[LANES];
            float[] sums3 = new float[LANES];
            for (int i = 0; i < lanes; i++) {
                sums0[i] = 0;
                sums1[i] = 0;
                sums2[i] = 0;
                sums3[i] = 0;
            }
            int firstY = Tile.firstFrom(row - size + 1, stride);
            int endY = Tile.endBefore(row + 1, stride, outputHeight);
            int firstX = Tile.firstFrom(column - size + 1, stride);
            int endX = Tile.endBefore(column + 1, stride, outputWidth);
            for (int f = group * groupFilters; f < (group + 1) * groupFilters; f++) {
                for (int y = firstY; y < endY; y++) {
                    for (int x = firstX; x < endX; x++) {
                        int tap = (row - y * stride) * size + column - x * stride;
                        float w0 = weights.get((f * groupChannels + c0) * size * size + tap);
                        float w1 = weights.get((f * groupChannels + c1) * size * size + tap);
                        float w2 = weights.get((f * groupChannels + c2) * size * size + tap);
                        float w3 = weights.get((f * groupChannels + c3) * size * size + tap);
                        int from = ((f * outputHeight + y) * outputWidth + x) * images + image;
                        for (int i = 0; i < lanes; i++) {
                            float gradient = outputGradient.get(from + i);
                            sums0[i] += w0 * gradient;
                            sums1[i] += w1 * gradient;
                            sums2[i] += w2 * gradient;
                            sums3[i] += w3 * gradient;
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
            }
        }
    }

    /**
     * The gradient by the weights. A work item computes one row of taps of four filters and one channel; for each row of
     * the output it sums over pixels and images in 16 lanes, and adds the lanes and then the row to the gradient. So no
     * term passes through more than {@code outputWidth * (images / 16 + 1) + 4 + outputHeight} roundings, and the error is
     * at most that many half units in the last place of the sum of the terms' magnitudes, typically its square root.
     */
    static void convolutionWeightGradient(int images, int channels, int height, int width, int filters, int size,
                                          int stride, int padding, int groups, FloatArray input,
                                          FloatArray outputGradient, FloatArray weightGradient) {
        int outputHeight = (height + 2 * padding - size) / stride + 1;
        int outputWidth = (width + 2 * padding - size) / stride + 1;
        int groupChannels = channels / groups;
        int groupFilters = filters / groups;
        int rowTiles = Tile.count(groupFilters, ROWS);
        int rest = images % LANES;
        int plane = outputHeight * outputWidth * images;
        int filterLength = groupChannels * size * size;
        for (@Parallel int item = 0; item < groups * rowTiles * groupChannels * size; item++) {
            int ky = item % size;
            int c = item / size % groupChannels;
            int rowTile = item / size / groupChannels;
            int group = rowTile / rowTiles;
            int last = (group + 1) * groupFilters - 1;
            int f0 = group * groupFilters + rowTile % rowTiles * ROWS;
            int f1 = f0 + 1 < last ? f0 + 1 : last;
            int f2 = f0 + 2 < last ? f0 + 2 : last;
            int f3 = f0 + 3 < last ? f0 + 3 : last;
            int taps = (c * size + ky) * size;
            for (int kx = 0; kx < size; kx++) {
                weightGradient.set(f0 * filterLength + taps + kx, 0);
                weightGradient.set(f1 * filterLength + taps + kx, 0);
                weightGradient.set(f2 * filterLength + taps + kx, 0);
                weightGradient.set(f3 * filterLength + taps + kx, 0);
            }
            float[] sums0 = new float[LANES];
            float[] sums1 = new float[LANES];
            float[] sums2 = new float[LANES];
            float[] sums3 = new float[LANES];
            // Outputs whose tap lies on the input and not on the padding.
            int endY = Tile.endBefore(height + padding - ky, stride, outputHeight);
            for (int y = Tile.firstFrom(padding - ky, stride); y < endY; y++) {
                int inputRow = ((group * groupChannels + c) * height + y * stride + ky - padding) * width;
                for (int kx = 0; kx < size; kx++) {
                    for (int i = 0; i < LANES; i++) {
                        sums0[i] = 0;
                        sums1[i] = 0;
                        sums2[i] = 0;
                        sums3[i] = 0;
                    }
                    int endX = Tile.endBefore(width + padding - kx, stride, outputWidth);
                    for (int x = Tile.firstFrom(padding - kx, stride); x < endX; x++) {
                        int in = (inputRow + x * stride + kx - padding) * images;
                        int at = (y * outputWidth + x) * images;
                        for (int image = 0; image < images - rest; image += LANES) {
                            for (int i = 0; i < LANES; i++) {
                                float value = input.get(in + image + i);
                                sums0[i] += outputGradient.get(f0 * plane + at + image + i) * value;
                                sums1[i] += outputGradient.get(f1 * plane + at + image + i) * value;
                                sums2[i] += outputGradient.get(f2 * plane + at + image + i) * value;
                                sums3[i] += outputGradient.get(f3 * plane + at + image + i) * value;
                            }
                        }
                        for (int i = 0; i < rest; i++) {
                            float value = input.get(in + images - rest + i);
                            sums0[i] += outputGradient.get(f0 * plane + at + images - rest + i) * value;
                            sums1[i] += outputGradient.get(f1 * plane + at + images - rest + i) * value;
                            sums2[i] += outputGradient.get(f2 * plane + at + images - rest + i) * value;
                            sums3[i] += outputGradient.get(f3 * plane + at + images - rest + i) * value;
                        }
                    }
                    for (int half = LANES / 2; half > 0; half /= 2) {
                        for (int i = 0; i < half; i++) {
                            sums0[i] += sums0[i + half];
                            sums1[i] += sums1[i + half];
                            sums2[i] += sums2[i + half];
                            sums3[i] += sums3[i + half];
                        }
                    }
                    // All are read before one is written: a repeated row must not be added twice.
                    float row0 = weightGradient.get(f0 * filterLength + taps + kx) + sums0[0];
                    float row1 = weightGradient.get(f1 * filterLength + taps + kx) + sums1[0];
                    float row2 = weightGradient.get(f2 * filterLength + taps + kx) + sums2[0];
                    float row3 = weightGradient.get(f3 * filterLength + taps + kx) + sums3[0];
                    weightGradient.set(f0 * filterLength + taps + kx, row0);
                    weightGradient.set(f1 * filterLength + taps + kx, row1);
                    weightGradient.set(f2 * filterLength + taps + kx, row2);
                    weightGradient.set(f3 * filterLength + taps + kx, row3);
                }
            }
        }
    }

    /**
     * The gradient by the bias: the sum of a filter's gradients over images, then pixels of a row, then rows, so that no
     * term passes through more than {@code images + outputWidth + outputHeight} roundings. A work item computes one filter.
     */
    static void convolutionBiasGradient(int images, int filters, int outputHeight, int outputWidth,
                                        FloatArray outputGradient, FloatArray biasGradient) {
        for (@Parallel int f = 0; f < filters; f++) {
            float sum = 0;
            for (int y = 0; y < outputHeight; y++) {
                float row = 0;
                for (int x = 0; x < outputWidth; x++) {
                    float pixel = 0;
                    for (int image = 0; image < images; image++) {
                        pixel += outputGradient.get(((f * outputHeight + y) * outputWidth + x) * images + image);
                    }
                    row += pixel;
                }
                sum += row;
            }
            biasGradient.set(f, sum);
        }
    }
}
