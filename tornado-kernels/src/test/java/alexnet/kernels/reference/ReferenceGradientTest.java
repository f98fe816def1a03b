package alexnet.kernels.reference;

import static alexnet.kernels.reference.FiniteDifferences.STEP;
import static alexnet.kernels.reference.FiniteDifferences.check;
import static alexnet.kernels.reference.FiniteDifferences.product;
import static alexnet.kernels.reference.FiniteDifferences.uniform;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import alexnet.kernels.ConvolutionShape;
import alexnet.kernels.CounterRandom;
import alexnet.kernels.FullyConnectedShape;
import alexnet.kernels.NormalizationShape;
import alexnet.kernels.PoolingShape;

/** The references' gradients against finite differences of their forward passes; kinks are left out and counted. */
class ReferenceGradientTest {

    static List<ConvolutionShape> convolutions() {
        return List.of(
                new ConvolutionShape(1, 1, 4, 4, 1, 3, 1, 1, 1),
                new ConvolutionShape(2, 3, 9, 8, 2, 5, 4, 2, 1),
                new ConvolutionShape(3, 4, 3, 5, 6, 3, 1, 1, 2),
                new ConvolutionShape(1, 2, 6, 5, 3, 2, 3, 0, 1));
    }

    @ParameterizedTest
    @MethodSource("convolutions")
    void convolution(ConvolutionShape s) {
        double[] input = uniform(1, s.inputLength(), 1);
        double[] weights = uniform(2, s.weightLength(), 1);
        double[] bias = uniform(3, s.filters(), 1);
        double[] g = uniform(4, s.outputLength(), 1);
        check(input, ConvolutionReference.inputGradient(s, g, weights),
                x -> product(ConvolutionReference.forward(s, x, weights, bias), g));
        check(weights, ConvolutionReference.weightGradient(s, input, g),
                w -> product(ConvolutionReference.forward(s, input, w, bias), g));
        check(bias, ConvolutionReference.biasGradient(s, g),
                b -> product(ConvolutionReference.forward(s, input, weights, b), g));
    }

    @Test
    void groupedConvolutionIsOneConvolutionForEachGroup() {
        ConvolutionShape both = new ConvolutionShape(2, 6, 5, 4, 4, 3, 1, 1, 2);
        ConvolutionShape one = new ConvolutionShape(2, 3, 5, 4, 2, 3, 1, 1, 1);
        double[] input = uniform(1, both.inputLength(), 1);
        double[] weights = uniform(2, both.weightLength(), 1);
        double[] bias = uniform(3, both.filters(), 1);
        double[] halves = IntStream.range(0, 2).boxed().flatMapToDouble(group -> Arrays.stream(ConvolutionReference.forward(one,
                part(input, group), part(weights, group), part(bias, group)))).toArray();
        assertArrayEquals(halves, ConvolutionReference.forward(both, input, weights, bias), 1e-12);
    }

    private static double[] part(double[] values, int half) {
        return Arrays.copyOfRange(values, half * values.length / 2, (half + 1) * values.length / 2);
    }

    @Test
    void fullyConnected() {
        FullyConnectedShape s = new FullyConnectedShape(3, 7, 5);
        double[] input = uniform(1, s.inputLength(), 1);
        double[] weights = uniform(2, s.weightLength(), 1);
        double[] bias = uniform(3, s.units(), 1);
        double[] g = uniform(4, s.outputLength(), 1);
        check(input, FullyConnectedReference.inputGradient(s, g, weights),
                x -> product(FullyConnectedReference.forward(s, x, weights, bias), g));
        check(weights, FullyConnectedReference.weightGradient(s, input, g),
                w -> product(FullyConnectedReference.forward(s, input, w, bias), g));
        check(bias, FullyConnectedReference.biasGradient(s, g),
                b -> product(FullyConnectedReference.forward(s, input, weights, b), g));
    }

    @Test
    void reluButAtZero() {
        double[] values = uniform(1, 100, 1);
        values[3] = 0;
        values[50] = STEP / 2;
        double[] g = uniform(2, 100, 1);
        int kinks = check(values, ReluReference.gradient(ReluReference.forward(values), g),
                x -> product(ReluReference.forward(x), g), i -> Math.abs(values[i]) <= STEP);
        assertEquals(2, kinks);
    }

    static List<PoolingShape> poolings() {
        return List.of(
                new PoolingShape(2, 2, 5, 7, 3, 2, false),
                new PoolingShape(1, 2, 6, 6, 3, 2, true),
                new PoolingShape(1, 1, 8, 9, 2, 3, true));
    }

    @ParameterizedTest
    @MethodSource("poolings")
    void maxPoolingButAtTies(PoolingShape s) {
        double[] input = uniform(1, s.inputLength(), 1);
        // The two largest of the first window, image 0: both are at a kink.
        input[0] = 2;
        input[s.images()] = 2;
        double[] g = uniform(2, s.outputLength(), 1);
        int[] winners = PoolingReference.winners(s, input);
        int kinks = check(input, PoolingReference.inputGradient(s, g, winners),
                x -> product(PoolingReference.forward(s, x, PoolingReference.winners(s, x)), g),
                i -> winnersChange(s, input, winners, i));
        assertEquals(2, kinks);
    }

    /** Whether a step of one input makes another win: its own kink, or that of an equal one. */
    private static boolean winnersChange(PoolingShape s, double[] input, int[] winners, int i) {
        boolean changes = false;
        double value = input[i];
        for (double step : new double[] {-STEP, STEP}) {
            input[i] = value + step;
            changes |= !Arrays.equals(winners, PoolingReference.winners(s, input));
        }
        input[i] = value;
        return changes;
    }

