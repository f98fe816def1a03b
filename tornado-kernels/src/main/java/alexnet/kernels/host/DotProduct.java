package alexnet.kernels.host;

import static alexnet.kernels.host.Lanes.FLOATS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * {@code sums[l][r] += sum over i of left[l][i] * right[r][i]}: both sides vectors, for sums along rows of memory.
 *
 * <h2>Why these tiles</h2>
 * 8 rows times 3 rows are 24 accumulators for 11 loads, and need 28 of 32 registers; where there are 16, 4 times 3 need all
 * of them. A sum keeps a partial sum for each lane of a vector; a tile is stored as it is, and {@link Lanes#sum} adds up its
 * lanes.
 *
 * <p>A tile with fewer rows than it has room for repeats its last row; nobody reads the copies' sums. Not thread-safe: each
 * thread has its own.
 */
final class DotProduct {

    private static final boolean TALL = Lanes.MANY_REGISTERS;
    /** Rows of the left side in a tile. */
    static final int LEFT_ROWS = TALL ? 8 : 4;
    /** Rows of the right side in a tile. */
    static final int RIGHT_ROWS = 3;
    /** Numbers that a tile of sums takes. */
    static final int TILE = LEFT_ROWS * RIGHT_ROWS * Lanes.COUNT;

    private float[] left;
    private int leftStride;
    private float[] right;
    private int rightStride;
    private float[] sums;

    /** Sets the arrays, and how far apart neighbouring rows are in the left and in the right one. */
    void operands(float[] left, int leftStride, float[] right, int rightStride, float[] sums) {
        this.left = left;
        this.leftStride = leftStride;
        this.right = right;
        this.rightStride = rightStride;
        this.sums = sums;
    }

    /**
     * Adds the products of some numbers of the rows to a tile.
     *
     * @param leftStart  the place of the first left row's first number
     * @param leftRows   left rows that exist, at least 1
     * @param rightStart the place of the first right row's first number
     * @param rightRows  right rows that exist, at least 1
     * @param length     numbers of each row
     * @param tile       the place of the tile's sums
     */
    void add(int leftStart, int leftRows, int rightStart, int rightRows, int length, int tile) {
        int whole = length / Lanes.COUNT * Lanes.COUNT;
        if (TALL) {
            add8x3(leftStart, leftRows, rightStart, rightRows, whole, tile);
        } else {
            add4x3(leftStart, leftRows, rightStart, rightRows, whole, tile);
        }
        if (whole < length) {
            addRest(leftStart + whole, leftRows, rightStart + whole, rightRows, length - whole, tile);
        }
    }

    private void add8x3(int leftStart, int leftRows, int rightStart, int rightRows, int length, int tile) {
        float[] l = left;
        float[] r = right;
        int l1 = leftStart + Math.min(1, leftRows - 1) * leftStride;
        int l2 = leftStart + Math.min(2, leftRows - 1) * leftStride;
        int l3 = leftStart + Math.min(3, leftRows - 1) * leftStride;
        int l4 = leftStart + Math.min(4, leftRows - 1) * leftStride;
        int l5 = leftStart + Math.min(5, leftRows - 1) * leftStride;
        int l6 = leftStart + Math.min(6, leftRows - 1) * leftStride;
        int l7 = leftStart + Math.min(7, leftRows - 1) * leftStride;
        int r1 = rightStart + Math.min(1, rightRows - 1) * rightStride;
        int r2 = rightStart + Math.min(2, rightRows - 1) * rightStride;
        FloatVector zero = FloatVector.zero(FLOATS);
        FloatVector s00 = zero, s01 = zero, s02 = zero;
        FloatVector s10 = zero, s11 = zero, s12 = zero;
        FloatVector s20 = zero, s21 = zero, s22 = zero;
        FloatVector s30 = zero, s31 = zero, s32 = zero;
        FloatVector s40 = zero, s41 = zero, s42 = zero;
        FloatVector s50 = zero, s51 = zero, s52 = zero;
        FloatVector s60 = zero, s61 = zero, s62 = zero;
        FloatVector s70 = zero, s71 = zero, s72 = zero;
        for (int i = 0; i < length; i += Lanes.COUNT) {
            FloatVector a = FloatVector.fromArray(FLOATS, r, rightStart + i);
            FloatVector b = FloatVector.fromArray(FLOATS, r, r1 + i);
            FloatVector c = FloatVector.fromArray(FLOATS, r, r2 + i);
            FloatVector v = FloatVector.fromArray(FLOATS, l, leftStart + i);
            s00 = v.fma(a, s00);
            s01 = v.fma(b, s01);
            s02 = v.fma(c, s02);
            v = FloatVector.fromArray(FLOATS, l, l1 + i);
            s10 = v.fma(a, s10);
            s11 = v.fma(b, s11);
            s12 = v.fma(c, s12);
            v = FloatVector.fromArray(FLOATS, l, l2 + i);
            s20 = v.fma(a, s20);
            s21 = v.fma(b, s21);
            s22 = v.fma(c, s22);
            v = FloatVector.fromArray(FLOATS, l, l3 + i);
            s30 = v.fma(a, s30);
            s31 = v.fma(b, s31);
            s32 = v.fma(c, s32);
            v = FloatVector.fromArray(FLOATS, l, l4 + i);
            s40 = v.fma(a, s40);
            s41 = v.fma(b, s41);
            s42 = v.fma(c, s42);
            v = FloatVector.fromArray(FLOATS, l, l5 + i);
            s50 = v.fma(a, s50);
            s51 = v.fma(b, s51);
            s52 = v.fma(c, s52);
            v = FloatVector.fromArray(FLOATS, l, l6 + i);
            s60 = v.fma(a, s60);
            s61 = v.fma(b, s61);
            s62 = v.fma(c, s62);
            v = FloatVector.fromArray(FLOATS, l, l7 + i);
            s70 = v.fma(a, s70);
            s71 = v.fma(b, s71);
            s72 = v.fma(c, s72);
        }
        s00.add(FloatVector.fromArray(FLOATS, sums, tile)).intoArray(sums, tile);
        s01.add(FloatVector.fromArray(FLOATS, sums, tile + Lanes.COUNT)).intoArray(sums, tile + Lanes.COUNT);
        s02.add(FloatVector.fromArray(FLOATS, sums, tile + 2 * Lanes.COUNT)).intoArray(sums, tile + 2 * Lanes.COUNT);
        s10.add(FloatVector.fromArray(FLOATS, sums, tile + 3 * Lanes.COUNT)).intoArray(sums, tile + 3 * Lanes.COUNT);
        s11.add(FloatVector.fromArray(FLOATS, sums, tile + 4 * Lanes.COUNT)).intoArray(sums, tile + 4 * Lanes.COUNT);
        s12.add(FloatVector.fromArray(FLOATS, sums, tile + 5 * Lanes.COUNT)).intoArray(sums, tile + 5 * Lanes.COUNT);
        s20.add(FloatVector.fromArray(FLOATS, sums, tile + 6 * Lanes.COUNT)).intoArray(sums, tile + 6 * Lanes.COUNT);
        s21.add(FloatVector.fromArray(FLOATS, sums, tile + 7 * Lanes.COUNT)).intoArray(sums, tile + 7 * Lanes.COUNT);
        s22.add(FloatVector.fromArray(FLOATS, sums, tile + 8 * Lanes.COUNT)).intoArray(sums, tile + 8 * Lanes.COUNT);
        s30.add(FloatVector.fromArray(FLOATS, sums, tile + 9 * Lanes.COUNT)).intoArray(sums, tile + 9 * Lanes.COUNT);
        s31.add(FloatVector.fromArray(FLOATS, sums, tile + 10 * Lanes.COUNT)).intoArray(sums, tile + 10 * Lanes.COUNT);
        s32.add(FloatVector.fromArray(FLOATS, sums, tile + 11 * Lanes.COUNT)).intoArray(sums, tile + 11 * Lanes.COUNT);
        s40.add(FloatVector.fromArray(FLOATS, sums, tile + 12 * Lanes.COUNT)).intoArray(sums, tile + 12 * Lanes.COUNT);
        s41.add(FloatVector.fromArray(FLOATS, sums, tile + 13 * Lanes.COUNT)).intoArray(sums, tile + 13 * Lanes.COUNT);
        s42.add(FloatVector.fromArray(FLOATS, sums, tile + 14 * Lanes.COUNT)).intoArray(sums, tile + 14 * Lanes.COUNT);
        s50.add(FloatVector.fromArray(FLOATS, sums, tile + 15 * Lanes.COUNT)).intoArray(sums, tile + 15 * Lanes.COUNT);
        s51.add(FloatVector.fromArray(FLOATS, sums, tile + 16 * Lanes.COUNT)).intoArray(sums, tile + 16 * Lanes.COUNT);
        s52.add(FloatVector.fromArray(FLOATS, sums, tile + 17 * Lanes.COUNT)).intoArray(sums, tile + 17 * Lanes.COUNT);
        s60.add(FloatVector.fromArray(FLOATS, sums, tile + 18 * Lanes.COUNT)).intoArray(sums, tile + 18 * Lanes.COUNT);
        s61.add(FloatVector.fromArray(FLOATS, sums, tile + 19 * Lanes.COUNT)).intoArray(sums, tile + 19 * Lanes.COUNT);
        s62.add(FloatVector.fromArray(FLOATS, sums, tile + 20 * Lanes.COUNT)).intoArray(sums, tile + 20 * Lanes.COUNT);
        s70.add(FloatVector.fromArray(FLOATS, sums, tile + 21 * Lanes.COUNT)).intoArray(sums, tile + 21 * Lanes.COUNT);
        s71.add(FloatVector.fromArray(FLOATS, sums, tile + 22 * Lanes.COUNT)).intoArray(sums, tile + 22 * Lanes.COUNT);
        s72.add(FloatVector.fromArray(FLOATS, sums, tile + 23 * Lanes.COUNT)).intoArray(sums, tile + 23 * Lanes.COUNT);
    }

    private void add4x3(int leftStart, int leftRows, int rightStart, int rightRows, int length, int tile) {
        float[] l = left;
        float[] r = right;
        int l1 = leftStart + Math.min(1, leftRows - 1) * leftStride;
        int l2 = leftStart + Math.min(2, leftRows - 1) * leftStride;
        int l3 = leftStart + Math.min(3, leftRows - 1) * leftStride;
        int r1 = rightStart + Math.min(1, rightRows - 1) * rightStride;
        int r2 = rightStart + Math.min(2, rightRows - 1) * rightStride;
        FloatVector zero = FloatVector.zero(FLOATS);
        FloatVector s00 = zero, s01 = zero, s02 = zero;
        FloatVector s10 = zero, s11 = zero, s12 = zero;
        FloatVector s20 = zero, s21 = zero, s22 = zero;
        FloatVector s30 = zero, s31 = zero, s32 = zero;
        for (int i = 0; i < length; i += Lanes.COUNT) {
            FloatVector a = FloatVector.fromArray(FLOATS, r, rightStart + i);
            FloatVector b = FloatVector.fromArray(FLOATS, r, r1 + i);
            FloatVector c = FloatVector.fromArray(FLOATS, r, r2 + i);
            FloatVector v = FloatVector.fromArray(FLOATS, l, leftStart + i);
            s00 = v.fma(a, s00);
            s01 = v.fma(b, s01);
            s02 = v.fma(c, s02);
            v = FloatVector.fromArray(FLOATS, l, l1 + i);
            s10 = v.fma(a, s10);
            s11 = v.fma(b, s11);
            s12 = v.fma(c, s12);
            v = FloatVector.fromArray(FLOATS, l, l2 + i);
            s20 = v.fma(a, s20);
            s21 = v.fma(b, s21);
            s22 = v.fma(c, s22);
            v = FloatVector.fromArray(FLOATS, l, l3 + i);
            s30 = v.fma(a, s30);
            s31 = v.fma(b, s31);
            s32 = v.fma(c, s32);
        }
        s00.add(FloatVector.fromArray(FLOATS, sums, tile)).intoArray(sums, tile);
        s01.add(FloatVector.fromArray(FLOATS, sums, tile + Lanes.COUNT)).intoArray(sums, tile + Lanes.COUNT);
        s02.add(FloatVector.fromArray(FLOATS, sums, tile + 2 * Lanes.COUNT)).intoArray(sums, tile + 2 * Lanes.COUNT);
        s10.add(FloatVector.fromArray(FLOATS, sums, tile + 3 * Lanes.COUNT)).intoArray(sums, tile + 3 * Lanes.COUNT);
        s11.add(FloatVector.fromArray(FLOATS, sums, tile + 4 * Lanes.COUNT)).intoArray(sums, tile + 4 * Lanes.COUNT);
        s12.add(FloatVector.fromArray(FLOATS, sums, tile + 5 * Lanes.COUNT)).intoArray(sums, tile + 5 * Lanes.COUNT);
        s20.add(FloatVector.fromArray(FLOATS, sums, tile + 6 * Lanes.COUNT)).intoArray(sums, tile + 6 * Lanes.COUNT);
        s21.add(FloatVector.fromArray(FLOATS, sums, tile + 7 * Lanes.COUNT)).intoArray(sums, tile + 7 * Lanes.COUNT);
        s22.add(FloatVector.fromArray(FLOATS, sums, tile + 8 * Lanes.COUNT)).intoArray(sums, tile + 8 * Lanes.COUNT);
        s30.add(FloatVector.fromArray(FLOATS, sums, tile + 9 * Lanes.COUNT)).intoArray(sums, tile + 9 * Lanes.COUNT);
        s31.add(FloatVector.fromArray(FLOATS, sums, tile + 10 * Lanes.COUNT)).intoArray(sums, tile + 10 * Lanes.COUNT);
        s32.add(FloatVector.fromArray(FLOATS, sums, tile + 11 * Lanes.COUNT)).intoArray(sums, tile + 11 * Lanes.COUNT);
    }

    private void addRest(int leftStart, int leftRows, int rightStart, int rightRows, int length, int tile) {
        VectorMask<Float> mask = FLOATS.indexInRange(0, length);
        for (int i = 0; i < Math.min(LEFT_ROWS, leftRows); i++) {
            FloatVector v = FloatVector.fromArray(FLOATS, left, leftStart + i * leftStride, mask);
            for (int j = 0; j < Math.min(RIGHT_ROWS, rightRows); j++) {
                int index = tile + (i * RIGHT_ROWS + j) * Lanes.COUNT;
                v.fma(FloatVector.fromArray(FLOATS, right, rightStart + j * rightStride, mask), FloatVector.fromArray(FLOATS, sums, index))
                        .intoArray(sums, index);
            }
        }
    }
}
