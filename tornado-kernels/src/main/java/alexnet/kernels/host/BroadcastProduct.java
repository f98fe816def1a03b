package alexnet.kernels.host;

import static alexnet.kernels.host.Lanes.FLOATS;

import jdk.incubator.vector.FloatVector;

/**
 * {@code out[row][column] = sum over taps of weight[row][tap] * data[tap][column]}, one number of the left side times a vector of
 * neighbours on the right, with both sides read where they are: for products that use them too seldom for the copies of a
 * {@link PackedProduct} to pay. These are a fully connected layer forwards and the weight gradient of a convolution.
 *
 * <p>A row's taps lie next to each other in memory, all of them or in runs of one length. The loop along a run is one that the JIT
 * proves to stay inside the left array before it begins; with a list of places, it would check each of a tile's rows at every tap.
 *
 * <p>A tile of R rows times C vectors stays in registers while the taps go by; a tap costs R broadcasts and C loads for R C
 * multiply-adds. With 32 registers (512-bit vectors) 12 x 2 needs 27 of them, with 16 registers 6 x 2 needs 15 and 12 x 1 needs 14.
 * Tall tiles beat square ones because a vector from a Java array nearly always straddles two cache lines, and pays for both, while
 * a number never does. A tile with fewer rows than it has room for repeats its last row and does not store the copies.
 *
 * <p>Every sum is taken in the order of the taps, chunk by chunk, however the work is split over threads. Not thread-safe:
 * each thread has its own.
 */
final class BroadcastProduct {

    private static final int TALL = 12;
    private static final int SHORT = 6;
    /** Taps in a chunk: a tile's data for them, 128 KiB at 512 bits, fit into the second-level cache beside the weights. */
    private static final int CHUNK = 1024;

    /** The last vector of the data and as many zeros, for rows whose last vector would reach beyond the array. */
    private final float[] dataEnd = new float[2 * Lanes.COUNT];
    /** The tile just computed, {@code [rows][2 vectors]} or {@code [rows][vector]}, before it goes to the output. */
    private final float[] tile = new float[TALL * 2 * Lanes.COUNT];
    private float[] weights;
    private int weightStride;
    private float[] data;
    private int dataStride;
    private float[] out;
    private int outStride;

    /** Sets the arrays, and how far apart neighbouring rows are in each. */
    void operands(float[] weights, int weightStride, float[] data, int dataStride, float[] out, int outStride) {
        this.weights = weights;
        this.weightStride = weightStride;
        this.data = data;
        this.dataStride = dataStride;
        this.out = out;
        this.outStride = outStride;
    }

    /**
     * Computes a block of the output.
     *
     * @param weight  the place of the first row's first tap
     * @param right   the place of the first tap's first number in the data
     * @param target  the place of the block's first number in the output
     * @param rows    rows of the block
     * @param columns columns of the block, contiguous in data and output
     * @param count   taps of a row
     * @param add     whether to add to the output or to overwrite it
     */
    void multiply(int weight, int right, int target, int rows, int columns, int count, boolean add) {
        int end = Math.min(data.length, Lanes.COUNT);
        System.arraycopy(data, data.length - end, dataEnd, Lanes.COUNT - end, end);
        int from = 0;
        do {
            int length = Math.min(CHUNK, count - from);
            multiplyRuns(weight + from, right + from * dataStride, target, rows, columns, 1, length, 0, add || from > 0);
            from += length;
        } while (from < count);
    }

    /**
     * Adds to a block of the output what the taps of some runs come to; their data follow each other without a gap.
     *
     * @param columns   columns of the block; at least a vector of other data follows the last tap's
     * @param runs      how many runs
     * @param length    taps of a run
     * @param runStride how far apart the runs of a row begin
     */
    void add(int weight, int right, int target, int rows, int columns, int runs, int length, int runStride) {
        multiplyRuns(weight, right, target, rows, columns, runs, length, runStride, true);
    }

