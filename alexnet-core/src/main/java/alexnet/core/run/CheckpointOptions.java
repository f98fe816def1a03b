package alexnet.core.run;

import alexnet.core.training.Interval;

/**
 * When checkpoints are written, and which stay.
 *
 * @param every     how often, besides those of the best measurements and of the end
 * @param keep      so many of the newest stay
 * @param keepEvery of each such stretch of steps or epochs one stays for ever; null is none
 */
public record CheckpointOptions(Interval every, int keep, Interval keepEvery) {

    /** One an epoch, of which the last two stay. */
    public static final CheckpointOptions STANDARD = new CheckpointOptions(Interval.EPOCH, 2, null);

    public CheckpointOptions {
        if (keep < 1) {
            throw new IllegalArgumentException("--keep is " + keep + ", must be at least 1");
        }
        if (keepEvery instanceof Interval.Time) {
            throw new IllegalArgumentException("--keep-every is " + keepEvery + ", must be steps or epochs, which names of files tell");
        }
    }

    /** Steps between those that stay for ever; 0 is none. */
    long keepEverySteps(int stepsAnEpoch) {
        return switch (keepEvery) {
            case null -> 0;
            case Interval.Steps(long steps) -> steps;
            case Interval.Epochs(double epochs) -> Math.max(1, Math.round(epochs * stepsAnEpoch));
            case Interval.Time time -> throw new IllegalStateException(time.toString());
        };
    }
}
