package alexnet.kernels.check;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ToleranceTest {

    @Test
    void holdsForAFloatSumOfTheLengthOfTheFirstLayersWeightGradient() {
        int terms = 55 * 55 * 128;
        double[] numbers = new Numbers(1).uniform(1, terms, 1);
        float sum = 0;
        double exact = 0;
        double magnitude = 0;
        for (double number : numbers) {
            sum += (float) number;
            exact += number;
            magnitude += Math.abs(number);
        }
        assertTrue(Math.abs(sum - exact) <= Tolerance.ofSum(terms, new double[] {magnitude}).at(0));
    }

    @Test
    void showsAMissingTermInASumOfTenThousand() {
        int terms = 10_000;
        assertTrue(Tolerance.ofSum(terms, new double[] {terms}).at(0) < 1);
    }
}
