package alexnet.kernels.host.winograd;

import static alexnet.kernels.host.Lanes.FLOATS;
import static alexnet.kernels.host.winograd.PointProducts.PAIR;
import static alexnet.kernels.host.winograd.PointProducts.ROWS;
import static alexnet.kernels.host.winograd.Tiling.TILE_POINTS;
import static alexnet.kernels.host.winograd.Transforms.POINTS;

import java.util.Arrays;

import alexnet.kernels.host.Lanes;
import jdk.incubator.vector.FloatVector;

/** A worker's strips, one after the other through its part of the workspace. */
final class Strips {

    private final Tiling t;
    private final int worker;
    private final float[] input;
    private final float[] result;
    private final float[] memory;
    private float[] biases;
    private float floor = Float.NEGATIVE_INFINITY;

    private final int inputPlane;
    private final int resultPlane;
    /** How far apart neighbouring pixels are in the scratch, and rows. */
    private final int pixel;
    private final int rowLength;
    /** Where the last vector of images begins: it ends with them, some of which it has in common with the one before. */
    private final int last;
    /** What is cut off at the rim, and the results of a tile; then what is half transformed. */
    private final int window;
    private final int half;
    private final Lines inputColumns;
    private final Lines halfColumns;
    private final Lines halfRows;
    private final Lines points;
    private final Lines productColumns;

    Strips(Tiling t, int worker, float[] input, float[] result, float[] memory) {
        this.t = t;
        this.worker = worker;
        this.input = input;
        this.memory = memory;
        inputPlane = t.height * t.width * t.images;
        resultPlane = t.resultHeight * t.resultWidth * t.images;
        pixel = t.chunk() * Lanes.COUNT;
        rowLength = t.columns(Math.min(t.tilesOfStrip(), t.tilesWide)) * pixel;
        window = t.scratch(worker);
        half = window + t.scratch();
        last = t.images - Lanes.COUNT;
        inputColumns = new Lines(input, t.stride * t.width * t.images, t.stride * t.images, PAIR, last);
        halfColumns = new Lines(memory, rowLength, pixel);
        halfRows = new Lines(memory, pixel, rowLength);
        points = new Lines(memory, t.inputPoint(), POINTS * t.inputPoint(), t.taps * PAIR, Integer.MAX_VALUE);
        productColumns = new Lines(memory, POINTS * t.productPoint(), t.productPoint(), ROWS * PAIR, Integer.MAX_VALUE);
        this.result = result;
    }

    /** Lets each map's bias be added, and then {@code max(0, .)} be taken where {@code relu} is set. */
    void bias(float[] all, boolean relu) {
        biases = all;
        floor = relu ? 0 : Float.NEGATIVE_INFINITY;
    }

    /** Takes the worker's share of the strips. */
    void run() {
        int end = (int) ((long) t.strips() * (worker + 1) / t.workers);
        for (int strip = (int) ((long) t.strips() * worker / t.workers); strip < end; strip++) {
            int firstVector = strip % t.chunks() * t.chunk();
            int vectors = Math.min(t.chunk(), t.vectors - firstVector);
            int rest = strip / t.chunks();
            int stripsOfGroup = Math.ceilDiv(t.tiles, t.tilesOfStrip());
            int group = rest / stripsOfGroup;
            int firstTile = rest % stripsOfGroup * t.tilesOfStrip();
            int tiles = Math.min(t.tilesOfStrip(), t.tiles - firstTile);
            input(group, firstTile, tiles, firstVector, vectors);
            products(group, Math.ceilDiv(tiles * vectors, 2));
            output(group, firstTile, tiles, firstVector, vectors);
        }
    }

    private void input(int group, int firstTile, int tiles, int firstVector, int vectors) {
        for (int map = 0; map < t.maps; map++) {
            int plane = (group * t.maps + map) * inputPlane;
            for (int phase = 0; phase < t.stride * t.stride; phase++) {
                int to = t.input(worker) + (map * t.stride * t.stride + phase) * PAIR;
                int neighbours;
                for (int i = 0; i < tiles; i += neighbours) {
                    int column = (firstTile + i) % t.tilesWide;
                    neighbours = Math.min(tiles - i, t.tilesWide - column);
                    int top = (firstTile + i) / t.tilesWide * t.outputs * t.stride + phase / t.stride - t.padding;
                    columns(plane, top, column * t.outputs * t.stride + phase % t.stride - t.padding, t.columns(neighbours), firstVector, vectors);
                    for (int j = 0; j < neighbours; j++) {
                        Transforms.input(halfRows, half + j * t.outputs * pixel, 0, points, to, (i + j) * vectors, POINTS, vectors);
                    }
                }
            }
        }
    }

