package alexnet.kernels.check;

import static alexnet.kernels.check.Numbers.magnitudes;

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
            // pool5 and pool1 of the paper, with few channels
            new PoolingShape(128, 3, 13, 13, 3, 2, true),
            new PoolingShape(2, 1, 55, 55, 3, 2, false),
            // windows that do not overlap, that leave gaps, that start at every pixel
            new PoolingShape(16, 1, 5, 4, 2, 2, true),
            new PoolingShape(2, 3, 9, 8, 2, 3, true),
            new PoolingShape(20, 1, 7, 6, 3, 1, false));

    /** One group of pool1, pool2 and pool5, then more odd sizes. */
    private static final List<PoolingShape> FULL = List.of(
            new PoolingShape(128, 48, 55, 55, 3, 2, false),
            new PoolingShape(128, 128, 27, 27, 3, 2, false),
            new PoolingShape(128, 128, 13, 13, 3, 2, false),
            new PoolingShape(65, 3, 31, 18, 5, 3, true),
            new PoolingShape(1, 7, 10, 11, 4, 1, true));

    /** Each kind of value in an image or, where there are few of them, in a channel of its own. */
    private static final PoolingShape BY_IMAGE = new PoolingShape(19, 2, 5, 5, 3, 2, false);
    private static final PoolingShape BY_CHANNEL = new PoolingShape(2, 9, 5, 5, 3, 2, false);
    private static final double LARGE = 1e30;

    private PoolingCases() {
    }

    static Stream<Case> of(int seed) {
        return Stream.concat(SHAPES.stream().flatMap(s -> ordinary(s, seed)), extremes(new Numbers(seed)));
    }

    static Stream<Case> full(int seed) {
        return FULL.stream().flatMap(s -> ordinary(s, seed));
    }

    private static Stream<Case> ordinary(PoolingShape s, int seed) {
        Numbers numbers = new Numbers(seed);
        return Stream.of(
                new Case("maxPoolForward", s.toString(), seed, (family, device) -> forward(s, quarters(s, numbers), family, device)),
                new Case("maxPoolInputGradient", s.toString(), seed, (family, device) ->
                        inputGradient(s, quarters(s, numbers), numbers.uniform(2, s.outputLength(), 1), family, device)));
    }

    private static Stream<Case> extremes(Numbers numbers) {
        PoolingShape s = BY_IMAGE;
        PoolingShape channel = BY_CHANNEL;
        PoolingShape small = new PoolingShape(2, 1, 5, 5, 3, 2, false);
        double[] nothing = new double[small.inputLength()];
        Arrays.fill(nothing, Double.NEGATIVE_INFINITY);
        return Stream.of(
                new Case("maxPoolForward", s + ", extreme inputs", numbers.seed(), (family, device) ->
                        forward(s, numbers.mixture(1, s.inputLength(), 1, LARGE, i -> i % s.images()), family, device)),
                new Case("maxPoolForward", channel + ", extreme inputs by channel", numbers.seed(), (family, device) -> forward(channel,
                        numbers.mixture(1, channel.inputLength(), 1, LARGE, i -> i / (channel.inputLength() / channel.channels())),
                        family, device)),
                new Case("maxPoolForward", small + ", all minus infinity", numbers.seed(),
                        (family, device) -> forward(small, nothing, family, device)),
                new Case("maxPoolInputGradient", s + ", extreme gradients", numbers.seed(), (family, device) ->
                        inputGradient(s, quarters(s, numbers), numbers.mixture(2, s.outputLength(), 1, LARGE, i -> i % s.images()),
                                family, device)));
    }

    private static List<Comparison> forward(PoolingShape s, double[] input, KernelFamily family, TornadoDevice device) {
        int[] winners = PoolingReference.winners(s, input);

        Experiment experiment = new Experiment();
        var in = experiment.input(input);
        var out = experiment.output("output", PoolingReference.forward(s, input, winners), Tolerance.exact());
        var places = experiment.output("winners", winners);
        return experiment.run(family, device,
                (kernels, builder, task) -> kernels.maxPoolForward(builder, task, s, in, out, places));
    }

    private static List<Comparison> inputGradient(PoolingShape s, double[] input, double[] outputGradient, KernelFamily family,
                                                  TornadoDevice device) {
        int[] winners = PoolingReference.winners(s, input);

        Experiment experiment = new Experiment();
        var g = experiment.input(outputGradient);
        var places = experiment.input(winners);
        var out = experiment.output("input gradient", PoolingReference.inputGradient(s, outputGradient, winners),
                Tolerance.ofSum(s.size() * s.size(), PoolingReference.inputGradient(s, magnitudes(outputGradient), winners)));
        return experiment.run(family, device,
                (kernels, builder, task) -> kernels.maxPoolInputGradient(builder, task, s, g, places, out));
    }

    /** One of eight values, so that most windows hold their largest more than once. */
    private static double[] quarters(PoolingShape s, Numbers numbers) {
        return Arrays.stream(numbers.uniform(1, s.inputLength(), 1)).map(value -> Math.floor(value * 4) / 4).toArray();
    }
}
