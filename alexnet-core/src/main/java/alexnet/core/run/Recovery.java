package alexnet.core.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import alexnet.core.replica.Replicas;
import alexnet.core.run.event.RunEvent.Reason;
import alexnet.core.training.DivergedException;

/**
 * Has a run that diverges go back to its last good checkpoint, or to its beginning where there is none, with half the rate from then
 * on. A run may be spoilt long before a value is no longer finite: where it gets no further than the time before, it goes back to an
 * earlier checkpoint than then.
 *
 * @param replicas who trains together, and goes back together
 * @param folder   of the run; null on ranks but the first, which decides where to
 * @param max      how often in the whole run; with 0 it ends when it diverges
 */
public record Recovery(Replicas replicas, RunFolder folder, int max) {

    /** Trains from a place, with a network that is loaded with what is there, until the run is over. */
    @FunctionalInterface
    public interface Attempt {

        /** @param rollback what is to be told first of the run's going back to the place; empty where it has not */
        Reason run(RunStart start, List<String> rollback) throws IOException;
    }

    public Recovery {
        if (max < 0) {
            throw new IllegalArgumentException("--max-rollbacks is " + max + ", must be at least 0");
        }
    }

    /**
     * Trains to the end.
     *
     * @return why it ended
     * @throws DivergedException when it diverges once more than it may
     * @throws IOException       if a checkpoint or a sink's file cannot be written
     */
    public Reason run(RunStart first, Attempt attempt) throws IOException {
        RunStart start = first;
        long furthest = -1;
        List<String> rollback = List.of();
        while (true) {
            try {
                return attempt.run(start, rollback);
            } catch (DivergedException diverged) {
                int rollbacks = start.state().rollbacks() + 1;
                if (rollbacks > max) {
                    throw max == 0 ? diverged : diverged.with("the run has gone back " + start.state().rollbacks() + " times already");
                }
                rollback = new ArrayList<>();
                long step = diverged.step() > furthest ? Long.MAX_VALUE : start.state().step() - 1;
                start = RunStart.first(replicas, replicas.isFirst() ? folder.goBack(step, rollback::add) : null).withRollbacks(rollbacks);
                furthest = Math.max(furthest, diverged.step());
                rollback.add(diverged.getMessage() + "; going back to " + (start.isNew() ? "the start values" : start.checkpoint().toString())
                        + ", with half the rate from now on (rollback " + rollbacks + " of at most " + max + ")");
            }
        }
    }
}
