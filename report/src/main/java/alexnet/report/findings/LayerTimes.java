package alexnet.report.findings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import alexnet.core.group.TwoGroupNetwork;
import alexnet.core.network.Layer;
import alexnet.core.profile.StepProfile;
import alexnet.core.profile.StepProfile.Part;
import alexnet.core.profile.StepProfile.Work;
import alexnet.kernels.Hyper;
import alexnet.report.Findings.LayerTime;

/** Measures what each layer takes in a training step. */
public final class LayerTimes {

    private static final int WARM_UP = 2;
    private static final int STEPS = 3;
    private static final double MILLIS = 1e3;
    private static final int KEY = 1;

    private LayerTimes() {
    }

    /**
     * Trains for a few steps on a made-up batch; the network's weights are of no use afterwards.
     *
     * @param network {@linkplain TwoGroupNetwork#profiled profiled} and loaded
     * @param profile its profile
     * @return the medians, in the order of the layers
     */
    public static List<LayerTime> measure(TwoGroupNetwork network, StepProfile profile) {
        network.inputs().makeUp(network.architecture(), KEY);
        network.inputs().hyper.init(0);
        network.inputs().hyper.set(Hyper.LOSS_SCALE, 1f / network.images());
        Map<Part, double[]> seconds = new LinkedHashMap<>();
        for (int step = -WARM_UP; step < STEPS; step++) {
            profile.clear();
            network.train();
            int measured = step;
            if (measured >= 0) {
                profile.seconds().forEach((part, time) -> seconds.computeIfAbsent(part, _ -> new double[STEPS])[measured] = time);
            }
        }
        List<LayerTime> times = new ArrayList<>();
        for (Layer layer : network.architecture().layers()) {
            times.add(new LayerTime(layer.name(), millis(seconds.get(new Part(layer.name(), Work.FORWARD))),
                    millis(seconds.get(new Part(layer.name(), Work.BACKWARD)))));
        }
        return times;
    }

    private static double millis(double[] seconds) {
        return seconds == null ? 0 : MILLIS * Arrays.stream(seconds).sorted().toArray()[seconds.length / 2];
    }
}
