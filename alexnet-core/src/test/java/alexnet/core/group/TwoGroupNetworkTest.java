package alexnet.core.group;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import alexnet.core.device.Device;
import alexnet.core.device.Devices;
import alexnet.core.network.Architecture;
import alexnet.core.network.Architectures;
import alexnet.core.network.GroupShapes;
import alexnet.core.network.Layer;
import alexnet.core.network.LayerTraining;
import alexnet.core.network.Partition;
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
    /**
     * Relative to the largest element of a tensor. Rounding is 6e-8 a term; sums here have up to 2,900 terms and pass through
     * eight layers and back, whose errors add: 1e-4 leaves room for that and is far below any wrong, missing or doubled term.
     */
    private static final double TOLERANCE = 1e-4;

    /** Where the groups are, and how they are linked there. */
    private enum Where {
        TWO_DEVICES, TWO_PLANS_ON_ONE_DEVICE, ONE_PLAN;

        private List<TwoGroupNetwork.Placement> placements() {
            List<Device> devices = Devices.ofRuntime().byDefault();
            return TwoGroupNetworkTest.placements(devices.getFirst(), this == TWO_DEVICES ? devices.getLast() : devices.getFirst());
        }

        private Link link() {
            return this == ONE_PLAN ? new DeviceLink() : new HostLink(new HostExchange());
        }
    }

    private static List<TwoGroupNetwork.Placement> placements(Device first, Device second) {
        return List.of(first, second).stream()
                .map(device -> new TwoGroupNetwork.Placement(device.device(), KernelFamilies.of(device.device()))).toList();
    }

    /** The layers with maps of their own, and the layer of the reference with the same values: dropout works on maps in place. */
    private static Map<String, String> maps(Architecture architecture) {
        Map<String, String> maps = new LinkedHashMap<>();
        String own = null;
        Layer before = null;
        for (Layer layer : architecture.layers()) {
            // The way back of normalisation needs its output as it was.
            own = layer instanceof Layer.Dropout && !(before instanceof Layer.Normalization) ? own : layer.name();
            maps.put(own, layer.name());
            before = layer;
        }
        return maps;
    }

    private static TwoGroupNetwork network(Architecture architecture, List<TwoGroupNetwork.Placement> placements, Link link) {
        List<String> observed = GroupShapes.whole(architecture, 1).parameters().keySet().stream().map(parameter -> parameter + ".gradient").toList();
        TwoGroupNetwork network = new TwoGroupNetwork(architecture, IMAGES, placements, link, Probes.observing(observed));
        network.initialize(11);
        float[] mean = new float[architecture.channels() * architecture.storedSize() * architecture.storedSize()];
        network.setMean(mean);
        network.setDeviation(deviation(architecture));
        network.load();
        Random random = new Random(5);
        BatchInputs inputs = network.inputs();
        for (int i = 0; i < inputs.pixels.getSize(); i++) {
            inputs.pixels.set(i, (byte) random.nextInt(256));
        }
        for (int place = 0; place < IMAGES; place++) {
            inputs.labels.set(place, place == IMAGES - 1 ? -1 : (place * 2) % architecture.classes());
            inputs.imageKeys.set(place, CounterRandom.imageKey(3, 1, place));
            inputs.crops.set(place, place % (MadeUpArchitectures.MARGIN + 1), MadeUpArchitectures.MARGIN / 2, place % 2 == 1);
        }
        for (int i = 0; i < inputs.noise.getSize(); i++) {
            inputs.noise.set(i, 0.5f * i);
        }
        // A rate of zero leaves the weights as the reference has them.
        Hyper.setAll(inputs.hyper, Hyper.RATE, 0);
        inputs.hyper.set(Hyper.LOSS_SCALE, 1f / (IMAGES - 1));
        return network;
    }

    private static float[] deviation(Architecture architecture) {
        return Arrays.copyOf(new float[] {0.75f, 1.25f, 1.5f}, architecture.channels());
    }

    private static double[] doubles(FloatArray array, int length) {
        double[] values = new double[length];
        for (int i = 0; i < length; i++) {
            values[i] = array.get(i);
        }
        return values;
    }

    /** Both groups' shares, one after the other. */
    private static double[] both(FloatArray first, FloatArray second, int length) {
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
    @MethodSource("alexnet.core.group.MadeUpArchitectures#all")
    void mapsLossesAndGradientsAreThoseOfOneGroupedNetwork(Architecture architecture) {
        for (Where where : List.of(Where.TWO_DEVICES, Where.ONE_PLAN)) {
            assertIsOneGroupedNetwork(architecture, where.placements(), where.link());
        }
    }

    @ParameterizedTest
    @MethodSource("alexnet.core.group.MadeUpArchitectures#all")
    void soTheyAreWithPortableKernels(Architecture architecture) {
        assumeFalse(new FloatArray(1).getSegment().isNative(), "the kernels of these devices are compiled from the portable ones or like them");
        assertIsOneGroupedNetwork(architecture, Where.TWO_DEVICES.placements().stream()
                .map(placement -> new TwoGroupNetwork.Placement(placement.device(), KernelFamilies.named("portable", placement.device()))).toList(),
                Where.TWO_DEVICES.link());
    }

    private static void assertIsOneGroupedNetwork(Architecture architecture, List<TwoGroupNetwork.Placement> placements, Link link) {
        try (TwoGroupNetwork network = network(architecture, placements, link)) {
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
            assertTrue(network.train());
            network.save();

            BatchInputs inputs = network.inputs();
            byte[] pixels = new byte[inputs.pixels.getSize()];
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = inputs.pixels.get(i);
            }
            var shape = new GroupShapes(network.architecture(), 0, IMAGES).image();
            double[] deviation = doubles(FloatArray.fromArray(deviation(architecture)), architecture.channels());
            double[] image = ImageReference.prepare(shape, pixels, new double[shape.imageLength()], deviation, ints(inputs.crops.array()),
                    doubles(inputs.noise, inputs.noise.getSize()));
            ReferenceNetwork reference = new ReferenceNetwork(network.architecture(), IMAGES, parameters);
            reference.train(image, ints(inputs.labels), ints(inputs.imageKeys), 1.0 / (IMAGES - 1));

            assertClose("probabilities", reference.probabilities, doubles(network.probabilities(), architecture.classes() * IMAGES));
            assertClose("losses", reference.losses, doubles(network.losses(), IMAGES));
            maps(architecture).forEach((own, layer) -> {
                double[] expected = reference.maps.get(layer);
                for (String name : List.of(own, layer)) {
                    List<FloatArray> parts = network.maps(name);
                    assertClose(name, expected, both(parts.getFirst(), parts.getLast(), expected.length));
                }
            });
            assertEquals(GroupShapes.whole(architecture, 1).parameters().keySet(), reference.gradients.keySet());
            reference.gradients.forEach((name, expected) ->
                    assertClose(name + " gradient", expected, both(network.observed(0, name + ".gradient"),
                            network.observed(1, name + ".gradient"), expected.length)));
        }
    }

    @Test
    void everyLinkComputesTheSameBits() {
        List<double[]> weights = new ArrayList<>();
        for (Where where : Where.values()) {
            try (TwoGroupNetwork network = network(MadeUpArchitectures.alexnet(), where.placements(), where.link())) {
                Hyper.setAll(network.inputs().hyper, Hyper.RATE, 0.001f);
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
        Partition partition = new Partition(MadeUpArchitectures.alexnet(), 2);
        for (List<Integer> together : List.of(List.of(0), List.of(1), List.of(0, 1))) {
            Link link = together.size() == 1 ? new HostLink(new HostExchange()) : new DeviceLink();
            BatchInputs inputs = new BatchInputs(new GroupShapes(partition, 0, IMAGES).image());
            PlacedGroups placed = PlacedGroups.allocate(partition, LayerTraining.ALIKE, IMAGES, together, inputs, link);
            long residents = placed.residents().stream().mapToLong(array -> ((TornadoNativeArray) array).getSize() * 4L).sum();
            // The host link also uploads, at each of five meetings, the other group's maps and, but for the logits, a gradient.
            long uploaded = link.withinPlan() ? 0 : placed.groups().getFirst().segments.stream()
                    .mapToLong(segment -> 4L * (segment.receivedFrom(1 - segment.part()).length() + (segment.last() ? 0 : segment.own().range().length()))).sum();

            assertEquals(residents + uploaded + inputs.pixels.getSize(),
                    TwoGroupNetwork.deviceBytes(partition, LayerTraining.ALIKE, IMAGES, together));
        }
    }
}
