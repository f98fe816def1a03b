package alexnet.kernels.host.winograd;

import static alexnet.kernels.host.Lanes.FLOATS;

import alexnet.kernels.host.Lanes;
import jdk.incubator.vector.FloatVector;

/**
 * The products that a point takes: a panel of {@link #ROWS} filters times pairs of vectors, as in
 * {@link alexnet.kernels.host.PackedProduct}, whose tile this is. Both sides are written in the order in which they are read: a panel is
 * {@code [taps][ROWS]}, a pair {@code [taps][2 vectors]}, its results {@code [ROWS][2 vectors]}.
 */
final class PointProducts {

    /** Filters of a panel. */
    static final int ROWS = Lanes.TILE_ROWS;
    /** Numbers of a pair of vectors. */
    static final int PAIR = 2 * Lanes.COUNT;

    private PointProducts() {
    }

    /**
     * The products of a panel with pairs that lie one after the other.
     *
     * @param resultStep how far apart the results of neighbouring pairs are
     */
    static void multiply(float[] memory, int panel, int pair, int taps, int pairs, int result, int resultStep) {
        for (int i = 0; i < pairs; i++) {
            if (Lanes.MANY_REGISTERS) {
                tile12x2(memory, panel, pair + i * taps * PAIR, taps, result + i * resultStep);
            } else {
                tile6x2(memory, panel, pair + i * taps * PAIR, taps, result + i * resultStep);
            }
        }
    }

    private static void tile12x2(float[] memory, int panel, int pair, int taps, int result) {
        FloatVector zero = FloatVector.zero(FLOATS);
        FloatVector a0 = zero, a1 = zero, a2 = zero, a3 = zero, a4 = zero, a5 = zero, a6 = zero, a7 = zero, a8 = zero,
                a9 = zero, a10 = zero, a11 = zero;
        FloatVector b0 = zero, b1 = zero, b2 = zero, b3 = zero, b4 = zero, b5 = zero, b6 = zero, b7 = zero, b8 = zero,
                b9 = zero, b10 = zero, b11 = zero;
        int i = panel;
        int j = pair;
        for (int tap = 0; tap < taps; tap++) {
            FloatVector a = FloatVector.fromArray(FLOATS, memory, j);
            FloatVector b = FloatVector.fromArray(FLOATS, memory, j + Lanes.COUNT);
            FloatVector v = FloatVector.broadcast(FLOATS, memory[i]);
            a0 = v.fma(a, a0);
            b0 = v.fma(b, b0);
            v = FloatVector.broadcast(FLOATS, memory[i + 1]);
            a1 = v.fma(a, a1);
            b1 = v.fma(b, b1);
            v = FloatVector.broadcast(FLOATS, memory[i + 2]);
            a2 = v.fma(a, a2);
            b2 = v.fma(b, b2);
            v = FloatVector.broadcast(FLOATS, memory[i + 3]);
            a3 = v.fma(a, a3);
            b3 = v.fma(b, b3);
            v = FloatVector.broadcast(FLOATS, memory[i + 4]);
            a4 = v.fma(a, a4);
            b4 = v.fma(b, b4);
            v = FloatVector.broadcast(FLOATS, memory[i + 5]);
            a5 = v.fma(a, a5);
            b5 = v.fma(b, b5);
            v = FloatVector.broadcast(FLOATS, memory[i + 6]);
            a6 = v.fma(a, a6);
            b6 = v.fma(b, b6);
            v = FloatVector.broadcast(FLOATS, memory[i + 7]);
            a7 = v.fma(a, a7);
            b7 = v.fma(b, b7);
            v = FloatVector.broadcast(FLOATS, memory[i + 8]);
            a8 = v.fma(a, a8);
            b8 = v.fma(b, b8);
            v = FloatVector.broadcast(FLOATS, memory[i + 9]);
            a9 = v.fma(a, a9);
            b9 = v.fma(b, b9);
            v = FloatVector.broadcast(FLOATS, memory[i + 10]);
            a10 = v.fma(a, a10);
            b10 = v.fma(b, b10);
            v = FloatVector.broadcast(FLOATS, memory[i + 11]);
            a11 = v.fma(a, a11);
            b11 = v.fma(b, b11);
            i += ROWS;
            j += PAIR;
        }
        a0.intoArray(memory, result);
        b0.intoArray(memory, result + Lanes.COUNT);
        a1.intoArray(memory, result + 2 * Lanes.COUNT);
        b1.intoArray(memory, result + 3 * Lanes.COUNT);
        a2.intoArray(memory, result + 4 * Lanes.COUNT);
        b2.intoArray(memory, result + 5 * Lanes.COUNT);
        a3.intoArray(memory, result + 6 * Lanes.COUNT);
        b3.intoArray(memory, result + 7 * Lanes.COUNT);
        a4.intoArray(memory, result + 8 * Lanes.COUNT);
        b4.intoArray(memory, result + 9 * Lanes.COUNT);
        a5.intoArray(memory, result + 10 * Lanes.COUNT);
        b5.intoArray(memory, result + 11 * Lanes.COUNT);
        a6.intoArray(memory, result + 12 * Lanes.COUNT);
        b6.intoArray(memory, result + 13 * Lanes.COUNT);
        a7.intoArray(memory, result + 14 * Lanes.COUNT);
        b7.intoArray(memory, result + 15 * Lanes.COUNT);
        a8.intoArray(memory, result + 16 * Lanes.COUNT);
        b8.intoArray(memory, result + 17 * Lanes.COUNT);
        a9.intoArray(memory, result + 18 * Lanes.COUNT);
        b9.intoArray(memory, result + 19 * Lanes.COUNT);
        a10.intoArray(memory, result + 20 * Lanes.COUNT);
        b10.intoArray(memory, result + 21 * Lanes.COUNT);
        a11.intoArray(memory, result + 22 * Lanes.COUNT);
        b11.intoArray(memory, result + 23 * Lanes.COUNT);
    }

