package alexnet.core.run.event;

import java.nio.file.Path;
import java.util.List;

/** Something that happened in a run. */
public sealed interface RunEvent {

    /**
     * The run begins or goes on; once more where it has gone back to an earlier place, behind which nothing counts of what was told.
     *
     * @param place   behind which it begins
     * @param history measurements before that
     */
    record Started(RunPlan plan, Place place, List<Metrics> history) implements RunEvent {
    }

    /**
     * A step is done.
     *
     * @param images         in its batch
     * @param lr             its learning rate
     * @param loss           mean cross-entropy of its images
     * @param seconds        that it took, waiting included
     * @param waitingSeconds that it waited for images
     */
    record StepFinished(Place place, int images, double lr, double loss, double seconds, double waitingSeconds) implements RunEvent {
    }

    /** Measuring begins; the validation images make so many batches. */
    record ValidationStarted(Place place, int batches) implements RunEvent {
    }

    /** So many validation batches are done. */
    record ValidationAdvanced(int batches) implements RunEvent {
    }

    /**
     * The run was measured.
     *
     * @param best            whether its top-1 is the highest so far
     * @param imagesPerSecond training images a second since the measurement before, without validation
     * @param seconds         since the measurement before, with validation
     */
    record Validated(Place place, Metrics metrics, boolean best, double imagesPerSecond, double seconds) implements RunEvent {
    }

    /** What the layers look like, told with each measurement. */
    record LayersMeasured(Place place, List<LayerMeasures> layers, FilterBank firstFilters) implements RunEvent {
    }

    /**
     * A checkpoint is on the disk.
     *
     * @param place   that it goes on from, which may lie some steps back
     * @param seconds that writing took, beside training
     */
    record CheckpointWritten(Place place, Path file, double seconds) implements RunEvent {
    }

    /** Something that the user should know of while it happens; a sentence or two, with what usually helps. */
    record Warned(Place place, String message) implements RunEvent {
    }

    /**
     * The run is over, but for a failure.
     *
     * @param history all measurements
     */
    record Ended(Place place, Reason reason, List<Metrics> history) implements RunEvent {
    }

    /** Why a run is over. */
    enum Reason {
        /** All steps are done. */
        COMPLETED,
        /** The validation accuracy did not rise for long enough. */
        PATIENCE,
        /** It was asked to stop. */
        STOPPED
    }
}
