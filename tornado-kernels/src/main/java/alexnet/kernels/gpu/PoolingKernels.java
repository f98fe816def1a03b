package alexnet.kernels.gpu;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Overlapping max-pooling (paper, section 3.4), one element a work item: neighbouring work items are neighbouring images.
 *
 * <p>Arrays, batch innermost: input {@code [channels][height][width][images]}, output and winners
 * {@code [channels][outputHeight][outputWidth][images]}; a winner is the {@code row * width + column} of the input.
 */
final class PoolingKernels {

    private PoolingKernels() {
    }

    /** The largest value of each window and its place; the first wins a tie, the last NaN wins over every number. */
    static void maxPoolForward(int images, int channels, int height, int width, int size, int stride, int outputHeight,
                               int outputWidth, FloatArray input, FloatArray output, IntArray winners) {
        for (@Parallel int at = 0; at < channels * outputHeight * outputWidth * images; at++) {
            int image = at % images;
            int left = at / images % outputWidth * stride;
            int top = at / images / outputWidth % outputHeight * stride;
            int channel = at / images / outputWidth / outputHeight;
            int endRow = top + size < height ? top + size : height;
            int endColumn = left + size < width ? left + size : width;
            float largest = Float.NEGATIVE_INFINITY;
            int winner = top * width + left;
            for (int row = top; row < endRow; row++) {
                for (int column = left; column < endColumn; column++) {
                    float value = input.get(((channel * height + row) * width + column) * images + image);
                    // Only a NaN differs from itself. Nothing is larger than one, so it stays.
                    boolean wins = value > largest || value != value;
                    largest = wins ? value : largest;
                    winner = wins ? row * width + column : winner;
                }
            }
            output.set(at, largest);
            winners.set(at, winner);
        }
    }

    /** Each input's sum of the gradients of the windows that it won. */
    static void maxPoolInputGradient(int images, int channels, int height, int width, int size, int stride,
                                     int outputHeight, int outputWidth, FloatArray outputGradient, IntArray winners,
                                     FloatArray inputGradient) {
        for (@Parallel int at = 0; at < channels * height * width * images; at++) {
            int image = at % images;
            int column = at / images % width;
            int row = at / images / width % height;
            int channel = at / images / width / height;
            int firstY = row < size ? 0 : (row - size) / stride + 1;
            int firstX = column < size ? 0 : (column - size) / stride + 1;
            int endY = row / stride + 1 < outputHeight ? row / stride + 1 : outputHeight;
            int endX = column / stride + 1 < outputWidth ? column / stride + 1 : outputWidth;
            float sum = 0;
            for (int y = firstY; y < endY; y++) {
                for (int x = firstX; x < endX; x++) {
                    int from = ((channel * outputHeight + y) * outputWidth + x) * images + image;
                    sum += winners.get(from) == row * width + column ? outputGradient.get(from) : 0;
                }
            }
            inputGradient.set(at, sum);
        }
    }
}
