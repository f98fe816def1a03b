package alexnet.core.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import alexnet.core.run.event.Metrics;

/**
 * What a run stands at, between two steps: with the network's parameters and momenta, all that it goes on from. A value that depends on
 * no clock and no thread.
 *
 * @param step           steps done
 * @param epoch          that the next image belongs to, from 1
 * @param images         of that epoch that were shown already: counted in images, so that a run may go on with batches of another size.
 *                       0 behind the last step of the epoch before
 * @param lossSum        sum of the cross-entropies of the training images since the last measurement
 * @param imagesMeasured how many images that is the sum of
 * @param history        measurements, in their order
 * @param rollbacks      how often the run went back to an earlier checkpoint with a smaller rate
 */
public record RunState(long step, int epoch, int images, double lossSum, long imagesMeasured, List<Metrics> history, int rollbacks) {

    /** Of a new run. */
    public static final RunState NEW = new RunState(0, 1, 0, 0, 0, List.of(), 0);

    public RunState {
        if (step < 0 || epoch < 1 || images < 0 || imagesMeasured < 0 || rollbacks < 0 || !Double.isFinite(lossSum)) {
            throw new IllegalArgumentException("no run can stand at step " + step + ", epoch " + epoch + ", image " + images);
        }
        history = List.copyOf(history);
    }

    /** Behind a measurement. */
    RunState measured(Metrics metrics) {
        List<Metrics> all = new ArrayList<>(history);
        all.add(metrics);
        return new RunState(step, epoch, images, 0, 0, all, rollbacks);
    }

    /** The measurement with the highest top-1; of equal ones the first. */
    public Optional<Metrics> best() {
        return best(history);
    }

    /** The one of some measurements with the highest top-1; of equal ones the first. */
    public static Optional<Metrics> best(List<Metrics> history) {
        return history.stream().max(Comparator.comparingDouble(Metrics::top1));
    }

    /** Whether the best measurement is the last one, behind the step at which the run stands. */
    boolean bestIsLast() {
        return best().filter(best -> best.step() == step).isPresent();
    }
}
