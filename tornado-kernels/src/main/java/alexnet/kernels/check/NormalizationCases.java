package alexnet.kernels.check;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import alexnet.kernels.KernelFamily;
import alexnet.kernels.NormalizationShape;
import alexnet.kernels.reference.NormalizationReference;
import alexnet.kernels.reference.ReluReference;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** Local response normalisation, forward and backward. */
final class NormalizationCases {

    /** Activations are of this size, so that the paper's alpha of 1e-4 matters. */
    private static final double RANGE = 100;
    /** A power or two square roots and a division, within 16 units in the last place in OpenCL, and the products around. */
    private static final int POWER_ROUNDINGS = 40;

    /** images, channels, height, width, size, alpha, beta, k, and of some of the channels, first and count, and groups */
    private static final List<NormalizationShape> SHAPES = List.of(
            new NormalizationShape(1, 1, 1, 1, 5, 1e-4f, 0.75f, 2),
            new NormalizationShape(33, 7, 2, 3, 5, 1e-4f, 0.75f, 2),
            new NormalizationShape(3, 9, 3, 2, 5, 1e-4f, 0.75f, 1).dividedBySize(),
            // fewer channels than a sum reaches
            new NormalizationShape(17, 3, 2, 2, 5, 1e-4f, 0.75f, 2),
            new NormalizationShape(16, 2, 1, 1, 7, 1e-3f, 0.75f, 2),
            // a power that is not made of square roots, and sums of one channel
            new NormalizationShape(20, 4, 2, 1, 3, 1e-4f, 0.6f, 2),
            new NormalizationShape(2, 4, 2, 5, 1, 1e-3f, 1, 1),
            // norm2 of the paper, with few channels
            new NormalizationShape(2, 6, 27, 27, 5, 1e-4f, 0.75f, 2),
            // the first of two parts, the second, one in between, one channel, and one that sees more than it needs
            new NormalizationShape(17, 8, 2, 3, 5, 1e-4f, 0.75f, 1, 0, 6),
            new NormalizationShape(33, 7, 3, 2, 5, 1e-4f, 0.75f, 2, 2, 5),
            new NormalizationShape(3, 9, 2, 2, 5, 1e-3f, 0.6f, 1, 2, 5),
            new NormalizationShape(20, 5, 1, 3, 5, 1e-4f, 0.75f, 2, 2, 1),
            new NormalizationShape(16, 12, 2, 1, 3, 1e-3f, 0.75f, 2, 5, 3),
            // groups in one part; a sum may be longer than a group
            new NormalizationShape(17, 12, 2, 3, 5, 1e-4f, 0.75f, 2, 0, 12, 2),
            new NormalizationShape(3, 9, 3, 2, 9, 1e-3f, 0.6f, 1, 0, 9, 3));

    /** One group of norm1 and norm2, the second half of norm2 with what it sees of the first, then more odd sizes. */
    private static final List<NormalizationShape> FULL = List.of(
            new NormalizationShape(128, 48, 55, 55, 5, 1e-4f, 0.75f, 2),
            new NormalizationShape(128, 128, 27, 27, 5, 1e-4f, 0.75f, 2),
            new NormalizationShape(128, 130, 27, 27, 5, 1e-4f, 0.75f, 2, 2, 128),
            new NormalizationShape(128, 96, 55, 55, 5, 1e-4f, 0.75f, 2, 0, 96, 2),
            new NormalizationShape(65, 13, 7, 9, 9, 1e-3f, 0.5f, 1),
            new NormalizationShape(1, 31, 5, 3, 3, 1e-4f, 0.75f, 2));

    /** Each kind of value in an image of its own. */
    private static final List<NormalizationShape> BY_IMAGE = List.of(
            new NormalizationShape(19, 7, 2, 1, 5, 1e-4f, 0.75f, 2),
            new NormalizationShape(19, 8, 2, 1, 5, 1e-4f, 0.75f, 2, 2, 4));
    /** Squares of these are floats. */
    private static final double LARGE = 1e18;
    /** Squares of these are not. */
    private static final double OVERFLOWING = 1e25;
    /** The backward pass divides by powers of the scale: with these, nothing on its way falls below the normal numbers. */
    private static final double LARGE_BACKWARD = 1e6;

    private NormalizationCases() {
    }

    static Stream<Case> of(int seed) {
        return Stream.concat(SHAPES.stream().flatMap(s -> ordinary(s, seed)), BY_IMAGE.stream().flatMap(s -> extremes(s, new Numbers(seed))));
    }

    static Stream<Case> full(int seed) {
        return FULL.stream().flatMap(s -> ordinary(s, seed));
    }

