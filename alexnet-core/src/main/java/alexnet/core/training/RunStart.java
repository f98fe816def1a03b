package alexnet.core.training;

import java.nio.file.Path;
import java.util.List;

/**
 * Where a run begins: anew, or behind the epochs of a checkpoint.
 *
 * @param checkpoint its file; null for a new run
 * @param history    the epochs trained before
 * @param steps      the training steps done before
 */
public record RunStart(Path checkpoint, List<EpochMetrics> history, long steps) {

    /** A new run. */
    public static final RunStart NEW = new RunStart(null, List.of(), 0);

    public RunStart {
        history = List.copyOf(history);
    }

    /** The last epoch trained before; 0 for a new run. */
    int epoch() {
        return history.size();
    }

    /** Whether other epochs, at least one, are of the same run: the first ones, or these and later ones. */
    boolean sharesRunWith(List<EpochMetrics> other) {
        int common = Math.min(history.size(), other.size());
        return common > 0 && history.subList(0, common).equals(other.subList(0, common));
    }

    /** Whether other epochs are the first ones of this run. */
    boolean includes(List<EpochMetrics> other) {
        return other.size() <= history.size() && sharesRunWith(other);
    }
}
