package alexnet.kernels.check;

import static alexnet.kernels.check.Numbers.magnitudes;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import alexnet.kernels.ConvolutionAlgorithm;
import alexnet.kernels.ConvolutionShape;
import alexnet.kernels.Pass;
import alexnet.kernels.reference.ConvolutionReference;
import alexnet.kernels.reference.ReluReference;
import alexnet.kernels.reference.WinogradReference;

/** Convolution, forward and backward. */
final class ConvolutionCases {

    /** images, channels, height, width, filters, size, stride, padding, groups */
    private static final List<ConvolutionShape> SHAPES = List.of(
            new ConvolutionShape(1, 1, 1, 1, 1, 1, 1, 0, 1),
            new ConvolutionShape(3, 1, 5, 6, 2, 3, 1, 1, 1),
            // conv1 of the paper, shrunk: 11x11, stride 4, padding 2, colour
            new ConvolutionShape(5, 3, 23, 24, 9, 11, 4, 2, 1),
            // conv2 and conv4 as grouped convolutions, a batch that is no multiple of anything; more filters than fit in two vectors,
            // and windows of more numbers than a kernel takes at a time
            new ConvolutionShape(33, 6, 7, 5, 10, 5, 1, 2, 2),
            new ConvolutionShape(17, 48, 4, 5, 80, 3, 1, 1, 2),
            // conv3 sees both groups; the paper's batch
            new ConvolutionShape(128, 5, 3, 5, 4, 3, 1, 1, 1),
            // rows and columns that no filter reaches
            new ConvolutionShape(16, 2, 8, 9, 5, 2, 3, 0, 1),
            // a filter larger than the input
            new ConvolutionShape(2, 2, 2, 3, 3, 5, 1, 3, 1),
            // a single image in two groups
            new ConvolutionShape(1, 6, 7, 6, 10, 3, 2, 1, 2),
            // many groups of one channel
            new ConvolutionShape(20, 3, 4, 4, 3, 3, 2, 1, 3),
            // the paper's maps, with few channels: conv1, conv2, and conv3 to conv5
            new ConvolutionShape(2, 3, 224, 224, 2, 11, 4, 2, 1),
            new ConvolutionShape(2, 3, 27, 27, 8, 5, 1, 2, 1),
            new ConvolutionShape(4, 16, 13, 13, 12, 3, 1, 1, 1));

    /**
     * What minimal filtering cuts into tiles: rims of every size, outputs of 1 to 7 rows and of 13, 27 and 55; batches of a vector of 8
     * or 16 images, of one more, and of many; channels and filters below and above a panel; every padding; and phases.
     */
    private static final List<ConvolutionShape> TILES = List.of(
            new ConvolutionShape(16, 3, 1, 2, 12, 3, 1, 1, 1),
            new ConvolutionShape(17, 1, 3, 4, 13, 3, 1, 1, 1),
            new ConvolutionShape(9, 3, 5, 6, 11, 3, 1, 1, 1),
            new ConvolutionShape(31, 2, 5, 11, 5, 3, 1, 2, 1),
            new ConvolutionShape(130, 3, 4, 5, 3, 3, 1, 0, 3),
            new ConvolutionShape(8, 48, 13, 7, 25, 3, 1, 1, 1),
            new ConvolutionShape(16, 4, 27, 5, 14, 3, 1, 1, 2),
            new ConvolutionShape(16, 1, 6, 55, 2, 3, 1, 1, 1),
            new ConvolutionShape(16, 3, 1, 4, 12, 5, 1, 2, 1),
            new ConvolutionShape(17, 1, 2, 3, 13, 5, 1, 2, 1),
            new ConvolutionShape(31, 3, 1, 2, 2, 5, 1, 4, 1),
            new ConvolutionShape(9, 4, 11, 17, 6, 5, 1, 0, 2),
            new ConvolutionShape(130, 3, 5, 4, 2, 5, 1, 3, 1),
            new ConvolutionShape(16, 2, 27, 7, 24, 5, 1, 2, 1),
            new ConvolutionShape(8, 48, 7, 8, 5, 5, 1, 1, 1),
            new ConvolutionShape(16, 3, 23, 27, 12, 11, 4, 2, 1),
            new ConvolutionShape(17, 3, 31, 24, 13, 11, 4, 0, 1),
            new ConvolutionShape(16, 2, 33, 21, 4, 9, 4, 4, 1),
            new ConvolutionShape(31, 3, 26, 14, 2, 7, 4, 6, 1),
            new ConvolutionShape(9, 1, 17, 25, 5, 5, 4, 1, 1),
            new ConvolutionShape(16, 4, 13, 12, 14, 5, 2, 2, 2),
            new ConvolutionShape(17, 1, 19, 25, 2, 9, 2, 3, 1),
            new ConvolutionShape(130, 2, 11, 9, 3, 7, 2, 1, 1),
            new ConvolutionShape(16, 1, 15, 13, 2, 11, 2, 5, 1),
            // more than a strip of a weight gradient holds
            new ConvolutionShape(130, 200, 10, 15, 1, 3, 1, 1, 1));

