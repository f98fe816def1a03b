package alexnet.core.group;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import alexnet.core.device.Compilers;
import alexnet.core.device.Device;
import alexnet.core.device.Devices;
import alexnet.core.network.Architecture;
import alexnet.core.network.GroupShapes;
import alexnet.core.network.LayerTraining;
import alexnet.core.network.Partition;
import alexnet.core.replica.ReplicaException;
import alexnet.core.replica.Reduction;
import alexnet.core.replica.Replicas;
import alexnet.core.replica.Replication;
import alexnet.core.replica.Threads;
import alexnet.kernels.CounterRandom;
import alexnet.kernels.Hyper;
import alexnet.kernels.KernelFamilies;
import alexnet.kernels.KernelFamily;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * Ranks that share batches take the steps that one takes with whole batches. Only where rounding turns no unit on or off: with ten images,
 * and the same layers frozen as here, one is in the fourth step, whereupon two, three and five ranks agree with each other alone.
 */
class ReplicationTest {

    private static final Architecture ARCHITECTURE = MadeUpArchitectures.alexnet();
    private static final int STEPS = 5;
    private static final int BATCH = 12;
    /** Of the norm of a tensor's difference to that of the tensor: sums in another order, in five steps. */
    private static final double TOLERANCE = 1e-6;
    /** Of momenta and of biases, which began at about zero: sums of gradients, whose terms have cancelled each other. */
    private static final double GRADIENT_TOLERANCE = 2e-5;
    /** What has been computed already. */
    private static final Map<Case, Trained> ALONE = new HashMap<>();

    /** What a rank may do wrong. */
    private enum Mistake {
        NONE, LOSS_SCALE_OF_ITS_OWN_IMAGES, KEYS_BY_PLACE_IN_ITS_SHARE, SHARE_OF_ANOTHER_RANK
    }

    /**
     * How a network is trained.
     *
     * @param images in the whole batch, which holds {@link #BATCH} or fewer
     * @param linked whether parts are linked by the host, each with its own plan
     */
    private record Case(int ranks, Reduction reduction, int parts, boolean linked, int images, Set<String> frozen) {

        Case alone() {
            return new Case(1, Reduction.AUTO, parts, false, images, frozen);
        }

        int share() {
            return Math.ceilDiv(images, ranks);
        }

        List<TwoGroupNetwork.Placement> placements() {
            List<Device> devices = Devices.ofRuntime().byDefault();
            return IntStream.range(0, parts).mapToObj(part -> devices.get(linked ? part % devices.size() : 0))
                    .map(device -> new TwoGroupNetwork.Placement(device.device(), KernelFamilies.of(device.device()))).toList();
        }

        Link link() {
            return linked ? new HostLink(new HostExchange()) : new DeviceLink();
        }

        LayerTraining training() {
            return new LayerTraining(frozen, Map.of("fc7", 2f));
        }

        TwoGroupNetwork network(Replicas replicas) {
            return new TwoGroupNetwork(ARCHITECTURE, share(), placements(), training(), new Replication(replicas, reduction), link(), Probes.NONE);
        }
    }

    /** Parameters and momenta by name, and the sum of the losses of each step. */
    private record Trained(Map<String, float[]> tensors, List<Double> losses) {
    }

    static Stream<Case> cases() {
        Set<String> lower = Set.of("conv1", "conv2", "fc7");
        if (Devices.onTornado()) {
            // Convolutions' gradients are summed, the others' factors gathered.
            return Stream.of(new Case(2, Reduction.FACTORS, 2, true, BATCH, Set.of()));
        }
        Stream<Case> whole = IntStream.of(1, 2, 4).boxed().flatMap(parts -> Stream.of(false, true).flatMap(linked -> IntStream.of(2, 3, 4).boxed()
                .flatMap(ranks -> Stream.of(Reduction.ALL, Reduction.FACTORS).map(reduction -> new Case(ranks, reduction, parts, linked, BATCH, Set.of())))))
                .filter(each -> each.parts > 1 || !each.linked);
        return Stream.concat(whole, Stream.of(new Case(1, Reduction.FACTORS, 2, true, BATCH, Set.of()),
                new Case(3, Reduction.ALL, 2, true, BATCH - 1, lower), new Case(3, Reduction.FACTORS, 2, true, BATCH - 1, lower),
                // The last rank has no image at all.
                new Case(4, Reduction.FACTORS, 2, false, 9, Set.of()), new Case(4, Reduction.AUTO, 1, false, 9, lower)));
    }