    private static Stream<Case> ordinary(NormalizationShape s, int seed) {
        Numbers numbers = new Numbers(seed);
        return Stream.of(
                new Case("normalizationForward", s.toString(), seed,
                        (family, device) -> forward(s, numbers.uniform(1, s.inputLength(), RANGE), family, device)),
                new Case("normalizationInputGradient", s + ", after ReLU", seed, (family, device) -> inputGradient(s, true,
                        ReluReference.forward(numbers.uniform(1, s.inputLength(), RANGE)), numbers.uniform(2, s.outputLength(), 1), family, device)),
                new Case("normalizationInputGradient", s.toString(), seed, (family, device) ->
                        inputGradient(s, false, numbers.uniform(1, s.inputLength(), RANGE), numbers.uniform(2, s.outputLength(), 1), family, device)));
    }

    private static Stream<Case> extremes(NormalizationShape s, Numbers numbers) {
        return Stream.of(
                new Case("normalizationForward", s + ", extreme inputs", numbers.seed(), (family, device) ->
                        forward(s, mixture(s, numbers, 1, s.inputLength(), LARGE), family, device)),
                new Case("normalizationForward", s + ", squares that overflow", numbers.seed(), (family, device) ->
                        forward(s, mixture(s, numbers, 1, s.inputLength(), OVERFLOWING), family, device)),
                new Case("normalizationInputGradient", s + ", extreme inputs", numbers.seed(), (family, device) ->
                        inputGradient(s, false, mixture(s, numbers, 1, s.inputLength(), LARGE_BACKWARD), numbers.uniform(2, s.outputLength(), 1), family, device)),
                new Case("normalizationInputGradient", s + ", extreme inputs, after ReLU", numbers.seed(), (family, device) -> inputGradient(s, true,
                        mixture(s, numbers, 1, s.inputLength(), LARGE_BACKWARD), numbers.uniform(2, s.outputLength(), 1), family, device)),
                new Case("normalizationInputGradient", s + ", extreme gradients", numbers.seed(), (family, device) ->
                        inputGradient(s, false, numbers.uniform(1, s.inputLength(), RANGE), mixture(s, numbers, 2, s.outputLength(), LARGE), family, device)));
    }

    private static double[] mixture(NormalizationShape s, Numbers numbers, int array, int length, double large) {
        return numbers.mixture(array, length, RANGE, large, i -> i % s.images());
    }

    private static List<Comparison> forward(NormalizationShape s, double[] input, KernelFamily family, TornadoDevice device) {
        double[] scales = Numbers.inRangeOfFloats(NormalizationReference.scales(s, input));
        double[] output = NormalizationReference.forward(s, input, scales);

        Experiment experiment = new Experiment();
        var in = experiment.input(input);
        var scale = family.scalesLength(s) == 0 ? null
                : experiment.output("scales", scales, Tolerance.ofRoundings(s.size() + 2, scales));
        var out = experiment.output("output", output, Tolerance.ofRoundings(s.size() + 2 + POWER_ROUNDINGS, output));
        return experiment.run(family, device,
                (kernels, builder, task) -> kernels.normalizationForward(builder, task, s, in, scale, out));
    }

    private static List<Comparison> inputGradient(NormalizationShape s, boolean relu, double[] input, double[] outputGradient,
                                                  KernelFamily family, TornadoDevice device) {
        double[] scales = Numbers.inRangeOfFloats(NormalizationReference.scales(s, input));
        double[] byInput = NormalizationReference.inputGradient(s, input, scales, outputGradient);
        double[] expected = relu ? ReluReference.gradient(input, byInput) : byInput;
        double[] magnitudes = magnitudes(s, input, scales, outputGradient);

        Experiment experiment = new Experiment();
        var in = experiment.input(input);
        var scale = family.scalesLength(s) == 0 ? null : experiment.input(scales);
        var out = experiment.input(NormalizationReference.forward(s, input, scales));
        var g = experiment.input(outputGradient);
        var gradient = experiment.output("input gradient", expected,
                Tolerance.ofRoundings(s.size() + 2 + POWER_ROUNDINGS, magnitudes));
        return experiment.run(family, device,
                (kernels, builder, task) -> kernels.normalizationInputGradient(builder, task, s, relu, in, scale, out, g, gradient));
    }

    /**
     * The gradient is a difference, {@code g / scales^beta - second}. With magnitudes put in it is {@code first - second} of
     * the magnitudes, and their sum follows from first, which is 0 in a channel that the output does not have.
     */
    private static double[] magnitudes(NormalizationShape s, double[] input, double[] scales, double[] outputGradient) {
        int offset = s.first() * s.places();
        double[] gradients = new double[s.inputLength()];
        System.arraycopy(Numbers.magnitudes(outputGradient), 0, gradients, offset, s.outputLength());
        double[] first = NormalizationReference.forward(s, gradients, scales);
        double[] sum = Arrays.stream( NormalizationReference.inputGradient(s, Numbers.magnitudes(input), scales,
                Numbers.magnitudes(outputGradient))).map(difference -> -difference).toArray();
        for (int i = 0; i < first.length; i++) {
            sum[offset + i] += 2 * first[i];
        }
        return sum;
    }
}
