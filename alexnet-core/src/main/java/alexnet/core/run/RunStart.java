package alexnet.core.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import alexnet.core.model.Entries;
import alexnet.core.replica.Replicas;
import alexnet.core.replica.Texts;
import alexnet.core.run.event.Metrics;
import alexnet.core.run.event.RunEvent;
import alexnet.core.training.Interval;
import alexnet.core.training.TrainingOptions;

/**
 * Where a run begins: anew, or behind what a checkpoint stands at.
 *
 * @param checkpoint its file; null for a new run
 * @param state      what it stands at
 */
public record RunStart(Path checkpoint, RunState state) {

    /** A new run. */
    public static final RunStart NEW = new RunStart(null, RunState.NEW);

    /**
     * The first rank's, on all of them; collective.
     *
     * @param own that of the first rank; not looked at on others
     */
    static RunStart first(Replicas replicas, RunStart own) {
        if (replicas.isAlone()) {
            return own;
        }
        String checkpoint = Texts.first(replicas, own == null || own.isNew() ? "" : own.checkpoint.toString());
        String state = Texts.first(replicas, own == null ? "" : Entries.text(own.state));
        return new RunStart(checkpoint.isEmpty() ? null : Path.of(checkpoint), Entries.record(Entries.constant(state), RunState.class));
    }

    /** The same after so many times of going back. */
    RunStart withRollbacks(int rollbacks) {
        return new RunStart(checkpoint, new RunState(state.step(), state.epoch(), state.images(), state.lossSum(), state.imagesMeasured(),
                state.history(), rollbacks));
    }

    /** Whether it begins anew. */
    public boolean isNew() {
        return checkpoint == null;
    }

    /** Why nothing is left to do, if that is so: a run is over when it has been measured at its end. */
    public Optional<RunEvent.Reason> over(TrainingOptions options) {
        if (state.history().isEmpty() || state.history().getLast().step() != state.step()) {
            return Optional.empty();
        }
        if (state.history().getLast().epochs() >= options.epochs() - Interval.ROUNDING) {
            return Optional.of(RunEvent.Reason.COMPLETED);
        }
        return Course.outOfPatience(options, state) ? Optional.of(RunEvent.Reason.PATIENCE) : Optional.empty();
    }

    /** Whether other measurements are of the same run: the first ones, or these and later ones. */
    boolean sharesRunWith(List<Metrics> other) {
        List<Metrics> history = state.history();
        int common = Math.min(history.size(), other.size());
        return !isNew() && history.subList(0, common).equals(other.subList(0, common));
    }

    /** Whether another place is one of this run's, at or before its beginning. */
    boolean includes(RunState other) {
        return other.step() <= state.step() && sharesRunWith(other.history());
    }
}