    private static void fill(BatchInputs inputs, Case each, int rank, int step, Mistake mistake) {
        Architecture architecture = ARCHITECTURE;
        int pixels = architecture.channels() * architecture.storedSize() * architecture.storedSize();
        int share = each.share();
        for (int place = 0; place < share; place++) {
            int from = mistake == Mistake.SHARE_OF_ANOTHER_RANK && rank > 0 ? rank - 1 : rank;
            int image = from * share + place;
            for (int i = 0; i < pixels; i++) {
                inputs.pixels.set(place * pixels + i, (byte) CounterRandom.below(256, step, image, i));
            }
            inputs.crops.set(place, image % (MadeUpArchitectures.MARGIN + 1), step % (MadeUpArchitectures.MARGIN + 1), image % 2 == 1);
            inputs.labels.set(place, image < each.images ? (image + step) % architecture.classes() : -1);
            inputs.imageKeys.set(place, CounterRandom.imageKey(3, step, mistake == Mistake.KEYS_BY_PLACE_IN_ITS_SHARE ? place : image));
            for (int channel = 0; channel < architecture.channels(); channel++) {
                inputs.noise.set(channel * share + place, 0.5f * image + channel);
            }
        }
        int mean = mistake == Mistake.LOSS_SCALE_OF_ITS_OWN_IMAGES ? share : each.images;
        Hyper.setAll(inputs.hyper, Hyper.RATE, 0.01f);
        Hyper.setAll(inputs.hyper, Hyper.WEIGHT_DECAY, 0.0005f);
        inputs.hyper.set(Hyper.MOMENTUM, 0.9f);
        inputs.hyper.set(Hyper.LOSS_SCALE, 1f / mean);
    }

    private static Trained train(Case each, Replicas replicas, Mistake mistake) {
        try (TwoGroupNetwork network = each.network(replicas)) {
            network.initialize(7);
            network.load();
            List<Double> losses = new ArrayList<>();
            for (int step = 0; step < STEPS; step++) {
                fill(network.inputs(), each, replicas.rank(), step, mistake);
                assertTrue(network.train());
                losses.add(network.lossSum());
            }
            network.save();
            return new Trained(tensors(network), losses);
        }
    }

    /** As whole tensors, however many parts have them. */
    private static Map<String, float[]> tensors(TwoGroupNetwork network) {
        Map<String, float[]> tensors = new LinkedHashMap<>();
        network.tensors().forEach(tensor -> {
            float[] whole = new float[Math.toIntExact(tensor.length())];
            int at = 0;
            for (FloatArray part : tensor.parts()) {
                System.arraycopy(part.toHeapArray(), 0, whole, at, part.getSize());
                at += part.getSize();
            }
            tensors.put(tensor.name(), whole);
        });
        return tensors;
    }

    private static Trained alone(Case each) throws InterruptedException {
        if (!ALONE.containsKey(each.alone())) {
            ALONE.put(each.alone(), Threads.run(1, replicas -> train(each.alone(), replicas, Mistake.NONE)).getFirst());
        }
        return ALONE.get(each.alone());
    }

