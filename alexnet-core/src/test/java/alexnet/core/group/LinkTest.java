package alexnet.core.group;

import static alexnet.core.network.Layer.Sees.BOTH_GROUPS;
import static alexnet.core.network.Layer.Sees.OWN_GROUP;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import alexnet.core.device.Device;
import alexnet.core.device.Devices;
import alexnet.core.network.Architecture;
import alexnet.core.network.GroupShapes;
import alexnet.core.network.Initial;
import alexnet.core.network.Layer;
import alexnet.core.network.LayerTraining;
import alexnet.core.network.Partition;
import alexnet.core.network.Range;
import alexnet.core.replica.Replication;
import alexnet.kernels.KernelFamilies;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Links alone, by the number of parts and by what they see: numbers come to those who see them, and their gradients back. */
class LinkTest {

    private static final int IMAGES = 3;
    private static final Initial INITIAL = new Initial(0.01f, 0);

    /**
     * Something to link.
     *
     * @param before the maps before the meeting that is tried
     * @param after  the layer that sees them
     */
    private record Case(Class<? extends Link> kind, int parts, int before, Layer after) {

        Partition partition() {
            return new Partition(new Architecture("made-up", 1, 6, 6, List.of(
                    new Layer.Convolution("conv1", before, 3, 1, 1, BOTH_GROUPS, INITIAL), after, new Layer.FullyConnected("fc", 7, INITIAL))), parts);
        }

        Link link() {
            return kind == DeviceLink.class ? new DeviceLink() : new HostLink(new HostExchange());
        }

        List<List<Integer>> together() {
            List<Integer> all = IntStream.range(0, parts).boxed().toList();
            return kind == DeviceLink.class ? List.of(all) : all.stream().map(List::of).toList();
        }

        @Override
        public String toString() {
            return kind.getSimpleName() + ", " + parts + " parts, " + before + " maps, " + after;
        }
    }

    private static Layer normalization(int size, Layer.Sees sees) {
        return new Layer.Normalization("norm", size, 1e-3f, 0.75f, 2, sees);
    }

    static Stream<Case> cases() {
        List<Layer> layers = List.of(new Layer.Convolution("conv2", 8, 3, 1, 1, BOTH_GROUPS, INITIAL), new Layer.Convolution("conv2", 8, 3, 1, 1, OWN_GROUP, INITIAL),
                new Layer.FullyConnected("fc6", 10, INITIAL), normalization(3, BOTH_GROUPS), normalization(5, OWN_GROUP), normalization(9, BOTH_GROUPS),
                normalization(99, OWN_GROUP));
        return Stream.of(DeviceLink.class, HostLink.class).flatMap(kind -> IntStream.of(2, 4, 6).boxed().flatMap(parts ->
                IntStream.of(10, 12).boxed().flatMap(maps -> layers.stream().map(layer -> new Case(kind, parts, maps, layer)))))
                .filter(each -> each.partition().shares(0).get(1).meets()).filter(each -> !Devices.onTornado() || each.parts() == 4 && each.before() == 10);
    }

    /** A whole number, so that sums have no roundings. */
    private static float value(int index) {
        return index * 7 % 1009;
    }

    private static float gradient(int part, int index) {
        return (part + 1) * 1000 + index * 5 % 997;
    }

    private static void fill(FloatArray array, Range range, int part, boolean gradients) {
        for (int i = 0; i < range.length(); i++) {
            array.set(i, gradients ? gradient(part, range.from() + i) : value(range.from() + i));
        }
    }

    /** One plan with its part of a meeting, forward and back. */
    private static final class Meeting implements AutoCloseable {

        private final List<Chain.Step> steps;
        private final List<Integer> load;
        private final List<Integer> save;
        private final TornadoExecutionPlan plan;

        Meeting(PlacedGroups placed, Device device) {
            PlanGraphs graphs = new PlanGraphs(placed.residents(), KernelFamilies.of(device.device()), placed.shared().workspace);
            load = graphs.load();
            Chain chain = new Chain("meeting", graphs, false);
            Link.Meeting meeting = placed.meetings().getFirst();
            meeting.gather(chain);
            List<FloatArray> gradients = placed.groups().stream().map(part -> part.scratch).toList();
            meeting.send(chain, gradients);
            meeting.receive(chain, gradients, placed.groups().stream().map(part -> part.otherScratch).toList());
            steps = chain.steps();
            save = graphs.save(Stream.concat(placed.groups().stream().map(part -> part.segments.getFirst().seen().array()),
                    placed.groups().stream().map(part -> part.otherScratch)).distinct().map(Object.class::cast).toList());
            plan = graphs.plan(device.device());
        }

        void run() throws InterruptedException {
            load.forEach(graph -> plan.withGraph(graph).execute());
            for (Chain.Step step : steps) {
                switch (step) {
                    case Chain.GraphStep graph -> plan.withGraph(graph.graph()).execute();
                    case Chain.HostStep host -> host.action().run();
                }
            }
            save.forEach(graph -> plan.withGraph(graph).execute());
        }

        @Override
        public void close() {
            plan.freeDeviceMemory();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyPartGetsWhatItSeesAndTheGradientByWhatItOwns(Case linked) {
        Partition partition = linked.partition();
        Link link = linked.link();
        List<Device> devices = Devices.ofRuntime().all();
        List<GroupLayers> parts = new ArrayList<>();
        List<Meeting> plans = new ArrayList<>();
        try (GroupThreads threads = new GroupThreads(linked.together().size())) {
            for (List<Integer> together : linked.together()) {
                BatchInputs inputs = new BatchInputs(new GroupShapes(partition, 0, IMAGES).image());
                PlacedGroups placed = PlacedGroups.allocate(partition, LayerTraining.ALIKE, IMAGES, together, inputs, new RankArrays(Replication.NONE), link,
                        KernelFamilies.of(devices.getFirst().device()));
                placed.groups().forEach(part -> {
                    Segment segment = part.segments.getFirst();
                    fill(segment.own().array(), segment.own().range(), segment.part(), false);
                    fill(part.scratch, segment.seen().range(), segment.part(), true);
                });
                parts.addAll(placed.groups());
                plans.add(new Meeting(placed, devices.get(plans.size() % devices.size())));
            }
            threads.together(plan -> plans.get(plan).run());

            List<Segment> segments = parts.stream().map(part -> part.segments.getFirst()).toList();
            for (Segment segment : segments) {
                for (int i = 0; i < segment.seen().range().length(); i++) {
                    assertEquals(value(segment.seen().range().from() + i), segment.seen().array().get(i), "seen by part " + segment.part());
                }
                for (int i = 0; i < segment.own().range().length(); i++) {
                    int index = segment.own().range().from() + i;
                    double sum = segments.stream().filter(other -> other.seen().range().contains(new Range(index, index + 1)))
                            .mapToDouble(other -> gradient(other.part(), index)).sum();
                    assertEquals(sum, parts.get(segment.part()).otherScratch.get(i), "gradient of part " + segment.part());
                }
            }
        } finally {
            plans.forEach(Meeting::close);
        }
    }
}
