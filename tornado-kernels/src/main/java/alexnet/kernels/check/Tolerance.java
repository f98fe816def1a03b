package alexnet.kernels.check;

/**
 * How far a float result may lie from its double-precision reference, derived from what is computed and not tuned.
 *
 * <p>Every operation on floats rounds by at most {@code u = 2^-24} of its result. What passes through n roundings, a sum of n
 * products or a chain of n operations, therefore differs from the true value by at most about {@code n u M}, M the sum of the
 * magnitudes of its terms, in whatever order it is added, fused or not. Rounding errors have either sign, so that most of
 * them cancel: {@code sqrt(n) u M} is the unit in which errors are told, and about what a kernel without fault reaches
 * whatever the length of its sums. Beyond {@code c} of these units lies an error only with a chance below
 * {@code 2 n exp(-c^2 / 2)} (Higham and Mary 2019); with c = 8 that is below 1e-7 for the longest sum here. The tolerance
 * is the smaller of both bounds, {@code min(n, 8 sqrt(n)) u M}. It is small enough for a single missing term of a sum of
 * thousands to show: that one is {@code M / n} on average.
 *
 * <p>A device may flush numbers below the smallest normal one to zero, at each of the n operations.
 */
final class Tolerance {

    /** The largest relative error of one rounding. */
    static final double UNIT = 0x1p-24;
    private static final double SAFETY = 8;

    private final double roundings;
    private final double factor;
    private final double[] magnitudes;

    private Tolerance(double roundings, double factor, double[] magnitudes) {
        this.roundings = roundings;
        this.factor = factor;
        this.magnitudes = magnitudes;
    }

    /** For sums of that many products, from the sums of their terms' magnitudes, element by element. */
    static Tolerance ofSum(int terms, double[] magnitudes) {
        double roundings = terms + 1.0;
        return new Tolerance(roundings, Math.min(roundings, SAFETY * Math.sqrt(roundings)), magnitudes);
    }

    /** For results of a chain of that many roundings, too few to cancel, from the sums of their terms' magnitudes. */
    static Tolerance ofRoundings(double roundings, double[] magnitudes) {
        return new Tolerance(roundings, roundings, magnitudes);
    }

    /** For results that have to be exact. */
    static Tolerance exact() {
        return new Tolerance(0, 0, new double[0]);
    }

    /** How far an element may lie from its reference. */
    double at(int element) {
        return roundings == 0 ? 0 : factor * UNIT * Math.abs(magnitudes[element]) + roundings * Float.MIN_NORMAL;
    }

    /** The tolerance in units of {@code sqrt(roundings) u M}. */
    double limit() {
        return roundings == 0 ? 0 : factor / Math.sqrt(roundings);
    }
}