    static List<NormalizationShape> normalizations() {
        return List.of(
                new NormalizationShape(2, 7, 2, 1, 5, 1e-4f, 0.75f, 2),
                new NormalizationShape(1, 3, 2, 2, 5, 1, 0.75f, 2),
                new NormalizationShape(3, 6, 1, 1, 3, 0.5f, 0.6f, 1).dividedBySize(),
                new NormalizationShape(2, 7, 1, 2, 5, 1, 0.75f, 2, 2, 3),
                new NormalizationShape(1, 9, 2, 1, 3, 0.5f, 0.6f, 1, 4, 2),
                new NormalizationShape(2, 8, 1, 2, 5, 1, 0.75f, 2, 0, 8, 2));
    }

    @Test
    void normalizationOfGroupsIsThatOfEachAlone() {
        NormalizationShape whole = new NormalizationShape(2, 8, 2, 1, 5, 1, 0.75f, 2, 0, 8, 2);
        NormalizationShape group = new NormalizationShape(2, 4, 2, 1, 5, 1, 0.75f, 2);
        double[] input = uniform(1, whole.inputLength(), 2);
        double[] g = uniform(2, whole.outputLength(), 1);
        double[] gradient = NormalizationReference.inputGradient(whole, input, NormalizationReference.scales(whole, input), g);
        for (int from = 0; from < input.length; from += group.inputLength()) {
            double[] own = Arrays.copyOfRange(input, from, from + group.inputLength());
            double[] ofOwn = Arrays.copyOfRange(g, from, from + group.inputLength());
            assertArrayEquals(NormalizationReference.inputGradient(group, own, NormalizationReference.scales(group, own), ofOwn),
                    Arrays.copyOfRange(gradient, from, from + group.inputLength()));
        }
    }

    @ParameterizedTest
    @MethodSource("normalizations")
    void normalization(NormalizationShape s) {
        double[] input = uniform(1, s.inputLength(), 2);
        double[] g = uniform(2, s.outputLength(), 1);
        check(input, NormalizationReference.inputGradient(s, input, NormalizationReference.scales(s, input), g),
                x -> product(NormalizationReference.forward(s, x, NormalizationReference.scales(s, x)), g));
    }

    @Test
    void normalizationOfEveryChannelIsThatOfItsParts() {
        NormalizationShape whole = new NormalizationShape(2, 8, 2, 1, 5, 1, 0.75f, 2);
        NormalizationShape lower = new NormalizationShape(2, 5, 2, 1, 5, 1, 0.75f, 2, 0, 3);
        NormalizationShape upper = new NormalizationShape(2, 7, 2, 1, 5, 1, 0.75f, 2, 2, 5);
        double[] input = uniform(1, whole.inputLength(), 2);
        double[] g = uniform(2, whole.outputLength(), 1);
        double[] scales = NormalizationReference.scales(whole, input);
        double[] gradient = new double[whole.inputLength()];
        for (NormalizationShape part : List.of(lower, upper)) {
            int from = part == lower ? 0 : whole.places();
            double[] seen = Arrays.copyOfRange(input, from, from + part.inputLength());
            double[] own = NormalizationReference.scales(part, seen);
            int at = from + part.first() * part.places();
            assertArrayEquals(Arrays.copyOfRange(scales, at, at + part.outputLength()), own);
            double[] share = NormalizationReference.inputGradient(part, seen, own, Arrays.copyOfRange(g, at, at + part.outputLength()));
            Arrays.setAll(share, i -> gradient[from + i] += share[i]);
        }
        assertArrayEquals(NormalizationReference.inputGradient(whole, input, scales, g), gradient, 1e-15);
    }

    @Test
    void softmaxCrossEntropy() {
        int images = 4;
        double[] logits = uniform(1, 5 * images, 3);
        int[] labels = {2, -1, 0, 4};
        double scale = 0.25;
        check(logits, SoftmaxReference.gradient(images, SoftmaxReference.probabilities(images, logits), labels, scale),
                x -> scale * Arrays.stream(SoftmaxReference.losses(images, x, labels)).sum());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void dropoutIsLinearWithTheKeptUnitsAsItsGradient(boolean inverted) {
        int[] keys = {7, 8, 9};
        double[] values = uniform(1, 3 * 20, 1);
        double[] g = uniform(2, 3 * 20, 1);
        check(values, DropoutReference.train(3, 5, CounterRandom.DROPOUT, 0.4f, inverted, keys, g),
                x -> product(DropoutReference.train(3, 5, CounterRandom.DROPOUT, 0.4f, inverted, keys, x), g));
    }

    @Test
    void descentFollowsTheGradientOfTheLossWithAPenaltyOnTheSquaredWeights() {
        double rate = 0.01;
        double decay = 0.0005;
        double[] weights = uniform(1, 20, 1);
        double[] curvature = uniform(2, 20, 1);
        double[] gradient = IntStream.range(0, 20).mapToDouble(i -> 3 * curvature[i] * weights[i] * weights[i]).toArray();
        double[] steps = SgdReference.momenta(rate, 0.9, decay, gradient, new double[20], weights);
        check(weights, Arrays.stream(steps).map(step -> -step / rate).toArray(), w -> IntStream.range(0, 20)
                .mapToDouble(i -> curvature[i] * w[i] * w[i] * w[i] + decay / 2 * w[i] * w[i]).sum());
    }
}
