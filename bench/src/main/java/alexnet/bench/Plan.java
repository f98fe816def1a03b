package alexnet.bench;

import java.util.List;

import alexnet.core.network.Architecture;
import alexnet.core.network.LayerTraining;
import alexnet.core.network.LayerWork;

/**
 * What is measured of every contestant.
 *
 * @param architecture the network
 * @param training     which of its layers learn
 * @param batchSize    images in a batch
 * @param passes       what is measured, in this order
 * @param rounds       how often each contestant's turn comes
 * @param steps        batches of each pass in a turn
 * @param warmUp       batches of each pass before the first round, of which the first is reported apart
 * @param layers       whether limits and layers are measured, too
 */
public record Plan(Architecture architecture, LayerTraining training, int batchSize, List<Pass> passes, int rounds, int steps, int warmUp,
                   boolean layers) {

    /** Checks that there is something to measure. */
    public Plan {
        passes = List.copyOf(passes);
        requirePositive(batchSize, "batch size");
        requirePositive(rounds, "number of rounds");
        requirePositive(steps, "number of steps");
        requirePositive(warmUp, "number of steps to warm up");
    }

    private static void requirePositive(int number, String what) {
        if (number < 1) {
            throw new IllegalArgumentException("the " + what + " is " + number + ", must be at least 1");
        }
    }

    /** Floating-point operations of one batch, see {@link LayerWork}. */
    double operations(Pass pass) {
        return (double) batchSize * switch (pass) {
            case FORWARD -> LayerWork.forward(architecture);
            case TRAINING -> LayerWork.training(architecture, training);
        };
    }
}
