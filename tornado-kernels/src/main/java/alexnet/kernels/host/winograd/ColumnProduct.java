package alexnet.kernels.host.winograd;

import static alexnet.kernels.host.Lanes.FLOATS;

import alexnet.kernels.host.Lanes;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * {@code sums[row][filter] = sum over columns of left[row][column] * right[column][filter]}, both sides in the order in which they are
 * read: the left one in panels of {@link #ROWS} rows, {@code [block][row][column of the block]}, so that every number of a panel is at
 * a constant distance from where a block begins; the right one {@code [column][filter]}, one or two vectors of filters.
 *
 * <p>12 rows times 2 vectors are 24 accumulators for 12 broadcasts and 2 loads, and need 27 of 32 registers; where there are 16,
 * 6 times 2 need 15. Long sums lose digits: those of a few blocks begin at zero and are added to those of the whole left side,
 * and these in the end to the ones before. Not thread-safe.
 */
final class ColumnProduct {

    /** Rows of a panel. */
    static final int ROWS = Lanes.TILE_ROWS;
    /** Columns of a block. */
    static final int BLOCK = 2 * Lanes.COUNT;
    /** Most filters of a right side. */
    static final int FILTERS = 2 * Lanes.COUNT;

    /** Blocks whose products are summed up in registers. */
    private static final int RUN = 4;

    private final float[] strip = new float[ROWS * FILTERS];
    private final float[] tile = new float[ROWS * FILTERS];
    private final float[] left;
    private final float[] right;
    private final float[] sums;

    /** Of sides and sums in these arrays. */
    ColumnProduct(float[] left, float[] right, float[] sums) {
        this.left = left;
        this.right = right;
        this.sums = sums;
    }

    /** How many filters a right side has room for, of which so many exist: whole vectors, and where tiles are tall, one may do. */
    static int width(int filters) {
        return Lanes.MANY_REGISTERS && filters <= Lanes.COUNT ? Lanes.COUNT : FILTERS;
    }

    /**
     * Multiplies a panel.
     *
     * @param leftStart  where the panel begins
     * @param rightStart where the right side begins
     * @param blocks     blocks of columns
     * @param width      filters of the right side and the sums, see {@link #width}
     * @param target     where the panel's sums begin, {@code [ROWS][width]}
     * @param add        whether to add to them or to overwrite them
     */
    void multiply(int leftStart, int rightStart, int blocks, int width, int target, boolean add) {
        int length = ROWS * width;
        Arrays.fill(strip, 0, length, 0);
        for (int block = 0; block < blocks; block += RUN) {
            int left = leftStart + block * (ROWS * BLOCK);
            int right = rightStart + block * (BLOCK * width);
            int count = Math.min(RUN, blocks - block);
            if (width == Lanes.COUNT) {
                tile12x1(left, right, count);
            } else if (Lanes.MANY_REGISTERS) {
                tile12x2(left, right, count);
            } else {
                tile6x2(left, right, count);
            }
            add(tile, 0, strip, 0, length);
        }
        if (add) {
            add(strip, 0, sums, target, length);
        } else {
            System.arraycopy(strip, 0, sums, target, length);
        }
    }

    private static void add(float[] source, int from, float[] target, int to, int length) {
        for (int i = 0; i < length; i += Lanes.COUNT) {
            FloatVector.fromArray(FLOATS, source, from + i).add(FloatVector.fromArray(FLOATS, target, to + i)).intoArray(target, to + i);
        }
    }

    private void tile12x2(int leftStart, int rightStart, int blocks) {
        float[] x = left;
        float[] y = right;
        FloatVector zero = FloatVector.zero(FLOATS);
        FloatVector a0 = zero, a1 = zero, a2 = zero, a3 = zero, a4 = zero, a5 = zero, a6 = zero, a7 = zero, a8 = zero, a9 = zero, a10 = zero, a11 = zero;
        FloatVector b0 = zero, b1 = zero, b2 = zero, b3 = zero, b4 = zero, b5 = zero, b6 = zero, b7 = zero, b8 = zero, b9 = zero, b10 = zero, b11 = zero;
        for (int block = 0; block < blocks; block++) {
            int i = leftStart + block * (12 * BLOCK);
            int j = rightStart + block * (BLOCK * 2 * Lanes.COUNT);
            for (int column = 0; column < BLOCK; column++) {
                FloatVector a = FloatVector.fromArray(FLOATS, y, j + column * (2 * Lanes.COUNT));
                FloatVector b = FloatVector.fromArray(FLOATS, y, j + column * (2 * Lanes.COUNT) + Lanes.COUNT);
                FloatVector v = FloatVector.broadcast(FLOATS, x[i + column]);
                a0 = v.fma(a, a0);
                b0 = v.fma(b, b0);
                v = FloatVector.broadcast(FLOATS, x[i + BLOCK + column]);
                a1 = v.fma(a, a1);
                b1 = v.fma(b, b1);
                v = FloatVector.broadcast(FLOATS, x[i + 2 * BLOCK + column]);
                a2 = v.fma(a, a2);
                b2 = v.fma(b, b2);
                v = FloatVector.broadcast(FLOATS, x[i + 3 * BLOCK + column]);
                a3 = v.fma(a, a3);
                b3 = v.fma(b, b3);
                v = FloatVector.broadcast(FLOATS, x[i + 4 * BLOCK + column]);
                a4 = v.fma(a, a4);
                b4 = v.fma(b, b4);
                v = FloatVector.broadcast(FLOATS, x[i + 5 * BLOCK + column]);
                a5 = v.fma(a, a5);
                b5 = v.fma(b, b5);
                v = FloatVector.broadcast(FLOATS, x[i + 6 * BLOCK + column]);
                a6 = v.fma(a, a6);
                b6 = v.fma(b, b6);
                v = FloatVector.broadcast(FLOATS, x[i + 7 * BLOCK + column]);
                a7 = v.fma(a, a7);
                b7 = v.fma(b, b7);
                v = FloatVector.broadcast(FLOATS, x[i + 8 * BLOCK + column]);
                a8 = v.fma(a, a8);
                b8 = v.fma(b, b8);
                v = FloatVector.broadcast(FLOATS, x[i + 9 * BLOCK + column]);
                a9 = v.fma(a, a9);
                b9 = v.fma(b, b9);
                v = FloatVector.broadcast(FLOATS, x[i + 10 * BLOCK + column]);
                a10 = v.fma(a, a10);
                b10 = v.fma(b, b10);
                v = FloatVector.broadcast(FLOATS, x[i + 11 * BLOCK + column]);
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

    private void tile12x1(int leftStart, int rightStart, int blocks) {
        float[] x = left;
        float[] y = right;
        FloatVector zero = FloatVector.zero(FLOATS);
        FloatVector a0 = zero, a1 = zero, a2 = zero, a3 = zero, a4 = zero, a5 = zero, a6 = zero, a7 = zero, a8 = zero, a9 = zero, a10 = zero, a11 = zero;
        for (int block = 0; block < blocks; block++) {
            int i = leftStart + block * (12 * BLOCK);
            int j = rightStart + block * (BLOCK * Lanes.COUNT);
            for (int column = 0; column < BLOCK; column++) {
                FloatVector a = FloatVector.fromArray(FLOATS, y, j + column * Lanes.COUNT);
                FloatVector v = FloatVector.broadcast(FLOATS, x[i + column]);
                a0 = v.fma(a, a0);
                v = FloatVector.broadcast(FLOATS, x[i + BLOCK + column]);
                a1 = v.fma(a, a1);
                v = FloatVector.broadcast(FLOATS, x[i + 2 * BLOCK + column]);
                a2 = v.fma(a, a2);
                v = FloatVector.broadcast(FLOATS, x[i + 3 * BLOCK + column]);
                a3 = v.fma(a, a3);
                v = FloatVector.broadcast(FLOATS, x[i + 4 * BLOCK + column]);
                a4 = v.fma(a, a4);
                v = FloatVector.broadcast(FLOATS, x[i + 5 * BLOCK + column]);
                a5 = v.fma(a, a5);
                v = FloatVector.broadcast(FLOATS, x[i + 6 * BLOCK + column]);
                a6 = v.fma(a, a6);
                v = FloatVector.broadcast(FLOATS, x[i + 7 * BLOCK + column]);
                a7 = v.fma(a, a7);
                v = FloatVector.broadcast(FLOATS, x[i + 8 * BLOCK + column]);
                a8 = v.fma(a, a8);
                v = FloatVector.broadcast(FLOATS, x[i + 9 * BLOCK + column]);
                a9 = v.fma(a, a9);
                v = FloatVector.broadcast(FLOATS, x[i + 10 * BLOCK + column]);
                a10 = v.fma(a, a10);
                v = FloatVector.broadcast(FLOATS, x[i + 11 * BLOCK + column]);
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

    private void tile6x2(int leftStart, int rightStart, int blocks) {
        float[] x = left;
        float[] y = right;
        FloatVector zero = FloatVector.zero(FLOATS);
        FloatVector a0 = zero, a1 = zero, a2 = zero, a3 = zero, a4 = zero, a5 = zero;
        FloatVector b0 = zero, b1 = zero, b2 = zero, b3 = zero, b4 = zero, b5 = zero;
        for (int block = 0; block < blocks; block++) {
            int i = leftStart + block * (6 * BLOCK);
            int j = rightStart + block * (BLOCK * 2 * Lanes.COUNT);
            for (int column = 0; column < BLOCK; column++) {
                FloatVector a = FloatVector.fromArray(FLOATS, y, j + column * (2 * Lanes.COUNT));
                FloatVector b = FloatVector.fromArray(FLOATS, y, j + column * (2 * Lanes.COUNT) + Lanes.COUNT);
                FloatVector v = FloatVector.broadcast(FLOATS, x[i + column]);
                a0 = v.fma(a, a0);
                b0 = v.fma(b, b0);
                v = FloatVector.broadcast(FLOATS, x[i + BLOCK + column]);
                a1 = v.fma(a, a1);
                b1 = v.fma(b, b1);
                v = FloatVector.broadcast(FLOATS, x[i + 2 * BLOCK + column]);
                a2 = v.fma(a, a2);
                b2 = v.fma(b, b2);
                v = FloatVector.broadcast(FLOATS, x[i + 3 * BLOCK + column]);
                a3 = v.fma(a, a3);
                b3 = v.fma(b, b3);
                v = FloatVector.broadcast(FLOATS, x[i + 4 * BLOCK + column]);
                a4 = v.fma(a, a4);
                b4 = v.fma(b, b4);
                v = FloatVector.broadcast(FLOATS, x[i + 5 * BLOCK + column]);
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
}
