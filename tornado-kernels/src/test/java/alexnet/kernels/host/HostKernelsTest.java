package alexnet.kernels.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import alexnet.kernels.ConvolutionShape;
import alexnet.kernels.CounterRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** That the kernels compute what they should is tested with all families; here, that it never depends on the blocks. */
class HostKernelsTest {

    private static final ConvolutionShape SHAPE = new ConvolutionShape(19, 6, 13, 11, 10, 3, 1, 1, 2);

    @BeforeEach
    void onlyWhereArraysAreOnTheHeap() {
        assumeFalse(new FloatArray(1).getSegment().isNative(), "this runtime keeps arrays in native memory");
    }

    @ParameterizedTest(name = "{0} parts")
    @ValueSource(ints = {2, 5, 11})
    void aRowInPartsGivesTheSameBits(int parts) {
        assertArrayEquals(forward(1), forward(parts));
        assertArrayEquals(inputGradient(1), inputGradient(parts));
    }

    @ParameterizedTest(name = "{0} parts")
    @ValueSource(ints = {2, 3, 5})
    void filtersInPartsGiveTheSameBits(int parts) {
        assertArrayEquals(forwardOfFewImages(1), forwardOfFewImages(parts));
    }

    @Test
    void aWindowInPartsGivesTheSameBits() {
        assertArrayEquals(weightGradient(1), weightGradient(SHAPE.size()));
    }

    @Test
    void blocksAreCutOnlyWhereThereAreFewerThanTheThreadsWant() {
        assertEquals(1, Blocks.parts(8, 1_000_000, 7));
        assertEquals(2, Blocks.parts(8, 1, 2));
        assertEquals(1, Blocks.parts(1, 1, 2));
    }

    private static float[] forward(int rowParts) {
        ConvolutionShape s = SHAPE;
        FloatArray output = new FloatArray(s.outputLength());
        ConvolutionKernels.forward(s.images(), s.channels(), s.height(), s.width(), s.filters(), s.size(), s.stride(),
                s.padding(), s.groups(), s.outputHeight(), s.outputWidth(), rowParts, true, numbers(1, s.inputLength()),
                numbers(2, s.weightLength()), numbers(3, s.filters()), output);
        return output.toHeapArray();
    }

    private static float[] forwardOfFewImages(int filterParts) {
        ConvolutionShape s = new ConvolutionShape(1, 6, 13, 11, 10, 3, 2, 1, 2);
        FloatArray output = new FloatArray(s.outputLength());
        FewImagesKernels.convolutionForward(s.images(), s.channels(), s.height(), s.width(), s.filters(), s.size(), s.stride(),
                s.padding(), s.groups(), s.outputHeight(), s.outputWidth(), filterParts, true, numbers(1, s.inputLength()),
                numbers(2, s.weightLength()), numbers(3, s.filters()), output);
        return output.toHeapArray();
    }

    private static float[] inputGradient(int rowParts) {
        ConvolutionShape s = SHAPE;
        FloatArray gradient = new FloatArray(s.inputLength());
        ConvolutionKernels.inputGradient(s.images(), s.channels(), s.height(), s.width(), s.filters(), s.size(), s.stride(),
                s.padding(), s.groups(), s.outputHeight(), s.outputWidth(), rowParts, numbers(1, s.outputLength()),
                numbers(2, s.weightLength()), gradient);
        return gradient.toHeapArray();
    }

    private static float[] weightGradient(int rowParts) {
        ConvolutionShape s = SHAPE;
        FloatArray gradient = new FloatArray(s.weightLength());
        WeightGradientKernels.gradient(s.images(), s.channels(), s.height(), s.width(), s.filters(), s.size(), s.stride(),
                s.padding(), s.groups(), s.outputHeight(), s.outputWidth(), WeightGradientKernels.stripes(s.filtersPerGroup()),
                rowParts, numbers(1, s.inputLength()), numbers(2, s.outputLength()), gradient);
        return gradient.toHeapArray();
    }

    private static FloatArray numbers(int seed, int length) {
        float[] numbers = new float[length];
        for (int i = 0; i < length; i++) {
            numbers[i] = CounterRandom.uniform(seed, 0, i) - 0.5f;
        }
        return FloatArray.fromArray(numbers);
    }
}
