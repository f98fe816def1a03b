package alexnet.kernels.check;

import java.util.Locale;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;

/**
 * An array of a result against its reference.
 *
 * @param array    what the array holds
 * @param elements elements compared
 * @param wrong    elements beyond their tolerance
 * @param first    the first of these, if there is one
 * @param worst    the element that came closest to its tolerance, or went furthest beyond
 * @param limit    the tolerance in units of the rounding errors to be expected, see {@link Tolerance}; 0 where results are exact
 */
public record Comparison(String array, int elements, int wrong, Optional<Element> first, Element worst, double limit) {

    /**
     * One element.
     *
     * @param index     where it is
     * @param expected  its value in double precision
     * @param actual    its value from the kernel
     * @param tolerance how far the two may lie apart
     */
    public record Element(int index, double expected, double actual, double tolerance) {

        /** The difference as a share of the tolerance: 0 is exact, above 1 is wrong. A NaN is matched by a NaN only. */
        double share() {
            if (expected == actual || Double.isNaN(expected) && Double.isNaN(actual)) {
                return 0;
            }
            double share = Math.abs(expected - actual) / tolerance;
            // Not a number where one of the two is, or where both are infinite.
            return Double.isNaN(share) ? Double.POSITIVE_INFINITY : share;
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "element %d is %.9g, expected %.9g%s", index, actual, expected,
                    tolerance == 0 ? " exactly" : String.format(Locale.ROOT, " within %.3g", tolerance));
        }
    }

    /** Whether every element lies within its tolerance. */
    public boolean passed() {
        return wrong == 0;
    }

    /** The largest difference as a share of the tolerance: 0 is exact, above 1 is wrong. */
    public double share() {
        return worst.share();
    }

    /** The largest error in the units of the {@link #limit}; infinite where a result that has to be exact is not. */
    public double error() {
        return limit == 0 || share() == 0 ? share() : share() * limit;
    }

    /** The first wrong element, or the worst where none is. */
    @Override
    public String toString() {
        return array + ": " + first.orElse(worst)
                + (passed() ? "" : "; " + wrong + (wrong == 1 ? " is" : " are") + " wrong of " + elements);
    }

    /** Compares element by element. What a float cannot hold is expected to be infinite, and whatever is not finite where the tolerance says so. */
    static Comparison of(String array, double[] expected, IntToDoubleFunction actual, Tolerance tolerance) {
        Element first = null;
        Element worst = null;
        int wrong = 0;
        for (int i = 0; i < expected.length; i++) {
            double value = actual.applyAsDouble(i);
            double right = tolerance.undefined(i) && !Double.isFinite(value) ? value : Numbers.inRangeOfFloats(expected[i]);
            Element element = new Element(i, right, value, tolerance.at(i));
            if (element.share() > 1) {
                wrong++;
                first = first == null ? element : first;
            }
            if (worst == null || element.share() > worst.share()) {
                worst = element;
            }
        }
        return new Comparison(array, expected.length, wrong, Optional.ofNullable(first), worst, tolerance.limit());
    }
}
