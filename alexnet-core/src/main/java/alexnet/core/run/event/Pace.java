package alexnet.core.run.event;

/** How fast a run goes on and when it will be over, by what its steps and measurements have taken. Not thread-safe. */
public final class Pace {

    /** How much less a step counts than the one after it. */
    private static final double OF_LOSS = 0.9;
    private static final double OF_TIME = 0.98;

    private final long steps;
    private double lossWeight;
    private double lossSum;
    private double count;
    private double images;
    private double seconds;
    private double waiting;
    private Place measured;
    private double secondsSinceMeasured;
    private double waitingSinceMeasured;
    private double stepsBetweenMeasurements;
    private double validationSeconds;

    /**
     * @param steps of the whole run
     * @param start where it begins or goes on
     */
    public Pace(long steps, Place start) {
        this.steps = steps;
        measured = start;
    }

    /** Takes a step that is done. */
    public void step(RunEvent.StepFinished step) {
        lossSum = OF_LOSS * lossSum + step.loss();
        lossWeight = OF_LOSS * lossWeight + 1;
        count = OF_TIME * count + 1;
        images = OF_TIME * images + step.images();
        seconds = OF_TIME * seconds + step.seconds();
        waiting = OF_TIME * waiting + step.waitingSeconds();
        secondsSinceMeasured += step.seconds();
        waitingSinceMeasured += step.waitingSeconds();
    }

    /** Takes a measurement that is done. */
    public void validated(RunEvent.Validated validated) {
        validationSeconds = Math.max(0, validated.seconds() - secondsSinceMeasured);
        stepsBetweenMeasurements = Math.max(1, validated.place().step() - measured.step());
        measured = validated.place();
        secondsSinceMeasured = 0;
        waitingSinceMeasured = 0;
    }

    /** Of the last steps, those before counting less and less. */
    public double loss() {
        return lossSum / lossWeight;
    }

    /** Of the last steps. */
    public double imagesPerSecond() {
        return images / seconds;
    }

    /** The share of the last steps' time in which they waited for images, 0 to 1. */
    public double waitingShare() {
        return waiting / seconds;
    }

    /** The same of all steps since the last measurement; 0 where there was none. */
    public double waitingShareSinceMeasured() {
        return secondsSinceMeasured == 0 ? 0 : waitingSinceMeasured / secondsSinceMeasured;
    }

    /** Until the end of the run, with the validations that are still to come; NaN before the first step. */
    public double secondsLeft(Place place) {
        long left = steps - place.step();
        // The last step is measured, too, whatever is left until there.
        double validations = stepsBetweenMeasurements == 0 ? 0 : Math.ceil((steps - measured.step()) / stepsBetweenMeasurements);
        return left * seconds / count + validations * validationSeconds;
    }
}
