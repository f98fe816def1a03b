package alexnet.kernels.host;

import static alexnet.kernels.host.Lanes.FLOATS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * {@code sums[l][r] += sum over i of left[l][i] * right[r][i]}: both sides vectors, for sums over images.
 *
 * <h2>Why these tiles</h2>
 * 8 rows times 3 rows are 24 accumulators for 11 loads, and need 28 of 32 registers; where there are 16, 4 times 3 need all
 * of them. A sum keeps a partial sum for each lane of a vector. Tiles are left and taken up again, so the partial sums are
 * stored as vectors, and only {@link Lanes#sum} at the very end adds up the lanes: that costs less than adding lanes each
 * time, and rounds less.
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

    private final OffsetPairs steps = new OffsetPairs();
    private float[] left;
    private int leftStride;
    private float[] right;
    private int rightStride;
    private float[] sums;

    /** Where the vectors of the left rows ({@code lefts}) and of the right rows ({@code rights}) are found, step by step. */
    OffsetPairs steps() {
        return steps;
    }

    /** Sets the arrays, and how far apart neighbouring rows are in the left and in the right one. */
    void operands(float[] left, int leftStride, float[] right, int rightStride, float[] sums) {
        this.left = left;
        this.leftStride = leftStride;
        this.right = right;
        this.rightStride = rightStride;
        this.sums = sums;
    }

    /**
     * Adds runs of products to a tile. The steps must lead through the whole vectors of one run after another.
     *
     * @param leftStart  the place of the first left row
     * @param leftRows   left rows that exist, at least 1
     * @param rightStart the place of the first right row
     * @param rightRows  right rows that exist, at least 1
     * @param runs       runs to take
     * @param length     numbers in a run
     * @param leftRun    how far apart neighbouring runs are on the left
     * @param rightRun   how far apart they are on the right
     * @param tile       the place of the tile's sums
     */
    void add(int leftStart, int leftRows, int rightStart, int rightRows, int runs, int length, int leftRun, int rightRun,
             int tile) {
        int vectors = length / Lanes.COUNT;
        if (TALL) {
            add8x3(leftStart, leftRows, rightStart, rightRows, runs * vectors, tile);
        } else {
            add4x3(leftStart, leftRows, rightStart, rightRows, runs * vectors, tile);
        }
        int whole = vectors * Lanes.COUNT;
        if (whole < length) {
            addRests(leftStart + whole, leftRows, rightStart + whole, rightRows, runs, length - whole, leftRun, rightRun, tile);
        }
    }

    private void add8x3(int leftStart, int leftRows, int rightStart, int rightRows, int count, int tile) {
        float[] l = left;
        float[] r = right;
        int[] lefts = steps.lefts();
        int[] rights = steps.rights();
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
        for (int step = 0; step < count; step++) {
            int i = lefts[step];
            int j = rights[step];
            FloatVector a = FloatVector.fromArray(FLOATS, r, rightStart + j);
            FloatVector b = FloatVector.fromArray(FLOATS, r, r1 + j);
            FloatVector c = FloatVector.fromArray(FLOATS, r, r2 + j);
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

    private void add4x3(int leftStart, int leftRows, int rightStart, int rightRows, int count, int tile) {
        float[] l = left;
        float[] r = right;
        int[] lefts = steps.lefts();
        int[] rights = steps.rights();
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
        for (int step = 0; step < count; step++) {
            int i = lefts[step];
            int j = rights[step];
            FloatVector a = FloatVector.fromArray(FLOATS, r, rightStart + j);
            FloatVector b = FloatVector.fromArray(FLOATS, r, r1 + j);
            FloatVector c = FloatVector.fromArray(FLOATS, r, r2 + j);
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

    private void addRests(int leftStart, int leftRows, int rightStart, int rightRows, int runs, int length, int leftRun,
                          int rightRun, int tile) {
        VectorMask<Float> mask = FLOATS.indexInRange(0, length);
        for (int i = 0; i < Math.min(LEFT_ROWS, leftRows); i++) {
            for (int j = 0; j < Math.min(RIGHT_ROWS, rightRows); j++) {
                int l = leftStart + i * leftStride;
                int r = rightStart + j * rightStride;
                int index = tile + (i * RIGHT_ROWS + j) * Lanes.COUNT;
                FloatVector sum = FloatVector.fromArray(FLOATS, sums, index);
                for (int run = 0; run < runs; run++) {
                    FloatVector v = FloatVector.fromArray(FLOATS, left, l + run * leftRun, mask);
                    sum = v.fma(FloatVector.fromArray(FLOATS, right, r + run * rightRun, mask), sum);
                }
                sum.intoArray(sums, index);
            }
        }
    }
}
