package alexnet.core.run;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import alexnet.core.data.feed.TrainingData;
import alexnet.core.run.Consensus.Asked;
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
import alexnet.core.watch.DeadUnits;
import alexnet.core.watch.LayerStatistics;
import alexnet.core.watch.NonFinite;

/**
 * A run of training: step by step from what it stands at to its end, measured and saved where that is due, and told of as it goes. What
 * it comes to follows from where it started alone, not from the clock or from when it was stopped.
 *
 * <p>Ranks do the same at the same time, and the first alone writes: what they are asked for by signals and clocks, and whether the training
 * has diverged, they agree on between two steps. Where another rank is waited for, a step takes as long on all of them.
 */
public final class TrainingRun {

    private final Trainer trainer;
    private final Course course;
    private final TrainingData data;
    private final Saving saving;
    private final RunRequest request;
    private final RunSink sink;
    private final Consensus ranks;
    private final Watch watch;

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
    public TrainingRun(Trainer trainer, TrainingData data, Saving saving, RunRequest request, RunSink sink) {
        this.trainer = trainer;
        this.course = new Course(trainer.options(), trainer.imagesAnEpoch());
        this.data = data;
        this.saving = saving;
        this.request = request;
        this.sink = sink;
        this.ranks = new Consensus(trainer.replicas());
        this.watch = new Watch(data.training().classCounts(data.dataset().classes().size()), trainer.options());
    }

