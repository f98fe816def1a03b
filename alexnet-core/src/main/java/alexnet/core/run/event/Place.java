package alexnet.core.run.event;

/**
 * A place in a run, behind a step.
 *
 * @param step         of the whole run, from 1; 0 before the first
 * @param epoch        that the step lies in, from 1
 * @param stepOfEpoch  from 1; 0 before the first
 * @param stepsAnEpoch steps of every epoch
 */
public record Place(long step, int epoch, int stepOfEpoch, int stepsAnEpoch) {

    /** Epochs of training so far, with their fraction. */
    public double epochs() {
        return epoch - 1 + (double) stepOfEpoch / stepsAnEpoch;
    }
}
