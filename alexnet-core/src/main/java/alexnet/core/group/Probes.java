package alexnet.core.group;

import java.util.List;

/**
 * What checks need of a network beside training.
 *
 * @param observed  names of device arrays that saving brings back, besides parameters and momenta
 * @param replacing whether parameters can be replaced after they were loaded, which takes their memory once more
 */
record Probes(List<String> observed, boolean replacing) {

    /** Nothing beside training. */
    static final Probes NONE = new Probes(List.of(), false);

    /** Only looks at arrays. */
    static Probes observing(List<String> observed) {
        return new Probes(observed, false);
    }
}
