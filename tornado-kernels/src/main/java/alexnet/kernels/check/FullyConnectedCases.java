package alexnet.kernels.check;

import static alexnet.kernels.check.Numbers.magnitudes;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import alexnet.kernels.FullyConnectedShape;
import alexnet.kernels.Pass;
import alexnet.kernels.reference.FullyConnectedReference;
import alexnet.kernels.reference.ReluReference;

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
        return forward(s, ", ReLU", true, numbers, 1, () -> numbers.uniform(1, s.inputLength(), 1));
    }

    private static Stream<Case> ordinary(FullyConnectedShape s, int seed) {
        Numbers numbers = new Numbers(seed);
        return Stream.of(
                forward(s, "", false, numbers, 1, () -> numbers.uniform(1, s.inputLength(), 1)),
                inputGradient(s, "", numbers, () -> numbers.uniform(4, s.outputLength(), 1)),
                weightGradient(s, "", seed, () -> numbers.uniform(1, s.inputLength(), 1), () -> numbers.uniform(4, s.outputLength(), 1)));
    }

    private static Stream<Case> extremes(Numbers numbers) {
        int seed = numbers.seed();
        FullyConnectedShape image = BY_IMAGE;
        FullyConnectedShape unit = BY_UNIT;
        return Stream.of(
                forward(image, ", ReLU, extreme inputs", true, numbers, 1,
                        () -> numbers.mixture(1, image.inputLength(), 1, LARGE, i -> i % image.images())),
                forward(SINGLE_INPUT, ", products that overflow", true, numbers, LARGE,
                        () -> numbers.uniform(1, SINGLE_INPUT.inputLength(), LARGE)),
                inputGradient(image, ", extreme gradients", numbers,
                        () -> numbers.mixture(4, image.outputLength(), 1, LARGE, i -> i % image.images())),
                weightGradient(unit, ", extreme inputs", seed,
                        () -> numbers.mixture(1, unit.inputLength(), 1, LARGE, i -> i / unit.images()),
                        () -> numbers.uniform(4, unit.outputLength(), 1)),
                weightGradient(unit, ", extreme gradients", seed, () -> numbers.uniform(1, unit.inputLength(), 1),
                        () -> numbers.mixture(4, unit.outputLength(), 1, LARGE, i -> i / unit.images())));
    }

    /** By each algorithm that supports the shape, all held against the same reference. */
    private static Case forward(FullyConnectedShape s, String values, boolean relu, Numbers numbers, double weightRange,
                                Supplier<double[]> inputs) {
        return new Case("fullyConnectedForward", s + values, numbers.seed(), family -> {
            double[] input = inputs.get();
            double[] weights = numbers.uniform(2, s.weightLength(), weightRange);
            double[] bias = numbers.uniform(3, s.units(), 1);
            Once<double[]> sums = new Once<>(() -> FullyConnectedReference.forward(s, input, weights, bias));
            Once<double[]> magnitudes = new Once<>(
                    () -> FullyConnectedReference.forward(s, magnitudes(input), magnitudes(weights), magnitudes(bias)));
            return Case.Way.of(family.fullyConnectedAlgorithms(), Pass.FORWARD, s, (algorithm, device) -> {
                Experiment experiment = new Experiment();
                var in = experiment.input(input);
                var w = experiment.input(weights);
                var b = experiment.input(bias);
                var out = experiment.output("output", relu ? ReluReference.forward(sums.get()) : sums.get(),
                        Tolerance.ofSum(s.inputs(), magnitudes.get()));
                experiment.workspace(algorithm.workspaceLength(Pass.FORWARD, s));
                return experiment.run(family, device, (_, builder, task) -> algorithm.forward(builder, task, s, relu, in, w, b, out));
            });
        });
    }

    private static Case inputGradient(FullyConnectedShape s, String values, Numbers numbers, Supplier<double[]> gradients) {
        return new Case("fullyConnectedInputGradient", s + values, numbers.seed(), family -> {
            double[] gradient = gradients.get();
            double[] weights = numbers.uniform(2, s.weightLength(), 1);
            Once<double[]> expected = new Once<>(() -> FullyConnectedReference.inputGradient(s, gradient, weights));
            Once<double[]> magnitudes = new Once<>(
                    () -> FullyConnectedReference.inputGradient(s, magnitudes(gradient), magnitudes(weights)));
            return Case.Way.of(family.fullyConnectedAlgorithms(), Pass.INPUT_GRADIENT, s, (algorithm, device) -> {
                Experiment experiment = new Experiment();
                var g = experiment.input(gradient);
                var w = experiment.input(weights);
                var out = experiment.output("input gradient", expected.get(), Tolerance.ofSum(s.units(), magnitudes.get()));
                experiment.workspace(algorithm.workspaceLength(Pass.INPUT_GRADIENT, s));
                return experiment.run(family, device, (_, builder, task) -> algorithm.inputGradient(builder, task, s, g, w, out));
            });
        });
    }

    private static Case weightGradient(FullyConnectedShape s, String values, int seed, Supplier<double[]> inputs,
                                       Supplier<double[]> gradients) {
        return new Case("fullyConnectedWeightGradient", s + values, seed, family -> {
            double[] input = inputs.get();
            double[] gradient = gradients.get();
            Once<double[]> expected = new Once<>(() -> FullyConnectedReference.weightGradient(s, input, gradient));
            Once<double[]> magnitudes = new Once<>(
                    () -> FullyConnectedReference.weightGradient(s, magnitudes(input), magnitudes(gradient)));
            return Case.Way.of(family.fullyConnectedAlgorithms(), Pass.WEIGHT_GRADIENT, s, (algorithm, device) -> {
                Experiment experiment = new Experiment();
                var in = experiment.input(input);
                var g = experiment.input(gradient);
                var weights = experiment.output("weight gradient", expected.get(), Tolerance.ofSum(s.images(), magnitudes.get()));
                var bias = experiment.output("bias gradient", FullyConnectedReference.biasGradient(s, gradient),
                        Tolerance.ofSum(s.images(), FullyConnectedReference.biasGradient(s, magnitudes(gradient))));
                experiment.workspace(algorithm.workspaceLength(Pass.WEIGHT_GRADIENT, s));
                return experiment.run(family, device, (_, builder, task) -> algorithm.weightGradient(builder, task, s, in, g, weights, bias));
            });
        });
    }
}