    private static void tile6x2(float[] memory, int panel, int pair, int taps, int result) {
        FloatVector zero = FloatVector.zero(FLOATS);
        FloatVector a0 = zero, a1 = zero, a2 = zero, a3 = zero, a4 = zero, a5 = zero;
        FloatVector b0 = zero, b1 = zero, b2 = zero, b3 = zero, b4 = zero, b5 = zero;
        int i = panel;
        int j = pair;
        for (int tap = 0; tap < taps; tap++) {
            FloatVector a = FloatVector.fromArray(FLOATS, memory, j);
            FloatVector b = FloatVector.fromArray(FLOATS, memory, j + Lanes.COUNT);
            FloatVector v = FloatVector.broadcast(FLOATS, memory[i]);
            a0 = v.fma(a, a0);
            b0 = v.fma(b, b0);
            v = FloatVector.broadcast(FLOATS, memory[i + 1]);
            a1 = v.fma(a, a1);
            b1 = v.fma(b, b1);
            v = FloatVector.broadcast(FLOATS, memory[i + 2]);
            a2 = v.fma(a, a2);
            b2 = v.fma(b, b2);
            v = FloatVector.broadcast(FLOATS, memory[i + 3]);
            a3 = v.fma(a, a3);
            b3 = v.fma(b, b3);
            v = FloatVector.broadcast(FLOATS, memory[i + 4]);
            a4 = v.fma(a, a4);
            b4 = v.fma(b, b4);
            v = FloatVector.broadcast(FLOATS, memory[i + 5]);
            a5 = v.fma(a, a5);
            b5 = v.fma(b, b5);
            i += ROWS;
            j += PAIR;
        }
        a0.intoArray(memory, result);
        b0.intoArray(memory, result + Lanes.COUNT);
        a1.intoArray(memory, result + 2 * Lanes.COUNT);
        b1.intoArray(memory, result + 3 * Lanes.COUNT);
        a2.intoArray(memory, result + 4 * Lanes.COUNT);
        b2.intoArray(memory, result + 5 * Lanes.COUNT);
        a3.intoArray(memory, result + 6 * Lanes.COUNT);
        b3.intoArray(memory, result + 7 * Lanes.COUNT);
        a4.intoArray(memory, result + 8 * Lanes.COUNT);
        b4.intoArray(memory, result + 9 * Lanes.COUNT);
        a5.intoArray(memory, result + 10 * Lanes.COUNT);
        b5.intoArray(memory, result + 11 * Lanes.COUNT);
    }
}
