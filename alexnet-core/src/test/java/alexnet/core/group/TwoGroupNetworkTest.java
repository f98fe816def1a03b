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
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import alexnet.core.device.Compilers;
import alexnet.core.device.Device;
import alexnet.core.device.Devices;
import alexnet.core.network.Architecture;
import alexnet.core.network.Architectures;
import alexnet.core.network.GroupShapes;
import alexnet.core.network.Layer;
import alexnet.core.network.LayerTraining;
import alexnet.core.network.Partition;
import alexnet.core.replica.Replication;
import alexnet.kernels.CounterRandom;
import alexnet.kernels.Hyper;
import alexnet.kernels.KernelFamilies;
import alexnet.kernels.KernelFamily;
import alexnet.kernels.reference.ImageReference;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** A network in parts on their devices is one ordinary grouped network. */
class TwoGroupNetworkTest {

    private static final int IMAGES = 5;
    /**
     * Relative to the largest element of a tensor. Rounding is 6e-8 a term; sums here have up to 2,900 terms and pass through
     * eight layers and back, whose errors add: 1e-4 leaves room for that and is far below any wrong, missing or doubled term.
     */
    private static final double TOLERANCE = 1e-4;
    /** What has been computed already: it takes longer than the networks. */
    private static final Map<Architecture, ReferenceNetwork> REFERENCES = new HashMap<>();

    /** How the parts are placed: on devices of their own as far as there are some, each with a plan of its own, or in one plan. */
    private enum Where {
        DEVICES, PLANS_ON_ONE_DEVICE, ONE_PLAN;

        private List<TwoGroupNetwork.Placement> placements(int parts) {
            List<Device> devices = Devices.ofRuntime().byDefault();
            return IntStream.range(0, parts).mapToObj(part -> devices.get(this == DEVICES ? part % devices.size() : 0))
                    .map(device -> new TwoGroupNetwork.Placement(device.device(), KernelFamilies.of(device.device()))).toList();
        }

        private Link link() {
            return this == ONE_PLAN ? new DeviceLink() : new HostLink(new HostExchange());
        }
    }

