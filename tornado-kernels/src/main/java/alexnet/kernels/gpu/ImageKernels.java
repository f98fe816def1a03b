package alexnet.kernels.gpu;

import uk.ac.manchester.tornado.api.KernelContext;
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

    /** Pixels of a row, and images, that a work-group turns round in local memory. */
    private static final int TILE = 32;
    /** One more than a tile is wide, so that its columns lie in different banks. */
    private static final int LINE = TILE + 1;

    private ImageKernels() {
    }

    /** The tiles along an extent. */
    static int tiles(int extent) {
        return (extent + TILE - 1) / TILE;
    }

    /**
     * {@code output = (pixel - mean + noise) / deviation}, cropped and mirrored. A work-group reads {@value #TILE} pixels of a row of
     * {@value #TILE} images with neighbouring work items on neighbouring pixels, and writes them with neighbouring work items
     * on neighbouring images.
     */
    static void prepareImages(KernelContext context, int threads, int images, int channels, int storedHeight,
                              int storedWidth, int height, int width, ByteArray pixels, FloatArray mean,
                              FloatArray deviation, IntArray crops, FloatArray noise, FloatArray output) {
        float[] local = context.allocateFloatLocalArray(TILE * LINE);
        int item = context.localIdx;
        int imageTiles = (images + TILE - 1) / TILE;
        int pixelTiles = (width + TILE - 1) / TILE;
        int firstImage = context.groupIdx % imageTiles * TILE;
        int firstX = context.groupIdx / imageTiles % pixelTiles * TILE;
        int y = context.groupIdx / imageTiles / pixelTiles % height;
        int channel = context.groupIdx / imageTiles / pixelTiles / height;
        for (int e = item; e < TILE * TILE; e += threads) {
            int x = firstX + e % TILE;
            int image = firstImage + e / TILE;
            if (x < width && image < images) {
                int row = crops.get(image) + y;
                int column = crops.get(images + image) + (crops.get(2 * images + image) != 0 ? width - 1 - x : x);
                int place = (channel * storedHeight + row) * storedWidth + column;
                int value = pixels.get(image * channels * storedHeight * storedWidth + place) & 0xFF;
                local[e / TILE * LINE + e % TILE] =
                        (value - mean.get(place) + noise.get(channel * images + image)) / deviation.get(channel);
            }
        }
        context.localBarrier();
        for (int e = item; e < TILE * TILE; e += threads) {
            int x = firstX + e / TILE;
            int image = firstImage + e % TILE;
            if (x < width && image < images) {
                output.set(((channel * height + y) * width + x) * images + image, local[e % TILE * LINE + e / TILE]);
            }
        }
    }
}
