package alexnet.core.profile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import alexnet.core.device.Device;
import alexnet.core.device.Devices;
import alexnet.core.group.BatchInputs;
import alexnet.core.group.DeviceLink;
import alexnet.core.group.HostExchange;
import alexnet.core.group.HostLink;
import alexnet.core.group.Link;
import alexnet.core.group.Probes;
import alexnet.core.group.TwoGroupNetwork;
import alexnet.core.network.Architecture;
import alexnet.core.profile.StepProfile.Part;
import alexnet.core.profile.StepProfile.Work;
import alexnet.kernels.Hyper;
import alexnet.kernels.KernelFamilies;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class StepProfileTest {

    private static final int IMAGES = 3;
    private static final Architecture ARCHITECTURE = Architecture.alexnetSmall(4, 1);
    private static final Set<String> MEETINGS = Set.of("pool2", "pool5", "drop6", "drop7", "fc8");

    private static List<TwoGroupNetwork.Placement> placements(Link link) {
        List<Device> devices = Devices.ofRuntime().byDefault();
        return Stream.of(devices.getFirst(), link instanceof DeviceLink ? devices.getFirst() : devices.getLast())
                .map(device -> new TwoGroupNetwork.Placement(device.device(), KernelFamilies.of(device.device()))).toList();
    }

    static List<Link> links() {
        Link linked = new HostLink(new HostExchange());
        // TornadoVM compiles the kernels of every network.
        return Devices.onTornado() ? List.of(linked) : List.of(linked, new DeviceLink());
    }

    private static void prepare(TwoGroupNetwork network) {
        network.initialize(3);
        network.setMean(new float[ARCHITECTURE.storedSize() * ARCHITECTURE.storedSize()]);
        network.load();
        BatchInputs inputs = network.inputs();
        for (int i = 0; i < inputs.pixels.getSize(); i++) {
            inputs.pixels.set(i, (byte) (i * 7));
        }
        inputs.labels.init(2);
        inputs.imageKeys.init(9);
        inputs.crops.array().init(0);
        inputs.noise.init(0);
        inputs.hyper.init(0);
        Hyper.setAll(inputs.hyper, Hyper.RATE, 0.01f);
        inputs.hyper.set(Hyper.LOSS_SCALE, 1f / IMAGES);
    }

    private static float[] weights(TwoGroupNetwork network) {
        network.save();
        FloatArray weights = network.parameters().getFirst().parts().getFirst();
        return weights.toHeapArray();
    }

    @ParameterizedTest
    @MethodSource("links")
    void everyPartOfAStepIsTimedAndItsResultsStayTheSame(Link link) {
        StepProfile profile = new StepProfile();
        float[] expected;
        try (TwoGroupNetwork plain = new TwoGroupNetwork(ARCHITECTURE, IMAGES, placements(link), link, Probes.NONE)) {
            prepare(plain);
            plain.train();
            expected = weights(plain);
        }
        try (TwoGroupNetwork network = new TwoGroupNetwork(ARCHITECTURE, IMAGES, placements(link), link, Probes.timing(profile))) {
            prepare(network);
            long start = System.nanoTime();
            network.train();
            double step = (System.nanoTime() - start) * 1e-9;
            assertArrayEquals(expected, weights(network));

            Map<Part, Double> seconds = profile.seconds();
            assertTrue(seconds.values().stream().allMatch(time -> time > 0), seconds.toString());
            assertTrue(seconds.values().stream().mapToDouble(Double::doubleValue).sum() <= step, seconds + " of " + step);
            Set<String> layers = new HashSet<>(Set.of("loss"));
            ARCHITECTURE.layers().forEach(layer -> layers.add(layer.name()));
            assertEquals(layers, names(seconds, Work.FORWARD));
            assertEquals(layers, names(seconds, Work.BACKWARD));
            assertEquals(MEETINGS, names(seconds, Work.EXCHANGE));
            // Within one plan nothing goes through the host, and nobody waits.
            assertEquals(link instanceof DeviceLink ? Set.of() : MEETINGS, names(seconds, Work.WAITING));
            assertEquals(link instanceof DeviceLink ? Set.of() : MEETINGS, names(seconds, Work.DOWNLOAD));
            assertEquals(link instanceof DeviceLink ? Set.of("image") : Stream.concat(Stream.of("image"), MEETINGS.stream()).collect(Collectors.toSet()),
                    names(seconds, Work.UPLOAD));

            profile.clear();
            network.evaluate();
            assertEquals(Set.of(), names(profile.seconds(), Work.BACKWARD));
        }
    }

    private static Set<String> names(Map<Part, Double> seconds, Work work) {
        return seconds.keySet().stream().filter(part -> part.work() == work).map(Part::name).collect(Collectors.toSet());
    }
}
