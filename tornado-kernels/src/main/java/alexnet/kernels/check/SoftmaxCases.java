package alexnet.kernels.check;

import static alexnet.kernels.check.Numbers.integers;
import static alexnet.kernels.check.Numbers.uniform;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import alexnet.kernels.Hyper;
import alexnet.kernels.KernelFamily;
import alexnet.kernels.reference.SoftmaxReference;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** Softmax and cross-entropy, with batches in which some places hold no image. */
final class SoftmaxCases {

    /** Twice an exponential, a logarithm and a division, within 4 units in the last place each in OpenCL, and the sums around. */
    private static final int ROUNDINGS = 20;

    /**
     * @param range the logits lie between this and its negative
     */
    private record Shape(int images, int classes, double range) {
    }

    private static final List<Shape> SHAPES = List.of(
            new Shape(1, 1, 1),
            new Shape(3, 9, 5),
            new Shape(33, 10, 5),
            new Shape(128, 101, 5),
            // exp of these logits overflows a float
            new Shape(17, 7, 300));

    private SoftmaxCases() {
    }

    static Stream<Case> all() {
        return SHAPES.stream().flatMap(s -> Stream.of(
                new Case("softmaxCrossEntropy " + s, (family, device) -> forward(s, family, device)),
                new Case("softmaxCrossEntropyGradient " + s, (family, device) -> gradient(s, family, device))));
    }

    private static List<Comparison> forward(Shape s, KernelFamily family, TornadoDevice device) {
        double[] logits = uniform(1, s.classes * s.images, s.range);
        int[] labels = integers(2, s.images, -1, s.classes);
        double[] probabilities = SoftmaxReference.probabilities(s.images, logits);
        double[] losses = SoftmaxReference.losses(s.images, logits, labels);
        // The exponent, up to twice the range, is rounded before the exponential and after the logarithm.
        double roundings = 2 * s.range + s.classes + ROUNDINGS;
        double[] lossSizes = Arrays.stream(losses).map(loss -> loss == 0 ? 0 : Math.max(1, loss)).toArray();

        Experiment experiment = new Experiment();
        var in = experiment.input(logits);
        var label = experiment.input(labels);
        var out = experiment.output("probabilities", probabilities, Tolerance.ofRoundings(roundings, probabilities));
        var loss = experiment.output("losses", losses, Tolerance.ofRoundings(roundings, lossSizes));
        return experiment.run(family, device, (kernels, builder, task) -> kernels.softmaxCrossEntropy(builder, task,
                s.images, s.classes, in, label, out, loss));
    }

    /** The gradient of the upper half of the classes, as the second group computes it. */
    private static List<Comparison> gradient(Shape s, KernelFamily family, TornadoDevice device) {
        int firstClass = s.classes / 2;
        int classes = s.classes - firstClass;
        double[] probabilities = Arrays.stream(SoftmaxReference.probabilities(s.images, uniform(1, s.classes * s.images, 5)))
                .map(probability -> (float) probability).toArray();
        int[] labels = integers(2, s.images, -1, s.classes);
        double[] hyper = new double[Hyper.LENGTH];
        hyper[Hyper.LOSS_SCALE] = 1f / s.images;
        double[] expected = Arrays.copyOfRange(
                SoftmaxReference.gradient(s.images, probabilities, labels, hyper[Hyper.LOSS_SCALE]),
                firstClass * s.images, s.classes * s.images);

        Experiment experiment = new Experiment();
        var in = experiment.input(probabilities);
        var label = experiment.input(labels);
        var numbers = experiment.input(hyper);
        var out = experiment.output("gradient", expected, Tolerance.ofRoundings(2, expected));
        return experiment.run(family, device, (kernels, builder, task) -> kernels.softmaxCrossEntropyGradient(builder, task,
                s.images, firstClass, classes, in, label, numbers, out));
    }
}
