package alexnet.kernels.host.winograd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import alexnet.kernels.ConvolutionShape;
import alexnet.kernels.CounterRandom;
import alexnet.kernels.host.Lanes;
import alexnet.kernels.reference.ConvolutionReference;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Against the definition in double precision, loosely: how far results may be off is what the table of cases knows. */
class WinogradKernelsTest {

    private static final int V = Lanes.COUNT;
    private static final double TOLERANCE = 2e-5;

    /** Sizes 3 and 5 with every padding, tiles cut off by 1 to 4, batches that are no multiple of the vector, groups, panels that are not full. */
    static final List<ConvolutionShape> STRIDE_ONE = List.of(
            new ConvolutionShape(V, 1, 3, 3, 1, 3, 1, 0, 1),
            new ConvolutionShape(V + 3, 2, 7, 7, 3, 3, 1, 0, 1),
            new ConvolutionShape(2 * V, 4, 13, 13, 14, 3, 1, 1, 1),
            new ConvolutionShape(2 * V + 1, 6, 6, 9, 10, 3, 1, 1, 2),
            new ConvolutionShape(3 * V - 1, 3, 8, 5, 3, 3, 1, 2, 3),
            new ConvolutionShape(5 * V, 3, 4, 11, 25, 3, 1, 1, 1),
            new ConvolutionShape(V, 2, 5, 5, 2, 5, 1, 0, 1),
            new ConvolutionShape(V + 1, 4, 9, 7, 6, 5, 1, 2, 2),
            new ConvolutionShape(3 * V, 3, 10, 12, 13, 5, 1, 1, 1),
            new ConvolutionShape(V, 2, 2, 3, 3, 5, 1, 3, 1),
            new ConvolutionShape(V, 1, 1, 1, 1, 5, 1, 4, 1));
    /** The paper's first layer shrunk, and others whose phases have filters of 3 and of 5. */
    static final List<ConvolutionShape> STRIDED = List.of(
            new ConvolutionShape(V + 2, 3, 43, 30, 13, 11, 4, 2, 1),
            new ConvolutionShape(V, 2, 9, 12, 4, 5, 2, 2, 2),
            new ConvolutionShape(2 * V, 1, 12, 11, 2, 6, 2, 0, 1),
            new ConvolutionShape(V, 1, 30, 22, 2, 9, 2, 4, 1));

    @BeforeEach
    void onlyWhereArraysAreOnTheHeap() {
        assumeFalse(new FloatArray(1).getSegment().isNative(), "this runtime keeps arrays in native memory");
    }

    @ParameterizedTest
    @FieldSource({"STRIDE_ONE", "STRIDED"})
    void forwardIsTheConvolution(ConvolutionShape s) {
        double[] input = numbers(1, s.inputLength());
        double[] weights = numbers(2, s.weightLength());
        double[] bias = numbers(3, s.filters());
        double[] expected = ConvolutionReference.forward(s, input, weights, bias);
        assertNear(expected, forward(s, 1, false, input, weights, bias));
        double[] positive = Arrays.stream(expected).map(value -> Math.max(0, value)).toArray();
        assertNear(positive, forward(s, 1, true, input, weights, bias));
    }

    @ParameterizedTest
    @FieldSource("STRIDE_ONE")
    void inputGradientIsTheConvolutions(ConvolutionShape s) {
        double[] gradient = numbers(1, s.outputLength());
        double[] weights = numbers(2, s.weightLength());
        assertNear(ConvolutionReference.inputGradient(s, gradient, weights), inputGradient(s, 1, gradient, weights));
    }

    @ParameterizedTest
    @FieldSource({"STRIDE_ONE", "STRIDED"})
    void anyNumberOfWorkersGivesTheSameBits(ConvolutionShape s) {
        double[] input = numbers(1, s.inputLength());
        double[] gradient = numbers(1, s.outputLength());
        double[] weights = numbers(2, s.weightLength());
        double[] bias = numbers(3, s.filters());
        for (int workers : new int[] {2, 3, 16}) {
            assertArrayEquals(forward(s, 1, true, input, weights, bias), forward(s, workers, true, input, weights, bias));
            if (s.stride() == 1) {
                assertArrayEquals(inputGradient(s, 1, gradient, weights), inputGradient(s, workers, gradient, weights));
            }
        }
    }

    private static float[] forward(ConvolutionShape s, int workers, boolean relu, double[] input, double[] weights, double[] bias) {
        FloatArray output = filled(s.outputLength());
        FloatArray workspace = filled((int) new Tiling(s, false, workers).length());
        WinogradKernels.weights(s.images(), s.channels(), s.height(), s.width(), s.filters(), s.size(), s.stride(), s.padding(), s.groups(),
                false, workers, floats(weights), workspace);
        WinogradKernels.forward(s.images(), s.channels(), s.height(), s.width(), s.filters(), s.size(), s.stride(), s.padding(), s.groups(),
                workers, relu, floats(input), floats(bias), output, workspace);
        return output.toHeapArray();
    }

    private static float[] inputGradient(ConvolutionShape s, int workers, double[] gradient, double[] weights) {
        FloatArray inputGradient = filled(s.inputLength());
        FloatArray workspace = filled((int) new Tiling(s, true, workers).length());
        WinogradKernels.weights(s.images(), s.channels(), s.height(), s.width(), s.filters(), s.size(), s.stride(), s.padding(), s.groups(),
                true, workers, floats(weights), workspace);
        WinogradKernels.inputGradient(s.images(), s.channels(), s.height(), s.width(), s.filters(), s.size(), s.stride(), s.padding(),
                s.groups(), workers, floats(gradient), inputGradient, workspace);
        return inputGradient.toHeapArray();
    }

    private static void assertNear(double[] expected, float[] actual) {
        double scale = 1 + Arrays.stream(expected).map(Math::abs).max().orElse(0);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i], TOLERANCE * scale, "element " + i);
        }
    }

    private static FloatArray filled(int length) {
        FloatArray array = new FloatArray(length);
        array.init(Float.NaN);
        return array;
    }

    private static FloatArray floats(double[] values) {
        FloatArray array = new FloatArray(values.length);
        for (int i = 0; i < values.length; i++) {
            array.set(i, (float) values[i]);
        }
        return array;
    }

    private static double[] numbers(int seed, int length) {
        double[] numbers = new double[length];
        for (int i = 0; i < length; i++) {
            numbers[i] = CounterRandom.uniform(seed, 0, i) - 0.5f;
        }
        return numbers;
    }
}
