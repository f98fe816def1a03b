package alexnet.kernels.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import alexnet.kernels.ConvolutionShape;
import alexnet.kernels.WinogradTransform;
import alexnet.kernels.reference.ConvolutionReference;
import alexnet.kernels.reference.RoundingErrors;
import alexnet.kernels.reference.WinogradReference;

/** The tolerance of minimal filtering holds for floats, and lets no mistake through. */
class WinogradToleranceTest {

    /** The largest error as a share of the tolerance is above this: a looser tolerance were one by guess. */
    private static final double LOOSEST = 0.005;

    /** images, channels, height, width, filters, size, stride, padding, groups, and the transform's filter */
    @ParameterizedTest
    @CsvSource({"1,1,3,3,1,3,1,1,1,3", "2,3,13,11,4,3,1,1,1,3", "3,4,9,8,6,3,1,0,2,3", "2,3,9,14,2,5,1,2,1,5", "1,2,7,6,2,5,1,4,1,5",
        "2,3,23,24,4,11,4,2,1,3", "1,2,12,19,2,9,4,0,1,3", "1,2,12,19,2,7,4,6,2,3", "1,2,11,13,2,9,2,3,1,5", "1,2,11,13,2,5,2,1,1,3",
        "1,1,6,5,1,2,1,1,1,3", "1,1,6,5,1,1,1,0,1,5"})
    void theReferenceComputesConvolutions(int images, int channels, int height, int width, int filters, int size, int stride, int padding,
                                          int groups, int taps) {
        ConvolutionShape s = new ConvolutionShape(images, channels, height, width, filters, size, stride, padding, groups);
        WinogradTransform transform = WinogradTransform.ofSeven(taps);
        Numbers numbers = new Numbers(1);
        double[] input = numbers.uniform(1, s.inputLength(), 1);
        double[] weights = numbers.uniform(2, s.weightLength(), 1);
        double[] bias = numbers.uniform(3, s.filters(), 1);
        double[] gradient = numbers.uniform(4, s.outputLength(), 1);
        assertClose(ConvolutionReference.forward(s, input, weights, bias), WinogradReference.forward(transform, s, input, weights, bias));
        if (s.stride() == 1) {
            assertClose(ConvolutionReference.inputGradient(s, gradient, weights),
                    WinogradReference.inputGradient(transform, s, gradient, weights));
        }
        assertClose(ConvolutionReference.weightGradient(s, input, gradient),
                WinogradReference.weightGradient(transform.exchanged(), s, input, gradient));
    }

