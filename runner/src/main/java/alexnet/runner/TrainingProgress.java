package alexnet.runner;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntSupplier;

import alexnet.core.run.RunState;
import alexnet.core.run.event.Metrics;
import alexnet.core.run.event.Pace;
import alexnet.core.run.event.Place;
import alexnet.core.run.event.RunEvent;
import alexnet.core.run.event.RunPlan;
import alexnet.core.run.event.RunSink;

/** Shows people how a run goes on: by a meter between measurements, and a line for each of them. */
final class TrainingProgress implements RunSink {

    private static final int LOSS_RANK = 10;
    private static final int LEFT_RANK = 20;
    private static final int SPEED_RANK = 40;
    private static final int WAITING_RANK = 45;
    private static final int SAVED_RANK = 60;

    private final Function<Metrics, Optional<Path>> checkpoints;
    private final LogOptions log;
    private final IntSupplier columns;
    private final Meters meters;
    private RunPlan plan;
    /** Of the whole run. */
    private double epochs;
    private Pace pace;
    private Meter meter;
    private Place saved;

    /**
     * @param checkpoints tells where that of a measurement is
     * @param log         tells what goes where
     * @param columns     tells how many the line of a measurement may take
     */
    TrainingProgress(Function<Metrics, Optional<Path>> checkpoints, LogOptions log, IntSupplier columns) {
        this.checkpoints = checkpoints;
        this.log = log;
        this.columns = columns;
        meters = log.meters();
    }

    @Override
    public void on(RunEvent event) {
        switch (event) {
            case RunEvent.Started started -> start(started);
            case RunEvent.StepFinished step -> step(step);
            case RunEvent.ValidationStarted validation -> show(meters.of(name(validation.place().epoch()) + ", validation", validation.batches()));
            case RunEvent.ValidationAdvanced validation -> meter.at(validation.batches(), "");
            case RunEvent.Validated validated -> measured(validated);
            case RunEvent.LayersMeasured _ -> { }
            case RunEvent.CheckpointWritten checkpoint -> written(checkpoint);
            case RunEvent.Warned warning -> log.err().println("warning: " + at(warning.place()) + ": " + warning.message());
            case RunEvent.Ended ended -> end(ended);
        }
    }

    private void start(RunEvent.Started started) {
        plan = started.plan();
        // Not by the steps of the whole run: earlier ones may have been of larger batches.
        epochs = (steps(started.place()) + left(started.place())) / (double) plan.stepsAnEpoch();
        pace = new Pace(plan.steps(), started.place());
        if (started.place().step() > 0) {
            log.news().println("going on behind " + at(started.place()));
        }
        begin(started.place());
    }

    private void step(RunEvent.StepFinished step) {
        pace.step(step);
        Place place = step.place();
        if (meter == null || place.stepOfEpoch() == 1) {
            train(place, place.epoch(), place.stepOfEpoch());
        }
        List<Part> details = new ArrayList<>();
        details.add(new Part(LOSS_RANK, String.format(Locale.ROOT, "loss %.3f", pace.loss())));
        details.add(new Part(SPEED_RANK, String.format(Locale.ROOT, "%.1f images/s", pace.imagesPerSecond())));
        details.add(new Part(WAITING_RANK, waiting(pace.waitingShare())));
        if (place.step() < plan.steps()) {
            details.add(new Part(LEFT_RANK, clock(pace.secondsLeft(place)) + " left"));
        }
        if (saved != null) {
            details.add(new Part(SAVED_RANK, "saved at step " + saved.step()));
        }
        meter.at(place.stepOfEpoch(), details);
    }

    /** Shows the progress of the epoch that the next step lies in. */
    private void begin(Place place) {
        boolean over = place.stepOfEpoch() == place.stepsAnEpoch();
        train(place, over ? place.epoch() + 1 : place.epoch(), over ? 0 : place.stepOfEpoch());
    }

    private void train(Place place, int epoch, int done) {
        show(meters.of(name(epoch), Math.min(place.stepsAnEpoch(), done + left(place))));
        meter.at(done, List.of());
    }

    private long left(Place place) {
        return plan.steps() - place.step();
    }