    private void multiplyRuns(int weight, int right, int target, int rows, int columns, int runs, int length, int runStride,
                              boolean add) {
        int column = 0;
        for (; column + 2 * Lanes.COUNT <= columns; column += 2 * Lanes.COUNT) {
            int tileRows;
            for (int row = 0; row < rows; row += tileRows) {
                boolean tall = Lanes.MANY_REGISTERS && rows - row > SHORT;
                tileRows = Math.min(tall ? TALL : SHORT, rows - row);
                if (tall) {
                    tile12x2(weight + row * weightStride, right + column, tileRows, runs, length, runStride);
                } else {
                    tile6x2(weight + row * weightStride, right + column, tileRows, runs, length, runStride);
                }
                deliver(target + row * outStride + column, tileRows, add);
            }
        }
        for (; column < columns; column += Lanes.COUNT) {
            for (int row = 0; row < rows; row += TALL) {
                int tileRows = Math.min(TALL, rows - row);
                tile12x1(weight + row * weightStride, right + column, tileRows, runs, length, runStride);
                deliver(target + row * outStride + column, tileRows, Math.min(Lanes.COUNT, columns - column), add);
            }
        }
    }

    private void deliver(int target, int rows, boolean add) {
        for (int row = 0; row < rows; row++) {
            int index = target + row * outStride;
            FloatVector a = FloatVector.fromArray(FLOATS, tile, row * 2 * Lanes.COUNT);
            FloatVector b = FloatVector.fromArray(FLOATS, tile, (row * 2 + 1) * Lanes.COUNT);
            if (add) {
                a = a.add(FloatVector.fromArray(FLOATS, out, index));
                b = b.add(FloatVector.fromArray(FLOATS, out, index + Lanes.COUNT));
            }
            a.intoArray(out, index);
            b.intoArray(out, index + Lanes.COUNT);
        }
    }

    /** Delivers the first columns of a tile of one vector. */
    private void deliver(int target, int rows, int columns, boolean add) {
        for (int row = 0; row < rows; row++) {
            int index = target + row * outStride;
            for (int column = 0; column < columns; column++) {
                float sum = tile[row * Lanes.COUNT + column];
                out[index + column] = add ? out[index + column] + sum : sum;
            }
        }
    }

