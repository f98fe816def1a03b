package alexnet.core.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import alexnet.core.device.Compilers;
import alexnet.core.device.Devices;
import alexnet.core.group.TwoGroupNetwork;
import alexnet.kernels.AlgorithmChoice;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The layer that spoilt a step is found, although all layers behind it are spoilt, too. */
class NonFiniteTest {

    /** Images that fill a vector of any machine. */
    private static final int VECTOR = 16;

    /** Sets the first value of a tensor in one group. */
    private static void plant(TwoGroupNetwork network, String tensor, int group, float value) {
        network.parameters().stream().filter(each -> each.name().equals(tensor)).findFirst().orElseThrow().parts().get(group).set(0, value);
    }

    /** All kinds of layers, before and behind an exchange; on TornadoVM, which compiles the kernels of every network, one. */
    static List<Arguments> plants() {
        return Devices.onTornado() ? List.of(Arguments.of("conv2.bias", 1, Float.POSITIVE_INFINITY))
                : List.of(Arguments.of("conv1.weight", 0, Float.NaN), Arguments.of("conv1.bias", 1, Float.POSITIVE_INFINITY),
                        Arguments.of("conv2.weight", 1, Float.NaN), Arguments.of("conv3.weight", 0, Float.NaN), Arguments.of("conv3.bias", 1, Float.NaN),
                        Arguments.of("conv5.bias", 1, Float.POSITIVE_INFINITY), Arguments.of("fc6.weight", 1, Float.NaN),
                        Arguments.of("fc7.bias", 0, Float.NaN), Arguments.of("fc8.weight", 0, Float.NaN),
                        Arguments.of("fc8.bias", 1, Float.POSITIVE_INFINITY));
    }

    @ParameterizedTest
    @MethodSource("plants")
    void theFirstLayerIsNamedWithItsGroup(String tensor, int group, float value) {
        for (boolean together : Devices.onTornado() ? List.of(true) : List.of(false, true)) {
            try (TwoGroupNetwork network = Networks.small(together)) {
                plant(network, tensor, group, value);
                network.load();
                assertFalse(network.train());

                NonFinite found = NonFinite.first(network).orElseThrow();
                assertEquals(tensor.substring(0, tensor.indexOf('.')), found.layer());
                assertEquals("group " + group, found.where());
                // Looking for it has changed nothing, and nor has the step.
                assertEquals(1, found.weights());
                assertEquals(Float.isNaN(value), found.infinities() == 0);
            }
        }
    }

    /** Finite weights of both groups, whose sums are too large for a float. */
    @Test
    void anOverflowIsNamedWithWhatTheLayerSees() {
        try (TwoGroupNetwork network = Networks.small(false)) {
            for (int group = 0; group < 2; group++) {
                network.parameters().stream().filter(each -> each.name().equals("conv4.weight")).findFirst().orElseThrow().parts().get(group).init(3e38f);
            }
            network.load();
            assertFalse(network.train());

            NonFinite found = NonFinite.first(network).orElseThrow();
            assertEquals("conv4", found.layer());
            assertEquals("both groups", found.where());
            assertEquals(0, found.weights());
            assertEquals(0, found.image());
            assertTrue(found.largest() > 0 && found.largest() < 1e6, found.toString());
            assertTrue(found.toString().startsWith("the first layer with a value that is not finite is conv4 (both groups: "), found.toString());
        }
    }

    /** What a step computed before it was spoilt stays: weights, momenta, and the maps of the layers before. */
    @Test
    void aSpoiltStepChangesNoParameter() {
        try (TwoGroupNetwork network = Networks.small(true)) {
            plant(network, "fc8.bias", 0, Float.NaN);
            FloatArray before = FloatArray.fromArray(network.parameters().getFirst().parts().getFirst().toHeapArray());
            network.load();
            network.train();
            network.save();
            for (int i = 0; i < before.getSize(); i++) {
                assertEquals(before.get(i), network.parameters().getFirst().parts().getFirst().get(i));
                assertEquals(0, network.states().getFirst().parts().getFirst().get(i));
            }
        }
    }

    /** Minimal filtering lets a NaN out of its tile's outputs no more than the definition does. */
    @ParameterizedTest
    @ValueSource(strings = {"conv1.weight", "conv2.weight", "conv3.weight", "conv5.weight"})
    void aWeightThatIsNoNumberMakesEveryLossNoneByWinograd(String tensor) {
        Compilers.assumeQuick();
        try (TwoGroupNetwork network = Networks.small(true, VECTOR + 1, AlgorithmChoice.WINOGRAD)) {
            plant(network, tensor, 1, Float.NaN);
            network.load();
            assertFalse(network.train());
            for (int image = 0; image < network.images(); image++) {
                assertTrue(Float.isNaN(network.losses().get(image)), "image " + image);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, VECTOR})
    void aPixelThatIsNoNumberMakesTheLossOfItsImageNoneByWinograd(int spoilt) {
        Compilers.assumeQuick();
        try (TwoGroupNetwork network = Networks.small(true, VECTOR + 1, AlgorithmChoice.WINOGRAD)) {
            network.inputs().noise.set(spoilt, Float.NaN);
            network.load();
            assertFalse(network.train());
            for (int image = 0; image < network.images(); image++) {
                assertEquals(image == spoilt, Float.isNaN(network.losses().get(image)), "image " + image);
            }
        }
    }

    @Test
    void aSoundNetworkHasNone() {
        Compilers.assumeQuick();
        try (TwoGroupNetwork network = Networks.small(false)) {
            network.load();
            assertTrue(network.train());
            assertEquals(Optional.empty(), NonFinite.first(network));
        }
    }
}