    /** Transforms down the columns that neighbouring tiles see, most of them more than one; outside the input all is zero. */
    private void columns(int plane, int top, int left, int count, int firstVector, int vectors) {
        int before = Math.min(count, left < 0 ? Math.ceilDiv(-left, t.stride) : 0);
        int end = Math.clamp(Math.ceilDiv(t.width - left, t.stride), before, count);
        for (int point = 0; point < POINTS; point++) {
            int row = half + point * rowLength;
            Arrays.fill(memory, row, row + before * pixel, 0);
            Arrays.fill(memory, row + end * pixel, row + count * pixel, 0);
        }
        int from = plane + (left + before * t.stride) * t.images;
        if (top >= 0 && top + (POINTS - 1) * t.stride < t.height) {
            Transforms.input(inputColumns, from + top * t.width * t.images, firstVector, halfColumns, half + before * pixel, 0, end - before,
                    vectors);
        } else {
            window(from, top, end - before, firstVector, vectors);
            Transforms.input(halfColumns, window, 0, halfColumns, half + before * pixel, 0, end - before, vectors);
        }
    }

    /** Copies columns some of whose rows are outside the input, with zeros for those. */
    private void window(int from, int top, int columns, int firstVector, int vectors) {
        for (int y = 0; y < POINTS; y++) {
            int row = top + y * t.stride;
            int to = window + y * rowLength;
            if (row < 0 || row >= t.height) {
                Arrays.fill(memory, to, to + columns * pixel, 0);
                continue;
            }
            for (int x = 0; x < columns; x++) {
                for (int v = 0; v < vectors; v++) {
                    FloatVector.fromArray(FLOATS, input, from + (row * t.width + x * t.stride) * t.images + inputColumns.at(firstVector + v))
                            .intoArray(memory, to + x * pixel + v * Lanes.COUNT);
                }
            }
        }
    }

    private void products(int group, int pairs) {
        for (int point = 0; point < TILE_POINTS; point++) {
            int weights = (group * TILE_POINTS + point) * t.weightPoint();
            int pair = t.input(worker) + point * t.inputPoint();
            int result = t.products(worker) + point * t.productPoint();
            for (int panel = 0; panel < t.panels; panel++) {
                PointProducts.multiply(memory, weights + panel * t.taps * ROWS, pair, t.taps, pairs,
                        result + panel * t.productPanel(), ROWS * PAIR);
            }
        }
    }

    private void output(int group, int firstTile, int tiles, int firstVector, int vectors) {
        for (int map = 0; map < t.results; map++) {
            int from = t.products(worker) + map / ROWS * t.productPanel() + map % ROWS * PAIR;
            int plane = (group * t.results + map) * resultPlane;
            float bias = biases == null ? 0 : biases[group * t.results + map];
            for (int i = 0; i < tiles; i++) {
                int top = (firstTile + i) / t.tilesWide * t.outputs;
                int left = (firstTile + i) % t.tilesWide * t.outputs;
                Transforms.output(t.outputs, productColumns, from, i * vectors, halfColumns, half, 0, POINTS, vectors);
                Transforms.output(t.outputs, halfRows, half, 0, halfRows, window, 0, t.outputs, vectors);
                deliver(plane, top, left, firstVector, vectors, bias);
            }
        }
    }

    /** Brings those results of a tile that exist to their places, with the bias added and then {@code max(floor, .)} taken. */
    private void deliver(int plane, int top, int left, int firstVector, int vectors, float bias) {
        int rows = Math.min(t.outputs, t.resultHeight - top);
        int columns = Math.min(t.outputs, t.resultWidth - left);
        for (int y = 0; y < rows; y++) {
            for (int x = 0; x < columns; x++) {
                int from = window + y * rowLength + x * pixel;
                int to = plane + ((top + y) * t.resultWidth + left + x) * t.images;
                for (int v = 0; v < vectors; v++) {
                    FloatVector.fromArray(FLOATS, memory, from + v * Lanes.COUNT).add(bias).max(floor)
                            .intoArray(result, to + Math.min((firstVector + v) * Lanes.COUNT, last));
                }
            }
        }
    }
}
