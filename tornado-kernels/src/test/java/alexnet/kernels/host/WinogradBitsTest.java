package alexnet.kernels.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import alexnet.kernels.AlgorithmChoice;
import alexnet.kernels.ConvolutionShape;
import alexnet.kernels.Pass;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** What minimal filtering computes depends neither on how many threads do it, nor on what else is in a batch. */
class WinogradBitsTest {

    /** Both filters, groups, phases, a vector that is not whole, and more tiles and channels than a strip holds. */
    static final List<ConvolutionShape> SHAPES = List.of(
            new ConvolutionShape(2 * Lanes.COUNT + 3, 6, 13, 11, 26, 3, 1, 1, 2),
            new ConvolutionShape(Lanes.COUNT + 1, 4, 10, 7, 5, 5, 1, 2, 1),
            new ConvolutionShape(Lanes.COUNT, 3, 43, 31, 13, 11, 4, 2, 1),
            new ConvolutionShape(130, 200, 10, 15, 2, 3, 1, 1, 1));

    @BeforeEach
    void onlyWhereArraysAreOnTheHeap() {
        assumeFalse(new FloatArray(1).getSegment().isNative(), "this runtime keeps arrays in native memory");
    }

    /** In a Java of its own for each number, as the threads of a device are settled once; more threads than there are processors. */
    @Test
    void anyNumberOfThreadsGivesTheSameBits() throws IOException, InterruptedException {
        String one = printed(1);
        assertEquals(SHAPES.size() * 3 - 1, one.lines().count(), one);
        for (int threads : new int[] {2, 3, 16}) {
            assertEquals(one, printed(threads), threads + " threads");
        }
    }

    private static String printed(int threads) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules", "jdk.incubator.vector", "-Dtornado.jvm.threads=" + threads, "-cp", System.getProperty("java.class.path"),
                Passes.class.getName(), String.valueOf(threads)).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        return printed;
    }

    /** Prints a hash of what each pass that is supported comes to. */
    static final class Passes {

        private Passes() {
        }

        public static void main(String[] arguments) {
            HostKernels family = new HostKernels(Integer.parseInt(arguments[0]), AlgorithmChoice.WINOGRAD);
            for (ConvolutionShape shape : SHAPES) {
                for (Pass pass : Pass.values()) {
                    if (!family.convolution(pass, shape).direct()) {
                        System.out.println(shape + " " + pass + " " + Arrays.hashCode(TaskRun.of(family, pass, shape)));
                    }
                }
            }
        }
    }

    /** The other images are others, or fewer. */
    @ParameterizedTest
    @FieldSource("SHAPES")
    void anImagesOutputDoesNotDependOnTheOthers(ConvolutionShape shape) {
        HostKernels family = new HostKernels(1, AlgorithmChoice.WINOGRAD);
        int first = 5;
        int kept = Lanes.COUNT - first;
        float[] input = TaskRun.numbers(1, shape.inputLength()).toHeapArray();
        float[] output = TaskRun.forward(family, shape, input);
        float[] others = input.clone();
        for (int i = 0; i < input.length; i++) {
            int image = i % shape.images();
            others[i] = image >= first && image < first + kept ? input[i] : -3 * input[i];
        }
        float[] amongOthers = TaskRun.forward(family, shape, others);
        assertArrayEquals(images(output, shape.images(), first, kept), images(amongOthers, shape.images(), first, kept));
        assertNotEquals(Arrays.hashCode(output), Arrays.hashCode(amongOthers));

        ConvolutionShape small = new ConvolutionShape(Lanes.COUNT, shape.channels(), shape.height(), shape.width(), shape.filters(), shape.size(),
                shape.stride(), shape.padding(), shape.groups());
        float[] part = TaskRun.forward(family, small, images(input, shape.images(), 0, Lanes.COUNT));
        assertArrayEquals(images(output, shape.images(), 0, Lanes.COUNT), part);
    }

    /** Some neighbouring images of a batch. */
    private static float[] images(float[] array, int images, int first, int count) {
        float[] part = new float[array.length / images * count];
        for (int i = 0; i < part.length; i++) {
            part[i] = array[i / count * images + first + i % count];
        }
        return part;
    }
}
