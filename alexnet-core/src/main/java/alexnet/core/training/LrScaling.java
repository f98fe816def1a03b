package alexnet.core.training;

import java.util.Locale;

/** How the learning rate grows with the batch, that {@code --lr-scaling} names. */
public enum LrScaling {
    /** Not at all. */
    NONE {
        @Override
        double factor(double batches) {
            return 1;
        }
    },
    /** As the batch (Goyal et al., 2017, who have the rate rise over the first five epochs; Krizhevsky, 2014, in his experiments). */
    LINEAR {
        @Override
        double factor(double batches) {
            return batches;
        }
    },
    /** As its square root, which keeps the variance of a step (Krizhevsky, 2014, section 5). */
    SQRT {
        @Override
        double factor(double batches) {
            return Math.sqrt(batches);
        }
    };

    /**
     * What multiplies the rate.
     *
     * @param batches the size of a batch, in those that the rate is meant for
     */
    abstract double factor(double batches);

    /** The name as users write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
