package alexnet.core.training;

/** Who wants to know how a run goes on: progress bars, log files. Called from the thread that trains. */
public interface TrainingListener {

    /** An epoch begins; it has so many training steps. */
    default void epochStarted(int epoch, int steps) {
    }

    /**
     * A step is done.
     *
     * @param epoch  from 1
     * @param step   of the epoch, from 1
     * @param images in the batch
     * @param lr     its learning rate
     * @param loss   mean cross-entropy of its images
     */
    default void stepFinished(int epoch, int step, int images, double lr, double loss) {
    }

    /** Training of the epoch is done, validation begins; it has so many batches. */
    default void validationStarted(int epoch, int batches) {
    }

    /** A validation batch is done. */
    default void validationStep(int epoch, int batch) {
    }

    /** An epoch is done and measured, and what follows it, such as its checkpoint, is done too. */
    default void epochFinished(EpochMetrics metrics) {
    }
}
