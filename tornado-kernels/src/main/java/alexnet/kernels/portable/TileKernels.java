package alexnet.kernels.portable;

import static alexnet.kernels.portable.Tile.LANES;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Arranges arrays by tiles, for the operations that read every number many times. In a whole array the lanes that one tile reads
 * lie as far apart as the batch is long: at a distance of 512 bytes they fall into an eighth of a cache's sets.
 */
final class TileKernels {

    private TileKernels() {
    }

    /** Of how many numbers {@link #imageTiles} are. */
    static int imageTilesLength(int images, int rows) {
        return Math.multiplyExact(Tile.count(images, LANES) * Tile.lanes(images), rows);
    }

    /** {@code [rows][images]} as {@code [tiles of images][rows][lanes]}. A work item copies a row of a tile. */
    static void imageTiles(int images, int rows, FloatArray values, FloatArray tiles) {
        int lanes = Tile.lanes(images);
        for (@Parallel int item = 0; item < Tile.count(images, LANES) * rows; item++) {
            int from = item % rows * images + Tile.start(item / rows, images);
            for (int i = 0; i < lanes; i++) {
                tiles.set(item * lanes + i, values.get(from + i));
            }
            // Unchanged, but for TornadoVM also read here: what one task only writes and another only reads, it allocates in OpenCL as
            // memory that no kernel may read.
            tiles.set(item * lanes, tiles.get(item * lanes));
        }
    }

    /** Of how many numbers {@link #filterTiles} are. */
    static int filterTilesLength(int images, int groups, int groupFilters, int pixels) {
        return Math.multiplyExact(Tile.count(groupFilters, LANES) * Tile.lanes(groupFilters), groups * pixels * images);
    }

    /**
     * {@code [groups][filters][pixels][images]} as {@code [groups][tiles of filters][pixels][images][lanes]}, from {@code offset} on. A
     * work item copies a pixel of a tile.
     */
    static void filterTiles(int images, int groups, int groupFilters, int pixels, int offset, FloatArray values,
                            FloatArray tiles) {
        int filterTiles = Tile.count(groupFilters, LANES);
        int lanes = Tile.lanes(groupFilters);
        for (@Parallel int item = 0; item < groups * filterTiles * pixels; item++) {
            int tile = item / pixels;
            int filter = tile / filterTiles * groupFilters + Tile.start(tile % filterTiles, groupFilters);
            int from = (filter * pixels + item % pixels) * images;
            for (int image = 0; image < images; image++) {
                for (int i = 0; i < lanes; i++) {
                    tiles.set(offset + (item * images + image) * lanes + i, values.get(from + i * pixels * images + image));
                }
            }
        }
    }

    /** Of how many numbers {@link #padded} are. */
    static int paddedLength(int images, int channels, int height, int width, int padding) {
        return Math.multiplyExact((height + 2 * padding) * (width + 2 * padding), channels * images);
    }

    /**
     * {@code [channels][height][width][images]} with {@code padding} rows and columns of zeros on each side. A work item computes
     * a pixel.
     */
    static void padded(int images, int channels, int height, int width, int padding, FloatArray values, FloatArray padded) {
        int paddedHeight = height + 2 * padding;
        int paddedWidth = width + 2 * padding;
        for (@Parallel int item = 0; item < channels * paddedHeight * paddedWidth; item++) {
            int row = item / paddedWidth % paddedHeight - padding;
            int column = item % paddedWidth - padding;
            boolean inside = row >= 0 && row < height && column >= 0 && column < width;
            int from = ((item / paddedWidth / paddedHeight * height + row) * width + column) * images;
            for (int image = 0; image < images; image++) {
                padded.set(item * images + image, inside ? values.get(from + image) : 0);
            }
        }
    }
}
