package alexnet.kernels.check;

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
    /** The exponential of a number below its negative is no normal float. */
    private static final double LARGEST_EXPONENT = 88;
    private static final double LARGE = 1e30;

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
            // ImageNet's classes
            new Shape(2, 1000, 5),
            // exp of these logits overflows a float
            new Shape(17, 7, 300));

    private static final List<Shape> FULL = List.of(new Shape(128, 1000, 10), new Shape(127, 333, 20));

    /** Each kind of value in an image of its own. */
    private static final Shape BY_IMAGE = new Shape(19, 8, 5);

    private SoftmaxCases() {
    }

    static Stream<Case> of(int seed) {
        Shape s = BY_IMAGE;
        Numbers numbers = new Numbers(seed);
        return Stream.concat(SHAPES.stream().flatMap(shape -> ordinary(shape, seed)), Stream.of(
                new Case("softmaxCrossEntropy", s + ", extreme logits", seed, (family, device) ->
                        forward(s, numbers, numbers.mixture(1, s.classes * s.images, s.range, LARGE, i -> i % s.images), family, device)),
                new Case("softmaxCrossEntropyGradient", s + ", NaN probabilities", seed, (family, device) ->
                        gradient(s, numbers, SoftmaxReference.probabilities(s.images,
                                numbers.mixture(1, s.classes * s.images, s.range, LARGE, i -> i % s.images)), family, device))));
    }

    static Stream<Case> full(int seed) {
        return FULL.stream().flatMap(shape -> ordinary(shape, seed));
    }

    private static Stream<Case> ordinary(Shape s, int seed) {
        Numbers numbers = new Numbers(seed);
        return Stream.of(
                new Case("softmaxCrossEntropy", s.toString(), seed, (family, device) ->
                        forward(s, numbers, numbers.uniform(1, s.classes * s.images, s.range), family, device)),
                new Case("softmaxCrossEntropyGradient", s.toString(), seed, (family, device) ->
                        gradient(s, numbers, SoftmaxReference.probabilities(s.images, numbers.uniform(1, s.classes * s.images, s.range)),
                                family, device)));
    }

    private static List<Comparison> forward(Shape s, Numbers numbers, double[] logits, KernelFamily family, TornadoDevice device) {
        int[] labels = numbers.integers(2, s.images, -1, s.classes);
        double[] probabilities = SoftmaxReference.probabilities(s.images, logits);
        double[] losses = SoftmaxReference.losses(s.images, logits, labels);
        // The exponent, up to twice the range, is rounded before the exponential and after the logarithm.
        double roundings = Math.min(2 * s.range, LARGEST_EXPONENT) + s.classes + ROUNDINGS;
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
    private static List<Comparison> gradient(Shape s, Numbers numbers, double[] exactProbabilities, KernelFamily family,
                                             TornadoDevice device) {
        int firstClass = s.classes / 2;
        int classes = s.classes - firstClass;
        double[] probabilities = Arrays.stream(exactProbabilities).map(probability -> (float) probability).toArray();
        int[] labels = numbers.integers(2, s.images, -1, s.classes);
        double[] hyper = new double[Hyper.LENGTH];
        hyper[Hyper.LOSS_SCALE] = 1f / s.images;
        double[] expected = Arrays.copyOfRange(
                SoftmaxReference.gradient(s.images, probabilities, labels, hyper[Hyper.LOSS_SCALE]),
                firstClass * s.images, s.classes * s.images);

        Experiment experiment = new Experiment();
        var in = experiment.input(probabilities);
        var label = experiment.input(labels);
        var numbersOfStep = experiment.input(hyper);
        var out = experiment.output("gradient", expected, Tolerance.ofRoundings(2, expected));
        return experiment.run(family, device, (kernels, builder, task) -> kernels.softmaxCrossEntropyGradient(builder, task,
                s.images, firstClass, classes, in, label, numbersOfStep, out));
    }
}
