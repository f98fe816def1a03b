package alexnet.kernels.host;

import static alexnet.kernels.host.Lanes.BYTES;
import static alexnet.kernels.host.Lanes.FLOATS;
import static alexnet.kernels.host.Lanes.INTS;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * From stored 8-bit images to the network's input (paper, sections 2 and 4.1). Images are read along their rows and written
 * batch innermost, which is a transposition: a block, a few rows of one channel, is computed for image after image, and
 * transposed while it is in the second-level cache. Several rows, because those of one image follow each other in memory, and
 * those of different images lie far apart.
 *
 * <p>Arrays: pixels {@code [images][channels][storedHeight][storedWidth]}, mean {@code [channels][storedHeight][storedWidth]},
 * deviation {@code [channels]}, crops {@code [top, left, mirrored][images]}, noise {@code [channels][images]}, output
 * {@code [channels][height][width][images]}.
 */
final class ImageKernels {

    /** Numbers of a block, as far as one row of all images has fewer: half a MiB. */
    private static final int BLOCK = 128 * 1024;

    private ImageKernels() {
    }

    /** How many rows make a block. */
    static int blockRows(int images, int height, int width) {
        return Math.clamp(BLOCK / ((long) images * width), 1, height);
    }

    /** {@code output = (pixel - mean + noise) / deviation}, cropped and mirrored. */
    static void prepare(int images, int channels, int storedHeight, int storedWidth, int height, int width, int blockRows,
                        ByteArray pixels, FloatArray mean, FloatArray deviation, IntArray crops, FloatArray noise, FloatArray output) {
        byte[] stored = HostArrays.bytes(pixels);
        float[] means = HostArrays.floats(mean);
        float[] deviations = HostArrays.floats(deviation);
        int[] crop = HostArrays.ints(crops);
        float[] offsets = HostArrays.floats(noise);
        float[] out = HostArrays.floats(output);
        int blocks = Math.ceilDiv(height, blockRows);
        int blockLength = blockRows * width;
        float[] rows = Scratch.ofThread().floats(images * blockLength);
        for (@Parallel int block = 0; block < channels * blocks; block++) {
            int channel = block / blocks;
            int top = block % blocks * blockRows;
            int blockHeight = Math.min(blockRows, height - top);
            for (int image = 0; image < images; image++) {
                int place = (channel * storedHeight + crop[image] + top) * storedWidth + crop[images + image];
                boolean mirrored = crop[2 * images + image] != 0;
                for (int row = 0; row < blockHeight; row++) {
                    int target = image * blockLength + row * width;
                    row(stored, (image * channels * storedHeight + row) * storedWidth + place, means, place + row * storedWidth, width,
                            offsets[channel * images + image], deviations[channel], rows, target);
                    if (mirrored) {
                        mirror(rows, target, target + width - 1);
                    }
                }
            }
            Matrices.transpose(rows, 0, blockLength, images, blockHeight * width, out, (channel * height + top) * width * images, images);
        }
    }

    private static void row(byte[] stored, int source, float[] means, int mean, int width, float offset, float deviation, float[] row,
                            int target) {
        int i = 0;
        int whole = Math.min(width - Lanes.COUNT, stored.length - BYTES.length() - source);
        for (; i <= whole; i += Lanes.COUNT) {
            FloatVector pixels = (FloatVector) ByteVector.fromArray(BYTES, stored, source + i)
                    .convertShape(VectorOperators.ZERO_EXTEND_B2I, INTS, 0).convert(VectorOperators.I2F, 0);
            pixels.sub(FloatVector.fromArray(FLOATS, means, mean + i)).add(offset).div(deviation).intoArray(row, target + i);
        }
        for (; i < width; i++) {
            row[target + i] = ((stored[source + i] & 0xFF) - means[mean + i] + offset) / deviation;
        }
    }

    private static void mirror(float[] row, int first, int last) {
        for (int left = first, right = last; left < right; left++, right--) {
            float value = row[left];
            row[left] = row[right];
            row[right] = value;
        }
    }
}