    /** As if all had been of the present size. */
    private static long steps(Place place) {
        return (place.epoch() - 1L) * place.stepsAnEpoch() + place.stepOfEpoch();
    }

    private void measured(RunEvent.Validated validated) {
        double waited = pace.waitingShareSinceMeasured();
        pace.validated(validated);
        close();
        Metrics metrics = validated.metrics();
        List<Part> parts = List.of(
                new Part(2, String.format(Locale.ROOT, "validation loss %.3f", metrics.validationLoss())),
                new Part(1, String.format(Locale.ROOT, "top-1 %.1f %%", 100 * metrics.top1())),
                new Part(3, String.format(Locale.ROOT, "top-5 %.1f %%", 100 * metrics.top5())),
                new Part(4, " ", String.format(Locale.ROOT, "(majority baseline %.1f %%)", 100 * plan.majorityBaseline())),
                new Part(6, String.format(Locale.ROOT, "%.1f images/s", validated.imagesPerSecond())),
                new Part(7, waiting(waited)),
                new Part(5, clock(validated.seconds())));
        String where = at(validated.place()) + String.format(Locale.ROOT, ": loss %.3f", metrics.trainingLoss());
        PrintWriter text = log.text();
        text.println(Part.line(where, Part.fitting(where, parts, columns.getAsInt())));
        text.flush();
        if (validated.place().step() < plan.steps()) {
            begin(validated.place());
        }
    }

    /** The share of the time in which steps waited for images. */
    private static String waiting(double share) {
        return String.format(Locale.ROOT, "%.0f %% waiting", 100 * share);
    }

    /** Only the first one gets a line: there may be thousands. */
    private void written(RunEvent.CheckpointWritten checkpoint) {
        if (saved == null) {
            log.news().println(String.format(Locale.ROOT, "checkpoint of step %d: %s", checkpoint.place().step(), checkpoint.file()));
        }
        saved = checkpoint.place();
    }

    private void end(RunEvent.Ended ended) {
        close();
        switch (ended.reason()) {
            case COMPLETED -> { }
            case PATIENCE -> log.err().println("stopped behind " + at(ended.place()) + ": top-1 has not risen for as long as --patience allows");
            case STOPPED -> log.err().println("stopped behind " + at(ended.place()));
        }
        log.err().println(RunState.best(ended.history()).map(best -> String.format(Locale.ROOT, "best top-1 %.1f %% in epoch %s: %s", 100 * best.top1(),
                number(best.epochs()), checkpoints.apply(best).map(Path::toString).orElse("its checkpoint is no longer there")))
                .orElse("the run was not measured yet"));
    }

    /** Where a run is: behind an epoch, or behind a step within one. */
    private String at(Place place) {
        return place.stepOfEpoch() == place.stepsAnEpoch() ? name(place.epoch())
                : "epoch " + number(place.epochs()) + "/" + number(epochs) + ", step " + place.step();
    }

    private String name(int epoch) {
        String all = number(epochs);
        return "epoch " + " ".repeat(Math.max(0, String.valueOf((long) epochs).length() - String.valueOf(epoch).length())) + epoch + "/" + all;
    }

    /** Whole epochs as such, others with two digits. */
    static String number(double epochs) {
        return epochs == Math.rint(epochs) ? Long.toString((long) epochs) : String.format(Locale.ROOT, "%.2f", epochs);
    }

    /** Hours where there are any, days where there are many. */
    static String clock(double seconds) {
        long all = Math.round(seconds);
        long hours = all / 3600;
        return hours >= 48 ? String.format(Locale.ROOT, "%d d %d h", hours / 24, hours % 24)
                : hours > 0 ? String.format(Locale.ROOT, "%d:%02d:%02d", hours, all / 60 % 60, all % 60)
                : String.format(Locale.ROOT, "%d:%02d", all / 60, all % 60);
    }

    private void show(Meter next) {
        close();
        meter = next;
    }

    /** Takes the meter away, also of a run that failed. */
    @Override
    public void close() {
        if (meter != null) {
            meter.close();
            meter = null;
        }
    }
}