    private static double distance(float[] expected, float[] actual) {
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += Math.pow((double) expected[i] - actual[i], 2);
            norm += Math.pow(expected[i], 2);
        }
        // Those that stay as they are may be zero.
        return difference == 0 ? 0 : Math.sqrt(difference / norm);
    }

    /** By tensor. */
    private static Map<String, Double> distances(Trained expected, Trained actual) {
        assertEquals(expected.tensors.keySet(), actual.tensors.keySet());
        Map<String, Double> distances = new TreeMap<>();
        expected.tensors.forEach((name, values) -> distances.put(name, distance(values, actual.tensors.get(name))));
        return distances;
    }

    private static double tolerance(String tensor) {
        return tensor.endsWith(".weight") && !tensor.startsWith(Sgd.MOMENTA) ? TOLERANCE : GRADIENT_TOLERANCE;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void ranksTrainAsOneDoes(Case run) throws InterruptedException {
        List<Trained> ranks = Threads.run(run.ranks, replicas -> train(run, replicas, Mistake.NONE));
        Trained alone = alone(run);
        Map<String, Double> distances = distances(alone, ranks.getFirst());
        assertTrue(distances.entrySet().stream().allMatch(each -> each.getValue() <= tolerance(each.getKey())), distances.toString());
        for (Trained rank : ranks) {
            rank.tensors.forEach((name, values) -> assertArrayEquals(ranks.getFirst().tensors.get(name), values, name));
            assertEquals(ranks.getFirst().losses, rank.losses);
            IntStream.range(0, STEPS).forEach(step -> assertEquals(alone.losses.get(step), rank.losses.get(step), TOLERANCE * alone.losses.get(step)));
        }
    }

    @ParameterizedTest
    @EnumSource(value = Mistake.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void aMistakeStandsOut(Mistake mistake) throws InterruptedException {
        Compilers.assumeQuick();
        Case each = new Case(2, Reduction.AUTO, 1, false, BATCH, Set.of());
        Trained wrong = Threads.run(2, replicas -> train(each, replicas, mistake)).getFirst();
        Map<String, Double> distances = distances(alone(each), wrong);
        assertTrue(distances.entrySet().stream().allMatch(tensor -> tensor.getValue() > 100 * tolerance(tensor.getKey())), distances.toString());
    }

    @Test
    void aLossOfOneRankThatIsNotFiniteKeepsAllOfThemFromTheWayBack() throws InterruptedException {
        Compilers.assumeQuick();
        Case each = new Case(2, Reduction.FACTORS, 2, true, BATCH, Set.of());
        Threads.run(2, replicas -> {
            try (TwoGroupNetwork network = each.network(replicas)) {
                network.initialize(7);
                network.load();
                Map<String, float[]> before = tensors(network);
                fill(network.inputs(), each, replicas.rank(), 0, Mistake.NONE);
                if (replicas.rank() == 1) {
                    network.inputs().noise.set(0, Float.NaN);
                }
                assertFalse(network.train());
                assertFalse(Double.isFinite(network.lossSum()));
                network.save();
                tensors(network).forEach((name, values) -> assertArrayEquals(before.get(name), values, name));
                fill(network.inputs(), each, replicas.rank(), 0, Mistake.NONE);
                assertTrue(network.train(), "it goes on");
                return null;
            }
        });
    }

    @Test
    void ranksWithOtherBatchesAreTold() throws InterruptedException {
        Threads.run(2, replicas -> {
            Case each = new Case(2, Reduction.FACTORS, 1, false, BATCH + 2 * replicas.rank(), Set.of());
            String message = assertThrows(ReplicaException.class, () -> each.network(replicas)).getMessage();
            assertTrue(message.startsWith("the ranks have different networks"), message);
            return null;
        });
    }

    /** What all threads of the network are called, with the reducer's. */
    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream().filter(thread -> thread.getName().matches("group-.*|reducer")).count();
    }

    private static void assertThreadsEnd(long before) {
        // Threads that are shut down end by themselves.
        for (long end = System.nanoTime() + 10_000_000_000L; threads() > before && System.nanoTime() < end;) {
            Thread.onSpinWait();
        }
        assertEquals(before, threads());
    }

    /** Does something else instead of summing gradients. */
    private static Replicas instead(Replicas replicas, Runnable sum) {
        return (Replicas) Proxy.newProxyInstance(Replicas.class.getClassLoader(), new Class<?>[] {Replicas.class}, (_, method, arguments) -> {
            if (method.getName().equals("sum") && arguments.length == 3) {
                sum.run();
            }
            try {
                Object result = method.invoke(replicas, arguments);
                return method.getName().equals("duplicate") ? instead((Replicas) result, sum) : result;
            } catch (InvocationTargetException failed) {
                throw failed.getCause();
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Reduction.class)
    void afterAFailedReductionTheNetworkRefusesToGoOn(Reduction reduction) throws InterruptedException {
        Compilers.assumeQuick();
        Case each = new Case(2, reduction, 2, true, BATCH, Set.of());
        long before = threads();
        Threads.run(2, replicas -> {
            try (TwoGroupNetwork network = each.network(instead(replicas, () -> {
                throw new ReplicaException("planted");
            }))) {
                network.initialize(7);
                network.load();
                fill(network.inputs(), each, replicas.rank(), 0, Mistake.NONE);
                assertEquals("the gradients of the ranks could not be put together: planted", assertThrows(ReplicaException.class, network::train).getMessage());
                assertTrue(assertThrows(IllegalStateException.class, network::train).getMessage().startsWith("the network cannot go on after a failure"));
                return null;
            }
        });
        assertThreadsEnd(before);
    }

    @Test
    void aReductionThatHangsKeepsNobodyFromClosing() throws InterruptedException {
        Compilers.assumeQuick();
        Case each = new Case(2, Reduction.ALL, 2, true, BATCH, Set.of());
        CountDownLatch reached = new CountDownLatch(2);
        CountDownLatch released = new CountDownLatch(1);
        long before = threads();
        Runnable hang = () -> {
            reached.countDown();
            boolean hanging = true;
            while (hanging) {
                try {
                    released.await();
                    hanging = false;
                } catch (InterruptedException _) {
                    // As a library does that knows nothing of it.
                }
            }
            throw new ReplicaException("released");
        };
        Threads.run(2, replicas -> {
            try (TwoGroupNetwork network = each.network(instead(replicas, hang))) {
                network.initialize(7);
                network.load();
                fill(network.inputs(), each, replicas.rank(), 0, Mistake.NONE);
                Thread caller = Thread.currentThread();
                Thread.ofPlatform().start(() -> {
                    try {
                        reached.await();
                    } catch (InterruptedException interrupted) {
                        throw new AssertionError(interrupted);
                    }
                    caller.interrupt();
                });
                assertInstanceOf(CancellationException.class, assertThrows(RuntimeException.class, network::train));
            }
            return Thread.interrupted();
        }).forEach(interrupted -> assertTrue(interrupted));
        released.countDown();
        assertThreadsEnd(before);
    }

    @ParameterizedTest
    @EnumSource(value = Reduction.class, names = {"ALL", "FACTORS"})
    void theBytesOfADeviceAreThoseOfItsArrays(Reduction reduction) throws InterruptedException {
        Partition partition = new Partition(ARCHITECTURE, 2);
        KernelFamily kernels = KernelFamilies.of(Devices.ofRuntime().all().getFirst().device());
        Threads.run(3, replicas -> {
            Replication replication = new Replication(replicas, reduction);
            for (List<Integer> together : List.of(List.of(0), List.of(1), List.of(0, 1))) {
                Link link = together.size() == 1 ? new HostLink(new HostExchange()) : new DeviceLink();
                BatchInputs inputs = new BatchInputs(new GroupShapes(partition, 0, BATCH).image());
                PlacedGroups placed = PlacedGroups.allocate(partition, LayerTraining.ALIKE, BATCH, together, inputs, new RankArrays(replication), link, kernels);
                PlacedGroups alone = PlacedGroups.allocate(partition, LayerTraining.ALIKE, BATCH, together, inputs, new RankArrays(Replication.NONE), link, kernels);
                // Parts share the inputs.
                long received = placed.groups().stream().flatMap(group -> group.reductions.values().stream()).flatMap(each -> each.received().stream())
                        .distinct().mapToLong(array -> 4L * array.getSize()).sum();
                assertTrue(received > 0);
                assertEquals(residents(placed) - residents(alone) + received,
                        TwoGroupNetwork.deviceBytes(partition, LayerTraining.ALIKE, BATCH, together, replication, kernels)
                                - TwoGroupNetwork.deviceBytes(partition, LayerTraining.ALIKE, BATCH, together, kernels));
            }
            return null;
        });
    }

    private static long residents(PlacedGroups placed) {
        return placed.residents().stream().mapToLong(array -> ((TornadoNativeArray) array).getSize() * 4L).sum();
    }
}
