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
import alexnet.core.network.Layer;
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
        network = network(Architecture.alexnetSmall(CLASSES, 1));
        images = CheckedImages.load(new TestImages.InMemory(IMAGES, 1, CLASSES, Set.of()), Preprocessing.covering(new StoredSize(28, 28)), new Decoding(1, 0, Progress.NONE));
    }

    private static TwoGroupNetwork network(Architecture architecture) {
        // Batches of three leave the last of seven images alone.
        TwoGroupNetwork built = new TwoGroupNetwork(Initialization.KAIMING.applyTo(architecture), 3, Devices.ofRuntime().byDefault().stream()
                .map(device -> new TwoGroupNetwork.Placement(device.device(), KernelFamilies.of(device.device()))).toList());
        built.initialize(3);
        built.setMean(new float[28 * 28]);
        built.load();
        return built;
    }

    @AfterAll
    static void close() {
        network.close();
    }

    private static List<Observation> observe(String layer, int... order) {
        return observe(network, layer, order);
    }

    private static List<Observation> observe(TwoGroupNetwork network, String layer, int... order) {
        List<Observation> observed = new ArrayList<>();
        new Observer(network, layer, 1).observe(images, order, observed::add, _ -> { });
        return observed;
    }

    private static float[] whole(TwoGroupNetwork network, String name) {
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
        // Dropout of a half scales by a half in testing.
        assertMakesTheProbabilities(network, 0.5);
    }

    @Test
    void theyAreMadeOfTheFeaturesThemselvesWhereDropoutIsInverted() {
        Architecture small = Architecture.alexnetSmall(CLASSES, 1);
        List<Layer> layers = small.layers().stream().map(layer -> layer instanceof Layer.Dropout d ? new Layer.Dropout(d.name(), d.rate(), true) : layer)
                .toList();
        try (TwoGroupNetwork inverted = network(new Architecture(small.name(), small.channels(), small.storedSize(), small.inputSize(), layers))) {
            assertMakesTheProbabilities(inverted, 1);
        }
    }

    private static void assertMakesTheProbabilities(TwoGroupNetwork network, double scale) {
        float[] weight = whole(network, "fc8.weight");
        float[] bias = whole(network, "fc8.bias");
        List<Observation> observed = observe(network, "fc7", IntStream.range(0, IMAGES).toArray());
        assertEquals(IMAGES, observed.size());
        for (Observation each : observed) {
            assertEquals(1024, each.features().length);
            assertTrue(IntStream.range(0, 1024).anyMatch(unit -> each.features()[unit] > 0), "all zero, which proves nothing");
            double[] exponentials = new double[CLASSES];
            for (int c = 0; c < CLASSES; c++) {
                double logit = bias[c];
                for (int unit = 0; unit < 1024; unit++) {
                    logit += scale * each.features()[unit] * weight[c * 1024 + unit];
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