    /** The paper's layers, one group each, and conv2 as the grouped convolution of both. */
    private static final List<ConvolutionShape> FULL = List.of(
            new ConvolutionShape(128, 3, 224, 224, 48, 11, 4, 2, 1),
            new ConvolutionShape(128, 48, 27, 27, 128, 5, 1, 2, 1),
            new ConvolutionShape(128, 256, 13, 13, 192, 3, 1, 1, 1),
            new ConvolutionShape(128, 192, 13, 13, 192, 3, 1, 1, 1),
            new ConvolutionShape(128, 192, 13, 13, 128, 3, 1, 1, 1),
            new ConvolutionShape(31, 96, 27, 27, 256, 5, 1, 2, 2),
            // more odd sizes
            new ConvolutionShape(7, 5, 31, 17, 7, 7, 3, 4, 1),
            new ConvolutionShape(1, 20, 9, 10, 36, 4, 2, 2, 4),
            new ConvolutionShape(65, 33, 5, 6, 35, 2, 1, 1, 1));

    private static final List<ConvolutionShape> QUICK = List.of(
            new ConvolutionShape(1, 1, 1, 1, 1, 1, 1, 0, 1),
            // strides, a rim and two groups
            new ConvolutionShape(3, 4, 6, 5, 6, 3, 2, 1, 2),
            // several tiles, and sums long enough for every place in local memory to be filled anew
            new ConvolutionShape(3, 16, 7, 7, 65, 3, 1, 1, 1),
            // a plane that several work-groups sum up
            new ConvolutionShape(1, 1, 46, 46, 1, 1, 1, 0, 1));

    /** Kinds of values by image, and without padding by channel or filter; and several tiles without padding. */
    private static final ConvolutionShape BY_IMAGE = new ConvolutionShape(19, 4, 5, 4, 6, 3, 1, 1, 2);
    private static final ConvolutionShape BY_CHANNEL = new ConvolutionShape(18, 9, 5, 4, 9, 3, 1, 0, 1);
    private static final ConvolutionShape TILES_OF_FEW = new ConvolutionShape(16, 1, 13, 12, 2, 3, 1, 0, 1);
    private static final double LARGE = 1e30;

    private ConvolutionCases() {
    }

    static Stream<Case> of(int seed) {
        return Stream.of(SHAPES.stream().flatMap(s -> ordinary(s, seed)), TILES.stream().flatMap(s -> tiled(s, seed)),
                extremes(new Numbers(seed))).flatMap(cases -> cases);
    }

    /**
     * Without direct algorithms where there are others: to direct ones such a shape is one like others, and on TornadoVM each case is compiled
     * for a second. Minimal filtering computes phases of 3 or 5, and no gradient by the input of a stride.
     */
    private static Stream<Case> tiled(ConvolutionShape s, int seed) {
        int filter = Math.ceilDiv(s.size(), s.stride());
        return ordinary(s, seed).map(check -> (filter == 3 || filter == 5)
                && (s.stride() == 1 || !check.operation().equals("convolutionInputGradient")) ? withoutDirect(check) : check);
    }

