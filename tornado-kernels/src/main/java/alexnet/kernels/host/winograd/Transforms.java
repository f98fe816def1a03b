package alexnet.kernels.host.winograd;

import static alexnet.kernels.host.Lanes.FLOATS;

import alexnet.kernels.WinogradTransform;
import jdk.incubator.vector.FloatVector;

/**
 * The matrices of {@link WinogradTransform} times lines of numbers, in one dimension; two calls, down the columns and along the rows,
 * make the transform of a tile. Points come in pairs of opposite ones, so that the even terms and the odd ones of two rows are
 * taken once: a row of Bᵀ is {@code o + p e} and the next {@code o - p e}.
 *
 * <p>Written out, because the JIT keeps vectors in registers only as local variables. All methods transform {@code lines} lines
 * of {@code vectors} vectors; {@code from} and {@code to} are where the first number of the first line is for vector 0, and
 * {@code first} and {@code toFirst} the numbers of the vectors that are taken first.
 */
final class Transforms {

    /** Numbers of a transformed line. */
    static final int POINTS = 7;

    private static final double[][] B = WinogradTransform.ofSeven(3).input();
    private static final float P0 = (float) B[0][4];
    private static final float P1 = (float) B[2][4];
    private static final float P2 = (float) B[4][4];
    private static final float S0 = (float) B[0][3];
    private static final float S1 = (float) B[2][3];
    private static final float S2 = (float) B[4][3];
    private static final float Q0 = (float) B[0][1];
    private static final float Q1 = (float) B[2][1];
    private static final float Q2 = (float) B[4][1];
    private static final float I0 = (float) B[6][0];
    private static final float I2 = (float) B[6][2];
    private static final float I4 = (float) B[6][4];

    /** G of F(3, 5), whose first columns are those of F(5, 3). */
    private static final double[][] G = WinogradTransform.ofSeven(5).filter();
    private static final float G00 = (float) G[0][0];
    private static final float G01 = (float) G[0][1];
    private static final float G02 = (float) G[0][2];
    private static final float G03 = (float) G[0][3];
    private static final float G04 = (float) G[0][4];
    private static final float G10 = (float) G[2][0];
    private static final float G11 = (float) G[2][1];
    private static final float G12 = (float) G[2][2];
    private static final float G13 = (float) G[2][3];
    private static final float G14 = (float) G[2][4];
    private static final float G20 = (float) G[4][0];
    private static final float G21 = (float) G[4][1];
    private static final float G22 = (float) G[4][2];
    private static final float G23 = (float) G[4][3];
    private static final float G24 = (float) G[4][4];

    /** Aᵀ of F(5, 3), whose first rows are those of F(3, 5) but for infinity. */
    private static final double[][] A = WinogradTransform.ofSeven(3).output();
    private static final float A02 = (float) A[2][0];
    private static final float A03 = (float) A[3][0];
    private static final float A04 = (float) A[4][0];
    private static final float A12 = (float) A[2][2];
    private static final float A13 = (float) A[3][2];
    private static final float A14 = (float) A[4][2];
    private static final float A22 = (float) A[2][4];
    private static final float A23 = (float) A[3][4];
    private static final float A24 = (float) A[4][4];

    private Transforms() {
    }

    /** Bᵀ times lines of seven numbers. */
    static void input(Lines source, int from, int first, Lines target, int to, int toFirst, int lines, int vectors) {
        float[] x = source.array();
        float[] y = target.array();
        int in = source.step();
        int out = target.step();
        for (int line = 0; line < lines; line++) {
            for (int v = 0; v < vectors; v++) {
                int i = from + line * source.lineStep() + source.at(first + v);
                int o = to + line * target.lineStep() + target.at(toFirst + v);
                FloatVector x0 = FloatVector.fromArray(FLOATS, x, i);
                FloatVector x1 = FloatVector.fromArray(FLOATS, x, i + in);
                FloatVector x2 = FloatVector.fromArray(FLOATS, x, i + 2 * in);
                FloatVector x3 = FloatVector.fromArray(FLOATS, x, i + 3 * in);
                FloatVector x4 = FloatVector.fromArray(FLOATS, x, i + 4 * in);
                FloatVector x5 = FloatVector.fromArray(FLOATS, x, i + 5 * in);
                FloatVector x6 = FloatVector.fromArray(FLOATS, x, i + 6 * in);
                FloatVector even = times(Q0, x0, times(S0, x2, x4));
                FloatVector odd = times(Q0, x1, times(S0, x3, x5));
                times(P0, even, odd).intoArray(y, o);
                times(-P0, even, odd).intoArray(y, o + out);
                even = times(Q1, x0, times(S1, x2, x4));
                odd = times(Q1, x1, times(S1, x3, x5));
                times(P1, even, odd).intoArray(y, o + 2 * out);
                times(-P1, even, odd).intoArray(y, o + 3 * out);
                even = times(Q2, x0, times(S2, x2, x4));
                odd = times(Q2, x1, times(S2, x3, x5));
                times(P2, even, odd).intoArray(y, o + 4 * out);
                times(-P2, even, odd).intoArray(y, o + 5 * out);
                times(I0, x0, times(I2, x2, times(I4, x4, x6))).intoArray(y, o + 6 * out);
            }
        }
    }

