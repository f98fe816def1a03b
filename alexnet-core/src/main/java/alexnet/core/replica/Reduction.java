package alexnet.core.replica;

import java.util.Locale;

/**
 * How the ranks come by the gradient of the whole batch by the weights of a fully connected layer; those of convolutions, which are small,
 * are always summed.
 *
 * <p>With {@code N} ranks of {@code b} images each, a rank sends and receives for a layer, in bytes:
 *
 * <pre>
 *   sum of the gradients (around a ring)   2 (N - 1) / N * (units * inputs + units) * 4
 *   gathering the factors                  (N - 1) * b * (inputs + units) * 4
 * </pre>
 *
 * <p>The factors are the layer's inputs and the gradients by its outputs, whose product over all images is the gradient by the weights: every
 * rank computes it for itself. They grow with the ranks, the sum doesn't.
 */
public enum Reduction {

    /** All gradients are summed. */
    ALL,
    /** The factors of all fully connected layers are gathered. */
    FACTORS,
    /** Of each layer whichever takes fewer bytes; the sum where both take as many. */
    AUTO;

    /**
     * Whether the factors of a fully connected layer are gathered.
     *
     * @param ranks  two or more
     * @param images of a rank
     * @param inputs of the whole layer
     * @param units  likewise
     */
    public boolean gathers(int ranks, int images, int inputs, int units) {
        return switch (this) {
            case ALL -> false;
            case FACTORS -> true;
            case AUTO -> gatheredBytes(ranks, images, inputs, units) < summedBytes(ranks, (long) units * inputs + units);
        };
    }

    /** Bytes that a rank sends, and as many that it receives, for the sum of so many numbers. */
    public static long summedBytes(int ranks, long numbers) {
        return 2 * (ranks - 1) * numbers * Float.BYTES / ranks;
    }

    /** Bytes that a rank sends, and as many that it receives, for the factors of a layer. */
    public static long gatheredBytes(int ranks, int images, int inputs, int units) {
        return (ranks - 1L) * images * (inputs + units) * Float.BYTES;
    }

    /** The name as users write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
