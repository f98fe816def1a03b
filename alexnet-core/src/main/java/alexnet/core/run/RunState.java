package alexnet.core.run;

import java.util.List;

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
}