    /** G of F(5, 3) times lines of three numbers. */
    static void filter3(Lines source, int from, int first, Lines target, int to, int toFirst, int lines, int vectors) {
        float[] x = source.array();
        float[] y = target.array();
        int in = source.step();
        int out = target.step();
        for (int line = 0; line < lines; line++) {
            for (int v = 0; v < vectors; v++) {
                int i = from + line * source.lineStep() + source.at(first + v);
                int o = to + line * target.lineStep() + target.at(toFirst + v);
                FloatVector x0 = FloatVector.fromArray(FLOATS, x, i);
                FloatVector x1 = FloatVector.fromArray(FLOATS, x, i + in);
                FloatVector x2 = FloatVector.fromArray(FLOATS, x, i + 2 * in);
                FloatVector even = times(G02, x2, x0.mul(G00));
                times(G01, x1, even).intoArray(y, o);
                times(G01, x1, even.neg()).intoArray(y, o + out);
                even = times(G12, x2, x0.mul(G10));
                times(G11, x1, even).intoArray(y, o + 2 * out);
                times(G11, x1, even.neg()).intoArray(y, o + 3 * out);
                even = times(G22, x2, x0.mul(G20));
                times(G21, x1, even).intoArray(y, o + 4 * out);
                times(G21, x1, even.neg()).intoArray(y, o + 5 * out);
                x2.intoArray(y, o + 6 * out);
            }
        }
    }

    /** G of F(3, 5) times lines of five numbers. */
    static void filter5(Lines source, int from, int first, Lines target, int to, int toFirst, int lines, int vectors) {
        float[] x = source.array();
        float[] y = target.array();
        int in = source.step();
        int out = target.step();
        for (int line = 0; line < lines; line++) {
            for (int v = 0; v < vectors; v++) {
                int i = from + line * source.lineStep() + source.at(first + v);
                int o = to + line * target.lineStep() + target.at(toFirst + v);
                FloatVector x0 = FloatVector.fromArray(FLOATS, x, i);
                FloatVector x1 = FloatVector.fromArray(FLOATS, x, i + in);
                FloatVector x2 = FloatVector.fromArray(FLOATS, x, i + 2 * in);
                FloatVector x3 = FloatVector.fromArray(FLOATS, x, i + 3 * in);
                FloatVector x4 = FloatVector.fromArray(FLOATS, x, i + 4 * in);
                FloatVector even = times(G04, x4, times(G02, x2, x0.mul(G00)));
                FloatVector odd = times(G03, x3, x1.mul(G01));
                odd.add(even).intoArray(y, o);
                odd.sub(even).intoArray(y, o + out);
                even = times(G14, x4, times(G12, x2, x0.mul(G10)));
                odd = times(G13, x3, x1.mul(G11));
                odd.add(even).intoArray(y, o + 2 * out);
                odd.sub(even).intoArray(y, o + 3 * out);
                even = times(G24, x4, times(G22, x2, x0.mul(G20)));
                odd = times(G23, x3, x1.mul(G21));
                odd.add(even).intoArray(y, o + 4 * out);
                odd.sub(even).intoArray(y, o + 5 * out);
                x4.intoArray(y, o + 6 * out);
            }
        }
    }

