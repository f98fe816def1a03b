package alexnet.kernels.check;

import static alexnet.kernels.check.Numbers.magnitudes;

import java.util.List;
import java.util.stream.Stream;

import alexnet.kernels.FullyConnectedShape;
import alexnet.kernels.KernelFamily;
import alexnet.kernels.Pass;
import alexnet.kernels.reference.FullyConnectedReference;
import alexnet.kernels.reference.ReluReference;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** Fully connected layers, forward and backward. */
final class FullyConnectedCases {

    /** images, inputs, units */
    private static final List<FullyConnectedShape> SHAPES = List.of(
            new FullyConnectedShape(1, 1, 1),
            new FullyConnectedShape(3, 7, 5),
            new FullyConnectedShape(33, 37, 11),
            new FullyConnectedShape(128, 20, 10),
            new FullyConnectedShape(16, 1100, 3),
            // more units and inputs than one block of a few images has
            new FullyConnectedShape(5, 201, 300),
            // one unit, whose sums are long enough to be split
            new FullyConnectedShape(5, 3000, 1),
            // all inputs of the paper's fc6, few units
            new FullyConnectedShape(2, 9216, 5));

    /** With ReLU, which all but the last layer have; the others do without. */
    private static final List<FullyConnectedShape> RECTIFIED = List.of(
            new FullyConnectedShape(1, 3, 2),
            // sums that are long enough to be split
            new FullyConnectedShape(6, 3000, 11),
            // more images than a vector has lanes, more units than a block of such images has
            new FullyConnectedShape(37, 21, 211));

    /** One group of fc6, fc7 and fc8, then more odd sizes. */
    private static final List<FullyConnectedShape> FULL = List.of(
            new FullyConnectedShape(128, 9216, 2048),
            new FullyConnectedShape(128, 4096, 2048),
            new FullyConnectedShape(128, 4096, 500),
            new FullyConnectedShape(127, 1023, 65),
            new FullyConnectedShape(1, 515, 257));

    private static final List<FullyConnectedShape> QUICK = List.of(
            new FullyConnectedShape(1, 1, 1),
            new FullyConnectedShape(3, 7, 5),
            // sums of units and inputs, and of images, of several slabs
            new FullyConnectedShape(2, 200, 67),
            new FullyConnectedShape(130, 5, 9));

    private static final FullyConnectedShape BY_IMAGE = new FullyConnectedShape(19, 6, 5);
    private static final FullyConnectedShape BY_UNIT = new FullyConnectedShape(7, 10, 9);
    private static final FullyConnectedShape SINGLE_INPUT = new FullyConnectedShape(5, 1, 7);
    private static final double LARGE = 1e30;

    private FullyConnectedCases() {
    }

    static Stream<Case> of(int seed) {
        Numbers numbers = new Numbers(seed);
        return Stream.of(SHAPES.stream().flatMap(s -> ordinary(s, seed)), RECTIFIED.stream().map(s -> rectified(s, numbers)),
                extremes(numbers)).flatMap(cases -> cases);
    }

    static Stream<Case> full(int seed) {
        return FULL.stream().flatMap(s -> ordinary(s, seed));
    }

    static Stream<Case> quick(int seed) {
        return Stream.concat(QUICK.stream().flatMap(s -> ordinary(s, seed)), Stream.of(rectified(QUICK.get(1), new Numbers(seed))));
    }

    private static Case rectified(FullyConnectedShape s, Numbers numbers) {
        return new Case("fullyConnectedForward", s + ", ReLU", numbers.seed(), (family, device) ->
                forward(s, true, numbers, numbers.uniform(1, s.inputLength(), 1), 1, family, device));
    }

    private static Stream<Case> ordinary(FullyConnectedShape s, int seed) {
        Numbers numbers = new Numbers(seed);
        return Stream.of(
                new Case("fullyConnectedForward", s.toString(), seed, (family, device) ->
                        forward(s, false, numbers, numbers.uniform(1, s.inputLength(), 1), 1, family, device)),
                new Case("fullyConnectedInputGradient", s.toString(), seed, (family, device) ->
                        inputGradient(s, numbers, numbers.uniform(4, s.outputLength(), 1), family, device)),
                new Case("fullyConnectedWeightGradient", s.toString(), seed, (family, device) ->
                        weightGradient(s, numbers.uniform(1, s.inputLength(), 1), numbers.uniform(4, s.outputLength(), 1), family, device)));
    }

