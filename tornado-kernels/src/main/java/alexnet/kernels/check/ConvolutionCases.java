package alexnet.kernels.check;

import static alexnet.kernels.check.Numbers.magnitudes;

import java.util.List;
import java.util.stream.Stream;

import alexnet.kernels.ConvolutionShape;
import alexnet.kernels.KernelFamily;
import alexnet.kernels.Pass;
import alexnet.kernels.reference.ConvolutionReference;
import alexnet.kernels.reference.ReluReference;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

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

    /** Kinds of values by image, and without padding by channel or filter. */
    private static final ConvolutionShape BY_IMAGE = new ConvolutionShape(19, 4, 5, 4, 6, 3, 1, 1, 2);
    private static final ConvolutionShape BY_CHANNEL = new ConvolutionShape(6, 9, 5, 4, 9, 3, 1, 0, 1);
    private static final double LARGE = 1e30;

    private ConvolutionCases() {
    }

    static Stream<Case> of(int seed) {
        return Stream.concat(SHAPES.stream().flatMap(s -> ordinary(s, seed)), extremes(new Numbers(seed)));
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
                new Case("convolutionForward", s.toString(), seed, (family, device) ->
                        forward(s, numbers, numbers.uniform(1, s.inputLength(), 1), family, device)),
                new Case("convolutionInputGradient", s.toString(), seed, (family, device) ->
                        inputGradient(s, numbers, numbers.uniform(4, s.outputLength(), 1), family, device)),
                new Case("convolutionWeightGradient", s.toString(), seed, (family, device) ->
                        weightGradient(s, numbers.uniform(1, s.inputLength(), 1), numbers.uniform(4, s.outputLength(), 1), family, device)));
    }

    private static Stream<Case> extremes(Numbers numbers) {
        ConvolutionShape image = BY_IMAGE;
        ConvolutionShape channel = BY_CHANNEL;
        double[] ordinaryInput = numbers.uniform(1, channel.inputLength(), 1);
        double[] ordinaryGradient = numbers.uniform(4, channel.outputLength(), 1);
        return Stream.of(
                new Case("convolutionForward", image + ", extreme inputs", numbers.seed(), (family, device) ->
                        forward(image, numbers, numbers.mixture(1, image.inputLength(), 1, LARGE, i -> i % image.images()), family, device)),
                new Case("convolutionInputGradient", image + ", extreme gradients", numbers.seed(), (family, device) ->
                        inputGradient(image, numbers, numbers.mixture(4, image.outputLength(), 1, LARGE, i -> i % image.images()),
                                family, device)),
                new Case("convolutionWeightGradient", channel + ", extreme inputs", numbers.seed(), (family, device) ->
                        weightGradient(channel, numbers.mixture(1, channel.inputLength(), 1, LARGE,
                                i -> i / (channel.inputLength() / channel.channels())), ordinaryGradient, family, device)),
                new Case("convolutionWeightGradient", channel + ", extreme gradients", numbers.seed(), (family, device) ->
                        weightGradient(channel, ordinaryInput, numbers.mixture(4, channel.outputLength(), 1, LARGE,
                                i -> i / (channel.outputLength() / channel.filters())), family, device)));
    }

    private static List<Comparison> forward(ConvolutionShape s, Numbers numbers, double[] input, KernelFamily family,
                                            TornadoDevice device) {
        double[] weights = numbers.uniform(2, s.weightLength(), 1);
        double[] bias = numbers.uniform(3, s.filters(), 1);
        double[] sums = ConvolutionReference.forward(s, input, weights, bias);
        double[] magnitudes = ConvolutionReference.forward(s, magnitudes(input), magnitudes(weights), magnitudes(bias));

        Experiment experiment = new Experiment();
        var in = experiment.input(input);
        var w = experiment.input(weights);
        var b = experiment.input(bias);
        var out = experiment.output("output", ReluReference.forward(sums),
                Tolerance.ofSum(s.channelsPerGroup() * s.size() * s.size(), magnitudes));
        experiment.workspace(family.convolution(Pass.FORWARD, s).workspaceLength(Pass.FORWARD, s));
        return experiment.run(family, device,
                (kernels, builder, task) -> kernels.convolutionForward(builder, task, s, in, w, b, out));
    }

    private static List<Comparison> inputGradient(ConvolutionShape s, Numbers numbers, double[] outputGradient,
                                                  KernelFamily family, TornadoDevice device) {
        double[] weights = numbers.uniform(2, s.weightLength(), 1);
        double[] expected = ConvolutionReference.inputGradient(s, outputGradient, weights);
        double[] magnitudes = ConvolutionReference.inputGradient(s, magnitudes(outputGradient), magnitudes(weights));

        Experiment experiment = new Experiment();
        var g = experiment.input(outputGradient);
        var w = experiment.input(weights);
        var out = experiment.output("input gradient", expected,
                Tolerance.ofSum(s.filtersPerGroup() * s.size() * s.size(), magnitudes));
        experiment.workspace(family.convolution(Pass.INPUT_GRADIENT, s).workspaceLength(Pass.INPUT_GRADIENT, s));
        return experiment.run(family, device,
                (kernels, builder, task) -> kernels.convolutionInputGradient(builder, task, s, g, w, out));
    }

    private static List<Comparison> weightGradient(ConvolutionShape s, double[] input, double[] outputGradient,
                                                   KernelFamily family, TornadoDevice device) {
        int terms = s.outputHeight() * s.outputWidth() * s.images();

        Experiment experiment = new Experiment();
        var in = experiment.input(input);
        var g = experiment.input(outputGradient);
        var weights = experiment.output("weight gradient", ConvolutionReference.weightGradient(s, input, outputGradient),
                Tolerance.ofSum(terms, ConvolutionReference.weightGradient(s, magnitudes(input), magnitudes(outputGradient))));
        var bias = experiment.output("bias gradient", ConvolutionReference.biasGradient(s, outputGradient),
                Tolerance.ofSum(terms, ConvolutionReference.biasGradient(s, magnitudes(outputGradient))));
        experiment.workspace(family.convolution(Pass.WEIGHT_GRADIENT, s).workspaceLength(Pass.WEIGHT_GRADIENT, s));
        return experiment.run(family, device,
                (kernels, builder, task) -> kernels.convolutionWeightGradient(builder, task, s, in, g, weights, bias));
    }
}
