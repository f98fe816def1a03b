package alexnet.core.group;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import alexnet.core.device.Compilers;
import alexnet.core.device.Device;
import alexnet.core.device.Devices;
import alexnet.core.network.Architecture;
import alexnet.core.network.GroupShapes;
import alexnet.core.network.Layer;
import alexnet.core.network.LayerTraining;
import alexnet.core.network.Partition;
import alexnet.core.profile.StepProfile;
import alexnet.core.replica.Replication;
import alexnet.kernels.Hyper;
import alexnet.kernels.KernelFamilies;
import alexnet.kernels.KernelFamily;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** Layers that stay as they are, wherever they lie: the others learn as if nothing were frozen, for as long as those are the same. */
class FrozenLayersTest {

    private static final int IMAGES = 4;
    private static final float DECAY = 0.5f;

    private static List<TwoGroupNetwork.Placement> placements(boolean together) {
        List<Device> devices = Devices.ofRuntime().byDefault();
        return List.of(placement(devices.getFirst()), placement(together ? devices.getFirst() : devices.getLast()));
    }

    private static TwoGroupNetwork.Placement placement(Device device) {
        return new TwoGroupNetwork.Placement(device.device(), KernelFamilies.of(device.device()));
    }

    private static List<String> weighted(Architecture architecture) {
        return architecture.layers().stream().filter(Layer.Weighted.class::isInstance).map(Layer::name).toList();
    }

    private static LayerTraining frozen(Set<String> layers) {
        return new LayerTraining(layers, Map.of());
    }

    private static boolean isOf(String parameter, Set<String> layers) {
        return layers.contains(parameter.substring(0, parameter.lastIndexOf('.')));
    }

    private static TwoGroupNetwork network(Architecture architecture, LayerTraining training, Link link, boolean together) {
        return network(architecture, training, link, placements(together));
    }

    private static TwoGroupNetwork network(Architecture architecture, LayerTraining training, Link link, List<TwoGroupNetwork.Placement> placements) {
        List<String> observed = GroupShapes.whole(architecture, 1).parameters().keySet().stream().filter(name -> !isOf(name, training.frozen()))
                .map(name -> name + ".gradient").toList();
        return prepared(new TwoGroupNetwork(architecture, IMAGES, placements, training, link, Probes.observing(observed)));
    }

    private static TwoGroupNetwork prepared(TwoGroupNetwork network) {
        network.initialize(3);
        network.load();
        BatchInputs inputs = network.inputs();
        inputs.makeUp(network.architecture(), 5);
        Hyper.setAll(inputs.hyper, Hyper.RATE, 0.01f);
        Hyper.setAll(inputs.hyper, Hyper.WEIGHT_DECAY, DECAY);
        inputs.hyper.set(Hyper.MOMENTUM, 0.9f);
        inputs.hyper.set(Hyper.LOSS_SCALE, 1f / IMAGES);
        return network;
    }

    private static Map<String, float[]> values(List<ParameterTensor> tensors) {
        Map<String, float[]> values = new HashMap<>();
        for (ParameterTensor tensor : tensors) {
            for (int part = 0; part < tensor.parts().size(); part++) {
                values.put(tensor.name() + " of part " + part, tensor.parts().get(part).toHeapArray());
            }
        }
        return values;
    }

    /**
     * Each layer but the last with all below it, each alone with others that learn below, and all but the first; on TornadoVM,
     * which compiles the kernels of every network, the lower half alone.
     */
    private static Set<Set<String>> choices(Architecture architecture) {
        List<String> layers = weighted(architecture);
        if (Devices.onTornado()) {
            return Set.of(Set.copyOf(layers.subList(0, layers.size() / 2)));
        }
        Set<Set<String>> choices = new LinkedHashSet<>();
        for (int end = 1; end < layers.size(); end++) {
            choices.add(Set.copyOf(layers.subList(0, end)));
            choices.add(Set.of(layers.get(end)));
        }
        choices.add(Set.copyOf(layers.subList(1, layers.size())));
        return choices;
    }

    private record Step(Map<String, float[]> before, Map<String, float[]> after, Map<String, float[]> gradients) {

