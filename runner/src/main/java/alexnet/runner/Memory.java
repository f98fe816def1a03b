package alexnet.runner;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import alexnet.core.device.Device;
import alexnet.core.group.TwoGroupNetwork;
import alexnet.core.network.Architecture;
import alexnet.core.network.GroupShapes;
import alexnet.core.network.Layer;

/** How much memory a network takes where it is placed, told before it is allocated. */
final class Memory {

    /** What was asked for needs more memory than there is; the message is the line for the user. */
    static final class NotEnough extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotEnough(String message) {
            super(message);
        }
    }

    /** For everything but the network: classes, batches read ahead, and slack. */
    private static final long PROGRAM_BYTES = 512L << 20;

    /** What of -Xmx Java cannot use: one of the two spaces that survivors of the young generation are copied between. */
    private static final long RESERVE_BYTES = 8L << 20;

    private Memory() {
    }

    /**
     * Makes sure that the network fits.
     *
     * @param images in a batch
     * @param placed the device of each group
     * @return bytes of Java's heap that are left, for decoded images
     * @throws NotEnough saying how much is needed where
     */
    static long require(Architecture architecture, int images, List<Device> placed) {
        long onHost = hostBytes(architecture);
        long heap = PROGRAM_BYTES + (placed.stream().anyMatch(Device::onHeap) ? onHost : 0);
        Map<Device, List<Integer>> groups = new LinkedHashMap<>();
        for (int group = 0; group < placed.size(); group++) {
            groups.computeIfAbsent(placed.get(group), _ -> new ArrayList<>()).add(group);
        }
        Map<Device, Long> needs = new LinkedHashMap<>();
        groups.forEach((device, together) -> needs.put(device, deviceBytes(architecture, images, together)));
        for (Map.Entry<Device, Long> need : needs.entrySet()) {
            Device device = need.getKey();
            if (device.onHeap()) {
                heap += need.getValue();
            } else if (need.getValue() > device.memoryBytes()) {
                throw new NotEnough(String.format(Locale.ROOT, "%s at batch size %d needs %s on device %s, which has %s: choose a smaller"
                        + " --batch-size or other --devices", architecture.name(), images, gibibytes(need.getValue()), device.id(),
                        gibibytes(device.memoryBytes())));
            }
        }
        long limit = Runtime.getRuntime().maxMemory();
        if (heap > limit) {
            throw new NotEnough(String.format(Locale.ROOT, "%s at batch size %d needs %s of memory, Java may use %s: choose a smaller"
                    + " --batch-size, or set ALEXNET_JAVA_OPTS=-Xmx%dm if the machine has so much", architecture.name(), images,
                    gibibytes(heap), gibibytes(limit), Math.ceilDiv(heap + RESERVE_BYTES, 1L << 20)));
        }
        return limit - heap;
    }

    private static long deviceBytes(Architecture architecture, int images, List<Integer> together) {
        try {
            return TwoGroupNetwork.deviceBytes(architecture, images, together);
        } catch (IllegalArgumentException | ArithmeticException tooLarge) {
            // One image is possible: hostBytes has tried.
            throw new NotEnough(architecture.name() + " at batch size " + images + " has arrays of more than " + Integer.MAX_VALUE
                    + " values: choose a smaller --batch-size");
        }
    }

    /** Parameters and momenta come back to the host for checkpoints. */
    private static long hostBytes(Architecture architecture) {
        long values = 0;
        for (int group = 0; group < Architecture.GROUPS; group++) {
            GroupShapes shapes = new GroupShapes(architecture, group, 1);
            for (GroupShapes.Entry entry : shapes.entries()) {
                values += switch (entry.layer()) {
                    case Layer.Convolution _ -> shapes.convolution(entry).weightLength() + shapes.convolution(entry).filters();
                    case Layer.FullyConnected _ -> shapes.fullyConnected(entry).weightLength() + shapes.fullyConnected(entry).units();
                    default -> 0;
                };
            }
        }
        return 2 * values * Float.BYTES;
    }

    static String gibibytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1 << 30));
    }
}
