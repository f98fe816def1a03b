package alexnet.runner;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

import alexnet.core.run.RunFolder;
import alexnet.core.run.RunState;
import alexnet.core.run.event.Metrics;
import alexnet.core.run.event.Place;
import alexnet.core.run.event.RunEvent;
import alexnet.core.run.event.RunPlan;
import alexnet.core.run.event.RunSink;

/** Tells the user how a run goes on: by a meter while an epoch runs, and a line when it has been measured. */
final class TrainingReport implements RunSink {

    private final double epochs;
    private final RunFolder folder;
    private final PrintWriter out;
    private final PrintWriter err;
    private RunPlan plan;
    private Meter meter;
    private long begun;
    private long images;
    private double seconds;
    private long validationStart;

    /**
     * @param epochs of the whole run
     * @param folder that it writes to
     * @param out    for the lines of measurements
     * @param err    for progress
     */
    TrainingReport(double epochs, RunFolder folder, PrintWriter out, PrintWriter err) {
        this.epochs = epochs;
        this.folder = folder;
        this.out = out;
        this.err = err;
    }

    @Override
    public void on(RunEvent event) {
        switch (event) {
            case RunEvent.Started started -> {
                plan = started.plan();
                begun = started.place().step();
            }
            case RunEvent.StepFinished step -> step(step);
            case RunEvent.ValidationStarted validation -> {
                close();
                validationStart = System.nanoTime();
                meter = Meter.of(name(validation.place()) + ", validation", validation.batches(), err);
            }
            case RunEvent.ValidationAdvanced(int batches) -> meter.at(batches, "");
            case RunEvent.Validated measured -> measured(measured);
            case RunEvent.LayersMeasured _, RunEvent.CheckpointWritten _ -> { }
            case RunEvent.Warned warned -> err.println(warned.message());
            case RunEvent.Ended ended -> ended(ended.history());
        }
    }

    private void step(RunEvent.StepFinished step) {
        Place place = step.place();
        if (meter == null) {
            meter = Meter.of(name(place), place.stepsAnEpoch(), err);
        }
        images += step.images();
        seconds += step.seconds();
        double left = seconds / (place.step() - begun) * (plan.steps() - place.step());
        meter.at(place.stepOfEpoch(), String.format(Locale.ROOT, "loss %.3f, %.1f images/s, %s left", step.loss(), images / seconds, clock(left)));
        if (place.stepOfEpoch() == place.stepsAnEpoch()) {
            close();
        }
    }

    private void measured(RunEvent.Validated measured) {
        close();
        seconds += (System.nanoTime() - validationStart) / 1e9;
        Metrics metrics = measured.metrics();
        out.println(String.format(Locale.ROOT,
                "%s: loss %.3f, validation loss %.3f, top-1 %.1f %%, top-5 %.1f %% (majority baseline %.1f %%), %.1f images/s, %s",
                "epoch " + number(metrics.epochs()) + "/" + number(epochs), metrics.trainingLoss(), metrics.validationLoss(), 100 * metrics.top1(), 100 * metrics.top5(),
                100 * plan.majorityBaseline(), measured.imagesPerSecond(), clock(measured.seconds())));
        out.flush();
    }

    /** The run is over: tells where its best checkpoint is. */
    private void ended(List<Metrics> history) {
        RunState.best(history).ifPresent(best -> err.printf(Locale.ROOT, "best top-1 %.1f %% in epoch %s: %s%n", 100 * best.top1(),
                number(best.epochs()), folder.checkpointOf(best).map(Path::toString).orElse("its checkpoint is no longer there")));
    }

    private String name(Place place) {
        return "epoch " + place.epoch() + "/" + number(epochs);
    }

    /** Whole epochs as such, others with two digits. */
    static String number(double epochs) {
        return epochs == Math.rint(epochs) ? Long.toString((long) epochs) : String.format(Locale.ROOT, "%.2f", epochs);
    }

    /** Hours where there are any, minutes and seconds. */
    static String clock(double seconds) {
        Duration time = Duration.ofSeconds(Math.round(seconds));
        return time.toHours() > 0
                ? String.format(Locale.ROOT, "%d:%02d:%02d", time.toHours(), time.toMinutesPart(), time.toSecondsPart())
                : String.format(Locale.ROOT, "%d:%02d", time.toMinutes(), time.toSecondsPart());
    }

    /** Takes the meter away, also of an epoch that failed. */
    @Override
    public void close() {
        if (meter != null) {
            meter.close();
            meter = null;
        }
    }
}
