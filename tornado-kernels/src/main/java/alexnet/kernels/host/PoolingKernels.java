package alexnet.kernels.host;

import static alexnet.kernels.host.Lanes.FLOATS;
import static alexnet.kernels.host.Lanes.INTS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Overlapping max-pooling (paper, section 3.4), a vector of images at a time. The last vector is moved back to end with the
 * batch. Images that do not fill a vector are taken one by one forward, and not at all backward: there must be a vector of
 * them. Backward, every input asks the windows that it lies in whether it won, so no two threads add to the same place. A
 * block is a row of one channel.
 *
 * <p>Arrays: input {@code [channels][height][width][images]}, output and winners
 * {@code [channels][outputHeight][outputWidth][images]}; a winner is the {@code row * width + column} of the input.
 */
final class PoolingKernels {

    private PoolingKernels() {
    }

    /** The largest value of each window and its place; the first wins a tie, a NaN over every number, the last NaN over others. */
    static void forward(int images, int channels, int height, int width, int size, int stride, int outputHeight,
                        int outputWidth, FloatArray input, FloatArray output, IntArray winners) {
        float[] in = HostArrays.floats(input);
        float[] out = HostArrays.floats(output);
        int[] places = HostArrays.ints(winners);
        for (@Parallel int block = 0; block < channels * outputHeight; block++) {
            int plane = block / outputHeight * height * width;
            int top = block % outputHeight * stride;
            int bottom = Math.min(height, top + size);
            for (int column = 0; column < outputWidth; column++) {
                int left = column * stride;
                int right = Math.min(width, left + size);
                int target = (block * outputWidth + column) * images;
                if (images < Lanes.COUNT) {
                    windowOfFew(in, plane, width, top, bottom, left, right, images, out, places, target);
                } else {
                    window(in, plane, width, top, bottom, left, right, images, out, places, target);
                }
            }
        }
    }

    private static void window(float[] in, int plane, int width, int top, int bottom, int left, int right, int images,
                               float[] out, int[] places, int target) {
        for (int i = 0; i < images; i += Lanes.COUNT) {
            int image = Math.min(i, images - Lanes.COUNT);
            FloatVector largest = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
            IntVector place = IntVector.broadcast(INTS, top * width + left);
            for (int row = top; row < bottom; row++) {
                for (int column = left; column < right; column++) {
                    int pixel = row * width + column;
                    FloatVector value = FloatVector.fromArray(FLOATS, in, (plane + pixel) * images + image);
                    // No number is larger than a NaN, so only another NaN takes its place.
                    VectorMask<Float> wins = value.compare(VectorOperators.GT, largest).or(value.test(VectorOperators.IS_NAN));
                    largest = largest.blend(value, wins);
                    place = place.blend(pixel, wins.cast(INTS));
                }
            }
            largest.intoArray(out, target + image);
            place.intoArray(places, target + image);
        }
    }

    private static void windowOfFew(float[] in, int plane, int width, int top, int bottom, int left, int right, int images,
                                    float[] out, int[] places, int target) {
        for (int image = 0; image < images; image++) {
            float largest = Float.NEGATIVE_INFINITY;
            int place = top * width + left;
            for (int row = top; row < bottom; row++) {
                for (int pixel = row * width + left; pixel < row * width + right; pixel++) {
                    float value = in[(plane + pixel) * images + image];
                    if (value > largest || value != value) {
                        largest = value;
                        place = pixel;
                    }
                }
            }
            out[target + image] = largest;
            places[target + image] = place;
        }
    }

    /** Each input's sum of the gradients of the windows that it won. */
    static void inputGradient(int images, int channels, int height, int width, int size, int stride, int outputHeight,
                              int outputWidth, FloatArray outputGradient, IntArray winners, FloatArray inputGradient) {
        float[] gradient = HostArrays.floats(outputGradient);
        int[] places = HostArrays.ints(winners);
        float[] result = HostArrays.floats(inputGradient);
        for (@Parallel int block = 0; block < channels * height; block++) {
            int plane = block / height * outputHeight * outputWidth;
            int row = block % height;
            int top = firstWindow(row, size, stride);
            int bottom = Math.min(outputHeight, row / stride + 1);
            for (int column = 0; column < width; column++) {
                input(gradient, places, plane, outputWidth, top, bottom, firstWindow(column, size, stride),
                        Math.min(outputWidth, column / stride + 1), images, row * width + column, result,
                        (block * width + column) * images);
            }
        }
    }

    private static void input(float[] gradient, int[] places, int plane, int outputWidth, int top, int bottom, int left,
                              int right, int images, int place, float[] result, int target) {
        for (int i = 0; i < images; i += Lanes.COUNT) {
            int image = Math.min(i, images - Lanes.COUNT);
            FloatVector sum = FloatVector.zero(FLOATS);
            for (int row = top; row < bottom; row++) {
                for (int column = left; column < right; column++) {
                    int window = (plane + row * outputWidth + column) * images + image;
                    VectorMask<Float> won = IntVector.fromArray(INTS, places, window).compare(VectorOperators.EQ, place)
                            .cast(FLOATS);
                    sum = sum.add(FloatVector.fromArray(FLOATS, gradient, window), won);
                }
            }
            sum.intoArray(result, target + image);
        }
    }

    /** The first window along one side that a pixel lies in. */
    private static int firstWindow(int pixel, int size, int stride) {
        return Math.max(0, Math.ceilDiv(pixel - size + 1, stride));
    }
}
