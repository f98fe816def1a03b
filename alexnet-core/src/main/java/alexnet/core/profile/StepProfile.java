package alexnet.core.profile;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * What the steps of a {@linkplain alexnet.core.group.TwoGroupNetwork#profiled profiled} network spend their time on. Each of its
 * threads, one a device, adds its own times; they are read between steps.
 */
public final class StepProfile {

    /** What a part of a step does. */
    public enum Work {
        /** A layer on the way forward. */
        FORWARD,
        /** A layer on the way back: all its gradients, and the update of its parameters. */
        BACKWARD,
        /** To the device, with the kernels that take it in: images are prepared, maps put together, gradients added. */
        UPLOAD,
        /** From the device. */
        DOWNLOAD,
        /** Copying between the parts; on one device with the kernels that add gradients. */
        EXCHANGE,
        /** Until another part has sent what is exchanged, or other ranks their share of the gradients. */
        WAITING
    }

    /**
     * A part of a step.
     *
     * @param name the layer; {@code image} and {@code loss} for what comes before the first and after the last
     * @param work what is done for it
     */
    public record Part(String name, Work work) {
    }

    /** By thread; each changes its own alone. */
    private final Map<Integer, Map<Part, Long>> nanos = new ConcurrentSkipListMap<>();

    /** Adds {@code now - since} to a part, and returns {@code now}. */
    public long spent(int thread, Part part, long since) {
        long now = System.nanoTime();
        nanos.computeIfAbsent(thread, _ -> new LinkedHashMap<>()).merge(part, now - since, Long::sum);
        return now;
    }

    /** Seconds of each part since the last {@link #clear()}, in the order of a step: the mean of the threads, which run at once. */
    public Map<Part, Double> seconds() {
        long threads = nanos.values().stream().filter(times -> !times.isEmpty()).count();
        Map<Part, Double> seconds = new LinkedHashMap<>();
        nanos.values().forEach(times -> times.forEach((part, time) -> seconds.merge(part, time * 1e-9 / threads, Double::sum)));
        return seconds;
    }

    /** Forgets all times. */
    public void clear() {
        nanos.values().forEach(Map::clear);
    }
}
