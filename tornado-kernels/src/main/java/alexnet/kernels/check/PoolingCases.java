package alexnet.kernels.check;

import static alexnet.kernels.check.Numbers.magnitudes;
import static alexnet.kernels.check.Numbers.uniform;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import alexnet.kernels.KernelFamily;
import alexnet.kernels.PoolingShape;
import alexnet.kernels.reference.PoolingReference;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** Max-pooling, forward and backward, on numbers of which many are equal. */
final class PoolingCases {

    /** images, channels, height, width, size, stride, ceil */
    private static final List<PoolingShape> SHAPES = List.of(
            new PoolingShape(1, 1, 3, 3, 3, 2, false),
            // the paper's 3 / 2 on odd sizes, where ceil and floor agree, and on even ones, where they do not
            new PoolingShape(3, 2, 5, 7, 3, 2, false),
            new PoolingShape(17, 2, 6, 8, 3, 2, false),
            new PoolingShape(33, 2, 6, 8, 3, 2, true),
            new PoolingShape(128, 3, 13, 13, 3, 2, true),
            // windows that do not overlap, that leave gaps, that start at every pixel
            new PoolingShape(16, 1, 5, 4, 2, 2, true),
            new PoolingShape(2, 3, 9, 8, 2, 3, true),
            new PoolingShape(20, 1, 7, 6, 3, 1, false));

    private PoolingCases() {
    }

    static Stream<Case> all() {
        return Stream.concat(
                SHAPES.stream().flatMap(s -> Stream.of(
                        new Case("maxPoolForward " + s, (family, device) -> forward(s, quarters(s), family, device)),
                        new Case("maxPoolInputGradient " + s, (family, device) -> inputGradient(s, family, device)))),
                Stream.of(
                        new Case("maxPoolForward, a NaN wins", PoolingCases::forwardOfNaN),
                        new Case("maxPoolForward, minus infinity", PoolingCases::forwardOfMinusInfinity)));
    }

    private static List<Comparison> forward(PoolingShape s, double[] input, KernelFamily family, TornadoDevice device) {
        int[] winners = PoolingReference.winners(s, input);

        Experiment experiment = new Experiment();
        var in = experiment.input(input);
        var out = experiment.output("output", PoolingReference.forward(s, input, winners), Tolerance.exact(s.outputLength()));
        var places = experiment.output("winners", winners);
        return experiment.run(family, device,
                (kernels, builder, task) -> kernels.maxPoolForward(builder, task, s, in, out, places));
    }

    private static List<Comparison> inputGradient(PoolingShape s, KernelFamily family, TornadoDevice device) {
        int[] winners = PoolingReference.winners(s, quarters(s));
        double[] outputGradient = uniform(2, s.outputLength(), 1);

        Experiment experiment = new Experiment();
        var g = experiment.input(outputGradient);
        var places = experiment.input(winners);
        var out = experiment.output("input gradient", PoolingReference.inputGradient(s, outputGradient, winners),
                Tolerance.ofSum(s.size() * s.size(), PoolingReference.inputGradient(s, magnitudes(outputGradient), winners)));
        return experiment.run(family, device,
                (kernels, builder, task) -> kernels.maxPoolInputGradient(builder, task, s, g, places, out));
    }

    private static List<Comparison> forwardOfNaN(KernelFamily family, TornadoDevice device) {
        PoolingShape s = new PoolingShape(18, 2, 5, 5, 3, 2, false);
        double[] input = quarters(s);
        for (int i = 3; i < input.length; i += 41) {
            input[i] = Double.NaN;
        }
        return forward(s, input, family, device);
    }

    private static List<Comparison> forwardOfMinusInfinity(KernelFamily family, TornadoDevice device) {
        PoolingShape s = new PoolingShape(2, 1, 5, 5, 3, 2, false);
        double[] input = new double[s.inputLength()];
        Arrays.fill(input, Double.NEGATIVE_INFINITY);
        return forward(s, input, family, device);
    }

    /** One of eight values, so that most windows hold their largest more than once. */
    private static double[] quarters(PoolingShape s) {
        return Arrays.stream(uniform(1, s.inputLength(), 1)).map(value -> Math.floor(value * 4) / 4).toArray();
    }
}