    private static Case withoutDirect(Case check) {
        return new Case(check.operation(), check.shape(), check.seed(), family -> {
            List<String> direct = family.convolutionAlgorithms().stream().filter(ConvolutionAlgorithm::direct).map(ConvolutionAlgorithm::name).toList();
            return check.ways().apply(family).stream().filter(way -> !direct.contains(way.algorithm())).toList();
        });
    }

    static Stream<Case> full(int seed) {
        return FULL.stream().flatMap(s -> ordinary(s, seed));
    }

    static Stream<Case> quick(int seed) {
        return QUICK.stream().flatMap(s -> ordinary(s, seed));
    }

    private static Stream<Case> ordinary(ConvolutionShape s, int seed) {
        Numbers numbers = new Numbers(seed);
        return Stream.of(
                forward(s, "", seed, () -> numbers.uniform(1, s.inputLength(), 1), () -> weights(s, numbers)),
                inputGradient(s, "", seed, () -> numbers.uniform(4, s.outputLength(), 1)),
                weightGradient(s, "", seed, () -> numbers.uniform(1, s.inputLength(), 1), () -> numbers.uniform(4, s.outputLength(), 1)));
    }

    private static Stream<Case> extremes(Numbers numbers) {
        int seed = numbers.seed();
        ConvolutionShape image = BY_IMAGE;
        ConvolutionShape channel = BY_CHANNEL;
        ConvolutionShape tiles = TILES_OF_FEW;
        return Stream.of(
                forward(image, ", extreme inputs", seed, () -> numbers.mixture(1, image.inputLength(), 1, LARGE, i -> i % image.images()),
                        () -> weights(image, numbers)),
                forward(channel, ", extreme weights", seed, () -> numbers.uniform(1, channel.inputLength(), 1),
                        () -> numbers.mixture(2, channel.weightLength(), 1, LARGE, i -> i / (channel.weightLength() / channel.filters()))),
                forward(tiles, ", few not finite", seed, () -> numbers.hardlyEverInfinite(1, tiles.inputLength()), () -> weights(tiles, numbers)),
                inputGradient(image, ", extreme gradients", seed,
                        () -> numbers.mixture(4, image.outputLength(), 1, LARGE, i -> i % image.images())),
                inputGradient(tiles, ", few not finite", seed, () -> numbers.hardlyEverInfinite(4, tiles.outputLength())),
                weightGradient(channel, ", extreme inputs", seed,
                        () -> numbers.mixture(1, channel.inputLength(), 1, LARGE, i -> i / (channel.inputLength() / channel.channels())),
                        () -> numbers.uniform(4, channel.outputLength(), 1)),
                weightGradient(channel, ", extreme gradients", seed, () -> numbers.uniform(1, channel.inputLength(), 1),
                        () -> numbers.mixture(4, channel.outputLength(), 1, LARGE, i -> i / (channel.outputLength() / channel.filters()))));
    }

    private static double[] weights(ConvolutionShape s, Numbers numbers) {
        return numbers.uniform(2, s.weightLength(), 1);
    }

