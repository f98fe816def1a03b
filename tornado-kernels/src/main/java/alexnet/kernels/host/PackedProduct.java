package alexnet.kernels.host;

import static alexnet.kernels.host.Lanes.FLOATS;

import jdk.incubator.vector.FloatVector;

/**
 * {@code out[row][column] = sum over taps of left[row][tap] * data[tap][column]}, with both sides copied into the order in which
 * they are used, as in Goto and van de Geijn, "Anatomy of high-performance matrix multiplication" (2008). With images as columns
 * this is a convolution at one pixel, forwards and backwards, and a fully connected layer backwards.
 *
 * <p>The left side, as a rule the weights, is copied once, into {@link Panels}. The data are copied chunk by chunk, two vectors of columns at a time, and while they are in
 * the cache all panels pass over them. That costs two loads and stores for every tap and gives back more: the micro-kernel has
 * one address and one bounds check for all its rows, and images that lie a power of two apart do not crowd into few sets of the
 * caches.
 *
 * <p>A tile of ROWS rows times two vectors stays in registers while the taps go by. With 32 registers (512-bit vectors) 12 x 2
 * needs 27 of them, with 16 registers 6 x 2 needs 15. The accumulators have to be local variables in straight-line code: the
 * JIT keeps neither arrays of vectors nor vectors handed to a method that it does not inline in registers. A panel with fewer
 * rows than it has room for computes some numbers that nobody reads.
 *
 * <p>Every sum is taken in the order of the taps, chunk by chunk, however the work is split over threads. Not thread-safe:
 * each thread has its own.
 */
final class PackedProduct {

    /** Rows of a panel and of a tile. */
    static final int ROWS = Lanes.TILE_ROWS;
    /** Columns of a tile. */
    private static final int COLUMNS = 2 * Lanes.COUNT;
    /** Most taps in a chunk: a tile's data for them, 24 KiB at 512 bits, and a panel's numbers stay in the nearest caches. */
    static final int CHUNK = 192;

    private final OffsetPairs taps = new OffsetPairs();
    private float[] panels;
    private int panelTaps;
    private final float[] chunk = new float[CHUNK * COLUMNS];
    /** The tile just computed, {@code [ROWS][2 vectors]}, before it goes to the output. */
    private final float[] tile = new float[ROWS * COLUMNS];
    private float[] data;
    private float[] out;
    private int outStride;
    private float[] biases;
    private int firstBias;
    private float floor;

    /** Where a tap's rows begin in a panel ({@code lefts}), and its row of the data ({@code rights}). */
    OffsetPairs taps() {
        return taps;
    }

    /** Sets the arrays, and how far apart neighbouring rows are in the output. Nothing is added to sums that are complete. */
    void operands(float[] data, float[] out, int outStride) {
        this.data = data;
        this.out = out;
        this.outStride = outStride;
        this.biases = null;
    }

    /**
     * Lets each row's bias be added to its sums when they are complete, and then {@code max(0, .)} be taken where {@code relu}
     * is set; NaN stays NaN.
     *
     * @param first the bias of a product's first row
     */
    void bias(float[] biases, int first, boolean relu) {
        this.biases = biases;
        this.firstBias = first;
        // Without ReLU, a floor that every number passes.
        this.floor = relu ? 0 : Float.NEGATIVE_INFINITY;
    }

    /** Sets the left sides, as {@link Panels} has them, and the numbers of a row of each. */
    void panels(float[] panels, int taps) {
        this.panels = panels;
        this.panelTaps = taps;
    }

    /**
     * Computes blocks of the output. A tile's two vectors may belong to neighbouring blocks.
     *
     * @param side       where the panels of the left side begin
     * @param right      what is added to every tap's right offset for the first block
     * @param target     the place of the first block's first element in the output
     * @param rows       rows of a block
     * @param columns    columns of a block, contiguous in data and output
     * @param add        whether to add to the output or to overwrite it
     * @param blocks     blocks that use the same left side
     * @param rightStep  how far the data of a block are from those of the one before
     * @param targetStep how far the output of a block is from that of the one before
     */
    void multiply(int side, int right, int target, int rows, int columns, boolean add, int blocks, int rightStep,
                  int targetStep) {
        int vectors = Math.ceilDiv(columns, Lanes.COUNT);
        int from = 0;
        do {
            int to = Math.min(taps.count(), from + CHUNK);
            boolean complete = biases != null && to == taps.count();
            for (int a = 0; a < blocks * vectors; a += 2) {
                int b = a + 1;
                int aColumn = a % vectors * Lanes.COUNT;
                int bColumn = b % vectors * Lanes.COUNT;
                int aWidth = Math.min(Lanes.COUNT, columns - aColumn);
                int bWidth = b < blocks * vectors ? Math.min(Lanes.COUNT, columns - bColumn) : 0;
                int aTarget = target + a / vectors * targetStep + aColumn;
                int bTarget = target + b / vectors * targetStep + bColumn;
                pack(right + a / vectors * rightStep + aColumn, aWidth, right + b / vectors * rightStep + bColumn, bWidth, from, to);
                for (int row = 0; row < rows; row += ROWS) {
                    if (Lanes.MANY_REGISTERS) {
                        tile12x2(side + row * panelTaps, from, to);
                    } else {
                        tile6x2(side + row * panelTaps, from, to);
                    }
                    int tileRows = Math.min(ROWS, rows - row);
                    deliver(0, aTarget + row * outStride, aWidth, row, tileRows, add || from > 0, complete);
                    deliver(Lanes.COUNT, bTarget + row * outStride, bWidth, row, tileRows, add || from > 0, complete);
                }
            }
            from = to;
        } while (from < taps.count());
    }

