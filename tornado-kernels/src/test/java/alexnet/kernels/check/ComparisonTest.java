package alexnet.kernels.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static Comparison compare(double expected, double actual, double tolerance) {
        return Comparison.of("array", new double[] {1, expected}, new double[] {1, actual}, new double[] {0, tolerance});
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
    void namesTheWorstElement() {
        Comparison comparison = Comparison.of("weights", new double[] {1, 2, 3}, new double[] {1.1, 2.4, 3.2}, new double[] {1, 1, 1});
        assertEquals(1, comparison.index());
        assertEquals("weights: element 1 of 3 is 2.40000000, expected 2.00000000 within 1.00", comparison.toString());
    }
}
