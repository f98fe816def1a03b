package alexnet.core.group;

import java.util.List;

import alexnet.core.profile.StepProfile;

/**
 * What checks and measurements need of a network beside training.
 *
 * @param observed  names of device arrays that saving brings back, besides parameters and momenta
 * @param replacing whether parameters can be replaced after they were loaded, which takes their memory once more
 * @param profile   gets the time of every part of a step, for which each part has a graph of its own; null where nobody asks
 */
public record Probes(List<String> observed, boolean replacing, StepProfile profile) {

    /** Nothing beside training. */
    public static final Probes NONE = new Probes(List.of(), false, null);

    /** Only looks at arrays. */
    public static Probes observing(List<String> observed) {
        return new Probes(observed, false, null);
    }

    /** Only measures. */
    public static Probes timing(StepProfile profile) {
        return new Probes(List.of(), false, profile);
    }
}
