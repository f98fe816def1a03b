package alexnet.kernels.host;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * From stored 8-bit images to the network's input (paper, sections 2 and 4.1). Images are read along their rows and written
 * batch innermost, which is a transposition, so a block goes through its row in strips whose output stays in the caches.
 * A block is a row of one channel.
 *
 * <p>Arrays: pixels {@code [images][channels][storedHeight][storedWidth]}, mean {@code [channels][storedHeight][storedWidth]},
 * deviation {@code [channels]}, crops {@code [top, left, mirrored][images]}, noise {@code [channels][images]}, output
 * {@code [channels][height][width][images]}.
 */
final class ImageKernels {

    /** Columns of a strip. */
    private static final int STRIP = 64;

    private ImageKernels() {
    }

    /** {@code output = (pixel - mean + noise) / deviation}, cropped and mirrored. */
    static void prepare(int images, int channels, int storedHeight, int storedWidth, int height, int width, ByteArray pixels,
                        FloatArray mean, FloatArray deviation, IntArray crops, FloatArray noise, FloatArray output) {
        byte[] stored = HostArrays.bytes(pixels);
        float[] means = HostArrays.floats(mean);
        float[] deviations = HostArrays.floats(deviation);
        int[] crop = HostArrays.ints(crops);
        float[] offsets = HostArrays.floats(noise);
        float[] out = HostArrays.floats(output);
        int imageLength = channels * storedHeight * storedWidth;
        for (@Parallel int block = 0; block < channels * height; block++) {
            int channel = block / height;
            for (int left = 0; left < width; left += STRIP) {
                int columns = Math.min(STRIP, width - left);
                for (int image = 0; image < images; image++) {
                    int row = (channel * storedHeight + crop[image] + block % height) * storedWidth;
                    boolean mirrored = crop[2 * images + image] != 0;
                    int first = row + crop[images + image] + (mirrored ? width - 1 - left : left);
                    copyRow(stored, image * imageLength, means, first, mirrored ? -1 : 1, columns,
                            offsets[channel * images + image], deviations[channel], out, (block * width + left) * images + image, images);
                }
            }
        }
    }

    private static void copyRow(byte[] stored, int image, float[] means, int first, int step, int columns, float offset,
                                float deviation, float[] out, int target, int stride) {
        for (int i = 0; i < columns; i++) {
            int place = first + i * step;
            out[target + i * stride] = ((stored[image + place] & 0xFF) - means[place] + offset) / deviation;
        }
    }
}