    /**
     * Trains to the end, or until that is asked for.
     *
     * @param rollback what is to be told first of the run's going back to its start; empty where it has not
     * @return why it ended
     * @throws DivergedException if a loss, a weight or a momentum is no longer finite
     * @throws IOException       if a checkpoint or a sink's file cannot be written
     */
    public Reason run(RunState start, List<String> rollback) throws IOException {
        state = course.within(start);
        saved = System.nanoTime();
        measured = saved;
        tell(new RunEvent.Started(plan(), place(), state.history()));
        warn(rollback);
        if (!rollback.isEmpty() && state.step() > 0) {
            // Or a run that is killed now would go on at the full rate, and count anew.
            save();
            tellAllWritten();
        }
        Place before = place();
        boolean moved = false;
        while (true) {
            Optional<DeadUnits> dead = measure();
            boolean measuredNow = dead.isPresent();
            // What is asked for before the first step is answered behind it.
            Asked asked = ranks.any(new Asked(request.stopping(), moved && request.takeSnapshot(), moved && timeIsUp()));
            Optional<Reason> over = over(asked);
            // A measurement that an earlier run was stopped before replaces what that has written here.
            if (moved ? measuredNow && state.bestIsLast() || over.isPresent() || asked.snapshot() || asked.timeIsUp() || ends(before) : measuredNow) {
                save();
            } else if (measuredNow) {
                tellAllWritten();
                saveNetwork();
            }
            if (measuredNow && ranks.writes()) {
                tellLayers(dead.get());
            }
            if (over.isPresent()) {
                tellAllWritten();
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
                trainer.options().batchSize(), data.majorityBaseline(), saving.path());
    }

    private Place place() {
        return course.place(state);
    }

    private Optional<Reason> over(Asked asked) {
        if (course.completed(state) && !course.measurementDue(state)) {
            return Optional.of(Reason.COMPLETED);
        }
        if (Course.outOfPatience(trainer.options(), state)) {
            return Optional.of(Reason.PATIENCE);
        }
        return asked.stop() ? Optional.of(Reason.STOPPED) : Optional.empty();
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
        double fullRate = trainer.fullRate(state.rollbacks());
        warn(watch.step(step.lossSum() / step.images(), fullRate > 0 ? step.lr() / fullRate : 1, seconds, step.waitingSeconds()));
        saving.requireHeld();
        ranks.attempt(() -> tellWritten(saving.poll()));
    }

    private List<Double> errors() {
        return state.history().stream().map(metrics -> 1 - metrics.top1()).toList();
    }

    private double requireFinite(Trainer.Step step) throws IOException {
        if (!Double.isFinite(step.lossSum())) {
            throw diverged(course.place(course.behind(state, step.images(), 0)), "training", step.lossSum(), step.lr());
        }
        return step.lossSum();
    }

    private DivergedException diverged(Place place, String which, double loss, double lr) {
        // The search has the network saved.
        saving.settle();
        String cause = ranks.reason(NonFinite.first(trainer.network()).map(NonFinite::toString).orElse(""),
                "all layers are finite, so that the logits alone are too far apart");
        return DivergedException.loss(place.step(), place.epoch(), which, loss, lr, cause);
    }

    /**
     * Measures, if that is due, and tells which units are dead, of the first rank's share of the first batch; a request to stop leaves it to the
     * run that goes on.
     */
    private Optional<DeadUnits> measure() throws IOException {
        if (!course.measurementDue(state)) {
            return Optional.empty();
        }
        Place place = place();
        double lr = trainer.rate(new Schedule.Place(place.epoch(), place.stepOfEpoch(), place.stepsAnEpoch()), errors(), state.rollbacks());
        tell(new RunEvent.ValidationStarted(place, trainer.validationBatches()));
        AtomicReference<DeadUnits> dead = new AtomicReference<>();
        Optional<Scores> scores = trainer.<IOException>validate(done -> {
            if (done == 1) {
                dead.set(ranks.writes() ? DeadUnits.of(trainer.network()) : new DeadUnits(Map.of()));
            }
            tell(new RunEvent.ValidationAdvanced(done));
        }, request::stopping);
        if (scores.isEmpty()) {
            return Optional.empty();
        }
        Metrics metrics = new Metrics(place.step(), place.epochs(), lr, state.lossSum() / state.imagesMeasured(), scores.get().meanLoss(),
                scores.get().top1Accuracy(), scores.get().top5Accuracy());
        if (!Double.isFinite(metrics.validationLoss())) {
            throw diverged(place, "validation", metrics.validationLoss(), lr);
        }
        state = state.measured(metrics);
        long now = System.nanoTime();
        tell(new RunEvent.Validated(place, metrics, state.bestIsLast(), images == 0 ? 0 : images / trainingSeconds, (now - measured) / 1e9));
        measured = now;
        images = 0;
        trainingSeconds = 0;
        return Optional.of(dead.get());
    }

    /** What the layers look like, of a network that has just been saved. */
    private void tellLayers(DeadUnits dead) throws IOException {
        tell(new RunEvent.LayersMeasured(place(), LayerStatistics.of(trainer.network(), dead, state.step()),
                LayerStatistics.firstFilters(trainer.network())));
        warn(watch.measured(dead));
    }

    private void warn(List<String> messages) throws IOException {
        for (String message : messages) {
            tell(new RunEvent.Warned(place(), message));
        }
    }

    private boolean timeIsUp() {
        return saving.options().every() instanceof Interval.Time(Duration duration) && System.nanoTime() - saved >= duration.toNanos();
    }

    private boolean ends(Place before) {
        return switch (saving.options().every()) {
            case Interval.Time _ -> false;
            case Interval.Steps every -> Course.ends(every, before, place());
            case Interval.Epochs every -> Course.ends(every, before, place());
        };
    }

    /** Copies the network to the host, where it is written beside the next steps. */
    private void save() throws IOException {
        tellAllWritten();
        saved = System.nanoTime();
        saveNetwork();
        saving.start(state, place());
    }

    private void saveNetwork() {
        if (ranks.writes()) {
            trainer.network().save();
        }
    }

    /** Waits for what is being written. */
    private void tellAllWritten() throws IOException {
        ranks.attempt(() -> tellWritten(saving.await()));
        ranks.requireSound();
    }

    private void tellWritten(Optional<RunEvent.CheckpointWritten> written) throws IOException {
        if (written.isPresent()) {
            tell(written.get());
        }
    }

    private void tell(RunEvent event) throws IOException {
        sink.on(event);
    }
}
