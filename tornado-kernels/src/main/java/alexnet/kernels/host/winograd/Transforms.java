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
        FloatVector i0 = FloatVector.broadcast(FLOATS, I0);
        FloatVector i2 = FloatVector.broadcast(FLOATS, I2);
        FloatVector i4 = FloatVector.broadcast(FLOATS, I4);
        FloatVector minusP0 = FloatVector.broadcast(FLOATS, -P0);
        FloatVector minusP1 = FloatVector.broadcast(FLOATS, -P1);
        FloatVector minusP2 = FloatVector.broadcast(FLOATS, -P2);
        FloatVector p0 = FloatVector.broadcast(FLOATS, P0);
        FloatVector p1 = FloatVector.broadcast(FLOATS, P1);
        FloatVector p2 = FloatVector.broadcast(FLOATS, P2);
        FloatVector q0 = FloatVector.broadcast(FLOATS, Q0);
        FloatVector q1 = FloatVector.broadcast(FLOATS, Q1);
        FloatVector q2 = FloatVector.broadcast(FLOATS, Q2);
        FloatVector s0 = FloatVector.broadcast(FLOATS, S0);
        FloatVector s1 = FloatVector.broadcast(FLOATS, S1);
        FloatVector s2 = FloatVector.broadcast(FLOATS, S2);
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
                FloatVector even = x0.fma(q0, x2.fma(s0, x4));
                FloatVector odd = x1.fma(q0, x3.fma(s0, x5));
                even.fma(p0, odd).intoArray(y, o);
                even.fma(minusP0, odd).intoArray(y, o + out);
                even = x0.fma(q1, x2.fma(s1, x4));
                odd = x1.fma(q1, x3.fma(s1, x5));
                even.fma(p1, odd).intoArray(y, o + 2 * out);
                even.fma(minusP1, odd).intoArray(y, o + 3 * out);
                even = x0.fma(q2, x2.fma(s2, x4));
                odd = x1.fma(q2, x3.fma(s2, x5));
                even.fma(p2, odd).intoArray(y, o + 4 * out);
                even.fma(minusP2, odd).intoArray(y, o + 5 * out);
                x0.fma(i0, x2.fma(i2, x4.fma(i4, x6))).intoArray(y, o + 6 * out);
            }
        }
    }

    /** G times lines of {@code size} numbers, 3 or 5. */
    static void filter(int size, Lines source, int from, int first, Lines target, int to, int toFirst, int lines, int vectors) {
        if (size == 3) {
            filter3(source, from, first, target, to, toFirst, lines, vectors);
        } else {
            filter5(source, from, first, target, to, toFirst, lines, vectors);
        }
    }

    /** Aᵀ, which has {@code outputs} rows, 3 or 5, times lines of seven numbers. */
    static void output(int outputs, Lines source, int from, int first, Lines target, int to, int toFirst, int lines, int vectors) {
        if (outputs == 3) {
            output3(source, from, first, target, to, toFirst, lines, vectors);
        } else {
            output5(source, from, first, target, to, toFirst, lines, vectors);
        }
    }

    /** G of F(5, 3) times lines of three numbers. */
    private static void filter3(Lines source, int from, int first, Lines target, int to, int toFirst, int lines, int vectors) {
        float[] x = source.array();
        float[] y = target.array();
        int in = source.step();
        int out = target.step();
        FloatVector g00 = FloatVector.broadcast(FLOATS, G00);
        FloatVector g01 = FloatVector.broadcast(FLOATS, G01);
        FloatVector g02 = FloatVector.broadcast(FLOATS, G02);
        FloatVector g10 = FloatVector.broadcast(FLOATS, G10);
        FloatVector g11 = FloatVector.broadcast(FLOATS, G11);
        FloatVector g12 = FloatVector.broadcast(FLOATS, G12);
        FloatVector g20 = FloatVector.broadcast(FLOATS, G20);
        FloatVector g21 = FloatVector.broadcast(FLOATS, G21);
        FloatVector g22 = FloatVector.broadcast(FLOATS, G22);
        for (int line = 0; line < lines; line++) {
            for (int v = 0; v < vectors; v++) {
                int i = from + line * source.lineStep() + source.at(first + v);
                int o = to + line * target.lineStep() + target.at(toFirst + v);
                FloatVector x0 = FloatVector.fromArray(FLOATS, x, i);
                FloatVector x1 = FloatVector.fromArray(FLOATS, x, i + in);
                FloatVector x2 = FloatVector.fromArray(FLOATS, x, i + 2 * in);
                FloatVector even = x2.fma(g02, x0.mul(g00));
                x1.fma(g01, even).intoArray(y, o);
                x1.fma(g01, even.neg()).intoArray(y, o + out);
                even = x2.fma(g12, x0.mul(g10));
                x1.fma(g11, even).intoArray(y, o + 2 * out);
                x1.fma(g11, even.neg()).intoArray(y, o + 3 * out);
                even = x2.fma(g22, x0.mul(g20));
                x1.fma(g21, even).intoArray(y, o + 4 * out);
                x1.fma(g21, even.neg()).intoArray(y, o + 5 * out);
                x2.intoArray(y, o + 6 * out);
            }
        }
    }

    /** G of F(3, 5) times lines of five numbers. */
    private static void filter5(Lines source, int from, int first, Lines target, int to, int toFirst, int lines, int vectors) {
        float[] x = source.array();
        float[] y = target.array();
        int in = source.step();
        int out = target.step();
        FloatVector g00 = FloatVector.broadcast(FLOATS, G00);
        FloatVector g01 = FloatVector.broadcast(FLOATS, G01);
        FloatVector g02 = FloatVector.broadcast(FLOATS, G02);
        FloatVector g03 = FloatVector.broadcast(FLOATS, G03);
        FloatVector g04 = FloatVector.broadcast(FLOATS, G04);
        FloatVector g10 = FloatVector.broadcast(FLOATS, G10);
        FloatVector g11 = FloatVector.broadcast(FLOATS, G11);
        FloatVector g12 = FloatVector.broadcast(FLOATS, G12);
        FloatVector g13 = FloatVector.broadcast(FLOATS, G13);
        FloatVector g14 = FloatVector.broadcast(FLOATS, G14);
        FloatVector g20 = FloatVector.broadcast(FLOATS, G20);
        FloatVector g21 = FloatVector.broadcast(FLOATS, G21);
        FloatVector g22 = FloatVector.broadcast(FLOATS, G22);
        FloatVector g23 = FloatVector.broadcast(FLOATS, G23);
        FloatVector g24 = FloatVector.broadcast(FLOATS, G24);
        for (int line = 0; line < lines; line++) {
            for (int v = 0; v < vectors; v++) {
                int i = from + line * source.lineStep() + source.at(first + v);
                int o = to + line * target.lineStep() + target.at(toFirst + v);
                FloatVector x0 = FloatVector.fromArray(FLOATS, x, i);
                FloatVector x1 = FloatVector.fromArray(FLOATS, x, i + in);
                FloatVector x2 = FloatVector.fromArray(FLOATS, x, i + 2 * in);
                FloatVector x3 = FloatVector.fromArray(FLOATS, x, i + 3 * in);
                FloatVector x4 = FloatVector.fromArray(FLOATS, x, i + 4 * in);
                FloatVector even = x4.fma(g04, x2.fma(g02, x0.mul(g00)));
                FloatVector odd = x3.fma(g03, x1.mul(g01));
                odd.add(even).intoArray(y, o);
                odd.sub(even).intoArray(y, o + out);
                even = x4.fma(g14, x2.fma(g12, x0.mul(g10)));
                odd = x3.fma(g13, x1.mul(g11));
                odd.add(even).intoArray(y, o + 2 * out);
                odd.sub(even).intoArray(y, o + 3 * out);
                even = x4.fma(g24, x2.fma(g22, x0.mul(g20)));
                odd = x3.fma(g23, x1.mul(g21));
                odd.add(even).intoArray(y, o + 4 * out);
                odd.sub(even).intoArray(y, o + 5 * out);
                x4.intoArray(y, o + 6 * out);
            }
        }
    }

    /** Aᵀ of F(3, 5) times lines of seven numbers. */
    private static void output3(Lines source, int from, int first, Lines target, int to, int toFirst, int lines, int vectors) {
        float[] x = source.array();
        float[] y = target.array();
        int in = source.step();
        int out = target.step();
        FloatVector a02 = FloatVector.broadcast(FLOATS, A02);
        FloatVector a12 = FloatVector.broadcast(FLOATS, A12);
        FloatVector a22 = FloatVector.broadcast(FLOATS, A22);
        FloatVector p0 = FloatVector.broadcast(FLOATS, P0);
        FloatVector p1 = FloatVector.broadcast(FLOATS, P1);
        FloatVector p2 = FloatVector.broadcast(FLOATS, P2);
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
                sum0.add(sum1).add(sum2).intoArray(y, o);
                x0.sub(x1).fma(p0, x2.sub(x3).fma(p1, x4.sub(x5).mul(p2))).intoArray(y, o + out);
                sum0.fma(a02, sum1.fma(a12, sum2.fma(a22, x6))).intoArray(y, o + 2 * out);
            }
        }
    }

    /** Aᵀ of F(5, 3) times lines of seven numbers. */
    private static void output5(Lines source, int from, int first, Lines target, int to, int toFirst, int lines, int vectors) {
        float[] x = source.array();
        float[] y = target.array();
        int in = source.step();
        int out = target.step();
        FloatVector a02 = FloatVector.broadcast(FLOATS, A02);
        FloatVector a03 = FloatVector.broadcast(FLOATS, A03);
        FloatVector a04 = FloatVector.broadcast(FLOATS, A04);
        FloatVector a12 = FloatVector.broadcast(FLOATS, A12);
        FloatVector a13 = FloatVector.broadcast(FLOATS, A13);
        FloatVector a14 = FloatVector.broadcast(FLOATS, A14);
        FloatVector a22 = FloatVector.broadcast(FLOATS, A22);
        FloatVector a23 = FloatVector.broadcast(FLOATS, A23);
        FloatVector a24 = FloatVector.broadcast(FLOATS, A24);
        FloatVector p0 = FloatVector.broadcast(FLOATS, P0);
        FloatVector p1 = FloatVector.broadcast(FLOATS, P1);
        FloatVector p2 = FloatVector.broadcast(FLOATS, P2);
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
                sum0.add(sum1).add(sum2).intoArray(y, o);
                difference0.fma(p0, difference1.fma(p1, difference2.mul(p2))).intoArray(y, o + out);
                sum0.fma(a02, sum1.fma(a12, sum2.mul(a22))).intoArray(y, o + 2 * out);
                difference0.fma(a03, difference1.fma(a13, difference2.mul(a23))).intoArray(y, o + 3 * out);
                sum0.fma(a04, sum1.fma(a14, sum2.fma(a24, x6))).intoArray(y, o + 4 * out);
            }
        }
    }
}
