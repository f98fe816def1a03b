package alexnet.core.run;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;

import alexnet.core.replica.Replicas;
import alexnet.core.replica.Texts;
import alexnet.core.training.DivergedException;

/**
 * What the ranks of a run agree on between two steps, so that all of them do the same. All it has but {@link #attempt} is collective, and
 * costs one sum of a few numbers a step; a rank alone agrees with itself.
 */
final class Consensus {

    private final Replicas replicas;
    /** What the first rank has found beside training and the others don't know yet; null if nothing. */
    private DivergedException found;

    Consensus(Replicas replicas) {
        this.replicas = replicas;
    }

    /**
     * What is asked of a run.
     *
     * @param stop     that it ends
     * @param snapshot that it writes a checkpoint
     * @param timeIsUp that it writes one, by the first rank's clock
     */
    record Asked(boolean stop, boolean snapshot, boolean timeIsUp) {
    }

    /** What one rank alone does, and may find that the training has diverged. */
    @FunctionalInterface
    interface Task {
        void run() throws IOException;
    }

    /** Whether this rank writes what the run leaves behind. */
    boolean writes() {
        return replicas.isFirst();
    }

    /** Does something that the others do not: that the training has diverged is thrown where all get to know of it. */
    void attempt(Task task) throws IOException {
        try {
            task.run();
        } catch (DivergedException diverged) {
            if (replicas.isAlone()) {
                throw diverged;
            }
            found = diverged;
        }
    }

    /**
     * Whether one of the ranks was asked.
     *
     * @param own what this rank was asked
     * @throws DivergedException on all ranks, if one has found that in an {@link #attempt}
     */
    Asked any(Asked own) {
        long[] asked = {own.stop ? 1 : 0, own.snapshot ? 1 : 0, own.timeIsUp && writes() ? 1 : 0, found == null ? 0 : 1};
        replicas.maximum(asked);
        if (asked[3] > 0) {
            throw known();
        }
        return new Asked(asked[0] > 0, asked[1] > 0, asked[2] > 0);
    }

    /**
     * Goes on only if all may.
     *
     * @throws DivergedException on all ranks, if one has found that in an {@link #attempt}
     */
    void requireSound() {
        any(new Asked(false, false, false));
    }

    private DivergedException known() {
        long[] step = {found == null ? 0 : found.step()};
        replicas.maximum(step);
        String message = Texts.first(replicas, found == null ? "" : found.getMessage());
        return found == null ? DivergedException.elsewhere(step[0], message) : found;
    }

    /** The first rank's reason that there is, in their order; those of the others are empty. */
    String reason(String own, String otherwise) {
        List<String> all = Texts.gather(replicas, own);
        return IntStream.range(0, all.size()).filter(rank -> !all.get(rank).isEmpty())
                .mapToObj(rank -> (rank == 0 ? "" : "as rank " + rank + " sees it, ") + all.get(rank)).findFirst().orElse(otherwise);
    }
}