    private void tile12x2(int weight, int right, int rows, int runs, int length, int runStride) {
        float[] w = weights;
        float[] x = data;
        int stride = dataStride;
        int last = rows - 1;
        int w1 = weight + Math.min(1, last) * weightStride;
        int w2 = weight + Math.min(2, last) * weightStride;
        int w3 = weight + Math.min(3, last) * weightStride;
        int w4 = weight + Math.min(4, last) * weightStride;
        int w5 = weight + Math.min(5, last) * weightStride;
        int w6 = weight + Math.min(6, last) * weightStride;
        int w7 = weight + Math.min(7, last) * weightStride;
        int w8 = weight + Math.min(8, last) * weightStride;
        int w9 = weight + Math.min(9, last) * weightStride;
        int w10 = weight + Math.min(10, last) * weightStride;
        int w11 = weight + Math.min(11, last) * weightStride;
        FloatVector zero = FloatVector.zero(FLOATS);
        FloatVector a0 = zero, a1 = zero, a2 = zero, a3 = zero, a4 = zero, a5 = zero, a6 = zero, a7 = zero, a8 = zero,
                a9 = zero, a10 = zero, a11 = zero;
        FloatVector b0 = zero, b1 = zero, b2 = zero, b3 = zero, b4 = zero, b5 = zero, b6 = zero, b7 = zero, b8 = zero,
                b9 = zero, b10 = zero, b11 = zero;
        for (int run = 0; run < runs; run++) {
            int i = run * runStride;
            int start = right + run * length * stride;
            for (int tap = 0; tap < length; tap++) {
                int j = start + tap * stride;
                FloatVector a = FloatVector.fromArray(FLOATS, x, j);
                FloatVector b = FloatVector.fromArray(FLOATS, x, j + Lanes.COUNT);
                FloatVector v = FloatVector.broadcast(FLOATS, w[weight + i + tap]);
                a0 = v.fma(a, a0);
                b0 = v.fma(b, b0);
                v = FloatVector.broadcast(FLOATS, w[w1 + i + tap]);
                a1 = v.fma(a, a1);
                b1 = v.fma(b, b1);
                v = FloatVector.broadcast(FLOATS, w[w2 + i + tap]);
                a2 = v.fma(a, a2);
                b2 = v.fma(b, b2);
                v = FloatVector.broadcast(FLOATS, w[w3 + i + tap]);
                a3 = v.fma(a, a3);
                b3 = v.fma(b, b3);
                v = FloatVector.broadcast(FLOATS, w[w4 + i + tap]);
                a4 = v.fma(a, a4);
                b4 = v.fma(b, b4);
                v = FloatVector.broadcast(FLOATS, w[w5 + i + tap]);
                a5 = v.fma(a, a5);
                b5 = v.fma(b, b5);
                v = FloatVector.broadcast(FLOATS, w[w6 + i + tap]);
                a6 = v.fma(a, a6);
                b6 = v.fma(b, b6);
                v = FloatVector.broadcast(FLOATS, w[w7 + i + tap]);
                a7 = v.fma(a, a7);
                b7 = v.fma(b, b7);
                v = FloatVector.broadcast(FLOATS, w[w8 + i + tap]);
                a8 = v.fma(a, a8);
                b8 = v.fma(b, b8);
                v = FloatVector.broadcast(FLOATS, w[w9 + i + tap]);
                a9 = v.fma(a, a9);
                b9 = v.fma(b, b9);
                v = FloatVector.broadcast(FLOATS, w[w10 + i + tap]);
                a10 = v.fma(a, a10);
                b10 = v.fma(b, b10);
                v = FloatVector.broadcast(FLOATS, w[w11 + i + tap]);
                a11 = v.fma(a, a11);
                b11 = v.fma(b, b11);
            }
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

    private void tile6x2(int weight, int right, int rows, int runs, int length, int runStride) {
        float[] w = weights;
        float[] x = data;
        int stride = dataStride;
        int last = rows - 1;
        int w1 = weight + Math.min(1, last) * weightStride;
        int w2 = weight + Math.min(2, last) * weightStride;
        int w3 = weight + Math.min(3, last) * weightStride;
        int w4 = weight + Math.min(4, last) * weightStride;
        int w5 = weight + Math.min(5, last) * weightStride;
        FloatVector zero = FloatVector.zero(FLOATS);
        FloatVector a0 = zero, a1 = zero, a2 = zero, a3 = zero, a4 = zero, a5 = zero;
        FloatVector b0 = zero, b1 = zero, b2 = zero, b3 = zero, b4 = zero, b5 = zero;
        for (int run = 0; run < runs; run++) {
            int i = run * runStride;
            int start = right + run * length * stride;
            for (int tap = 0; tap < length; tap++) {
                int j = start + tap * stride;
                FloatVector a = FloatVector.fromArray(FLOATS, x, j);
                FloatVector b = FloatVector.fromArray(FLOATS, x, j + Lanes.COUNT);
                FloatVector v = FloatVector.broadcast(FLOATS, w[weight + i + tap]);
                a0 = v.fma(a, a0);
                b0 = v.fma(b, b0);
                v = FloatVector.broadcast(FLOATS, w[w1 + i + tap]);
                a1 = v.fma(a, a1);
                b1 = v.fma(b, b1);
                v = FloatVector.broadcast(FLOATS, w[w2 + i + tap]);
                a2 = v.fma(a, a2);
                b2 = v.fma(b, b2);
                v = FloatVector.broadcast(FLOATS, w[w3 + i + tap]);
                a3 = v.fma(a, a3);
                b3 = v.fma(b, b3);
                v = FloatVector.broadcast(FLOATS, w[w4 + i + tap]);
                a4 = v.fma(a, a4);
                b4 = v.fma(b, b4);
                v = FloatVector.broadcast(FLOATS, w[w5 + i + tap]);
                a5 = v.fma(a, a5);
                b5 = v.fma(b, b5);
            }
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

    /** Computes a whole vector even where the row ends within it; what follows the row in memory is not delivered. */
    private void tile12x1(int weight, int right, int rows, int runs, int length, int runStride) {
        int lastVector = data.length - Lanes.COUNT;
        float[] w = weights;
        float[] x = data;
        float[] end = dataEnd;
        int stride = dataStride;
        int last = rows - 1;
        int w1 = weight + Math.min(1, last) * weightStride;
        int w2 = weight + Math.min(2, last) * weightStride;
        int w3 = weight + Math.min(3, last) * weightStride;
        int w4 = weight + Math.min(4, last) * weightStride;
        int w5 = weight + Math.min(5, last) * weightStride;
        int w6 = weight + Math.min(6, last) * weightStride;
        int w7 = weight + Math.min(7, last) * weightStride;
        int w8 = weight + Math.min(8, last) * weightStride;
        int w9 = weight + Math.min(9, last) * weightStride;
        int w10 = weight + Math.min(10, last) * weightStride;
        int w11 = weight + Math.min(11, last) * weightStride;
        FloatVector zero = FloatVector.zero(FLOATS);
        FloatVector a0 = zero, a1 = zero, a2 = zero, a3 = zero, a4 = zero, a5 = zero, a6 = zero, a7 = zero, a8 = zero,
                a9 = zero, a10 = zero, a11 = zero;
        for (int run = 0; run < runs; run++) {
            int i = run * runStride;
            int start = right + run * length * stride;
            for (int tap = 0; tap < length; tap++) {
                int j = start + tap * stride;
                boolean inside = j <= lastVector;
                FloatVector a = FloatVector.fromArray(FLOATS, inside ? x : end, inside ? j : j - lastVector);
                FloatVector v = FloatVector.broadcast(FLOATS, w[weight + i + tap]);
                a0 = v.fma(a, a0);
                v = FloatVector.broadcast(FLOATS, w[w1 + i + tap]);
                a1 = v.fma(a, a1);
                v = FloatVector.broadcast(FLOATS, w[w2 + i + tap]);
                a2 = v.fma(a, a2);
                v = FloatVector.broadcast(FLOATS, w[w3 + i + tap]);
                a3 = v.fma(a, a3);
                v = FloatVector.broadcast(FLOATS, w[w4 + i + tap]);
                a4 = v.fma(a, a4);
                v = FloatVector.broadcast(FLOATS, w[w5 + i + tap]);
                a5 = v.fma(a, a5);
                v = FloatVector.broadcast(FLOATS, w[w6 + i + tap]);
                a6 = v.fma(a, a6);
                v = FloatVector.broadcast(FLOATS, w[w7 + i + tap]);
                a7 = v.fma(a, a7);
                v = FloatVector.broadcast(FLOATS, w[w8 + i + tap]);
                a8 = v.fma(a, a8);
                v = FloatVector.broadcast(FLOATS, w[w9 + i + tap]);
                a9 = v.fma(a, a9);
                v = FloatVector.broadcast(FLOATS, w[w10 + i + tap]);
                a10 = v.fma(a, a10);
                v = FloatVector.broadcast(FLOATS, w[w11 + i + tap]);
                a11 = v.fma(a, a11);
            }
        }
        a0.intoArray(tile, 0);
        a1.intoArray(tile, Lanes.COUNT);
        a2.intoArray(tile, 2 * Lanes.COUNT);
        a3.intoArray(tile, 3 * Lanes.COUNT);
        a4.intoArray(tile, 4 * Lanes.COUNT);
        a5.intoArray(tile, 5 * Lanes.COUNT);
        a6.intoArray(tile, 6 * Lanes.COUNT);
        a7.intoArray(tile, 7 * Lanes.COUNT);
        a8.intoArray(tile, 8 * Lanes.COUNT);
        a9.intoArray(tile, 9 * Lanes.COUNT);
        a10.intoArray(tile, 10 * Lanes.COUNT);
        a11.intoArray(tile, 11 * Lanes.COUNT);
    }
}
