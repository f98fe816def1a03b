package alexnet.kernels.check;

import java.util.Arrays;
import java.util.stream.IntStream;

import alexnet.kernels.CounterRandom;

/** Made-up numbers, the same every time, exact as floats. */
final class Numbers {

    private Numbers() {
    }

    /** Uniform numbers in [-range, range), different for each seed. */
    static double[] uniform(int seed, int length, double range) {
        return IntStream.range(0, length)
                .mapToDouble(i -> (float) ((2 * CounterRandom.uniform(seed, 0, i) - 1) * range)).toArray();
    }

    /** Uniform integers in [first, end). */
    static int[] integers(int seed, int length, int first, int end) {
        return IntStream.range(0, length).map(i -> first + CounterRandom.below(end - first, seed, 0, i)).toArray();
    }

    /** All byte values. */
    static byte[] bytes(int seed, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) CounterRandom.below(256, seed, 0, i);
        }
        return bytes;
    }

    static double[] magnitudes(double[] values) {
        return Arrays.stream(values).map(Math::abs).toArray();
    }
}
