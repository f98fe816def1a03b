package alexnet.kernels.check;

import java.util.Arrays;

/**
 * How far a float result may lie from its double-precision reference, derived from what is computed and not tuned.
 *
 * <p>Every operation on floats rounds by at most {@code u = 2^-24} of its result. A sum of n products therefore differs from
 * the true one by at most about {@code (n + 1) u M}, M the sum of the magnitudes of its terms, in whatever order it is
 * added, fused or not. Rounding errors have either sign, so that for long sums {@code c sqrt(n) u M} holds as well, but for
 * a chance of {@code 2 n exp(-c^2 / 2)} (Higham and Mary 2019); with c = 8 that is below 1e-7 for the longest sum here. It
 * is small enough for a single missing term to show: that one is {@code M / n} on average.
 */
final class Tolerance {

    /** The largest relative error of one rounding. */
    static final double UNIT = 0x1p-24;
    private static final double SAFETY = 8;

    private Tolerance() {
    }

    /** For sums of that many products, elementwise from the sums of their terms' magnitudes. */
    static double[] ofSum(int terms, double[] magnitudes) {
        return ofRoundings(Math.min(terms + 1, SAFETY * Math.sqrt(terms + 1)), magnitudes);
    }

    /** For results that pass through that many roundings, elementwise from the sums of their terms' magnitudes. */
    static double[] ofRoundings(double roundings, double[] magnitudes) {
        // A device may flush what is below the smallest normal number to zero.
        return Arrays.stream(magnitudes).map(magnitude -> roundings * UNIT * Math.abs(magnitude) + Float.MIN_NORMAL).toArray();
    }

    /** For results that have to be exact. */
    static double[] exact(int length) {
        return new double[length];
    }
}
