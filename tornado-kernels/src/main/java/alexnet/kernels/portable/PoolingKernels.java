package alexnet.kernels.portable;

import static alexnet.kernels.portable.Tile.LANES;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Overlapping max-pooling (paper, section 3.4).
 *
 * <p>Arrays, batch innermost: input {@code [channels][height][width][images]}, output and winners
 * {@code [channels][outputHeight][outputWidth][images]}; a winner is the {@code row * width + column} of the input.
 */
final class PoolingKernels {

    private PoolingKernels() {
    }

    /** The largest value of each window and its place; the first wins a tie, a NaN over every number, the last NaN over others. */
    static void maxPoolForward(int images, int channels, int height, int width, int size, int stride, int outputHeight,
                               int outputWidth, FloatArray input, FloatArray output, IntArray winners) {
        int imageTiles = Tile.count(images, LANES);
        int lanes = Tile.lanes(images);
        for (@Parallel int item = 0; item < channels * outputHeight * outputWidth * imageTiles; item++) {
            int image = Tile.start(item % imageTiles, images);
            int end = Tile.end(item % imageTiles, images);
            int pixel = item / imageTiles;
            int x = pixel % outputWidth;
            int y = pixel / outputWidth % outputHeight;
            int channel = pixel / outputWidth / outputHeight;
            int endRow = y * stride + size < height ? y * stride + size : height;
            int endColumn = x * stride + size < width ? x * stride + size : width;

            float[] largest = new float[LANES];
            int[] places = new int[LANES];
            for (int i = 0; i < lanes; i++) {
                largest[i] = Float.NEGATIVE_INFINITY;
                places[i] = y * stride * width + x * stride;
            }
            for (int row = y * stride; row < endRow; row++) {
                for (int column = x * stride; column < endColumn; column++) {
                    int from = Tile.firstLane(((channel * height + row) * width + column) * images + image);
                    for (int i = 0; i < lanes; i++) {
                        float value = input.get(from + i);
                        // Only a NaN differs from itself. No number is larger than one, so only another NaN takes its place.
                        boolean wins = value > largest[i] || value != value;
                        largest[i] = wins ? value : largest[i];
                        places[i] = wins ? row * width + column : places[i];
                    }
                }
            }
            int to = pixel * images + image;
            for (int i = 0; i < end - image; i++) {
                output.set(to + i, largest[i]);
                winners.set(to + i, places[i]);
            }
        }
    }

    /** Each input's sum of the gradients of the windows that it won. */
    static void maxPoolInputGradient(int images, int channels, int height, int width, int size, int stride,
                                     int outputHeight, int outputWidth, FloatArray outputGradient, IntArray winners,
                                     FloatArray inputGradient) {
        int imageTiles = Tile.count(images, LANES);
        int lanes = Tile.lanes(images);
        for (@Parallel int item = 0; item < channels * height * width * imageTiles; item++) {
            int image = Tile.start(item % imageTiles, images);
            int end = Tile.end(item % imageTiles, images);
            int pixel = item / imageTiles;
            int place = pixel % (height * width);
            int channel = pixel / (height * width);
            int row = place / width;
            int column = place % width;
            int endY = Tile.endBefore(row + 1, stride, outputHeight);
            int firstX = Tile.firstFrom(column - size + 1, stride);
            int endX = Tile.endBefore(column + 1, stride, outputWidth);

            float[] sums = new float[LANES];
            for (int i = 0; i < lanes; i++) {
                sums[i] = 0;
            }
            for (int y = Tile.firstFrom(row - size + 1, stride); y < endY; y++) {
                for (int x = firstX; x < endX; x++) {
                    int from = Tile.firstLane(((channel * outputHeight + y) * outputWidth + x) * images + image);
                    for (int i = 0; i < lanes; i++) {
                        sums[i] += winners.get(from + i) == place ? outputGradient.get(from + i) : 0;
                    }
                }
            }
            for (int i = 0; i < end - image; i++) {
                inputGradient.set(pixel * images + image + i, sums[i]);
            }
        }
    }
}
