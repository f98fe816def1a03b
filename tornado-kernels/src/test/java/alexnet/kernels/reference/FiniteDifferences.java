package alexnet.kernels.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

import alexnet.kernels.CounterRandom;

/** Compares a gradient with central differences of the function in double precision. */
final class FiniteDifferences {

    /** The step: its cube is lost by the difference, the unit of a double over it by the subtraction. */
    static final double STEP = 1e-5;
    private static final double TOLERANCE = 1e-7;

    private FiniteDifferences() {
    }

    /** Uniform numbers in [-range, range). */
    static double[] uniform(int seed, int length, double range) {
        return IntStream.range(0, length).mapToDouble(i -> (2 * CounterRandom.uniform(seed, 0, i) - 1) * range).toArray();
    }

    /** The sum of the products: with {@code b} as the gradient by {@code a}, a function whose gradient an operation hands on. */
    static double product(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** Every element of the gradient. */
    static void check(double[] point, double[] gradient, ToDoubleFunction<double[]> function) {
        assertEquals(0, check(point, gradient, function, _ -> false));
    }

    /** Every element of the gradient but those at kinks; returns how many were left out. */
    static int check(double[] point, double[] gradient, ToDoubleFunction<double[]> function, IntPredicate kink) {
        assertEquals(point.length, gradient.length);
        int kinks = 0;
        for (int i = 0; i < point.length; i++) {
            if (kink.test(i)) {
                kinks++;
                continue;
            }
            double value = point[i];
            point[i] = value + STEP;
            double above = function.applyAsDouble(point);
            point[i] = value - STEP;
            double below = function.applyAsDouble(point);
            point[i] = value;
            double difference = (above - below) / (2 * STEP);
            assertEquals(difference, gradient[i], TOLERANCE * Math.max(1, Math.abs(difference)), "element " + i);
        }
        return kinks;
    }
}
