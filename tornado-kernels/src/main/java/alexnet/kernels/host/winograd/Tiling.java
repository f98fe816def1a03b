package alexnet.kernels.host.winograd;

import alexnet.kernels.ConvolutionShape;
import alexnet.kernels.host.Lanes;

/**
 * How a convolution is cut into tiles, the tiles into strips, and where what is made of them lies in the workspace.
 *
 * <p>A convolution with a stride is one without over stride x stride times as many maps, its phases: the rows and columns of the
 * padded input that lie a stride apart. Weights beyond the filter are zero.
 *
 * <p>A strip are some neighbouring tiles of some neighbouring vectors of images of one group, so many that its numbers stay in the
 * cache from one stage to the next. Its columns are counted by vectors, all images of a tile after those of the tile before, and
 * kept in pairs.
 *
 * <p>The workspace: the transformed weights {@code [groups][points][panels][taps][ROWS]}; then for each worker the transformed input
 * {@code [points][pairs][taps][2 vectors]}, the products {@code [points][panels][pairs][ROWS][2 vectors]}, and room for three tiles.
 * Points are kept a little further apart than that, or all of them would fall into the same sets of the caches.
 */
final class Tiling {

    /** Points of a tile. */
    static final int TILE_POINTS = Transforms.POINTS * Transforms.POINTS;
    /** Vectors of columns of a strip, about. */
    private static final int STRIP_VECTORS = Integer.getInteger("strip", 4);
    private static final int CHUNK_VECTORS = Integer.getInteger("chunk", 2);
    /** A distance that neither the sets of the first nor those of the second cache divide. */
    private static final int ODD_DISTANCE = PointProducts.PAIR;
    private static final int EVEN_DISTANCE = 2 * ODD_DISTANCE;

    final int images;
    final int groups;
    /** Maps of a group of the input. */
    final int maps;
    final int height;
    final int width;
    /** Maps of a group of the result. */
    final int results;
    final int resultHeight;
    final int resultWidth;
    /** Rows and columns of the filter. */
    final int size;
    final int stride;
    final int padding;
    final int workers;
    /** Rows and columns of the filter of a phase: 3 or 5. */
    final int filter;
    /** Rows and columns of the result that a tile yields. */
    final int outputs;
    /** Maps of a group, phase by phase. */
    final int taps;
    final int panels;
    final int tilesWide;
    final int tiles;
    /** Vectors of images. */
    final int vectors;
    /** Vectors of images, and tiles, of a strip; the last one of a row may have fewer. */
    final int chunk;
    final int stripTiles;
    final int chunks;
    final int strips;

    /** The convolution itself, or its input gradient, which is one of the output's gradient with the filters turned round. */
    Tiling(ConvolutionShape s, boolean backward, int workers) {
        images = s.images();
        groups = s.groups();
        maps = backward ? s.filtersPerGroup() : s.channelsPerGroup();
        height = backward ? s.outputHeight() : s.height();
        width = backward ? s.outputWidth() : s.width();
        results = backward ? s.channelsPerGroup() : s.filtersPerGroup();
        resultHeight = backward ? s.height() : s.outputHeight();
        resultWidth = backward ? s.width() : s.outputWidth();
        size = s.size();
        stride = s.stride();
        padding = backward ? s.size() - 1 - s.padding() : s.padding();
        this.workers = workers;
        filter = filter(s);
        outputs = Transforms.POINTS + 1 - filter;
        taps = maps * stride * stride;
        panels = Math.ceilDiv(results, PointProducts.ROWS);
        tilesWide = Math.ceilDiv(resultWidth, outputs);
        tiles = tilesWide * Math.ceilDiv(resultHeight, outputs);
        vectors = Math.ceilDiv(images, Lanes.COUNT);
        chunk = Math.min(CHUNK_VECTORS, vectors);
        stripTiles = Math.min(tiles, Math.max(1, STRIP_VECTORS / chunk));
        chunks = Math.ceilDiv(vectors, chunk);
        strips = groups * Math.ceilDiv(tiles, stripTiles) * chunks;
    }

    /** Rows and columns of a phase's filter. */
    static int filter(ConvolutionShape s) {
        return Math.ceilDiv(s.size(), s.stride());
    }

    /** How far apart the points of the transformed weights are. */
    int weightPoint() {
        return apart(panels * taps * PointProducts.ROWS);
    }

    int weights() {
        return groups * TILE_POINTS * weightPoint();
    }

    int pairs() {
        return Math.ceilDiv(stripTiles * chunk, 2);
    }

    /** How far apart the points of the transformed input are. */
    int inputPoint() {
        return apart(pairs() * taps * PointProducts.PAIR);
    }

    /** How far apart the panels of the products are. */
    int productPanel() {
        return pairs() * PointProducts.ROWS * PointProducts.PAIR;
    }

    /** How far apart the points of the products are. */
    int productPoint() {
        return apart(panels * productPanel());
    }

    /** Numbers of one of the three tiles. */
    int tile() {
        return TILE_POINTS * Math.max(chunk * Lanes.COUNT, Math.ceilDiv(PointProducts.ROWS, Lanes.COUNT) * Lanes.COUNT);
    }

    /** Where a worker's transformed input begins. */
    int input(int worker) {
        return weights() + worker * (TILE_POINTS * (inputPoint() + productPoint()) + 3 * tile());
    }

    /** Where a worker's products begin. */
    int products(int worker) {
        return input(worker) + TILE_POINTS * inputPoint();
    }

    /** Where a worker's tiles begin. */
    int tiles(int worker) {
        return products(worker) + TILE_POINTS * productPoint();
    }

    /** Numbers of the workspace. */
    int length() {
        return input(workers);
    }

    private static int apart(int distance) {
        int even = Math.ceilDiv(distance, EVEN_DISTANCE) * EVEN_DISTANCE;
        return even + ODD_DISTANCE;
    }
}
