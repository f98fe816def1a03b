package alexnet.kernels.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import alexnet.kernels.AlgorithmChoice;
import alexnet.kernels.ConvolutionShape;
import alexnet.kernels.FullyConnectedShape;
import alexnet.kernels.Pass;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** That the kernels compute what they should is tested with all families; here, that it never depends on the blocks. */
class HostKernelsTest {

    private static final int[] THREADS = {2, 5, 16};

    @BeforeEach
    void onlyWhereArraysAreOnTheHeap() {
        assumeFalse(new FloatArray(1).getSegment().isNative(), "this runtime keeps arrays in native memory");
    }

    @ParameterizedTest
    @EnumSource(Pass.class)
    void convolutionsCutForManyThreadsGiveTheSameBits(Pass pass) {
        sameBits(pass, new ConvolutionShape(19, 6, 13, 11, 10, 3, 1, 1, 2));
        // Few channels: weights of a row are the rows of the weight gradient's product. More filters than one stripe.
        sameBits(pass, new ConvolutionShape(17, 3, 15, 15, 40, 5, 2, 1, 1));
    }

    @Test
    void convolutionsOfFewImagesCutForManyThreadsGiveTheSameBits() {
        sameBits(Pass.FORWARD, new ConvolutionShape(1, 6, 13, 11, 80, 3, 2, 1, 2));
        sameBits(Pass.FORWARD, new ConvolutionShape(2, 4, 9, 9, 50, 3, 1, 1, 1));
    }

    @ParameterizedTest
    @EnumSource(Pass.class)
    void fullyConnectedLayersCutForManyThreadsGiveTheSameBits(Pass pass) {
        for (int images : new int[] {1, 2, 33}) {
            FullyConnectedShape shape = new FullyConnectedShape(images, 600, 410);
            float[] one = TaskRun.of(family(1), pass, shape);
            for (int threads : THREADS) {
                assertArrayEquals(one, TaskRun.of(family(threads), pass, shape), threads + " threads, " + shape);
            }
        }
    }

    @Test
    void blocksAreCutOnlyWhereThereAreFewerThanTheThreadsWant() {
        assertEquals(1, Blocks.parts(8, 1_000_000, 7));
        assertEquals(2, Blocks.parts(8, 1, 2));
        assertEquals(1, Blocks.parts(1, 1, 2));
    }

    private static void sameBits(Pass pass, ConvolutionShape shape) {
        float[] one = TaskRun.of(family(1), pass, shape);
        for (int threads : THREADS) {
            assertArrayEquals(one, TaskRun.of(family(threads), pass, shape), threads + " threads, " + shape);
        }
    }

    private static HostKernels family(int threads) {
        return new HostKernels(threads, AlgorithmChoice.DIRECT);
    }
}