    /** Copies two vectors of each tap's data, or as many numbers of them as there are; the rest is of no account. */
    private void pack(int a, int aWidth, int b, int bWidth, int from, int to) {
        float[] x = data;
        float[] packed = chunk;
        int[] rights = taps.rights();
        if (aWidth == Lanes.COUNT && bWidth == Lanes.COUNT) {
            for (int tap = from, j = 0; tap < to; tap++, j += COLUMNS) {
                FloatVector.fromArray(FLOATS, x, a + rights[tap]).intoArray(packed, j);
                FloatVector.fromArray(FLOATS, x, b + rights[tap]).intoArray(packed, j + Lanes.COUNT);
            }
            return;
        }
        for (int tap = from, j = 0; tap < to; tap++, j += COLUMNS) {
            System.arraycopy(x, a + rights[tap], packed, j, aWidth);
            if (bWidth > 0) {
                System.arraycopy(x, b + rights[tap], packed, j + Lanes.COUNT, bWidth);
            }
        }
    }

    /** Brings one of the tile's two vectors of columns to the output. */
    private void deliver(int column, int target, int width, int firstRow, int rows, boolean add, boolean complete) {
        for (int row = 0; row < rows; row++) {
            int from = row * COLUMNS + column;
            int index = target + row * outStride;
            float bias = complete ? biases[firstBias + firstRow + row] : 0;
            if (width == Lanes.COUNT) {
                FloatVector sums = FloatVector.fromArray(FLOATS, tile, from);
                if (add) {
                    sums = sums.add(FloatVector.fromArray(FLOATS, out, index));
                }
                if (complete) {
                    sums = sums.add(bias).max(floor);
                }
                sums.intoArray(out, index);
                continue;
            }
            for (int i = 0; i < width; i++) {
                float sum = add ? out[index + i] + tile[from + i] : tile[from + i];
                out[index + i] = complete ? Math.max(sum + bias, floor) : sum;
            }
        }
    }

