package alexnet.kernels.check;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The one table of cases for every operation of every family.
 *
 * <p>Shapes: odd sizes, one channel, one image, batches that are no multiple of a vector, both channel groups, every option,
 * and the paper's maps with few channels.
 *
 * <p>Values: beside ordinary ones, each operation meets very large, very small and denormal ones, zeros, infinities and NaN.
 * What is defined then, on every device, and is checked:
 * <ul>
 * <li>a NaN or an infinity among the inputs goes through sums and products as in IEEE 754 and reaches no element that does not
 *     depend on it: no other image, no other unit;</li>
 * <li>where a convolution is computed by minimal filtering, it may make anything else not finite in its tile of the same image; in
 *     the weights all that its filter makes, and in a gradient by weights those of its filter, or of its channel. What should not be
 *     finite never is, and what is finite is right;</li>
 * <li>ReLU keeps a NaN forward, so that it shows in the loss; backward, it passes whatever gradient comes where the output was
 *     positive, and 0 elsewhere, even for a gradient that is NaN;</li>
 * <li>max-pooling prefers the last NaN of a window, then the first of the largest values; a window of minus infinity has its
 *     first pixel for a winner;</li>
 * <li>normalisation: where a sum of squares overflows a float, the scale is infinite, outputs and gradients are 0;</li>
 * <li>softmax overflows for no finite logits; a NaN or plus infinity among an image's logits makes its loss and all its
 *     probabilities NaN; minus infinity is a class of probability 0;</li>
 * <li>dropout sets dropped values to 0, whatever they were; copies keep every bit.</li>
 * </ul>
 * Left to the device: whether numbers below the smallest normal one are flushed to 0; sums of which a part overflows, because
 * that depends on the order; and whether an infinite gradient times the zeros of the padding counts.
 */
public final class Cases {

    private static final int SEEDS = 3;

    private Cases() {
    }

    /** What takes a minute: all cases but those of {@link #thorough}. */
    public static List<Case> all() {
        return cases(1).toList();
    }

    /** The cases of {@link #all} on data of several seeds, more odd sizes, and the paper's layers as they are, batches of 128. */
    public static List<Case> thorough() {
        return Stream.concat(IntStream.rangeClosed(1, SEEDS).boxed().flatMap(Cases::cases), full(1)).toList();
    }

    /**
     * What a simulated device does in minutes: in place of the products' cases, which are nearly all of the work, others of few
     * images, channels and units that go the same ways through their kernels; all other cases of {@link #all}.
     */
    public static List<Case> quick() {
        return cases(1, ConvolutionCases.quick(1), FullyConnectedCases.quick(1)).toList();
    }

    private static Stream<Case> cases(int seed) {
        return cases(seed, ConvolutionCases.of(seed), FullyConnectedCases.of(seed));
    }

    private static Stream<Case> cases(int seed, Stream<Case> convolutions, Stream<Case> fullyConnected) {
        return Stream.of(ElementCases.of(seed), convolutions, PoolingCases.of(seed), NormalizationCases.of(seed), fullyConnected,
                SoftmaxCases.of(seed)).flatMap(cases -> cases);
    }

    private static Stream<Case> full(int seed) {
        return Stream.of(ElementCases.full(seed), ConvolutionCases.full(seed), PoolingCases.full(seed),
                NormalizationCases.full(seed), FullyConnectedCases.full(seed), SoftmaxCases.full(seed)).flatMap(cases -> cases);
    }
}
