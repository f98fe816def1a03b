package alexnet.kernels.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import alexnet.kernels.Compilers;
import alexnet.kernels.ConvolutionShape;
import alexnet.kernels.GraphBuilder;
import alexnet.kernels.Pass;
import alexnet.kernels.check.Case;
import alexnet.kernels.check.Cases;
import alexnet.kernels.check.Verification;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The products with every tile, whichever the device would choose. */
class ProductTest {

    private static final TornadoDevice DEVICE = TornadoRuntimeProvider.getTornadoRuntime().getDefaultDevice();
    private static final List<String> OPERATIONS = List.of("convolutionForward", "convolutionInputGradient",
            "convolutionWeightGradient", "fullyConnectedForward", "fullyConnectedInputGradient", "fullyConnectedWeightGradient");
    /** Two groups of several tiles; strides and a rim; sums of several slabs; a layer whose sides are no multiples of a tile. */
    private static final Set<String> SHAPES = Set.of("images=17", "images=5", "images=20");

    @ParameterizedTest
    @CsvSource({"64, 64, 1", "64, 128, 2", "128, 64, 1", "128, 128, 3", "64, 256, 1", "256, 64, 2"})
    void isRightWithEveryTile(int rows, int columns, int splits) {
        assumeTrue(GpuKernels.runOn(DEVICE), "the device does not run the gpu family");
        assumeTrue(!Compilers.areSlow(DEVICE) || rows == columns, "there OpenCL's compiler takes minutes for a tile, and square ones are tried");
        GpuKernels kernels = new GpuKernels(DEVICE, (parts, allRows, allColumns, terms) ->
                Tiling.withTile(rows, columns, splits, parts, allRows, allColumns));
        for (String operation : OPERATIONS) {
            List<Case> cases = Cases.all().stream().filter(check -> SHAPES.stream().anyMatch(check.shape()::contains)).toList();
            List<Verification> verifications = Verification.of(kernels, operation, cases, DEVICE, "direct"::equals);
            assertFalse(verifications.isEmpty());
            verifications.forEach(verification -> assertTrue(verification.passed(), () -> verification.kernel() + ": " + verification.failures()));
        }
    }

    @ParameterizedTest
    @CsvSource({"128x64x3, 128", "64x64x1, 64", "64x256x2, 256"})
    void takesTheTilingThatIsAskedFor(String asked, int threads) {
        ConvolutionShape shape = new ConvolutionShape(1, 1, 1, 1, 1, 1, 1, 0, 1);
        FloatArray array = new FloatArray(1);
        GridScheduler grid = new GridScheduler();
        GpuKernels kernels = withTiling(asked);
        FloatArray workspace = new FloatArray(Math.max(1, kernels.convolution(Pass.FORWARD, shape).workspaceLength(Pass.FORWARD, shape)));
        kernels.convolutionForward(new GraphBuilder("asked" + asked, grid, workspace), "task", shape, array, array, array, array);
        assertEquals(threads, grid.get("asked" + asked + ".task").getLocalWork()[0]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "64", "64x64", "65x64x1", "256x256x1", "64x64x0", "64x64x-1", "64 x 64 x 1"})
    void refusesATilingThatThereIsNot(String asked) {
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> withTiling(asked));
        assertEquals("alexnet.gpu.tiling is '" + asked + "', and not ROWSxCOLUMNSxSPLITS such as 64x128x2", refusal.getMessage());
    }

    private static GpuKernels withTiling(String asked) {
        System.setProperty("alexnet.gpu.tiling", asked);
        try {
            return new GpuKernels(DEVICE);
        } finally {
            System.clearProperty("alexnet.gpu.tiling");
        }
    }

    @Test
    void refusesImagesThatAreTooLargeForIt() {
        ConvolutionShape wide = new ConvolutionShape(1, 1, 1, 8193, 1, 1, 1, 0, 1);
        FloatArray array = new FloatArray(8193);
        GpuKernels kernels = new GpuKernels(DEVICE);
        GraphBuilder builder = new GraphBuilder("wide", new GridScheduler());
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class,
                () -> kernels.convolutionForward(builder, "task", wide, array, array, array, array));
        assertEquals("gpu kernels: images have at most 8192 rows and columns, padding included, not 1x8193; the portable kernels"
                + " take larger ones", refusal.getMessage());
    }
}