    /** Aᵀ of F(3, 5) times lines of seven numbers; of its results, the first {@code count} are stored, see {@link #store}. */
    static void output3(Lines source, int from, int first, Lines target, int to, int toFirst, int lines, int vectors, int count,
                        boolean complete, float bias, float floor) {
        float[] x = source.array();
        float[] y = target.array();
        int in = source.step();
        int out = target.step();
        for (int line = 0; line < lines; line++) {
            for (int v = 0; v < vectors; v++) {
                int i = from + line * source.lineStep() + source.at(first + v);
                int o = to + line * target.lineStep() + target.at(toFirst + v);
                FloatVector x0 = FloatVector.fromArray(FLOATS, x, i);
                FloatVector x1 = FloatVector.fromArray(FLOATS, x, i + in);
                FloatVector x2 = FloatVector.fromArray(FLOATS, x, i + 2 * in);
                FloatVector x3 = FloatVector.fromArray(FLOATS, x, i + 3 * in);
                FloatVector x4 = FloatVector.fromArray(FLOATS, x, i + 4 * in);
                FloatVector x5 = FloatVector.fromArray(FLOATS, x, i + 5 * in);
                FloatVector x6 = FloatVector.fromArray(FLOATS, x, i + 6 * in);
                FloatVector sum0 = x0.add(x1);
                FloatVector sum1 = x2.add(x3);
                FloatVector sum2 = x4.add(x5);
                store(sum0.add(sum1).add(sum2), y, o, complete, bias, floor);
                if (count > 1) {
                    store(times(P0, x0.sub(x1), times(P1, x2.sub(x3), x4.sub(x5).mul(P2))), y, o + out, complete, bias, floor);
                }
                if (count > 2) {
                    store(times(A02, sum0, times(A12, sum1, times(A22, sum2, x6))), y, o + 2 * out, complete, bias, floor);
                }
            }
        }
    }

    /** Aᵀ of F(5, 3) times lines of seven numbers; of its results, the first {@code count} are stored, see {@link #store}. */
    static void output5(Lines source, int from, int first, Lines target, int to, int toFirst, int lines, int vectors, int count,
                        boolean complete, float bias, float floor) {
        float[] x = source.array();
        float[] y = target.array();
        int in = source.step();
        int out = target.step();
        for (int line = 0; line < lines; line++) {
            for (int v = 0; v < vectors; v++) {
                int i = from + line * source.lineStep() + source.at(first + v);
                int o = to + line * target.lineStep() + target.at(toFirst + v);
                FloatVector x0 = FloatVector.fromArray(FLOATS, x, i);
                FloatVector x1 = FloatVector.fromArray(FLOATS, x, i + in);
                FloatVector x2 = FloatVector.fromArray(FLOATS, x, i + 2 * in);
                FloatVector x3 = FloatVector.fromArray(FLOATS, x, i + 3 * in);
                FloatVector x4 = FloatVector.fromArray(FLOATS, x, i + 4 * in);
                FloatVector x5 = FloatVector.fromArray(FLOATS, x, i + 5 * in);
                FloatVector x6 = FloatVector.fromArray(FLOATS, x, i + 6 * in);
                FloatVector sum0 = x0.add(x1);
                FloatVector sum1 = x2.add(x3);
                FloatVector sum2 = x4.add(x5);
                FloatVector difference0 = x0.sub(x1);
                FloatVector difference1 = x2.sub(x3);
                FloatVector difference2 = x4.sub(x5);
                store(sum0.add(sum1).add(sum2), y, o, complete, bias, floor);
                if (count > 1) {
                    store(times(P0, difference0, times(P1, difference1, difference2.mul(P2))), y, o + out, complete, bias, floor);
                }
                if (count > 2) {
                    store(times(A02, sum0, times(A12, sum1, sum2.mul(A22))), y, o + 2 * out, complete, bias, floor);
                }
                if (count > 3) {
                    store(times(A03, difference0, times(A13, difference1, difference2.mul(A23))), y, o + 3 * out, complete, bias, floor);
                }
                if (count > 4) {
                    store(times(A04, sum0, times(A14, sum1, times(A24, sum2, x6))), y, o + 4 * out, complete, bias, floor);
                }
            }
        }
    }

    /** Stores results, where they are {@code complete} with the bias added and then {@code max(floor, .)} taken; NaN stays NaN. */
    private static void store(FloatVector results, float[] target, int index, boolean complete, float bias, float floor) {
        if (complete) {
            results.add(bias).max(floor).intoArray(target, index);
        } else {
            results.intoArray(target, index);
        }
    }

    private static FloatVector times(float factor, FloatVector vector, FloatVector sum) {
        return vector.fma(FloatVector.broadcast(FLOATS, factor), sum);
    }
}
