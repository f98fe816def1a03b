package alexnet.kernels.check;

import static alexnet.kernels.check.Numbers.uniform;

import java.util.List;
import java.util.stream.Stream;

import alexnet.kernels.KernelFamily;
import alexnet.kernels.NormalizationShape;
import alexnet.kernels.reference.NormalizationReference;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** Local response normalisation, forward and backward. */
final class NormalizationCases {

    /** Activations are of this size, so that the paper's alpha of 1e-4 matters. */
    private static final double RANGE = 100;
    /** A power or two square roots and a division, within 16 units in the last place in OpenCL, and the products around. */
    private static final int POWER_ROUNDINGS = 40;

    /** images, channels, height, width, size, alpha, beta, k */
    private static final List<NormalizationShape> SHAPES = List.of(
            new NormalizationShape(1, 1, 1, 1, 5, 1e-4f, 0.75f, 2),
            new NormalizationShape(33, 7, 2, 3, 5, 1e-4f, 0.75f, 2),
            new NormalizationShape(3, 9, 3, 2, 5, 1e-4f, 0.75f, 1).dividedBySize(),
            // fewer channels than a sum reaches
            new NormalizationShape(17, 3, 2, 2, 5, 1e-4f, 0.75f, 2),
            new NormalizationShape(16, 2, 1, 1, 7, 1e-3f, 0.75f, 2),
            // a power that is not made of square roots, and sums of one channel
            new NormalizationShape(20, 4, 2, 1, 3, 1e-4f, 0.6f, 2),
            new NormalizationShape(2, 4, 2, 5, 1, 1e-3f, 1, 1));

    private NormalizationCases() {
    }

    static Stream<Case> all() {
        return SHAPES.stream().flatMap(s -> Stream.of(
                new Case("normalizationForward " + s, (family, device) -> forward(s, family, device)),
                new Case("normalizationInputGradient " + s, (family, device) -> inputGradient(s, family, device))));
    }

    private static List<Comparison> forward(NormalizationShape s, KernelFamily family, TornadoDevice device) {
        double[] input = uniform(1, s.length(), RANGE);
        double[] scales = NormalizationReference.scales(s, input);
        double[] output = NormalizationReference.forward(s, input, scales);

        Experiment experiment = new Experiment();
        var in = experiment.input(input);
        var scale = experiment.output("scales", scales, Tolerance.ofRoundings(s.size() + 2, scales));
        var out = experiment.output("output", output, Tolerance.ofRoundings(s.size() + 2 + POWER_ROUNDINGS, output));
        return experiment.run(family, device,
                (kernels, builder, task) -> kernels.normalizationForward(builder, task, s, in, scale, out));
    }

    private static List<Comparison> inputGradient(NormalizationShape s, KernelFamily family, TornadoDevice device) {
        double[] input = uniform(1, s.length(), RANGE);
        double[] scales = NormalizationReference.scales(s, input);
        double[] outputGradient = uniform(2, s.length(), 1);
        double[] expected = NormalizationReference.inputGradient(s, input, scales, outputGradient);
        double[] magnitudes = magnitudes(s, input, scales, outputGradient);

        Experiment experiment = new Experiment();
        var in = experiment.input(input);
        var scale = experiment.input(scales);
        var out = experiment.input(NormalizationReference.forward(s, input, scales));
        var g = experiment.input(outputGradient);
        var gradient = experiment.output("input gradient", expected,
                Tolerance.ofRoundings(s.size() + 2 + POWER_ROUNDINGS, magnitudes));
        return experiment.run(family, device,
                (kernels, builder, task) -> kernels.normalizationInputGradient(builder, task, s, in, scale, out, g, gradient));
    }

    /**
     * The gradient is a difference, {@code g / scales^beta - second}. With magnitudes put in it is {@code first - second} of
     * the magnitudes, and their sum follows from first.
     */
    private static double[] magnitudes(NormalizationShape s, double[] input, double[] scales, double[] outputGradient) {
        double[] first = NormalizationReference.forward(s, Numbers.magnitudes(outputGradient), scales);
        double[] difference = NormalizationReference.inputGradient(s, Numbers.magnitudes(input), scales,
                Numbers.magnitudes(outputGradient));
        double[] sum = new double[first.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = 2 * first[i] - difference[i];
        }
        return sum;
    }
}