    private static Stream<Case> extremes(Numbers numbers) {
        FullyConnectedShape image = BY_IMAGE;
        FullyConnectedShape unit = BY_UNIT;
        return Stream.of(
                new Case("fullyConnectedForward", image + ", ReLU, extreme inputs", numbers.seed(), (family, device) ->
                        forward(image, true, numbers, numbers.mixture(1, image.inputLength(), 1, LARGE, i -> i % image.images()), 1,
                                family, device)),
                new Case("fullyConnectedForward", SINGLE_INPUT + ", products that overflow", numbers.seed(), (family, device) ->
                        forward(SINGLE_INPUT, true, numbers, numbers.uniform(1, SINGLE_INPUT.inputLength(), LARGE), LARGE, family, device)),
                new Case("fullyConnectedInputGradient", image + ", extreme gradients", numbers.seed(), (family, device) ->
                        inputGradient(image, numbers, numbers.mixture(4, image.outputLength(), 1, LARGE, i -> i % image.images()),
                                family, device)),
                new Case("fullyConnectedWeightGradient", unit + ", extreme inputs", numbers.seed(), (family, device) ->
                        weightGradient(unit, numbers.mixture(1, unit.inputLength(), 1, LARGE, i -> i / unit.images()),
                                numbers.uniform(4, unit.outputLength(), 1), family, device)),
                new Case("fullyConnectedWeightGradient", unit + ", extreme gradients", numbers.seed(), (family, device) ->
                        weightGradient(unit, numbers.uniform(1, unit.inputLength(), 1),
                                numbers.mixture(4, unit.outputLength(), 1, LARGE, i -> i / unit.images()), family, device)));
    }

    private static List<Comparison> forward(FullyConnectedShape s, boolean relu, Numbers numbers, double[] input,
                                            double weightRange, KernelFamily family, TornadoDevice device) {
        double[] weights = numbers.uniform(2, s.weightLength(), weightRange);
        double[] bias = numbers.uniform(3, s.units(), 1);
        double[] sums = FullyConnectedReference.forward(s, input, weights, bias);
        double[] magnitudes = FullyConnectedReference.forward(s, magnitudes(input), magnitudes(weights), magnitudes(bias));

        Experiment experiment = new Experiment();
        var in = experiment.input(input);
        var w = experiment.input(weights);
        var b = experiment.input(bias);
        var out = experiment.output("output", relu ? ReluReference.forward(sums) : sums, Tolerance.ofSum(s.inputs(), magnitudes));
        experiment.workspace(family.fullyConnected(Pass.FORWARD, s).workspaceLength(Pass.FORWARD, s));
        return experiment.run(family, device,
                (kernels, builder, task) -> kernels.fullyConnectedForward(builder, task, s, relu, in, w, b, out));
    }

    private static List<Comparison> inputGradient(FullyConnectedShape s, Numbers numbers, double[] outputGradient,
                                                  KernelFamily family, TornadoDevice device) {
        double[] weights = numbers.uniform(2, s.weightLength(), 1);

        Experiment experiment = new Experiment();
        var g = experiment.input(outputGradient);
        var w = experiment.input(weights);
        var out = experiment.output("input gradient", FullyConnectedReference.inputGradient(s, outputGradient, weights),
                Tolerance.ofSum(s.units(),
                        FullyConnectedReference.inputGradient(s, magnitudes(outputGradient), magnitudes(weights))));
        experiment.workspace(family.fullyConnected(Pass.INPUT_GRADIENT, s).workspaceLength(Pass.INPUT_GRADIENT, s));
        return experiment.run(family, device,
                (kernels, builder, task) -> kernels.fullyConnectedInputGradient(builder, task, s, g, w, out));
    }

    private static List<Comparison> weightGradient(FullyConnectedShape s, double[] input, double[] outputGradient,
                                                   KernelFamily family, TornadoDevice device) {
        Experiment experiment = new Experiment();
        var in = experiment.input(input);
        var g = experiment.input(outputGradient);
        var weights = experiment.output("weight gradient", FullyConnectedReference.weightGradient(s, input, outputGradient),
                Tolerance.ofSum(s.images(),
                        FullyConnectedReference.weightGradient(s, magnitudes(input), magnitudes(outputGradient))));
        var bias = experiment.output("bias gradient", FullyConnectedReference.biasGradient(s, outputGradient),
                Tolerance.ofSum(s.images(), FullyConnectedReference.biasGradient(s, magnitudes(outputGradient))));
        experiment.workspace(family.fullyConnected(Pass.WEIGHT_GRADIENT, s).workspaceLength(Pass.WEIGHT_GRADIENT, s));
        return experiment.run(family, device,
                (kernels, builder, task) -> kernels.fullyConnectedWeightGradient(builder, task, s, in, g, weights, bias));
    }
}
