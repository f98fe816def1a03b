package alexnet.kernels.check;

import java.util.Locale;

/**
 * An array of a result against its reference: the element that came closest to its tolerance, or went furthest beyond.
 *
 * @param array     what the array holds
 * @param elements  elements compared
 * @param index     the worst element
 * @param expected  its value in double precision
 * @param actual    its value from the kernel
 * @param tolerance how far the two may lie apart
 */
public record Comparison(String array, int elements, int index, double expected, double actual, double tolerance) {

    /** Whether every element lies within its tolerance. */
    public boolean passed() {
        return excess(expected, actual, tolerance) <= 1;
    }

    /** The difference as a share of the tolerance: 0 is exact, above 1 is wrong. */
    public double share() {
        return excess(expected, actual, tolerance);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s: element %d of %d is %.9g, expected %.9g within %.3g", array, index, elements,
                actual, expected, tolerance);
    }

    /** Compares element by element and keeps the worst; a NaN is matched by a NaN only. */
    static Comparison of(String array, double[] expected, double[] actual, double[] tolerances) {
        int worst = 0;
        for (int i = 1; i < expected.length; i++) {
            if (excess(expected[i], actual[i], tolerances[i]) > excess(expected[worst], actual[worst], tolerances[worst])) {
                worst = i;
            }
        }
        return new Comparison(array, expected.length, worst, expected[worst], actual[worst], tolerances[worst]);
    }

    private static double excess(double expected, double actual, double tolerance) {
        if (Double.isNaN(expected) || Double.isNaN(actual)) {
            return Double.isNaN(expected) && Double.isNaN(actual) ? 0 : Double.POSITIVE_INFINITY;
        }
        return expected == actual ? 0 : Math.abs(expected - actual) / tolerance;
    }
}
