package alexnet.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import alexnet.report.StepCurves.Quantity;

class StepCurvesTest {

    private static final int MANY = 3_000_000;

    @Test
    void anyNumberOfStepsTakesABoundedNumberOfPointsThatKeepExtremesAndMean() {
        StepCurves curves = new StepCurves();
        for (int step = 1; step <= MANY; step++) {
            curves.add(step, step == 1_234_567 ? 99 : step == 2_000_001 ? -5 : 1, 0.1, Double.NaN, 0.5);
        }
        assertTrue(curves.size() <= StepCurves.CAPACITY && curves.size() > StepCurves.CAPACITY / 2 - 2, curves.size() + " points");
        assertEquals(MANY, curves.step(curves.size() - 1));
        double high = Double.NEGATIVE_INFINITY;
        double low = Double.POSITIVE_INFINITY;
        for (int point = 0; point < curves.size(); point++) {
            high = Math.max(high, curves.high(Quantity.LOSS, point));
            low = Math.min(low, curves.low(Quantity.LOSS, point));
            assertEquals(0.1, curves.mean(Quantity.LR, point), 1e-9);
        }
        assertEquals(99, high);
        assertEquals(-5, low);
        assertTrue(curves.knows(Quantity.WAITING));
        assertFalse(curves.knows(Quantity.RATE));
    }

    @Test
    void aStepThatComesAgainTakesThePlaceOfAllBehindIt() {
        StepCurves curves = new StepCurves();
        for (int step = 1; step <= 10; step++) {
            curves.add(step, step, 0, 0, 0);
        }
        int generation = curves.generation();
        curves.add(6, 60, 0, 0, 0);
        assertEquals(6, curves.size());
        assertEquals(60, curves.mean(Quantity.LOSS, 5));
        assertNotEquals(generation, curves.generation());
    }

    @Test
    void aLossThatIsNoNumberIsNotHiddenByOthers() {
        StepCurves curves = new StepCurves();
        for (int step = 1; step <= 2 * StepCurves.CAPACITY; step++) {
            curves.add(step, step == 17 ? Double.NaN : 1, 0, 0, 0);
        }
        assertTrue(Double.isNaN(curves.mean(Quantity.LOSS, 8)));
        assertEquals(1, curves.mean(Quantity.LOSS, 9));
    }
}
