package alexnet.core.run.event;

import java.nio.file.Path;
import java.util.List;

/**
 * What a run is going to do.
 *
 * @param architecture     its name
 * @param classes          their names
 * @param steps            of the whole run
 * @param stepsAnEpoch     steps of an epoch
 * @param batchSize        images in a step
 * @param majorityBaseline validation top-1 of always naming the largest class, 0 to 1
 * @param folder           of the results
 */
public record RunPlan(String architecture, List<String> classes, long steps, int stepsAnEpoch, int batchSize, double majorityBaseline,
                      Path folder) {

    public RunPlan {
        classes = List.copyOf(classes);
    }
}
