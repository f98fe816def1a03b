package alexnet.core.profile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import alexnet.core.network.Architecture;

/**
 * What the steps of a {@linkplain alexnet.core.group.TwoGroupNetwork#profiled profiled} network spend their time on. Each group's thread adds its
 * own times; they are read between steps.
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
        /** Copying between the groups. */
        EXCHANGE,
        /** Until the other group has sent what is exchanged. */
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

    private final List<Map<Part, Long>> nanos = new ArrayList<>();

    /** One without times. */
    public StepProfile() {
        IntStream.range(0, Architecture.GROUPS).forEach(_ -> nanos.add(new LinkedHashMap<>()));
    }

    /** Adds {@code now - since} to a part, and returns {@code now}. */
    public long spent(int group, Part part, long since) {
        long now = System.nanoTime();
        nanos.get(group).merge(part, now - since, Long::sum);
        return now;
    }

    /** Seconds of each part since the last {@link #clear()}, in the order of a step: the mean of the two groups, which run at once. */
    public Map<Part, Double> seconds() {
        Map<Part, Double> seconds = new LinkedHashMap<>();
        nanos.forEach(group -> group.forEach((part, time) -> seconds.merge(part, time * 1e-9 / nanos.size(), Double::sum)));
        return seconds;
    }

    /** Forgets all times. */
    public void clear() {
        nanos.forEach(Map::clear);
    }
}
