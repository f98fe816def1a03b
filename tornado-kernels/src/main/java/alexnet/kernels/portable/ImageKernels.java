package alexnet.kernels.portable;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * From stored 8-bit images to the network's input (paper, sections 2 and 4.1).
 *
 * <p>Arrays: pixels {@code [images][channels][storedHeight][storedWidth]}, mean {@code [channels][storedHeight][storedWidth]},
 * deviation {@code [channels]}, crops {@code [top, left, mirrored][images]}, noise {@code [channels][images]}, output
 * {@code [channels][height][width][images]}.
 */
final class ImageKernels {

    private ImageKernels() {
    }

    /** {@code output = (pixel - mean + noise) / deviation}, cropped and mirrored; turns the batch innermost. */
    static void prepareImages(int images, int channels, int storedHeight, int storedWidth, int height, int width,
                              ByteArray pixels, FloatArray mean, FloatArray deviation, IntArray crops, FloatArray noise,
                              FloatArray output) {
        for (@Parallel int pixel = 0; pixel < channels * height * width; pixel++) {
            int channel = pixel / (height * width);
            int y = pixel / width % height;
            int x = pixel % width;
            for (int image = 0; image < images; image++) {
                int row = crops.get(image) + y;
                int column = crops.get(images + image) + (crops.get(2 * images + image) != 0 ? width - 1 - x : x);
                int place = (channel * storedHeight + row) * storedWidth + column;
                int value = pixels.get(image * channels * storedHeight * storedWidth + place) & 0xFF;
                output.set(pixel * images + image,
                        (value - mean.get(place) + noise.get(channel * images + image)) / deviation.get(channel));
            }
        }
    }
}
