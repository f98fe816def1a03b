package alexnet.core.gradient;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import alexnet.core.group.Link;
import alexnet.core.group.ParameterTensor;
import alexnet.core.group.TwoGroupNetwork;
import alexnet.core.network.Architecture;
import alexnet.core.network.Initial;
import alexnet.core.network.Layer;
import alexnet.kernels.CounterRandom;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Checks the gradient of a whole network as the devices compute it: through every layer of all parts and every exchange,
 * against what the loss does when a single weight or bias is moved a little, {@code (L(w + h) - L(w - h)) / 2h}.
 *
 * <p>The network has every kind of layer and every meeting of AlexNet's groups, but is so small that most steps cross no
 * kink: where a unit is turned on or off or a pooling window takes another value between {@code w - h} and {@code w + h}, the
 * step is made smaller, and a weight that has no step without is excluded and counted.
 *
 * <p>How far the two may lie apart: the logits are single precision, so the loss has an error of some roundings of the
 * largest logit, {@link #ROUNDINGS}, which counts {@code 1 / h}-fold in the quotient; and the quotient is that of a curved
 * function, for which {@link #CURVATURE} is left. Steps are so long that the loss changes by up to 2^-6, where the first is
 * small against the gradient, and so short that no logit changes by more than 2^-4, where the loss is straight enough.
 */
public final class GradientCheck {

    private static final int IMAGES = 3;
    private static final int CLASSES = 5;
    /** Roundings of a sum in each of eleven layers, most of which cancel. */
    private static final int ROUNDINGS = 8;
    private static final double CURVATURE = 0.01;
    private static final double LOSS_CHANGE = 0x1p-6;
    private static final double LOGIT_CHANGE = 0x1p-4;
    private static final int SHORTER = 2;
    private static final int TRIES = 12;

    /**
     * What came out for one weight or bias tensor.
     *
     * @param parameter    {@code conv1.weight}
     * @param checked      elements that were compared, of all parts
     * @param kinks        elements that were not, because every step crossed a kink
     * @param largestError of those compared, relative to the element's gradient or the root mean square of its group's,
     *                     whichever is larger
     * @param share        the largest error as a share of what is allowed: above 1 is wrong
     * @param worst        the element with the largest share, in words
     */
    public record Result(String parameter, int checked, int kinks, double largestError, double share, String worst) {

        /** Whether all elements compared lie within what is allowed, and there are any. */
        public boolean passed() {
            return checked > 0 && share <= 1;
        }
    }

    private record Sample(double error, double share, String words) {
    }

    private final ProbedNetwork network;
    private final int samples;
    private final long seed;

    private GradientCheck(ProbedNetwork network, int samples, long seed) {
        this.network = network;
        this.samples = samples;
        this.seed = seed;
    }

    /**
     * Checks all weight and bias tensors.
     *
     * @param placements where the groups compute
     * @param samples    elements to check of each tensor and part
     * @param seed       of weights, images and the choice of elements
     * @param listener   gets each result as it is there
     * @return a result for each tensor, in the order of the layers
     */
    public static List<Result> run(List<TwoGroupNetwork.Placement> placements, int samples, long seed, Consumer<Result> listener) {
        return run(placements, Link.between(placements), samples, seed, listener);
    }

    /** The same with a link of one's choice. */
    static List<Result> run(List<TwoGroupNetwork.Placement> placements, Link link, int samples, long seed,
                            Consumer<Result> listener) {
        try (ProbedNetwork network = new ProbedNetwork(architecture(), IMAGES, placements, link, seed)) {
            GradientCheck check = new GradientCheck(network, samples, seed);
            network.backward();
            ProbedNetwork.Pass centre = network.forward();
            List<Result> results = new ArrayList<>();
            for (int tensor = 0; tensor < network.parameters().size(); tensor++) {
                results.add(check.tensor(tensor, centre));
                listener.accept(results.getLast());
            }
            return results;
        }
    }

    /**
     * AlexNet's chain of layers in miniature, with an odd number of classes, and every kind of layer that an architecture of the catalog
     * has: normalisation within a group and across the border, in front of pooling and behind it; dropout that scales in testing and in
     * training, behind fully connected layers and in front of the first. Start values are He's, but for conv2 and conv3: the maps in
     * front of both normalisations are of the size of grey levels, as in training, so that the sum of squares counts, and those behind
     * them of the size of one.
     */
    private static Architecture architecture() {
        return new Architecture("miniature", 2, 28, 25, List.of(
                new Layer.Convolution("conv1", 8, 7, 2, 1, Layer.Sees.BOTH_GROUPS, new Initial(0.14f, 100)),
                new Layer.Normalization("norm1", 5, 1e-4f, 0.75f, 2, Layer.Sees.BOTH_GROUPS),
                new Layer.MaxPool("pool1", 3, 2, false),
                new Layer.Convolution("conv2", 12, 5, 1, 2, Layer.Sees.OWN_GROUP, new Initial(0.4f, 100)),
                new Layer.MaxPool("pool2", 3, 1, false),
                new Layer.Normalization("norm2", 5, 1e-4f, 0.75f, 2, Layer.Sees.OWN_GROUP),
                new Layer.Convolution("conv3", 16, 3, 1, 1, Layer.Sees.BOTH_GROUPS, new Initial(0.005f, 1)),
                new Layer.Convolution("conv4", 16, 3, 1, 1, Layer.Sees.OWN_GROUP, new Initial(0.17f, 1)),
                new Layer.Convolution("conv5", 12, 3, 1, 1, Layer.Sees.OWN_GROUP, new Initial(0.17f, 1)),
                new Layer.MaxPool("pool5", 3, 2, false),
                new Layer.Dropout("drop5", 0.25f, true),
                new Layer.FullyConnected("fc6", 16, new Initial(0.3f, 1)),
                new Layer.Dropout("drop6", 0.5f, true),
                new Layer.FullyConnected("fc7", 16, new Initial(0.3f, 1)),
                new Layer.Dropout("drop7", 0.5f, false),
                new Layer.FullyConnected("fc8", CLASSES, new Initial(0.35f, 0))));
    }

    private Result tensor(int index, ProbedNetwork.Pass centre) {
        ParameterTensor tensor = network.parameters().get(index);
        List<Sample> compared = new ArrayList<>();
        int kinks = 0;
        for (int part = 0; part < tensor.parts().size(); part++) {
            FloatArray gradient = network.gradient(part, tensor.name());
            double[] analytic = IntStream.range(0, gradient.getSize()).mapToDouble(gradient::get).toArray();
            double rootMeanSquare = Math.sqrt(Arrays.stream(analytic).map(value -> value * value).average().orElseThrow());
            int key = CounterRandom.mix(CounterRandom.mix((int) seed, index), part);
            for (int element : elements(key, analytic.length)) {
                String name = String.format("element %d of part %d", element, part);
                Sample sample = compare(name, tensor.parts().get(part), element, analytic[element], rootMeanSquare, centre);
                if (sample == null) {
                    kinks++;
                } else {
                    compared.add(sample);
                }
            }
        }
        Sample worst = compared.stream().reduce(new Sample(0, 0, "none was compared"), (a, b) -> b.share >= a.share ? b : a);
        return new Result(tensor.name(), compared.size(), kinks, compared.stream().mapToDouble(Sample::error).max().orElse(0),
                worst.share, worst.words);
    }

    /** Different elements, all of them where there are not more than wanted. */
    private int[] elements(int key, int length) {
        return length <= samples ? IntStream.range(0, length).toArray()
                : IntStream.iterate(0, draw -> draw + 1).map(draw -> CounterRandom.below(length, key, 0, draw)).distinct().limit(samples).toArray();
    }

    /** Null where every step crosses a kink. */
    private Sample compare(String name, FloatArray part, int element, double analytic, double rootMeanSquare, ProbedNetwork.Pass centre) {
        float value = part.get(element);
        double length = LOSS_CHANGE / Math.max(Math.abs(analytic), rootMeanSquare);
        try {
            for (int attempt = 0; attempt < TRIES; attempt++, length /= SHORTER) {
                float above = (float) (value + length);
                float below = (float) (value - length);
                ProbedNetwork.Pass up = pass(part, element, above);
                ProbedNetwork.Pass down = pass(part, element, below);
                if (isSmooth(centre, up, down)) {
                    double width = (double) above - below;
                    return sample(name, (up.loss() - down.loss()) / width, analytic, rootMeanSquare, noise(up) / width);
                }
            }
            return null;
        } finally {
            part.set(element, value);
        }
    }

    private ProbedNetwork.Pass pass(FloatArray part, int element, float value) {
        part.set(element, value);
        return network.forward();
    }

    private static boolean isSmooth(ProbedNetwork.Pass centre, ProbedNetwork.Pass up, ProbedNetwork.Pass down) {
        double change = IntStream.range(0, up.logits().length).mapToDouble(i -> Math.abs(up.logits()[i] - down.logits()[i])).max().orElse(0);
        return change <= LOGIT_CHANGE && up.pattern().equals(centre.pattern()) && down.pattern().equals(centre.pattern());
    }

    /** The error of a difference of two losses. */
    private static double noise(ProbedNetwork.Pass pass) {
        double largest = Arrays.stream(pass.logits()).map(Math::abs).max().orElse(0);
        return 2 * ROUNDINGS * 0x1p-24 * Math.max(1, largest);
    }

    private static Sample sample(String name, double numeric, double analytic, double rootMeanSquare, double noise) {
        double difference = Math.abs(numeric - analytic);
        double larger = Math.max(Math.abs(numeric), Math.abs(analytic));
        double error = difference / Math.max(Math.max(larger, rootMeanSquare), Double.MIN_NORMAL);
        double share = difference / (CURVATURE * larger + noise);
        String words = String.format(Locale.ROOT, "%s: the devices' gradient is %.6g, the loss changes by %.6g", name, analytic, numeric);
        // A gradient that is not a number is as wrong as can be, and compares with nothing.
        return Double.isNaN(share) ? new Sample(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, words) : new Sample(error, share, words);
    }
}
