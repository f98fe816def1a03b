package alexnet.runner;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.OperatingSystemMXBean;

import alexnet.core.device.Device;
import alexnet.core.device.DeviceException;
import alexnet.core.group.Optimizer;
import alexnet.core.group.TwoGroupNetwork;
import alexnet.core.network.Architecture;
import alexnet.core.network.GroupShapes;
import alexnet.core.network.Layer;
import alexnet.core.network.LayerTraining;
import alexnet.core.network.Partition;
import alexnet.core.replica.Replication;
import alexnet.kernels.FullyConnectedShape;
import alexnet.kernels.KernelFamily;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;

/** How much memory a network takes where it is placed, told before it is allocated. */
final class Memory {

    /** What was asked for needs more memory than there is; the message is the line for the user. */
    static final class NotEnough extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotEnough(String message) {
            super(message);
        }
    }

    /** For everything but the network and its batches: classes, images that are being decoded, and slack. */
    private static final long PROGRAM_BYTES = 512L << 20;

    /** What of -Xmx Java cannot use: one of the two spaces that survivors of the young generation are copied between. */
    private static final long RESERVE_BYTES = 8L << 20;

    /** For the buffers through which files are read and written. */
    private static final long DIRECT_RESERVE_BYTES = 64L << 20;

    private static final int MEBIBYTE = 1 << 20;
    private static final long EXACT_BELOW = 10L << 30;

    /**
     * What a network and its batches take.
     *
     * @param heap    bytes of Java's heap
     * @param direct  bytes outside it that Java allocates: on a TornadoVM SDK, every array of a device has a counterpart there
     * @param devices bytes of the devices that are not the heap
     */
    record Needs(long heap, long direct, Map<Device, Long> devices) {
    }

    private Memory() {
    }

    /**
     * Makes sure that networks fit, all at a time.
     *
     * @param training which layers learn
     * @param images   in a batch, of this rank
     * @param placed   the device of each part
     * @param networks with whom each of them trains
     * @param kernels  what computes on a device
     * @param batches  of images that are kept beside the one that each network has
     * @return bytes of Java's heap that are left, for decoded images
     * @throws NotEnough saying how much is needed where
     */
    static long require(Architecture architecture, LayerTraining training, int images, List<Device> placed, List<Replication> networks,
                        Function<Device, KernelFamily> kernels, int batches) {
        String what = architecture.name() + " at batch size " + images;
        try {
            new Partition(architecture, placed.size()).require();
        } catch (IllegalArgumentException impossible) {
            throw new DeviceException(impossible.getMessage() + ": name fewer --devices", impossible);
        }
        Needs needs;
        try {
            needs = needs(architecture, training, images, placed, networks, kernels, batches);
        } catch (IllegalArgumentException | ArithmeticException tooLarge) {
            // One image is possible: a checkpoint or a named architecture has it.
            throw new NotEnough(what + " has arrays of more than " + Integer.MAX_VALUE + " values: choose a smaller --batch-size");
        }
        needs.devices.forEach((device, bytes) -> require(what, bytes, "on device " + device.id() + ", which has", device.memoryBytes(),
                "choose a smaller --batch-size or other --devices"));
        require(what, needs.direct, "of memory outside Java's heap, Java may use", directLimit(),
                "choose a smaller --batch-size, or set ALEXNET_JAVA_OPTS=-XX:MaxDirectMemorySize=" + Math.ceilDiv(needs.direct, MEBIBYTE)
                        + "m if the machine has so much");
        require(what, needs.direct + needs.devices.entrySet().stream().filter(need -> need.getKey().type() == TornadoDeviceType.CPU)
                        .mapToLong(Map.Entry::getValue).sum(), "of the machine's memory, which is", machineBytes(), "choose a smaller --batch-size");
        long limit = Runtime.getRuntime().maxMemory();
        require(what, needs.heap, "of memory, Java may use", limit, "choose a smaller --batch-size, or set ALEXNET_JAVA_OPTS=-Xmx"
                + Math.ceilDiv(needs.heap + RESERVE_BYTES, MEBIBYTE) + "m if the machine has so much");
        return limit - needs.heap;
    }

    private static void require(String what, long needed, String where, long limit, String remedy) {
        if (needed > limit) {
            throw new NotEnough(what + " needs " + size(needed) + " " + where + " " + size(limit) + ": " + remedy);
        }
    }

    /**
     * What networks take.
     *
     * @throws IllegalArgumentException naming a layer with an array that Java cannot have
     */
    static Needs needs(Architecture architecture, LayerTraining training, int images, List<Device> placed, List<Replication> networks,
                       Function<Device, KernelFamily> kernels, int batches) {
        Partition partition = new Partition(architecture, placed.size());
        long network = 0;
        Map<Device, Long> devices = new LinkedHashMap<>();
        Map<Device, List<Integer>> parts = new LinkedHashMap<>();
        for (int part = 0; part < placed.size(); part++) {
            parts.computeIfAbsent(placed.get(part), _ -> new ArrayList<>()).add(part);
        }
        for (Map.Entry<Device, List<Integer>> together : parts.entrySet()) {
            long bytes = 0;
            for (Replication replication : networks) {
                bytes += TwoGroupNetwork.deviceBytes(partition, training, images, together.getValue(), replication, kernels.apply(together.getKey()));
            }
            network += bytes;
            if (!together.getKey().onHeap()) {
                devices.put(together.getKey(), bytes);
            }
        }
        long ahead = ((long) networks.size() + batches) * new GroupShapes(partition, 0, images).image().pixelLength();
        if (!devices.isEmpty()) {
            return new Needs(PROGRAM_BYTES, network + ahead + DIRECT_RESERVE_BYTES, devices);
        }
        long onHost = 0;
        for (int part = 0; part < placed.size(); part++) {
            for (Replication replication : networks) {
                onHost += valuesOnHost(new GroupShapes(partition, part, images), training, replication) * Float.BYTES;
            }
        }
        return new Needs(PROGRAM_BYTES + network + onHost + ahead, 0, Map.of());
    }

    /** On the JVM, arrays of the host that nobody touches take no memory. Touched are those that travel. */
    private static long valuesOnHost(GroupShapes shapes, LayerTraining training, Replication replication) {
        long values = 0;
        for (GroupShapes.Entry entry : shapes.entries()) {
            boolean learns = training.learns(entry.layer());
            // Parameters and what the optimizer keeps of them, for checkpoints.
            long tensors = 1 + (learns ? Optimizer.CHOSEN.states().size() : 0);
            // Gradients, of this rank and of all.
            long summed = learns && !replication.none() ? 2 : 0;
            values += switch (entry.layer()) {
                case Layer.Convolution _ -> (tensors + summed) * (shapes.convolution(entry).weightLength() + shapes.convolution(entry).filters());
                case Layer.FullyConnected f -> {
                    FullyConnectedShape shape = shapes.fullyConnected(entry);
                    long parameters = (long) shape.weightLength() + shape.units();
                    yield tensors * parameters + (learns && replication.gathers(shape, f.units()) ? factors(shape, replication) : summed * parameters);
                }
                default -> 0;
            };
            // Maps and their gradients, a part's own and those received.
            values += entry.share().meets() ? 2L * entry.input().length() * shapes.images() : 0;
        }
        return values;
    }

    /** A layer's inputs and output gradients, of this rank and of all. */
    private static long factors(FullyConnectedShape shape, Replication replication) {
        FullyConnectedShape all = replication.ofAllRanks(shape);
        return (long) shape.inputLength() + shape.outputLength() + all.inputLength() + all.outputLength();
    }

    /** What Java may allocate outside its heap: as much as inside, unless it is told otherwise. */
    private static long directLimit() {
        long chosen = Long.parseLong(ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).getVMOption("MaxDirectMemorySize").getValue());
        return chosen == 0 ? Runtime.getRuntime().maxMemory() : chosen;
    }

    private static long machineBytes() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    }

    /** So exact that two that differ look different. */
    private static String size(long bytes) {
        return bytes < EXACT_BELOW ? String.format(Locale.ROOT, "%d MiB", Math.ceilDiv(bytes, MEBIBYTE)) : gibibytes(bytes);
    }

    static String gibibytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1 << 30));
    }
}
