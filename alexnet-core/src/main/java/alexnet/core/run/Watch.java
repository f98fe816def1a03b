package alexnet.core.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import alexnet.core.training.TrainingOptions;
import alexnet.core.watch.DeadUnits;
import alexnet.core.watch.FlatLoss;
import alexnet.core.watch.SlowSteps;

/** Who looks at a run's numbers while it trains, and what they have to tell: sentences for the user. */
final class Watch {

    private final FlatLoss flat;
    private final SlowSteps slow = new SlowSteps();
    /** In how many measurements one after the other a layer was dead. */
    private final Map<String, Integer> dead = new HashMap<>();

    Watch(int[] classCounts, TrainingOptions options) {
        flat = new FlatLoss(classCounts, options.batchSize(), options.network().initialization());
    }

    /**
     * Takes the next step.
     *
     * @param loss   mean cross-entropy of its images
     * @param factor its rate as a share of the full one
     */
    List<String> step(double loss, double factor, double seconds, double waitingSeconds) {
        List<String> told = new ArrayList<>();
        flat.step(loss, factor).ifPresent(told::add);
        slow.step(seconds, waitingSeconds).ifPresent(told::add);
        return told;
    }

    /** Takes the next measurement: a layer that is dead is told of the first time, and again whenever it has been for twice as long. */
    List<String> measured(DeadUnits units) {
        List<String> layers = units.deadLayers();
        dead.keySet().retainAll(layers);
        layers.forEach(layer -> dead.merge(layer, 1, Integer::sum));
        List<String> due = layers.stream().filter(layer -> Integer.bitCount(dead.get(layer)) == 1).toList();
        return due.isEmpty() ? List.of() : List.of(DeadUnits.warning(due));
    }
}
