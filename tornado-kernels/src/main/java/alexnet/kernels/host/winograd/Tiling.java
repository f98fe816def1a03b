package alexnet.kernels.host.winograd;

import alexnet.kernels.ConvolutionShape;
import alexnet.kernels.host.Lanes;

/**
 * How a convolution is cut into tiles, the tiles into strips, and where what is made of them lies in the workspace.
 *
 * <p>A convolution with a stride is one without over {@code stride * stride} times as many maps, its phases: the rows and columns
 * of the padded input that lie a stride apart. Weights beyond the filter are zero.
 *
 * <p>A strip are some neighbouring tiles of some neighbouring vectors of images of one group, so many that its numbers stay in the
 * cache from one stage to the next. Its columns are counted by vectors, all images of a tile after those of the tile before, and
 * kept in pairs.
 *
 * <p>The workspace: the transformed weights {@code [groups][points][panels][taps][ROWS]}; then for each worker the transformed input
 * {@code [points][pairs][taps][2 vectors]}, the products {@code [points][panels][pairs][ROWS][2 vectors]}, and scratch.
 * Points are kept a little further apart than that, or all of them would fall into the same sets of the caches.
 */
final class Tiling {

    /** Points of a tile. */
    static final int TILE_POINTS = Transforms.POINTS * Transforms.POINTS;
    /** Most pairs of vectors of images of a strip, 128 images: pixels of fewer are read and written in pieces that take longer. */
    private static final int CHUNK = 128 / PointProducts.PAIR;
    /** Numbers of a strip for each of the transformed weights, which are read anew for every strip. */
    private static final int STRIP_BY_WEIGHTS = 4;
    /** Numbers of a strip that are not too many however few the weights are: 3 MiB. */
    private static final int LEAST = 3 << 18;
    /** Most numbers of a strip of several tiles: 48 MiB. */
    private static final int MOST = 12 << 20;
    /** Strips for each of several workers, so that they end at about the same time. */
    private static final int STRIPS_FOR_EACH = 4;
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
    private int chunk;
    private int stripTiles;

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
        chunk = chunk(CHUNK);
        long numbers = Math.clamp((long) STRIP_BY_WEIGHTS * TILE_POINTS * taps * panels * PointProducts.ROWS, LEAST, MOST);
        if (numbersOfTile() > numbers) {
            chunk = chunk(CHUNK / 2);
        }
        stripTiles = stripTiles(numbers);
        // Smaller ones where there are not enough for all: first of fewer tiles, then of fewer images.
        while (workers > 1 && strips() < STRIPS_FOR_EACH * workers && (stripTiles > 1 || chunk > 2)) {
            if (stripTiles > 1) {
                stripTiles = Math.ceilDiv(stripTiles, 2);
            } else {
                chunk = 2 * Math.ceilDiv(chunk, 4);
            }
        }
    }

    /** Parts of the images that are about equal, whole pairs of vectors. */
    private int chunk(int mostPairs) {
        int all = Math.ceilDiv(vectors, 2);
        return Math.min(vectors, 2 * Math.ceilDiv(all, Math.ceilDiv(all, mostPairs)));
    }

    private int stripTiles(long numbers) {
        int some = (int) Math.clamp(numbers / numbersOfTile(), 1, tiles);
        // Whole rows, or equal parts of one: what neighbours see is taken once.
        return some >= tilesWide ? some / tilesWide * tilesWide : Math.ceilDiv(tilesWide, Math.ceilDiv(tilesWide, some));
    }

    private long numbersOfTile() {
        return (long) TILE_POINTS * (taps + panels * PointProducts.ROWS) * chunk * Lanes.COUNT;
    }

    /** Vectors of images of a strip. */
    int chunk() {
        return chunk;
    }

    /** Tiles of a strip. */
    int tilesOfStrip() {
        return stripTiles;
    }

    /** Strips of the same tiles. */
    int chunks() {
        return Math.ceilDiv(vectors, chunk);
    }

    /** All strips. */
    int strips() {
        return groups * Math.ceilDiv(tiles, stripTiles) * chunks();
    }

    /** Rows and columns of a phase's filter. */
    static int filter(ConvolutionShape s) {
        return Math.ceilDiv(s.size(), s.stride());
    }

    /** How far apart the points of the transformed weights are. */
    int weightPoint() {
        return apart(panels * taps * PointProducts.ROWS);
    }

    private int pairs() {
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

    /** Columns of the input, or a phase of it, that some neighbouring tiles of a row see. */
    int columns(int neighbours) {
        return (neighbours - 1) * outputs + Transforms.POINTS;
    }

    /** Numbers of one of the three parts of a worker's scratch: what a strip's tiles of a row see, or a tap of a panel of weights. */
    int scratch() {
        int seen = Transforms.POINTS * columns(Math.min(stripTiles, tilesWide)) * chunk * Lanes.COUNT;
        return Math.max(seen, TILE_POINTS * Math.ceilDiv(PointProducts.ROWS, Lanes.COUNT) * Lanes.COUNT);
    }

    /** Where a worker's transformed input begins. */
    int input(int worker) {
        return (int) inputAt(worker);
    }

    /** Where a worker's products begin. */
    int products(int worker) {
        return input(worker) + TILE_POINTS * inputPoint();
    }

    /** Where a worker's scratch begins. */
    int scratch(int worker) {
        return products(worker) + TILE_POINTS * productPoint();
    }

    /** Numbers of the workspace, which may be more than an array holds. */
    long length() {
        return inputAt(workers);
    }

    private long inputAt(int worker) {
        long weights = (long) groups * TILE_POINTS * weightPoint();
        return weights + worker * ((long) TILE_POINTS * (inputPoint() + productPoint()) + 3 * scratch());
    }

    private static int apart(int distance) {
        int even = Math.ceilDiv(distance, EVEN_DISTANCE) * EVEN_DISTANCE;
        return even + ODD_DISTANCE;
    }
}