        static Step of(TwoGroupNetwork network) {
            Map<String, float[]> before = values(network.parameters());
            assertTrue(network.train());
            network.save();
            Map<String, float[]> gradients = new HashMap<>();
            network.states().forEach(tensor -> {
                String name = tensor.name().substring(Sgd.MOMENTA.length()) + ".gradient";
                for (int part = 0; part < tensor.parts().size(); part++) {
                    gradients.put(name + " of part " + part, network.observed(part, name).toHeapArray());
                }
            });
            return new Step(before, values(network.tensors()), gradients);
        }
    }

    private static Stream<Architecture> architectures() {
        return Devices.onTornado() ? Stream.of(MadeUpArchitectures.alexnet()) : MadeUpArchitectures.all();
    }

    @ParameterizedTest
    @MethodSource("architectures")
    void theOthersLearnAsIfNothingWereFrozen(Architecture architecture) {
        Step whole;
        try (TwoGroupNetwork network = network(architecture, LayerTraining.ALIKE, new DeviceLink(), true)) {
            whole = Step.of(network);
        }
        for (Set<String> frozen : choices(architecture)) {
            for (boolean together : Devices.onTornado() ? List.of(false) : List.of(true, false)) {
                try (TwoGroupNetwork network = network(architecture, frozen(frozen), together ? new DeviceLink() : new HostLink(new HostExchange()), together)) {
                    assertLearnsTheRest(frozen, Step.of(network), whole);
                }
            }
        }
    }

    @Test
    void soTheyDoInOnePartAndInFour() {
        Compilers.assumeQuick();
        Architecture architecture = MadeUpArchitectures.alexnet();
        TwoGroupNetwork.Placement place = placements(true).getFirst();
        for (int parts : List.of(1, 4)) {
            Step whole;
            try (TwoGroupNetwork network = network(architecture, LayerTraining.ALIKE, new DeviceLink(), Collections.nCopies(parts, place))) {
                whole = Step.of(network);
            }
            for (Set<String> frozen : choices(architecture)) {
                try (TwoGroupNetwork network = network(architecture, frozen(frozen), new DeviceLink(), Collections.nCopies(parts, place))) {
                    assertLearnsTheRest(frozen, Step.of(network), whole);
                }
            }
        }
    }

    private static void assertLearnsTheRest(Set<String> frozen, Step step, Step whole) {
        String what = " with " + frozen + " frozen";
        assertEquals(whole.gradients.keySet().stream().filter(name -> !isOf(name.substring(0, name.indexOf(".gradient")), frozen)).count(),
                step.gradients.size());
        step.gradients.forEach((name, gradient) -> assertArrayEquals(whole.gradients.get(name), gradient, name + what));
        step.after.forEach((name, values) -> {
            String parameter = name.substring(0, name.indexOf(' ')).replaceFirst("^momentum\\.", "");
            boolean stays = isOf(parameter, frozen);
            assertFalse(stays && name.startsWith(Sgd.MOMENTA), name + what);
            assertArrayEquals(stays ? step.before.get(name) : whole.after.get(name), values, name + what);
            if (!name.startsWith(Sgd.MOMENTA)) {
                // Biases of zero have no decay, but a gradient.
                assertEquals(stays, Arrays.equals(step.before.get(name), values), name + what);
            }
        });
    }

    @Test
    void moreStepsAreTheSameOnEveryLink() {
        Compilers.assumeQuick();
        Architecture architecture = MadeUpArchitectures.alexnet();
        List<Map<String, float[]>> after = new ArrayList<>();
        for (Link link : List.of(new DeviceLink(), new HostLink(new HostExchange()), new HostLink(new HostExchange()))) {
            try (TwoGroupNetwork network = network(architecture, frozen(Set.of("conv1", "conv2", "conv4", "fc7")), link, after.size() < 2)) {
                Map<String, float[]> before = values(network.parameters());
                for (int step = 0; step < 3; step++) {
                    network.train();
                }
                network.save();
                after.add(values(network.tensors()));
                after.getLast().forEach((name, values) -> assertEquals(name.matches("(conv[124]|fc7)\\..*"), Arrays.equals(before.get(name), values), name));
            }
        }
        after.forEach(others -> {
            assertEquals(after.getFirst().keySet(), others.keySet());
            others.forEach((name, values) -> assertArrayEquals(after.getFirst().get(name), values, name));
        });
    }

