package alexnet.core.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import alexnet.core.data.TestImages;
import alexnet.core.data.Progress;
import alexnet.core.data.StoredImages;
import alexnet.core.data.Preprocessing;
import alexnet.core.data.StoredSize;
import alexnet.core.data.feed.CheckedImages;
import alexnet.core.data.feed.Decoding;
import alexnet.core.device.Devices;
import alexnet.core.group.ParameterTensor;
import alexnet.core.group.TwoGroupNetwork;
import alexnet.core.network.Architecture;
import alexnet.core.network.Initialization;
import alexnet.core.training.Observer.Observation;
import alexnet.kernels.KernelFamilies;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class ObserverTest {

    private static final int CLASSES = 7;
    private static final int IMAGES = 7;

    private static TwoGroupNetwork network;
    private static StoredImages images;

    @BeforeAll
    static void build() {
        Architecture architecture = Initialization.KAIMING.applyTo(Architecture.alexnetSmall(CLASSES, 1));
        // Batches of three leave the last of seven images alone.
        network = new TwoGroupNetwork(architecture, 3, Devices.ofRuntime().byDefault().stream()
                .map(device -> new TwoGroupNetwork.Placement(device.device(), KernelFamilies.of(device.device()))).toList());
        network.initialize(3);
        network.setMean(new float[28 * 28]);
        network.load();
        images = CheckedImages.load(new TestImages.InMemory(IMAGES, 1, CLASSES, Set.of()), Preprocessing.covering(new StoredSize(28, 28)), new Decoding(1, 0, Progress.NONE));
    }

    @AfterAll
    static void close() {
        network.close();
    }

    private static List<Observation> observe(String layer, int... order) {
        List<Observation> observed = new ArrayList<>();
        new Observer(network, layer, 1).observe(images, order, observed::add, _ -> { });
        return observed;
    }

    private static float[] whole(String name) {
        List<ParameterTensor> tensors = network.parameters();
        ParameterTensor tensor = tensors.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
        float[] values = new float[(int) tensor.length()];
        int at = 0;
        for (FloatArray part : tensor.parts()) {
            for (int i = 0; i < part.getSize(); i++) {
                values[at++] = part.get(i);
            }
        }
        return values;
    }

    @Test
    void theLastLayerMakesTheProbabilitiesOfHalfTheFeatures() {
        float[] weight = whole("fc8.weight");
        float[] bias = whole("fc8.bias");
        List<Observation> observed = observe("fc7", IntStream.range(0, IMAGES).toArray());
        assertEquals(IMAGES, observed.size());
        for (Observation each : observed) {
            assertEquals(1024, each.features().length);
            assertTrue(IntStream.range(0, 1024).anyMatch(unit -> each.features()[unit] > 0), "all zero, which proves nothing");
            double[] exponentials = new double[CLASSES];
            for (int c = 0; c < CLASSES; c++) {
                double logit = bias[c];
                for (int unit = 0; unit < 1024; unit++) {
                    // Dropout of a half scales by a half in testing.
                    logit += 0.5 * each.features()[unit] * weight[c * 1024 + unit];
                }
                exponentials[c] = Math.exp(logit);
            }
            double sum = Arrays.stream(exponentials).sum();
            for (int c = 0; c < CLASSES; c++) {
                assertEquals(exponentials[c] / sum, each.probabilities()[c], 1e-5);
            }
        }
    }

    @Test
    void imagesComeInTheOrderAskedForWhateverBatchTheyAreIn() {
        List<Observation> all = observe("fc7", IntStream.range(0, IMAGES).toArray());
        List<Observation> some = observe("fc7", 6, 2, 0, 5);
        assertEquals(List.of(6, 2, 0, 5), some.stream().map(Observation::image).toList());
        for (Observation each : some) {
            assertArrayEquals(all.get(each.image()).features(), each.features());
            assertArrayEquals(all.get(each.image()).probabilities(), each.probabilities());
        }
    }

    @Test
    void noLayerOrOneOfUnitsCanBeObserved() {
        assertEquals(0, observe(null, 1).getFirst().features().length);
        assertEquals(CLASSES, observe("fc8", 1).getFirst().features().length);
        assertThrows(IllegalArgumentException.class, () -> observe("conv1", 1));
        assertThrows(IllegalArgumentException.class, () -> observe("fc9", 1));
    }
}
