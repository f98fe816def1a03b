package alexnet.kernels.host;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import alexnet.kernels.AlgorithmChoice;
import alexnet.kernels.ConvolutionShape;
import alexnet.kernels.Pass;
import alexnet.kernels.reference.ConvolutionReference;
import alexnet.kernels.reference.ReluReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * How far the layers of one group of AlexNet are from double precision, by the definition and by minimal filtering: the root mean square
 * of the errors, in that of the results. Sums are as long as in the network; of the results, which are all alike, some are computed.
 */
class AlgorithmErrorsTest {

    private static final int FEW = 16;
    /** What minimal filtering loses: less than one and a half digits. */
    private static final double FACTOR = 30;

    @BeforeEach
    void onlyWhereArraysAreOnTheHeap() {
        assumeFalse(new FloatArray(1).getSegment().isNative(), "this runtime keeps arrays in native memory");
    }

    @ParameterizedTest
    @CsvSource({"conv1,3,224,48,11,4,2", "conv2,48,27,128,5,1,2", "conv3,256,13,192,3,1,1", "conv4,192,13,192,3,1,1", "conv5,192,13,128,3,1,1"})
    void minimalFilteringLosesLittle(String layer, int channels, int side, int filters, int size, int stride, int padding) {
        for (Pass pass : Pass.values()) {
            ConvolutionShape s = switch (pass) {
                case FORWARD -> new ConvolutionShape(FEW, channels, side, side, FEW, size, stride, padding, 1);
                case INPUT_GRADIENT -> new ConvolutionShape(FEW, FEW, side, side, filters, size, stride, padding, 1);
                case WEIGHT_GRADIENT -> new ConvolutionShape(128, Math.min(channels, 4), side, side, 4, size, stride, padding, 1);
            };
            HostKernels winograd = new HostKernels(1, AlgorithmChoice.WINOGRAD);
            if (winograd.convolution(pass, s).direct()) {
                continue;
            }
            double[] expected = expected(pass, s);
            double byDefinition = error(expected, TaskRun.of(new HostKernels(1, AlgorithmChoice.DIRECT), pass, s));
            double byFiltering = error(expected, TaskRun.of(winograd, pass, s));
            System.out.printf("%s %s: direct %.1e, winograd %.1e%n", layer, pass, byDefinition, byFiltering);
            assertTrue(byFiltering < FACTOR * byDefinition, layer + " " + pass + ": " + byFiltering + " and " + byDefinition);
            assertFalse(byFiltering == byDefinition, layer + " " + pass + " is computed alike by both");
        }
    }

    private static double[] expected(Pass pass, ConvolutionShape s) {
        double[] input = doubles(TaskRun.numbers(1, s.inputLength()));
        double[] weights = doubles(TaskRun.numbers(2, s.weightLength()));
        double[] output = doubles(TaskRun.numbers(4, s.outputLength()));
        return switch (pass) {
            case FORWARD -> ReluReference.forward(ConvolutionReference.forward(s, input, weights, doubles(TaskRun.numbers(3, s.filters()))));
            case INPUT_GRADIENT -> ConvolutionReference.inputGradient(s, output, weights);
            case WEIGHT_GRADIENT -> ConvolutionReference.weightGradient(s, input, output);
        };
    }

    private static double error(double[] expected, float[] actual) {
        double errors = IntStream.range(0, expected.length).mapToDouble(i -> Math.pow(actual[i] - expected[i], 2)).sum();
        double squares = IntStream.range(0, expected.length).mapToDouble(i -> expected[i] * expected[i]).sum();
        return Math.sqrt(errors / squares);
    }

    private static double[] doubles(FloatArray array) {
        return IntStream.range(0, array.getSize()).mapToDouble(array::get).toArray();
    }
}