    /** Parts and where they are; on TornadoVM, which compiles the kernels of each anew, two, and four of the paper's order of layers. */
    private static List<Map.Entry<Integer, Where>> cases(Architecture architecture) {
        Stream<Map.Entry<Integer, Where>> cases = Stream.of(Map.entry(2, Where.DEVICES));
        if (!Devices.onTornado()) {
            cases = Stream.concat(cases, Stream.of(Map.entry(1, Where.ONE_PLAN), Map.entry(2, Where.ONE_PLAN), Map.entry(4, Where.DEVICES),
                    Map.entry(4, Where.ONE_PLAN), Map.entry(6, Where.ONE_PLAN)));
        } else if (architecture.equals(MadeUpArchitectures.alexnet())) {
            cases = Stream.concat(cases, Stream.of(Map.entry(4, Where.ONE_PLAN)));
        }
        return cases.filter(parts -> parts.getKey() <= architecture.classes()).toList();
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

    /** All parts' shares, one after the other. */
    private static double[] all(List<FloatArray> parts) {
        return parts.stream().flatMapToDouble(part -> IntStream.range(0, part.getSize()).mapToDouble(part::get)).toArray();
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
        for (var parts : cases(architecture)) {
            assertIsOneGroupedNetwork(architecture, parts.getValue().placements(parts.getKey()), parts.getValue().link());
        }
    }

    @ParameterizedTest
    @MethodSource("alexnet.core.group.MadeUpArchitectures#all")
    void soTheyAreWithPortableKernels(Architecture architecture) {
        assumeFalse(new FloatArray(1).getSegment().isNative(), "the kernels of these devices are compiled from the portable ones or like them");
        for (var parts : cases(architecture)) {
            assertIsOneGroupedNetwork(architecture, parts.getValue().placements(parts.getKey()).stream()
                    .map(placement -> new TwoGroupNetwork.Placement(placement.device(), KernelFamilies.named("portable", placement.device()))).toList(),
                    parts.getValue().link());
        }
    }

    private static void assertIsOneGroupedNetwork(Architecture architecture, List<TwoGroupNetwork.Placement> placements, Link link) {
        try (TwoGroupNetwork network = network(architecture, placements, link)) {
            ReferenceNetwork reference = REFERENCES.computeIfAbsent(architecture, _ -> reference(network));
            reference.parameters.forEach((name, expected) -> assertArrayEquals(expected, all(tensor(network, name).parts()), name));
            assertTrue(network.train());
            network.save();

            assertClose("probabilities", reference.probabilities, doubles(network.probabilities(), architecture.classes() * IMAGES));
            assertClose("losses", reference.losses, doubles(network.losses(), IMAGES));
            maps(architecture).forEach((own, layer) -> {
                double[] expected = reference.maps.get(layer);
                for (String name : List.of(own, layer)) {
                    assertClose(name, expected, all(network.maps(name)));
                }
            });
            assertEquals(GroupShapes.whole(architecture, 1).parameters().keySet(), reference.gradients.keySet());
            reference.gradients.forEach((name, expected) ->
                    assertClose(name + " gradient", expected, all(network.observed(name + ".gradient"))));
        }
    }

    private static ParameterTensor tensor(TwoGroupNetwork network, String name) {
        return network.parameters().stream().filter(tensor -> tensor.name().equals(name)).findFirst().orElseThrow();
    }

    /** The same step of the same parameters. */
    private static ReferenceNetwork reference(TwoGroupNetwork network) {
        Map<String, double[]> parameters = new HashMap<>();
        network.parameters().forEach(tensor -> parameters.put(tensor.name(), all(tensor.parts())));
        BatchInputs inputs = network.inputs();
        byte[] pixels = new byte[inputs.pixels.getSize()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = inputs.pixels.get(i);
        }
        var shape = GroupShapes.whole(network.architecture(), IMAGES).image();
        double[] deviation = doubles(FloatArray.fromArray(deviation(network.architecture())), network.architecture().channels());
        double[] image = ImageReference.prepare(shape, pixels, new double[shape.imageLength()], deviation, ints(inputs.crops.array()),
                doubles(inputs.noise, inputs.noise.getSize()));
        ReferenceNetwork reference = new ReferenceNetwork(network.architecture(), IMAGES, parameters);
        reference.train(image, ints(inputs.labels), ints(inputs.imageKeys), 1.0 / (IMAGES - 1));
        return reference;
    }

    private static double[] afterSteps(int steps, Architecture architecture, List<TwoGroupNetwork.Placement> placements, Link link) {
        try (TwoGroupNetwork network = network(architecture, placements, link)) {
            Hyper.setAll(network.inputs().hyper, Hyper.RATE, 0.001f);
            network.inputs().hyper.set(Hyper.MOMENTUM, 0.9f);
            for (int step = 0; step < steps; step++) {
                assertTrue(network.train());
            }
            network.save();
            return network.tensors().stream().flatMapToDouble(tensor -> Arrays.stream(all(tensor.parts()))).toArray();
        }
    }

    @Test
    void everyLinkComputesTheSameBits() {
        // Which compiles the kernels of every network.
        if (!Devices.onTornado()) {
            assertEveryLinkComputesTheSameBits(MadeUpArchitectures.alexnet(), 2);
            assertEveryLinkComputesTheSameBits(MadeUpArchitectures.acrossTheBorder(), 4);
        }
        assertEveryLinkComputesTheSameBits(MadeUpArchitectures.acrossTheBorder(), 2);
    }

    private static void assertEveryLinkComputesTheSameBits(Architecture architecture, int parts) {
        double[] first = afterSteps(2, architecture, Where.DEVICES.placements(parts), Where.DEVICES.link());
        for (Where where : List.of(Where.PLANS_ON_ONE_DEVICE, Where.ONE_PLAN)) {
            assertArrayEquals(first, afterSteps(2, architecture, where.placements(parts), where.link()), where + " in " + parts + " parts");
        }
    }

    /** Those of AlexNet's own order are compared with PyTorch's. */
    @Test
    void tenStepsAreTheSameInHoweverManyParts() {
        Compilers.assumeQuick();
        Architecture architecture = MadeUpArchitectures.acrossTheBorder();
        double[] two = afterSteps(10, architecture, Where.ONE_PLAN.placements(2), Where.ONE_PLAN.link());
        for (int parts : List.of(1, 4)) {
            assertClose(parts + " parts", two, afterSteps(10, architecture, Where.ONE_PLAN.placements(parts), Where.ONE_PLAN.link()));
        }
    }

    @Test
    void partsOnOneDeviceAreLinkedThere() {
        List<Device> devices = Devices.ofRuntime().byDefault();
        for (int parts : List.of(1, 2, 4)) {
            assertInstanceOf(DeviceLink.class, Link.between(Where.ONE_PLAN.placements(parts)));
            assertEquals(parts == 1 || devices.getFirst().equals(devices.getLast()), Link.between(Where.DEVICES.placements(parts)) instanceof DeviceLink);
        }
    }

    @Test
    void theBytesOfADeviceAreThoseOfItsArrays() {
        for (Architecture architecture : List.of(MadeUpArchitectures.alexnet(), MadeUpArchitectures.acrossTheBorder())) {
            for (int parts : List.of(1, 2, 4)) {
                Partition partition = new Partition(architecture, parts);
                List<Integer> all = IntStream.range(0, parts).boxed().toList();
                assertBytes(partition, all, new DeviceLink());
                if (parts > 1) {
                    all.forEach(part -> assertBytes(partition, List.of(part), new HostLink(new HostExchange())));
                }
            }
        }
    }

    private static void assertBytes(Partition partition, List<Integer> together, Link link) {
        KernelFamily kernels = KernelFamilies.of(Devices.ofRuntime().all().getFirst().device());
        BatchInputs inputs = new BatchInputs(new GroupShapes(partition, 0, IMAGES).image());
        PlacedGroups placed = PlacedGroups.allocate(partition, LayerTraining.ALIKE, IMAGES, together, inputs, new RankArrays(Replication.NONE), link, kernels);
        long residents = placed.residents().stream().mapToLong(array -> ((TornadoNativeArray) array).getSize() * 4L).sum();
        // The host link also uploads, at each meeting, what is seen of others and, but for the logits, gradients by what others see.
        long uploaded = 0;
        for (Segment segment : link.withinPlan() ? List.<Segment>of() : placed.groups().getFirst().segments) {
            for (int other = 0; other < partition.parts(); other++) {
                uploaded += other == segment.part() ? 0 : 4L * (segment.receivedFrom(other).length() + (segment.last() ? 0 : segment.sentTo(other).length()));
            }
        }
        assertEquals(residents + uploaded + inputs.pixels.getSize(), TwoGroupNetwork.deviceBytes(partition, LayerTraining.ALIKE, IMAGES, together, kernels));
    }
}