    @Test
    void aRateIsMultipliedForWeightsAndBiasesOfItsLayerAlone() {
        Compilers.assumeQuick();
        Architecture architecture = MadeUpArchitectures.alexnet();
        Map<String, float[]> once = momenta(architecture, LayerTraining.ALIKE);
        // Powers of two, so that nothing is rounded otherwise.
        Map<String, Float> rates = Map.of("fc8", 8f, "conv1", 0.25f, "conv4", 0f);
        momenta(architecture, new LayerTraining(Set.of(), rates)).forEach((name, values) -> {
            float factor = rates.getOrDefault(name.substring(Sgd.MOMENTA.length(), name.lastIndexOf('.')), 1f);
            float[] expected = once.get(name).clone();
            for (int i = 0; i < expected.length; i++) {
                expected[i] *= factor;
                // Nothing may have another sign.
                assertEquals(expected[i] + 0f, values[i] + 0f, name);
            }
        });
    }

    private static Map<String, float[]> momenta(Architecture architecture, LayerTraining training) {
        try (TwoGroupNetwork network = network(architecture, training, new DeviceLink(), true)) {
            network.train();
            network.save();
            return values(network.states());
        }
    }

    @Test
    void aProfiledNetworkHasNoWayBackBelowTheLowestThatLearns() {
        Compilers.assumeQuick();
        Architecture architecture = MadeUpArchitectures.alexnet();
        for (boolean together : List.of(true, false)) {
            StepProfile profile = new StepProfile();
            try (TwoGroupNetwork network = prepared(TwoGroupNetwork.profiled(architecture, IMAGES, placements(together),
                    frozen(Set.of("conv1", "conv2", "conv4")), profile))) {
                network.train();
            }
            List<String> back = profile.seconds().keySet().stream().filter(part -> part.work() == StepProfile.Work.BACKWARD)
                    .map(StepProfile.Part::name).distinct().toList();
            assertEquals(List.of("loss", "fc8", "drop7", "fc7", "drop6", "fc6", "pool5", "conv5", "conv4", "conv3"), back);
        }
    }

    @Test
    void theBytesOfADeviceAreThoseOfItsArrays() {
        Partition partition = new Partition(MadeUpArchitectures.alexnet(), 2);
        LayerTraining training = frozen(Set.of("conv1", "conv2", "conv3", "conv4", "conv5"));
        KernelFamily kernels = KernelFamilies.of(Devices.ofRuntime().all().getFirst().device());
        for (List<Integer> together : List.of(List.of(0), List.of(1), List.of(0, 1))) {
            Link link = together.size() == 1 ? new HostLink(new HostExchange()) : new DeviceLink();
            BatchInputs inputs = new BatchInputs(new GroupShapes(partition, 0, IMAGES).image());
            PlacedGroups placed = PlacedGroups.allocate(partition, training, IMAGES, together, inputs, new RankArrays(Replication.NONE), link, kernels);
            long residents = placed.residents().stream().mapToLong(array -> ((TornadoNativeArray) array).getSize() * 4L).sum();
            long uploaded = link.withinPlan() ? 0 : placed.groups().getFirst().segments.stream()
                    .mapToLong(segment -> 4L * (segment.receivedFrom(1 - segment.part()).length() + (segment.getsGradients() ? segment.own().range().length() : 0)))
                    .sum();
            long bytes = TwoGroupNetwork.deviceBytes(partition, training, IMAGES, together, kernels);

            assertEquals(residents + uploaded + inputs.pixels.getSize(), bytes);
            long frozenWeights = placed.parameters().stream().filter(parameter -> !parameter.learns()).map(Parameter::values)
                    .mapToLong(FloatArray::getSize).sum();
            assertTrue(bytes + 8 * frozenWeights < TwoGroupNetwork.deviceBytes(partition, LayerTraining.ALIKE, IMAGES, together, kernels),
                    "momenta and gradients are saved, and room for the gradients by the largest maps");
        }
    }
}
