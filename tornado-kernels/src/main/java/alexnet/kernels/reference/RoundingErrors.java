package alexnet.kernels.reference;

/**
 * How far results of floats may lie from those of {@link WinogradReference}, element by element, to first order in the unit
 * {@code u = 2^-24} of rounding.
 *
 * @param random    the root of the sum of the squares of the largest errors that single roundings make in the result, in u: as far
 *                  as they have either sign, the scale by which the result errs
 * @param fixed     the largest error by constants that are rounded once and for all, in u
 * @param flushed   the largest error by results that are flushed to 0, in the smallest normal number
 * @param undefined elements whose tile sees a NaN or an infinity, or whose filter does: they may be anything that is not finite
 */
public record RoundingErrors(double[] random, double[] fixed, double[] flushed, boolean[] undefined) {

    /** None yet, of so many elements. */
    RoundingErrors(int length) {
        this(new double[length], new double[length], new double[length], new boolean[length]);
    }
}