    private void tile12x2(int panel, int from, int to) {
        float[] w = panels;
        float[] x = chunk;
        int[] lefts = taps.lefts();
        FloatVector zero = FloatVector.zero(FLOATS);
        FloatVector a0 = zero, a1 = zero, a2 = zero, a3 = zero, a4 = zero, a5 = zero, a6 = zero, a7 = zero, a8 = zero,
                a9 = zero, a10 = zero, a11 = zero;
        FloatVector b0 = zero, b1 = zero, b2 = zero, b3 = zero, b4 = zero, b5 = zero, b6 = zero, b7 = zero, b8 = zero,
                b9 = zero, b10 = zero, b11 = zero;
        for (int tap = from; tap < to; tap++) {
            int i = panel + lefts[tap];
            int j = (tap - from) * COLUMNS;
            FloatVector a = FloatVector.fromArray(FLOATS, x, j);
            FloatVector b = FloatVector.fromArray(FLOATS, x, j + Lanes.COUNT);
            FloatVector v = FloatVector.broadcast(FLOATS, w[i]);
            a0 = v.fma(a, a0);
            b0 = v.fma(b, b0);
            v = FloatVector.broadcast(FLOATS, w[i + 1]);
            a1 = v.fma(a, a1);
            b1 = v.fma(b, b1);
            v = FloatVector.broadcast(FLOATS, w[i + 2]);
            a2 = v.fma(a, a2);
            b2 = v.fma(b, b2);
            v = FloatVector.broadcast(FLOATS, w[i + 3]);
            a3 = v.fma(a, a3);
            b3 = v.fma(b, b3);
            v = FloatVector.broadcast(FLOATS, w[i + 4]);
            a4 = v.fma(a, a4);
            b4 = v.fma(b, b4);
            v = FloatVector.broadcast(FLOATS, w[i + 5]);
            a5 = v.fma(a, a5);
            b5 = v.fma(b, b5);
            v = FloatVector.broadcast(FLOATS, w[i + 6]);
            a6 = v.fma(a, a6);
            b6 = v.fma(b, b6);
            v = FloatVector.broadcast(FLOATS, w[i + 7]);
            a7 = v.fma(a, a7);
            b7 = v.fma(b, b7);
            v = FloatVector.broadcast(FLOATS, w[i + 8]);
            a8 = v.fma(a, a8);
            b8 = v.fma(b, b8);
            v = FloatVector.broadcast(FLOATS, w[i + 9]);
            a9 = v.fma(a, a9);
            b9 = v.fma(b, b9);
            v = FloatVector.broadcast(FLOATS, w[i + 10]);
            a10 = v.fma(a, a10);
            b10 = v.fma(b, b10);
            v = FloatVector.broadcast(FLOATS, w[i + 11]);
            a11 = v.fma(a, a11);
            b11 = v.fma(b, b11);
        }
        a0.intoArray(tile, 0);
        b0.intoArray(tile, Lanes.COUNT);
        a1.intoArray(tile, 2 * Lanes.COUNT);
        b1.intoArray(tile, 3 * Lanes.COUNT);
        a2.intoArray(tile, 4 * Lanes.COUNT);
        b2.intoArray(tile, 5 * Lanes.COUNT);
        a3.intoArray(tile, 6 * Lanes.COUNT);
        b3.intoArray(tile, 7 * Lanes.COUNT);
        a4.intoArray(tile, 8 * Lanes.COUNT);
        b4.intoArray(tile, 9 * Lanes.COUNT);
        a5.intoArray(tile, 10 * Lanes.COUNT);
        b5.intoArray(tile, 11 * Lanes.COUNT);
        a6.intoArray(tile, 12 * Lanes.COUNT);
        b6.intoArray(tile, 13 * Lanes.COUNT);
        a7.intoArray(tile, 14 * Lanes.COUNT);
        b7.intoArray(tile, 15 * Lanes.COUNT);
        a8.intoArray(tile, 16 * Lanes.COUNT);
        b8.intoArray(tile, 17 * Lanes.COUNT);
        a9.intoArray(tile, 18 * Lanes.COUNT);
        b9.intoArray(tile, 19 * Lanes.COUNT);
        a10.intoArray(tile, 20 * Lanes.COUNT);
        b10.intoArray(tile, 21 * Lanes.COUNT);
        a11.intoArray(tile, 22 * Lanes.COUNT);
        b11.intoArray(tile, 23 * Lanes.COUNT);
    }

    private void tile6x2(int panel, int from, int to) {
        float[] w = panels;
        float[] x = chunk;
        int[] lefts = taps.lefts();
        FloatVector zero = FloatVector.zero(FLOATS);
        FloatVector a0 = zero, a1 = zero, a2 = zero, a3 = zero, a4 = zero, a5 = zero;
        FloatVector b0 = zero, b1 = zero, b2 = zero, b3 = zero, b4 = zero, b5 = zero;
        for (int tap = from; tap < to; tap++) {
            int i = panel + lefts[tap];
            int j = (tap - from) * COLUMNS;
            FloatVector a = FloatVector.fromArray(FLOATS, x, j);
            FloatVector b = FloatVector.fromArray(FLOATS, x, j + Lanes.COUNT);
            FloatVector v = FloatVector.broadcast(FLOATS, w[i]);
            a0 = v.fma(a, a0);
            b0 = v.fma(b, b0);
            v = FloatVector.broadcast(FLOATS, w[i + 1]);
            a1 = v.fma(a, a1);
            b1 = v.fma(b, b1);
            v = FloatVector.broadcast(FLOATS, w[i + 2]);
            a2 = v.fma(a, a2);
            b2 = v.fma(b, b2);
            v = FloatVector.broadcast(FLOATS, w[i + 3]);
            a3 = v.fma(a, a3);
            b3 = v.fma(b, b3);
            v = FloatVector.broadcast(FLOATS, w[i + 4]);
            a4 = v.fma(a, a4);
            b4 = v.fma(b, b4);
            v = FloatVector.broadcast(FLOATS, w[i + 5]);
            a5 = v.fma(a, a5);
            b5 = v.fma(b, b5);
        }
        a0.intoArray(tile, 0);
        b0.intoArray(tile, Lanes.COUNT);
        a1.intoArray(tile, 2 * Lanes.COUNT);
        b1.intoArray(tile, 3 * Lanes.COUNT);
        a2.intoArray(tile, 4 * Lanes.COUNT);
        b2.intoArray(tile, 5 * Lanes.COUNT);
        a3.intoArray(tile, 6 * Lanes.COUNT);
        b3.intoArray(tile, 7 * Lanes.COUNT);
        a4.intoArray(tile, 8 * Lanes.COUNT);
        b4.intoArray(tile, 9 * Lanes.COUNT);
        a5.intoArray(tile, 10 * Lanes.COUNT);
        b5.intoArray(tile, 11 * Lanes.COUNT);
    }
}
