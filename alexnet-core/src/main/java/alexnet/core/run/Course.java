package alexnet.core.run;

import alexnet.core.run.event.Metrics;
import alexnet.core.run.event.Place;
import alexnet.core.training.Interval;
import alexnet.core.training.Schedule;
import alexnet.core.training.TrainingOptions;

/**
 * Where the steps of a run lie, and which of them are followed by what: pure functions of what the run stands at, so that a resumed run
 * does what one would have done that was never stopped.
 *
 * @param options       of the run
 * @param imagesAnEpoch training images shown in an epoch
 */
record Course(TrainingOptions options, int imagesAnEpoch) {

    int stepsAnEpoch() {
        return Math.ceilDiv(imagesAnEpoch, options.batchSize());
    }

    /**
     * The place behind which a run stands. Where the size of the batches has changed within an epoch, its steps are counted as if they
     * had all been of the present size.
     */
    Place place(RunState state) {
        int steps = stepsAnEpoch();
        if (state.step() == 0) {
            return new Place(0, 1, 0, steps);
        }
        return state.images() == 0
                ? new Place(state.step(), Math.max(1, state.epoch() - 1), steps, steps)
                : new Place(state.step(), state.epoch(), Math.min(steps - 1, Math.ceilDiv(state.images(), options.batchSize())), steps);
    }

    /** The same place in a set that may have become smaller: an epoch of which every image was shown is over. */
    RunState within(RunState state) {
        return state.images() < imagesAnEpoch ? state
                : new RunState(state.step(), state.epoch() + 1, 0, state.lossSum(), state.imagesMeasured(), state.history(), state.rollbacks());
    }

    /** What the run stands at behind the next step. */
    RunState behind(RunState state, int images, double lossSum) {
        return within(new RunState(state.step() + 1, state.epoch(), state.images() + images, state.lossSum() + lossSum,
                state.imagesMeasured() + images, state.history(), state.rollbacks()));
    }

    /** The next step, for the schedule of the rate. */
    Schedule.Place next(RunState state) {
        int step = Math.ceilDiv(state.images() + 1, options.batchSize());
        return new Schedule.Place(state.epoch(), Math.min(step, stepsAnEpoch()), stepsAnEpoch());
    }

    /** Steps of the whole run. */
    long steps(RunState state) {
        double left = options.epochs() - place(state).epochs();
        return state.step() + (long) Math.max(0, Math.ceil(left * stepsAnEpoch() - 1e-6));
    }

    /** Whether all epochs are done. */
    boolean completed(RunState state) {
        return steps(state) == state.step();
    }

    /** Whether the network is to be measured where the run stands, and has not been. */
    boolean measurementDue(RunState state) {
        Place place = place(state);
        Metrics last = state.history().isEmpty() ? null : state.history().getLast();
        long step = last == null ? 0 : last.step();
        return state.step() > step && (completed(state)
                || options.validateEvery().endsWithin(step, last == null ? 0 : last.epochs(), place.step(), place.epochs()));
    }

    /** Whether a checkpoint is due where the run stands, if the last one was of an earlier place. */
    static boolean ends(Interval every, Place before, Place place) {
        return every.endsWithin(before.step(), before.epochs(), place.step(), place.epochs());
    }

    /** Whether the accuracy has not risen for as many measurements as the options have patience for. */
    static boolean outOfPatience(TrainingOptions options, RunState state) {
        if (options.patience() == 0 || state.history().isEmpty()) {
            return false;
        }
        return state.history().size() - 1 - state.history().indexOf(state.best().orElseThrow()) >= options.patience();
    }
}