    private static void assertClose(double[] expected, WinogradReference.Result result) {
        Tolerance tolerance = Tolerance.of(result.errors());
        assertEquals(expected.length, result.values().length);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], result.values()[i], 1e-11);
            // A double's roundings are smaller by 2^-29.
            assertTrue(Math.abs(expected[i] - result.values()[i]) <= 0x1p-29 * tolerance.at(i) + 1e-15);
        }
    }

    /** Channels: as few as there are, and as many as the paper has; the tolerance holds, and is within two orders of the errors. */
    @ParameterizedTest
    @CsvSource({"1,3", "48,3", "256,3", "1,5", "48,5"})
    void holdsForAKernelOfFloats(int channels, int size) {
        WinogradTransform transform = WinogradTransform.ofSeven(size);
        ConvolutionShape s = new ConvolutionShape(4, channels, 13, 13, 6, size, 1, size / 2, 1);
        Numbers numbers = new Numbers(channels);
        double[] input = numbers.uniform(1, s.inputLength(), 1);
        double[] weights = numbers.uniform(2, s.weightLength(), 1);
        double[] bias = numbers.uniform(3, s.filters(), 1);
        double[] gradient = numbers.uniform(4, s.outputLength(), 1);
        check("forward", FloatWinograd.forward(transform, s, input, weights, bias), ConvolutionReference.forward(s, input, weights, bias),
                WinogradReference.forward(transform, s, input, weights, bias));
        check("gradient", FloatWinograd.weightGradient(transform.exchanged(), s, input, gradient),
                ConvolutionReference.weightGradient(s, input, gradient),
                WinogradReference.weightGradient(transform.exchanged(), s, input, gradient));
    }

    private static void check(String array, float[] actual, double[] expected, WinogradReference.Result bound) {
        Comparison comparison = Comparison.of(array, expected, i -> actual[i], Tolerance.of(bound.errors()));
        assertTrue(comparison.passed(), comparison::toString);
        assertTrue(comparison.share() > LOOSEST, comparison::toString);
    }

    /** One product of a weight and a pixel is a quarter on average. */
    @Test
    void showsAMissingTermOfThousands() {
        ConvolutionShape s = new ConvolutionShape(1, 256, 13, 13, 2, 3, 1, 1, 1);
        Tolerance tolerance = Tolerance.of(forward(WinogradTransform.ofSeven(3), s).errors());
        for (int i = 0; i < s.outputLength(); i++) {
            assertTrue(tolerance.at(i) < 0.25 / 2, "element " + i + " within " + tolerance.at(i));
        }
    }

    /** A product of one channel at one point is of a size, on average, that one of the results of its tile shows that it is missing. */
    @ParameterizedTest
    @ValueSource(ints = {3, 5})
    void showsAMissingProductAtEachPoint(int size) {
        WinogradTransform transform = WinogradTransform.ofSeven(size);
        ConvolutionShape s = new ConvolutionShape(1, 96, transform.tile(), transform.tile(), 1, size, 1, 0, 1);
        Tolerance tolerance = Tolerance.of(forward(transform, s).errors());
        double[] products = new double[transform.tile() * transform.tile()];
        for (int c = 0; c < s.channels(); c++) {
            float[] u = FloatWinograd.both(transform.filter(), FloatWinograd.window(weights(s), c, size, size, 1, 0, 0, 0, size));
            float[] v = FloatWinograd.both(transform.input(), FloatWinograd.window(input(s), c, s.height(), s.width(), 1, 0, 0, 0, s.height()));
            for (int point = 0; point < products.length; point++) {
                products[point] += Math.abs(u[point] * v[point]) / s.channels();
            }
        }
        double[][] back = transform.output();
        for (int point = 0; point < products.length; point++) {
            boolean shows = false;
            for (int i = 0; i < s.outputLength(); i++) {
                double factor = back[i / transform.outputs()][point / transform.tile()]
                        * back[i % transform.outputs()][point % transform.tile()];
                shows |= Math.abs(factor) * products[point] > tolerance.at(i);
            }
            assertTrue(shows, "point " + point + ": " + products[point]);
        }
    }

    /** In one image of 32, the tile in the corner. */
    @Test
    void showsAMissingTileOfAWeightGradient() {
        ConvolutionShape s = new ConvolutionShape(32, 2, 13, 13, 2, 3, 1, 1, 1);
        Numbers numbers = new Numbers(1);
        double[] input = input(s);
        double[] gradient = numbers.uniform(4, s.outputLength(), 1);
        WinogradTransform transform = WinogradTransform.ofSeven(3).exchanged();
        Tolerance tolerance = Tolerance.of(WinogradReference.weightGradient(transform, s, input, gradient).errors());
        double[] whole = ConvolutionReference.weightGradient(s, input, gradient);
        for (int pixel = 0; pixel < s.outputHeight() * s.outputWidth(); pixel++) {
            if (pixel / s.outputWidth() >= 10 && pixel % s.outputWidth() >= 10) {
                gradient[pixel * s.images()] = 0;
            }
        }
        double[] part = ConvolutionReference.weightGradient(s, input, gradient);
        Comparison comparison = Comparison.of("gradient", whole, i -> part[i], tolerance);
        // The weights of one filter, but for some that hardly change.
        assertTrue(comparison.wrong() > s.weightLength() / 2 - 4, comparison::toString);
    }

    /** A pixel that is not finite may reach its tile in its image, a weight its filter, and nothing else. */
    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void whatIsNotFiniteMaySpreadOverItsTile(double value) {
        ConvolutionShape s = new ConvolutionShape(2, 2, 13, 13, 3, 3, 1, 1, 1);
        WinogradTransform transform = WinogradTransform.ofSeven(3);
        double[] input = input(s);
        double[] weights = weights(s);
        // In row 5 of the second image, which the first row of tiles sees and the second.
        input[(5 * s.width() + 2) * s.images() + 1] = value;
        double[] bias = new double[s.filters()];
        Tolerance tolerance = Tolerance.of(WinogradReference.forward(transform, s, input, weights, bias).errors());
        for (int i = 0; i < s.outputLength(); i++) {
            int pixel = i / s.images() % (s.outputHeight() * s.outputWidth());
            int row = pixel / s.outputWidth();
            boolean seen = row < 10 && pixel % s.outputWidth() < 5;
            assertEquals(i % s.images() == 1 && seen, tolerance.undefined(i), "element " + i);
            assertTrue(Double.isFinite(tolerance.at(i)));
        }
        weights[s.weightLength() - 1] = value;
        tolerance = Tolerance.of(WinogradReference.forward(transform, s, input(s), weights, bias).errors());
        for (int i = 0; i < s.outputLength(); i++) {
            assertEquals(i >= s.outputLength() / 3 * 2, tolerance.undefined(i), "element " + i);
        }
    }

    @Test
    void whereATileIsUndefinedAResultIsRightOrNotFinite() {
        RoundingErrors errors = new RoundingErrors(new double[1], new double[1], new double[1], new boolean[] {true});
        Tolerance tolerance = Tolerance.of(errors);
        assertTrue(Comparison.of("output", new double[] {2}, _ -> Double.NaN, tolerance).passed());
        assertTrue(Comparison.of("output", new double[] {2}, _ -> 2, tolerance).passed());
        assertFalse(Comparison.of("output", new double[] {2}, _ -> 3, tolerance).passed());
        assertFalse(Comparison.of("output", new double[] {Double.NaN}, _ -> 2, tolerance).passed());
        assertTrue(Comparison.of("output", new double[] {Double.POSITIVE_INFINITY}, _ -> Double.NaN, tolerance).passed());
    }

    private static double[] input(ConvolutionShape s) {
        return new Numbers(1).uniform(1, s.inputLength(), 1);
    }

    private static double[] weights(ConvolutionShape s) {
        return new Numbers(1).uniform(2, s.weightLength(), 1);
    }

    private static WinogradReference.Result forward(WinogradTransform transform, ConvolutionShape s) {
        return WinogradReference.forward(transform, s, input(s), weights(s), new double[s.filters()]);
    }
}
