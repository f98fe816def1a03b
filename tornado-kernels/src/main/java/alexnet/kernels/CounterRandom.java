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
    private static final int BLOCK = 1 << 13;

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
        int length = (int) (values.byteSize() / Float.BYTES);
        IntStream.rangeClosed(first / BLOCK, (first + length - 1) / BLOCK).parallel().map(block -> block * BLOCK).forEach(start -> {
            int from = Math.max(first, start);
            int count = Math.min(first + length - from, start + BLOCK - from);
            MemorySegment.copy(gaussians(deviation, key, purpose, start), from - start, values, ValueLayout.JAVA_FLOAT,
                    (long) (from - first) * Float.BYTES, count);
        });
    }

    /** A block of the numbers, from an even element on: a loop over an array runs fast long before the JIT is done with it. */
    private static float[] gaussians(float deviation, int key, int purpose, int first) {
        float[] drawn = new float[BLOCK];
        for (int i = 0; i < BLOCK; i += 2) {
            double radius = radius(key, purpose, first + i);
            double angle = angle(key, purpose, first + i);
            drawn[i] = (float) (deviation * (radius * Math.cos(angle)));
            drawn[i + 1] = (float) (deviation * (radius * Math.sin(angle)));
        }
        return drawn;
    }

    private static double radius(int key, int purpose, int pair) {
        return Math.sqrt(-2 * Math.log(1 - (double) uniform(key, purpose, pair)));
    }

    private static double angle(int key, int purpose, int pair) {
        return 2 * Math.PI * uniform(key, purpose, pair + 1);
    }
}
