package alexnet.kernels.check;

import static alexnet.kernels.check.Numbers.magnitudes;
import static alexnet.kernels.check.Numbers.uniform;

import java.util.List;
import java.util.stream.Stream;

import alexnet.kernels.FullyConnectedShape;
import alexnet.kernels.KernelFamily;
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
            new FullyConnectedShape(16, 1000, 3));

    private FullyConnectedCases() {
    }

    static Stream<Case> all() {
        return Stream.concat(
                SHAPES.stream().flatMap(s -> Stream.of(
                        new Case("fullyConnectedForward " + s,
                                (family, device) -> forward(s, false, uniform(1, s.inputLength(), 1), family, device)),
                        new Case("fullyConnectedForward relu " + s,
                                (family, device) -> forward(s, true, uniform(1, s.inputLength(), 1), family, device)),
                        new Case("fullyConnectedInputGradient " + s, (family, device) -> inputGradient(s, family, device)),
                        new Case("fullyConnectedWeightGradient " + s, (family, device) -> weightGradient(s, family, device)))),
                Stream.of(new Case("fullyConnectedForward relu, NaN stays NaN", FullyConnectedCases::forwardOfNaN)));
    }

    /** One image of the batch has a NaN among its inputs: all its outputs and no others are NaN. */
    private static List<Comparison> forwardOfNaN(KernelFamily family, TornadoDevice device) {
        FullyConnectedShape s = new FullyConnectedShape(19, 6, 5);
        double[] input = uniform(1, s.inputLength(), 1);
        input[2 * s.images() + 7] = Double.NaN;
        return forward(s, true, input, family, device);
    }

    private static List<Comparison> forward(FullyConnectedShape s, boolean relu, double[] input, KernelFamily family,
                                            TornadoDevice device) {
        double[] weights = uniform(2, s.weightLength(), 1);
        double[] bias = uniform(3, s.units(), 1);
        double[] sums = FullyConnectedReference.forward(s, input, weights, bias);
        double[] magnitudes = FullyConnectedReference.forward(s, magnitudes(input), magnitudes(weights), magnitudes(bias));

        Experiment experiment = new Experiment();
        var in = experiment.input(input);
        var w = experiment.input(weights);
        var b = experiment.input(bias);
        var out = experiment.output("output", relu ? ReluReference.forward(sums) : sums, Tolerance.ofSum(s.inputs(), magnitudes));
        return experiment.run(family, device,
                (kernels, builder, task) -> kernels.fullyConnectedForward(builder, task, s, relu, in, w, b, out));
    }

    private static List<Comparison> inputGradient(FullyConnectedShape s, KernelFamily family, TornadoDevice device) {
        double[] outputGradient = uniform(4, s.outputLength(), 1);
        double[] weights = uniform(2, s.weightLength(), 1);

        Experiment experiment = new Experiment();
        var g = experiment.input(outputGradient);
        var w = experiment.input(weights);
        var out = experiment.output("input gradient", FullyConnectedReference.inputGradient(s, outputGradient, weights),
                Tolerance.ofSum(s.units(),
                        FullyConnectedReference.inputGradient(s, magnitudes(outputGradient), magnitudes(weights))));
        return experiment.run(family, device,
                (kernels, builder, task) -> kernels.fullyConnectedInputGradient(builder, task, s, g, w, out));
    }

    private static List<Comparison> weightGradient(FullyConnectedShape s, KernelFamily family, TornadoDevice device) {
        double[] input = uniform(1, s.inputLength(), 1);
        double[] outputGradient = uniform(4, s.outputLength(), 1);

        Experiment experiment = new Experiment();
        var in = experiment.input(input);
        var g = experiment.input(outputGradient);
        var weights = experiment.output("weight gradient", FullyConnectedReference.weightGradient(s, input, outputGradient),
                Tolerance.ofSum(s.images(),
                        FullyConnectedReference.weightGradient(s, magnitudes(input), magnitudes(outputGradient))));
        var bias = experiment.output("bias gradient", FullyConnectedReference.biasGradient(s, outputGradient),
                Tolerance.ofSum(s.images(), FullyConnectedReference.biasGradient(s, magnitudes(outputGradient))));
        return experiment.run(family, device,
                (kernels, builder, task) -> kernels.fullyConnectedWeightGradient(builder, task, s, in, g, weights, bias));
    }
}
