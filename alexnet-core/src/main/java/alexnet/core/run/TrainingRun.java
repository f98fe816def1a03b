package alexnet.core.run;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import alexnet.core.data.PreparedData;
import alexnet.core.run.event.Metrics;
import alexnet.core.run.event.Place;
import alexnet.core.run.event.RunEvent;
import alexnet.core.run.event.RunEvent.Reason;
import alexnet.core.run.event.RunPlan;
import alexnet.core.run.event.RunSink;
import alexnet.core.training.DivergedException;
import alexnet.core.training.Interval;
import alexnet.core.training.Schedule;
import alexnet.core.training.Scores;
import alexnet.core.training.Trainer;

/**
 * A run of training: step by step from what it stands at to its end, measured and saved where that is due, and told of as it goes. What
 * it comes to follows from where it started alone, not from the clock or from when it was stopped.
 */
public final class TrainingRun {

    private final Trainer trainer;
    private final Course course;
    private final PreparedData data;
    private final Saving saving;
    private final RunRequest request;
    private final RunSink sink;

    private RunState state;
    /** Whether the trainer is at the state's place in the data. */
    private boolean placed;
    /** When the last checkpoint was begun, by the clock. */
    private long saved;
    /** When the last measurement was over, by the clock; images and seconds of training since then. */
    private long measured;
    private long images;
    private double trainingSeconds;

    /**
     * @param trainer with a network that is loaded with what the run starts from
     * @param sink    is told of what happens
     */
    public TrainingRun(Trainer trainer, PreparedData data, Saving saving, RunRequest request, RunSink sink) {
        this.trainer = trainer;
        this.course = new Course(trainer.options(), trainer.imagesAnEpoch());
        this.data = data;
        this.saving = saving;
        this.request = request;
        this.sink = sink;
    }

    /**
     * Trains to the end, or until that is asked for.
     *
     * @return why it ended
     * @throws DivergedException if a loss, a weight or a momentum is no longer finite
     * @throws IOException       if a checkpoint or a sink's file cannot be written
     */
    public Reason run(RunState start) throws IOException {
        state = course.within(start);
        saved = System.nanoTime();
        measured = saved;
        tell(new RunEvent.Started(plan(), place(), state.history()));
        Place before = place();
        boolean moved = false;
        while (true) {
            boolean measuredNow = measure();
            Optional<Reason> over = over();
            boolean asked = request.takeSnapshot();
            // A measurement that an earlier run was stopped before replaces what that has written here.
            if (moved ? measuredNow && state.bestIsLast() || over.isPresent() || asked || saveIsDue(before) : measuredNow) {
                save();
            }
            if (over.isPresent()) {
                tellWritten(saving.await());
                tell(new RunEvent.Ended(place(), over.get(), state.history()));
                return over.get();
            }
            before = place();
            step();
            moved = true;
        }
    }

    private RunPlan plan() {
        return new RunPlan(trainer.network().architecture().name(), data.dataset().classes(), course.steps(state), course.stepsAnEpoch(),
                trainer.options().batchSize(), data.majorityBaseline(), saving.folder().path());
    }

    private Place place() {
        return course.place(state);
    }

    private Optional<Reason> over() {
        if (course.completed(state) && !course.measurementDue(state)) {
            return Optional.of(Reason.COMPLETED);
        }
        if (Course.outOfPatience(trainer.options(), state)) {
            return Optional.of(Reason.PATIENCE);
        }
        return request.stopping() ? Optional.of(Reason.STOPPED) : Optional.empty();
    }

    private void step() throws IOException {
        long start = System.nanoTime();
        if (!placed || !trainer.hasNext()) {
            trainer.begin(state.epoch(), state.images());
            placed = true;
        }
        Trainer.Step step = trainer.step(course.next(state), errors(), state.rollbacks());
        state = course.behind(state, step.images(), requireFinite(step));
        double seconds = (System.nanoTime() - start) / 1e9;
        images += step.images();
        trainingSeconds += seconds;
        tell(new RunEvent.StepFinished(place(), step.images(), step.lr(), step.lossSum() / step.images(), seconds, step.waitingSeconds()));
        saving.folder().requireHeld();
        tellWritten(saving.poll());
    }

    private List<Double> errors() {
        return state.history().stream().map(metrics -> 1 - metrics.top1()).toList();
    }

    private double requireFinite(Trainer.Step step) {
        if (!Double.isFinite(step.lossSum())) {
            Schedule.Place place = course.next(state);
            throw DivergedException.loss("epoch " + place.epoch() + ", step " + place.step(), "training", step.lossSum(), step.lr());
        }
        return step.lossSum();
    }

    /** Measures, if that is due; a request to stop leaves it to the run that goes on. */
    private boolean measure() throws IOException {
        if (!course.measurementDue(state)) {
            return false;
        }
        Place place = place();
        double lr = trainer.rate(new Schedule.Place(place.epoch(), place.stepOfEpoch(), place.stepsAnEpoch()), errors(), state.rollbacks());
        tell(new RunEvent.ValidationStarted(place, trainer.validationBatches()));
        Optional<Scores> scores;
        try {
            scores = trainer.validate(done -> tellUnchecked(new RunEvent.ValidationAdvanced(done)), request::stopping);
        } catch (Untold failure) {
            throw failure.reason;
        }
        if (scores.isEmpty()) {
            return false;
        }
        Metrics metrics = new Metrics(place.step(), place.epochs(), lr, state.lossSum() / state.imagesMeasured(), scores.get().meanLoss(),
                scores.get().top1Accuracy(), scores.get().top5Accuracy());
        if (!Double.isFinite(metrics.validationLoss())) {
            throw DivergedException.loss("epoch " + place.epoch(), "validation", metrics.validationLoss(), lr);
        }
        state = state.measured(metrics);
        long now = System.nanoTime();
        tell(new RunEvent.Validated(place, metrics, state.bestIsLast(), images == 0 ? 0 : images / trainingSeconds, (now - measured) / 1e9));
        measured = now;
        images = 0;
        trainingSeconds = 0;
        return true;
    }

    private boolean saveIsDue(Place before) {
        return switch (saving.options().every()) {
            case Interval.Time(Duration duration) -> System.nanoTime() - saved >= duration.toNanos();
            case Interval.Steps every -> Course.ends(every, before, place());
            case Interval.Epochs every -> Course.ends(every, before, place());
        };
    }

    /** Copies the network to the host, where it is written beside the next steps. */
    private void save() throws IOException {
        tellWritten(saving.await());
        saved = System.nanoTime();
        trainer.network().save();
        saving.start(state, place());
    }

    private void tellWritten(Optional<RunEvent.CheckpointWritten> written) throws IOException {
        if (written.isPresent()) {
            tell(written.get());
        }
    }

    private void tell(RunEvent event) throws IOException {
        sink.on(event);
    }

    /** A sink's failure on its way through what does not know sinks. */
    private static final class Untold extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final transient IOException reason;

        Untold(IOException reason) {
            super(reason);
            this.reason = reason;
        }
    }

    private void tellUnchecked(RunEvent event) {
        try {
            tell(event);
        } catch (IOException failure) {
            throw new Untold(failure);
        }
    }
}
