package alexnet.kernels.check;

import static alexnet.kernels.check.Numbers.magnitudes;
import static alexnet.kernels.check.Numbers.uniform;

import java.util.List;
import java.util.stream.Stream;

import alexnet.kernels.ConvolutionShape;
import alexnet.kernels.KernelFamily;
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
            // conv2 and conv4 as grouped convolutions, a batch that is no multiple of anything
            new ConvolutionShape(33, 6, 7, 5, 10, 5, 1, 2, 2),
            new ConvolutionShape(17, 8, 4, 5, 12, 3, 1, 1, 2),
            // conv3 sees both groups; the paper's batch
            new ConvolutionShape(128, 5, 3, 3, 4, 3, 1, 1, 1),
            // rows and columns that no filter reaches
            new ConvolutionShape(16, 2, 8, 9, 5, 2, 3, 0, 1),
            // a filter larger than the input
            new ConvolutionShape(2, 2, 2, 3, 3, 5, 1, 3, 1),
            // many groups of one channel
            new ConvolutionShape(20, 3, 4, 4, 3, 3, 2, 1, 3));

    private ConvolutionCases() {
    }

    static Stream<Case> all() {
        return SHAPES.stream().flatMap(s -> Stream.of(
                new Case("convolutionForward " + s, (family, device) -> forward(s, family, device)),
                new Case("convolutionInputGradient " + s, (family, device) -> inputGradient(s, family, device)),
                new Case("convolutionWeightGradient " + s, (family, device) -> weightGradient(s, family, device))));
    }

    private static List<Comparison> forward(ConvolutionShape s, KernelFamily family, TornadoDevice device) {
        double[] input = uniform(1, s.inputLength(), 1);
        double[] weights = uniform(2, s.weightLength(), 1);
        double[] bias = uniform(3, s.filters(), 1);
        double[] sums = ConvolutionReference.forward(s, input, weights, bias);
        double[] magnitudes = ConvolutionReference.forward(s, magnitudes(input), magnitudes(weights), magnitudes(bias));

        Experiment experiment = new Experiment();
        var in = experiment.input(input);
        var w = experiment.input(weights);
        var b = experiment.input(bias);
        var out = experiment.output("output", ReluReference.forward(sums), Tolerance.ofSum(sumLength(s), magnitudes));
        return experiment.run(family, device,
                (kernels, builder, task) -> kernels.convolutionForward(builder, task, s, in, w, b, out));
    }

    private static List<Comparison> inputGradient(ConvolutionShape s, KernelFamily family, TornadoDevice device) {
        double[] outputGradient = uniform(4, s.outputLength(), 1);
        double[] weights = uniform(2, s.weightLength(), 1);
        double[] expected = ConvolutionReference.inputGradient(s, outputGradient, weights);
        double[] magnitudes = ConvolutionReference.inputGradient(s, magnitudes(outputGradient), magnitudes(weights));

        Experiment experiment = new Experiment();
        var g = experiment.input(outputGradient);
        var w = experiment.input(weights);
        var out = experiment.output("input gradient", expected,
                Tolerance.ofSum(s.filtersPerGroup() * s.size() * s.size(), magnitudes));
        return experiment.run(family, device,
                (kernels, builder, task) -> kernels.convolutionInputGradient(builder, task, s, g, w, out));
    }

    private static List<Comparison> weightGradient(ConvolutionShape s, KernelFamily family, TornadoDevice device) {
        double[] input = uniform(1, s.inputLength(), 1);
        double[] outputGradient = uniform(4, s.outputLength(), 1);
        int terms = s.outputHeight() * s.outputWidth() * s.images();

        Experiment experiment = new Experiment();
        var in = experiment.input(input);
        var g = experiment.input(outputGradient);
        var weights = experiment.output("weight gradient", ConvolutionReference.weightGradient(s, input, outputGradient),
                Tolerance.ofSum(terms, ConvolutionReference.weightGradient(s, magnitudes(input), magnitudes(outputGradient))));
        var bias = experiment.output("bias gradient", ConvolutionReference.biasGradient(s, outputGradient),
                Tolerance.ofSum(terms, ConvolutionReference.biasGradient(s, magnitudes(outputGradient))));
        return experiment.run(family, device,
                (kernels, builder, task) -> kernels.convolutionWeightGradient(builder, task, s, in, g, weights, bias));
    }

    private static int sumLength(ConvolutionShape s) {
        return s.channelsPerGroup() * s.size() * s.size();
    }
}