    /** By each algorithm that supports the shape, all held against the same reference. */
    private static Case forward(ConvolutionShape s, String values, int seed, Supplier<double[]> inputs, Supplier<double[]> filters) {
        return new Case("convolutionForward", s + values, seed, family -> {
            double[] input = inputs.get();
            double[] weights = filters.get();
            double[] bias = new Numbers(seed).uniform(3, s.filters(), 1);
            Once<double[]> expected = new Once<>(() -> ReluReference.forward(ConvolutionReference.forward(s, input, weights, bias)));
            Once<Tolerance> direct = new Once<>(() -> Tolerance.ofSum(s.channelsPerGroup() * s.size() * s.size(),
                    ConvolutionReference.forward(s, magnitudes(input), magnitudes(weights), magnitudes(bias))));
            return Case.Way.of(family.convolutionAlgorithms(), Pass.FORWARD, s, (algorithm, device) -> {
                Experiment experiment = new Experiment();
                var in = experiment.input(input);
                var w = experiment.input(weights);
                var b = experiment.input(bias);
                var out = experiment.output("output", expected.get(), algorithm.transform(Pass.FORWARD, s)
                        .map(transform -> Tolerance.of(WinogradReference.forward(transform, s, input, weights, bias).errors()))
                        .orElseGet(direct));
                experiment.workspace(algorithm.workspaceLength(Pass.FORWARD, s));
                return experiment.run(family, device, (_, builder, task) -> algorithm.forward(builder, task, s, true, in, w, b, out));
            });
        });
    }

    private static Case inputGradient(ConvolutionShape s, String values, int seed, Supplier<double[]> gradients) {
        return new Case("convolutionInputGradient", s + values, seed, family -> {
            double[] gradient = gradients.get();
            double[] weights = weights(s, new Numbers(seed));
            Once<double[]> expected = new Once<>(() -> ConvolutionReference.inputGradient(s, gradient, weights));
            Once<Tolerance> direct = new Once<>(() -> Tolerance.ofSum(s.filtersPerGroup() * s.size() * s.size(),
                    ConvolutionReference.inputGradient(s, magnitudes(gradient), magnitudes(weights))));
            return Case.Way.of(family.convolutionAlgorithms(), Pass.INPUT_GRADIENT, s, (algorithm, device) -> {
                Experiment experiment = new Experiment();
                var g = experiment.input(gradient);
                var w = experiment.input(weights);
                var out = experiment.output("input gradient", expected.get(), algorithm.transform(Pass.INPUT_GRADIENT, s)
                        .map(transform -> Tolerance.of(WinogradReference.inputGradient(transform, s, gradient, weights).errors()))
                        .orElseGet(direct));
                experiment.workspace(algorithm.workspaceLength(Pass.INPUT_GRADIENT, s));
                return experiment.run(family, device, (_, builder, task) -> algorithm.inputGradient(builder, task, s, g, w, out));
            });
        });
    }

    private static Case weightGradient(ConvolutionShape s, String values, int seed, Supplier<double[]> inputs, Supplier<double[]> gradients) {
        int terms = s.outputHeight() * s.outputWidth() * s.images();
        return new Case("convolutionWeightGradient", s + values, seed, family -> {
            double[] input = inputs.get();
            double[] gradient = gradients.get();
            Once<double[]> expected = new Once<>(() -> ConvolutionReference.weightGradient(s, input, gradient));
            Once<Tolerance> direct = new Once<>(
                    () -> Tolerance.ofSum(terms, ConvolutionReference.weightGradient(s, magnitudes(input), magnitudes(gradient))));
            return Case.Way.of(family.convolutionAlgorithms(), Pass.WEIGHT_GRADIENT, s, (algorithm, device) -> {
                Experiment experiment = new Experiment();
                var in = experiment.input(input);
                var g = experiment.input(gradient);
                var weights = experiment.output("weight gradient", expected.get(), algorithm.transform(Pass.WEIGHT_GRADIENT, s)
                        .map(transform -> Tolerance.of(WinogradReference.weightGradient(transform, s, input, gradient).errors()))
                        .orElseGet(direct));
                var bias = experiment.output("bias gradient", ConvolutionReference.biasGradient(s, gradient),
                        Tolerance.ofSum(terms, ConvolutionReference.biasGradient(s, magnitudes(gradient))));
                experiment.workspace(algorithm.workspaceLength(Pass.WEIGHT_GRADIENT, s));
                return experiment.run(family, device, (_, builder, task) -> algorithm.weightGradient(builder, task, s, in, g, weights, bias));
            });
        });
    }
}
