package alexnet.kernels;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.stream.IntStream;

/**
 * A counter-based random generator: a number is a pure function of a key and a counter, so it is the same on every device,
 * for every thread count and after a resumed run. All of it is 32-bit integer arithmetic that kernels may inline.
 *
 * <p>The mixing function is the finaliser of MurmurHash3 (Austin Appleby, public domain), applied after each word.
 */
public final class CounterRandom {

    /** Purposes keep the draws for different uses of one image apart; dropout uses its layer's own, above these. */
    public static final int CROP_TOP = 1;
    /** The left column of a crop. */
    public static final int CROP_LEFT = 2;
    /** Whether an image is mirrored. */
    public static final int MIRROR = 3;
    /** The colour noise along the principal components. */
    public static final int COLOUR = 4;
    /** The order of the images in an epoch. */
    public static final int ORDER = 5;
    /** Initial weights. */
    public static final int WEIGHTS = 6;
    /** The first dropout layer; the next ones count up from here. */
    public static final int DROPOUT = 16;

    /** Random bits of a draw. */
    public static final int BITS = 24;

    private CounterRandom() {
    }

    /** The key of one use of an image: the same for the same seed, epoch and place of the image in its data set. */
    public static int imageKey(long seed, int epoch, int sample) {
        int key = mix((int) seed, (int) (seed >> 32));
        return mix(mix(key, epoch), sample);
    }

    /** Mixes a further word into a key. */
    public static int mix(int key, int word) {
        int hash = key * 0x9E3779B1 + word;
        // TornadoVM compiles >>> of a negative number to a signed shift, so the sign bits are masked away.
        hash ^= (hash >> 16) & 0xFFFF;
        hash *= 0x85EBCA6B;
        hash ^= (hash >> 13) & 0x7FFFF;
        hash *= 0xC2B2AE35;
        hash ^= (hash >> 16) & 0xFFFF;
        return hash;
    }

    /** The 24 random bits of a key, a purpose and an element: an integer in [0, 2^24), exact as a float. */
    public static int bits(int key, int purpose, int element) {
        return (mix(mix(key, purpose), element) >> 8) & 0xFFFFFF;
    }

    /** A uniform number in [0, 1). */
    public static float uniform(int key, int purpose, int element) {
        return bits(key, purpose, element) * (1f / (1 << BITS));
    }

    /** A uniform integer in [0, bound). */
    public static int below(int bound, int key, int purpose, int element) {
        return (int) ((long) bound * bits(key, purpose, element) >> BITS);
    }

    /**
     * A number of the standard normal distribution (Box and Muller, host only). Elements 2 i and 2 i + 1 come from one pair
     * of uniform numbers.
     */
    public static double gaussian(int key, int purpose, int element) {
        int pair = element & ~1;
        double angle = angle(key, purpose, pair);
        return radius(key, purpose, pair) * (element == pair ? Math.cos(angle) : Math.sin(angle));
    }

    /**
     * Sets each {@code values[i]} to {@code deviation * gaussian(key, purpose, first + i)}, both numbers of a pair at a time
     * and on all processors (host only).
     *
     * @param values 32-bit floats
     */
    public static void fillGaussian(MemorySegment values, float deviation, int key, int purpose, int first) {
        long length = values.byteSize() / Float.BYTES;
        IntStream.rangeClosed(first >> 1, (int) (first + length - 1 >> 1)).parallel().forEach(half -> {
            int pair = 2 * half;
            double radius = radius(key, purpose, pair);
            double angle = angle(key, purpose, pair);
            long i = (long) pair - first;
            if (i >= 0) {
                values.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) (deviation * (radius * Math.cos(angle))));
            }
            if (i + 1 < length) {
                values.setAtIndex(ValueLayout.JAVA_FLOAT, i + 1, (float) (deviation * (radius * Math.sin(angle))));
            }
        });
    }

    private static double radius(int key, int purpose, int pair) {
        return Math.sqrt(-2 * Math.log(1 - (double) uniform(key, purpose, pair)));
    }

    private static double angle(int key, int purpose, int pair) {
        return 2 * Math.PI * uniform(key, purpose, pair + 1);
    }
}
