package alexnet.kernels.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ComparisonTest {

    /** A tolerance of that size for every element, but for what may be flushed to zero. */
    private static Tolerance within(double tolerance) {
        return tolerance == 0 ? Tolerance.exact() : Tolerance.ofRoundings(1, new double[] {tolerance / Tolerance.UNIT, tolerance / Tolerance.UNIT, tolerance / Tolerance.UNIT});
    }

    private static Comparison compare(double expected, double actual, double tolerance) {
        double[] values = {1, actual};
        return Comparison.of("array", new double[] {1, expected}, i -> values[i], within(tolerance));
    }

    @Test
    void passesWithinTheToleranceOnly() {
        assertTrue(compare(2, 2.5, 0.5).passed());
        assertFalse(compare(2, 2.6, 0.5).passed());
        assertTrue(compare(2, 2, 0).passed());
        assertFalse(compare(2, Math.nextUp(2), 0).passed());
    }

    @Test
    void matchesNaNAndInfinityByThemselvesOnly() {
        assertTrue(compare(Double.NaN, Double.NaN, 0).passed());
        assertFalse(compare(Double.NaN, 0, 1).passed());
        assertFalse(compare(0, Double.NaN, 1).passed());
        assertTrue(compare(Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, 0).passed());
        assertFalse(compare(Double.NEGATIVE_INFINITY, -Float.MAX_VALUE, 1).passed());
    }

    @Test
    void expectsInfinityOfWhatAFloatCannotHold() {
        assertTrue(compare(1e39, Double.POSITIVE_INFINITY, 0).passed());
        assertFalse(compare(1e39, Float.MAX_VALUE, 1).passed());
    }

    @Test
    void keepsTheFirstWrongElementAndTheWorst() {
        double[] actual = {1.5, 3.5, 9};
        Comparison comparison = Comparison.of("weights", new double[] {1, 2, 3}, i -> actual[i], within(1));
        assertEquals(1, comparison.first().orElseThrow().index());
        assertEquals(2, comparison.worst().index());
        assertEquals("weights: element 1 is 3.50000000, expected 2.00000000 within 1.00; 2 are wrong of 3", comparison.toString());
    }

    @Test
    void tellsTheErrorInTheUnitOfItsLimit() {
        double[] magnitudes = {1};
        double unit = Math.sqrt(100) * Tolerance.UNIT;
        Comparison comparison = Comparison.of("sum", new double[] {1}, _ -> 1 + 2 * unit, Tolerance.ofSum(99, magnitudes));
        assertEquals(2, comparison.error(), 1e-6);
        assertEquals(8, comparison.limit());
    }
}
