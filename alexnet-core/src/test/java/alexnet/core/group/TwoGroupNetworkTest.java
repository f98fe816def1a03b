package alexnet.core.group;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import alexnet.core.device.Device;
import alexnet.core.device.Devices;
import alexnet.core.network.Architecture;
import alexnet.core.network.GroupShapes;
import alexnet.core.network.Initialization;
import alexnet.kernels.CounterRandom;
import alexnet.kernels.Hyper;
import alexnet.kernels.KernelFamilies;
import alexnet.kernels.reference.ImageReference;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** Two groups on their devices are one ordinary grouped network. */
class TwoGroupNetworkTest {

    private static final int IMAGES = 5;
    /** Rows and columns that a crop leaves out. */
    private static final int MARGIN = 3;
    private static final int CLASSES = 7;
    private static final List<String> MAPS = List.of("conv1", "norm1", "pool2", "conv3", "pool5", "fc6", "fc7");
    /**
     * Relative to the largest element of a tensor. Rounding is 6e-8 a term; sums here have up to 2,900 terms and pass through
     * eight layers and back, whose errors add: 1e-4 leaves room for that and is far below any wrong, missing or doubled term.
     */
    private static final double TOLERANCE = 1e-4;

    private static Architecture architecture() {
        Architecture small = Architecture.alexnetSmall(CLASSES, 1);
        return Initialization.KAIMING.applyTo(
                new Architecture("cropped", small.channels(), small.inputSize() + MARGIN, small.inputSize(), small.layers()));
    }

    /** Where the groups are, and how they are linked there. */
    private enum Where {
        TWO_DEVICES, TWO_PLANS_ON_ONE_DEVICE, ONE_PLAN;

        private TwoGroupNetwork network() {
            List<Device> devices = Devices.ofRuntime().byDefault();
            List<TwoGroupNetwork.Placement> placements = placements(devices.getFirst(),
                    this == TWO_DEVICES ? devices.getLast() : devices.getFirst());
            return TwoGroupNetworkTest.network(placements, this == ONE_PLAN ? new DeviceLink() : new HostLink(new HostExchange()));
        }
    }

    private static List<TwoGroupNetwork.Placement> placements(Device first, Device second) {
        return List.of(first, second).stream()
                .map(device -> new TwoGroupNetwork.Placement(device.device(), KernelFamilies.of(device.device()))).toList();
    }

    private static TwoGroupNetwork network(List<TwoGroupNetwork.Placement> placements, Link link) {
        List<String> observed = new ArrayList<>(MAPS);
        for (String layer : List.of("conv1", "conv2", "conv3", "conv4", "conv5", "fc6", "fc7", "fc8")) {
            observed.addAll(List.of(layer + ".weight.gradient", layer + ".bias.gradient"));
        }
        TwoGroupNetwork network = new TwoGroupNetwork(architecture(), IMAGES, placements, link, Probes.observing(observed));
        network.initialize(11);
        network.setMean(new float[network.architecture().storedSize() * network.architecture().storedSize()]);
        network.load();
        Random random = new Random(5);
        BatchInputs inputs = network.inputs();
        for (int i = 0; i < inputs.pixels.getSize(); i++) {
            inputs.pixels.set(i, (byte) random.nextInt(256));
        }
        for (int place = 0; place < IMAGES; place++) {
            inputs.labels.set(place, place == IMAGES - 1 ? -1 : (place * 2) % CLASSES);
            inputs.imageKeys.set(place, CounterRandom.imageKey(3, 1, place));
            inputs.crops.set(place, place % (MARGIN + 1), MARGIN / 2, place % 2 == 1);
            inputs.noise.set(place, 0.5f * place);
        }
        // A rate of zero leaves the weights as the reference has them.
        inputs.hyper.set(Hyper.RATE, 0);
        inputs.hyper.set(Hyper.LOSS_SCALE, 1f / (IMAGES - 1));
        return network;
    }

    private static double[] doubles(FloatArray array, int length) {
        double[] values = new double[length];
        for (int i = 0; i < length; i++) {
            values[i] = array.get(i);
        }
        return values;
    }

    /** Both groups' shares of an observed array, one after the other. */
    private static double[] both(TwoGroupNetwork network, String name, int length) {
        FloatArray first = network.observed(0, name);
        FloatArray second = network.observed(1, name);
        double[] values = new double[length];
        for (int i = 0; i < length; i++) {
            values[i] = i < first.getSize() ? first.get(i) : second.get(i - first.getSize());
        }
        return values;
    }

