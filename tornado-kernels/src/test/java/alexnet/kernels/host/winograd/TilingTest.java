package alexnet.kernels.host.winograd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.kernels.AlgorithmChoice;
import alexnet.kernels.ConvolutionShape;
import alexnet.kernels.Pass;
import alexnet.kernels.host.HostKernels;
import alexnet.kernels.host.Lanes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TilingTest {

    private static final ConvolutionShape CONV3 = new ConvolutionShape(128, 256, 13, 13, 192, 3, 1, 1, 1);
    private static final WinogradConvolution WINOGRAD = new WinogradConvolution(1);

    @Test
    void aPhaseHasTheFilterThatIsLeftOfTheStride() {
        Tiling conv1 = new Tiling(new ConvolutionShape(128, 3, 224, 224, 48, 11, 4, 2, 1), false, 1);
        assertEquals(3, conv1.filter);
        assertEquals(48, conv1.taps);
        assertEquals(11 * 11, conv1.tiles);
    }

    @ParameterizedTest(name = "{0} workers")
    @ValueSource(ints = {2, 3, 8, 16})
    void workersHaveStripsEnough(int workers) {
        assertTrue(new Tiling(CONV3, false, workers).strips() >= Math.min(4 * workers, 36));
    }

    /** Otherwise half of a pair is computed for nobody. */
    @ParameterizedTest(name = "{0} images")
    @ValueSource(ints = {31, 33, 65, 100, 128, 129, 200, 256, 500})
    void imagesAreCutBetweenPairsOfVectors(int images) {
        Tiling t = new Tiling(new ConvolutionShape(images, 8, 13, 13, 8, 3, 1, 1, 1), false, 1);
        assertTrue(t.chunks() == 1 || t.chunk() % 2 == 0, t.chunk() + " vectors");
        assertEquals(Math.ceilDiv(images, Lanes.COUNT), t.vectors);
    }

    @Test
    void paysWhereMapsAreManyAndNotWhereTheyAreFew() {
        assertTrue(WINOGRAD.pays(Pass.FORWARD, CONV3));
        assertTrue(WINOGRAD.pays(Pass.INPUT_GRADIENT, CONV3));
        assertTrue(WINOGRAD.pays(Pass.FORWARD, new ConvolutionShape(128, 3, 224, 224, 48, 11, 4, 2, 1)));
        assertFalse(WINOGRAD.pays(Pass.FORWARD, new ConvolutionShape(128, 1, 28, 28, 6, 5, 1, 2, 1)));
        assertFalse(WINOGRAD.pays(Pass.FORWARD, new ConvolutionShape(128, 3, 224, 224, 64, 3, 1, 1, 1)));
        // A tile of which one output in 25 exists.
        assertFalse(WINOGRAD.pays(Pass.FORWARD, new ConvolutionShape(128, 256, 3, 3, 256, 3, 1, 0, 1)));
    }

    @Test
    void otherSizesAndLessThanAVectorOfImagesAreNotSupported() {
        assertFalse(WINOGRAD.supports(Pass.FORWARD, new ConvolutionShape(128, 8, 13, 13, 8, 7, 2, 3, 1)));
        assertFalse(WINOGRAD.supports(Pass.FORWARD, new ConvolutionShape(128, 8, 13, 13, 8, 1, 1, 0, 1)));
        assertFalse(WINOGRAD.supports(Pass.FORWARD, new ConvolutionShape(Lanes.COUNT - 1, 8, 13, 13, 8, 3, 1, 1, 1)));
        assertFalse(WINOGRAD.supports(Pass.INPUT_GRADIENT, new ConvolutionShape(128, 3, 224, 224, 48, 11, 4, 2, 1)));
    }

    @Test
    void weightsWhoseTransformIsMoreThanAnArrayHoldsAreNotSupported() {
        assertFalse(WINOGRAD.supports(Pass.FORWARD, new ConvolutionShape(16, 8192, 3, 3, 8192, 3, 1, 1, 1)));
    }

    @Test
    void theFamilyTakesItUnlessToldOtherwise() {
        assertEquals("winograd", new HostKernels(1, AlgorithmChoice.AUTO).convolution(Pass.FORWARD, CONV3).name());
        assertEquals("direct", new HostKernels(1, AlgorithmChoice.DIRECT).convolution(Pass.FORWARD, CONV3).name());
    }
}
