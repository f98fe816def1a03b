package alexnet.kernels.check;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

import alexnet.kernels.CounterRandom;

/**
 * Made-up numbers, the same every time, exact as floats.
 *
 * @param seed other numbers for every seed
 */
record Numbers(int seed) {

    /** The share of elements of a NaN's or an infinity's kind that are one, so that others remain to be spared. */
    private static final int RARITY = 5;

    /** One in so many is not finite where few are. */
    private static final int RARE = 300;

    /** Kinds of values; a mixture has one for each image, unit or element. */
    enum Kind { ORDINARY, ZERO, LARGE, SMALL, DENORMAL, NAN, INFINITE, MINUS_INFINITE, BOTH_INFINITE }

    /** Uniform numbers in [-range, range), different for each array. */
    double[] uniform(int array, int length, double range) {
        int key = CounterRandom.mix(seed, array);
        return IntStream.range(0, length).mapToDouble(i -> (float) ((2 * CounterRandom.uniform(key, 0, i) - 1) * range)).toArray();
    }

    /**
     * Uniform numbers of all kinds.
     *
     * @param range range of the ordinary ones
     * @param large range of the large ones
     * @param group the group of an element; neighbouring groups have different kinds
     */
    double[] mixture(int array, int length, double range, double large, IntUnaryOperator group) {
        double[] values = uniform(array, length, range);
        int key = CounterRandom.mix(seed, array);
        for (int i = 0; i < length; i++) {
            boolean rare = CounterRandom.below(RARITY, key, 1, i) == 0;
            values[i] = switch (kind(group.applyAsInt(i))) {
                case ORDINARY -> values[i];
                case ZERO -> 0;
                case LARGE -> (float) (values[i] / range * large);
                case SMALL -> (float) (values[i] / range / large);
                case DENORMAL -> (float) (values[i] / range * Float.MIN_NORMAL);
                case NAN -> rare ? Double.NaN : values[i];
                case INFINITE -> rare ? Double.POSITIVE_INFINITY : values[i];
                case MINUS_INFINITE -> rare ? Double.NEGATIVE_INFINITY : values[i];
                case BOTH_INFINITE -> rare ? Math.copySign(Double.POSITIVE_INFINITY, values[i]) : values[i];
            };
        }
        return values;
    }

    /** Uniform numbers in [-1, 1) of which one in a few hundred is a NaN or infinite. */
    double[] hardlyEverInfinite(int array, int length) {
        double[] values = uniform(array, length, 1);
        int key = CounterRandom.mix(seed, array);
        for (int i = 0; i < length; i++) {
            values[i] = switch (CounterRandom.below(3 * RARE, key, 2, i)) {
                case 0 -> Double.NaN;
                case 1 -> Double.POSITIVE_INFINITY;
                case 2 -> Double.NEGATIVE_INFINITY;
                default -> values[i];
            };
        }
        return values;
    }

    /** The kind of a group of elements. */
    static Kind kind(int group) {
        return Kind.values()[group % Kind.values().length];
    }

    /** Uniform integers in [first, end). */
    int[] integers(int array, int length, int first, int end) {
        int key = CounterRandom.mix(seed, array);
        return IntStream.range(0, length).map(i -> first + CounterRandom.below(end - first, key, 0, i)).toArray();
    }

    /** All byte values. */
    byte[] bytes(int array, int length) {
        int key = CounterRandom.mix(seed, array);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) CounterRandom.below(256, key, 0, i);
        }
        return bytes;
    }

    /** The values, infinite where a float of them would be. */
    static double[] inRangeOfFloats(double[] values) {
        return Arrays.stream(values).map(Numbers::inRangeOfFloats).toArray();
    }

    /** The value, infinite where a float of it would be. */
    static double inRangeOfFloats(double value) {
        return Float.isInfinite((float) value) ? (float) value : value;
    }

    static double[] magnitudes(double[] values) {
        return Arrays.stream(values).map(Math::abs).toArray();
    }
}