    private static int[] ints(IntArray array) {
        int[] values = new int[array.getSize()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i);
        }
        return values;
    }

    private static void assertClose(String what, double[] expected, double[] actual) {
        double largest = 0;
        double error = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            error = Math.max(error, Math.abs(expected[i] - actual[i]));
        }
        assertTrue(largest > 0, what + " is all zero, which proves nothing");
        assertTrue(error <= TOLERANCE * largest, what + ": error " + error + " of at most " + largest);
    }

    @ParameterizedTest
    @EnumSource
    void mapsLossesAndGradientsAreThoseOfOneGroupedNetwork(Where where) {
        try (TwoGroupNetwork network = where.network()) {
            Map<String, double[]> parameters = new HashMap<>();
            for (ParameterTensor tensor : network.parameters()) {
                double[] values = new double[(int) tensor.length()];
                int at = 0;
                for (FloatArray part : tensor.parts()) {
                    for (int i = 0; i < part.getSize(); i++) {
                        values[at++] = part.get(i);
                    }
                }
                parameters.put(tensor.name(), values);
            }
            network.train();
            network.save();

            BatchInputs inputs = network.inputs();
            byte[] pixels = new byte[inputs.pixels.getSize()];
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = inputs.pixels.get(i);
            }
            var shape = new GroupShapes(network.architecture(), 0, IMAGES).image();
            double[] image = ImageReference.prepare(shape, pixels, new double[shape.imageLength()], ints(inputs.crops.array()),
                    doubles(inputs.noise, inputs.noise.getSize()));
            ReferenceNetwork reference = new ReferenceNetwork(network.architecture(), IMAGES, parameters);
            reference.train(image, ints(inputs.labels), ints(inputs.imageKeys), 1.0 / (IMAGES - 1));

            assertClose("probabilities", reference.probabilities, doubles(network.probabilities(), CLASSES * IMAGES));
            assertClose("losses", reference.losses, doubles(network.losses(), IMAGES));
            for (String name : MAPS) {
                // Dropout works in place, on the maps of the layer before it.
                double[] expected = reference.maps.get(name.startsWith("fc") ? "drop" + name.charAt(2) : name);
                assertClose(name, expected, both(network, name, expected.length));
            }
            reference.gradients.forEach((name, expected) ->
                    assertClose(name + " gradient", expected, both(network, name + ".gradient", expected.length)));
        }
    }

    @Test
    void everyLinkComputesTheSameBits() {
        List<double[]> weights = new ArrayList<>();
        for (Where where : Where.values()) {
            try (TwoGroupNetwork network = where.network()) {
                network.inputs().hyper.set(Hyper.RATE, 0.001f);
                network.inputs().hyper.set(Hyper.MOMENTUM, 0.9f);
                network.train();
                network.train();
                network.save();
                weights.add(network.tensors().stream().flatMap(tensor -> tensor.parts().stream())
                        .flatMapToDouble(part -> Arrays.stream(doubles(part, part.getSize()))).toArray());
            }
        }
        weights.forEach(others -> assertArrayEquals(weights.getFirst(), others));
    }

    @Test
    void groupsOnOneDeviceAreLinkedThere() {
        List<Device> devices = Devices.ofRuntime().byDefault();
        assertInstanceOf(DeviceLink.class, Link.between(placements(devices.getFirst(), devices.getFirst())));
        assertEquals(devices.getFirst().equals(devices.getLast()),
                Link.between(placements(devices.getFirst(), devices.getLast())) instanceof DeviceLink);
    }

    @Test
    void theBytesOfADeviceAreThoseOfItsArrays() {
        for (List<Integer> together : List.of(List.of(0), List.of(1), List.of(0, 1))) {
            Link link = together.size() == 1 ? new HostLink(new HostExchange()) : new DeviceLink();
            BatchInputs inputs = new BatchInputs(new GroupShapes(architecture(), 0, IMAGES).image());
            PlacedGroups placed = PlacedGroups.allocate(architecture(), IMAGES, together, inputs, link);
            long residents = placed.residents().stream().mapToLong(array -> ((TornadoNativeArray) array).getSize() * 4L).sum();
            // The host link also uploads, at each of five meetings, the other group's maps and, but for the logits, a gradient.
            long uploaded = link.withinPlan() ? 0 : placed.groups().getFirst().segments.stream()
                    .mapToLong(segment -> 4L * (segment.otherLength() + (segment.last() ? 0 : segment.length()))).sum();

            assertEquals(residents + uploaded + inputs.pixels.getSize(), TwoGroupNetwork.deviceBytes(architecture(), IMAGES, together));
        }
    }
}
