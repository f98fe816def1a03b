package alexnet.kernels.check;

import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;

import alexnet.kernels.reference.RoundingErrors;

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
 * <p>Minimal filtering brings single numbers into a result with factors of their own, so that its roundings make errors of
 * unlike sizes: {@link RoundingErrors} holds the root s of the sum of their squares in place of {@code sqrt(n) M}, which a sum
 * exceeds by c as rarely (Hoeffding), and beside it what the rounded constants f of its matrices come to. The tolerance is
 * {@code (8 s + f) u}, and an eighth of it the unit.
 *
 * <p>A device may flush numbers below the smallest normal one to zero, at each of the n operations.
 */
final class Tolerance {

    /** The largest relative error of one rounding. */
    static final double UNIT = 0x1p-24;
    private static final double SAFETY = 8;

    private final double limit;
    private final IntToDoubleFunction tolerance;
    private final IntPredicate undefined;

    private Tolerance(double limit, IntToDoubleFunction tolerance, IntPredicate undefined) {
        this.limit = limit;
        this.tolerance = tolerance;
        this.undefined = undefined;
    }

    private static Tolerance of(double roundings, double factor, double[] magnitudes) {
        return new Tolerance(factor / Math.sqrt(roundings),
                element -> factor * UNIT * Math.abs(magnitudes[element]) + roundings * Float.MIN_NORMAL, _ -> false);
    }

    /** For sums of that many products, from the sums of their terms' magnitudes, element by element. */
    static Tolerance ofSum(int terms, double[] magnitudes) {
        double roundings = terms + 1.0;
        return of(roundings, Math.min(roundings, SAFETY * Math.sqrt(roundings)), magnitudes);
    }

    /** For results of a chain of that many roundings, too few to cancel, from the sums of their terms' magnitudes. */
    static Tolerance ofRoundings(double roundings, double[] magnitudes) {
        return of(roundings, roundings, magnitudes);
    }

    /** For results that have to be exact. */
    static Tolerance exact() {
        return new Tolerance(0, _ -> 0, _ -> false);
    }

    /** For results of minimal filtering. */
    static Tolerance of(RoundingErrors errors) {
        return new Tolerance(SAFETY, element -> UNIT * (SAFETY * errors.random()[element] + errors.fixed()[element])
                + errors.flushed()[element] * Float.MIN_NORMAL, element -> errors.undefined()[element]);
    }

    /** How far an element may lie from its reference. */
    double at(int element) {
        return tolerance.applyAsDouble(element);
    }

    /** Whether an element may be anything that is not finite, because something is not on which only its neighbours in a tile depend. */
    boolean undefined(int element) {
        return undefined.test(element);
    }

    /** The tolerance in the unit in which errors are told. */
    double limit() {
        return limit;
    }
}
