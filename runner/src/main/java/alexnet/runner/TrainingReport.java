package alexnet.runner;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

import alexnet.core.training.EpochMetrics;
import alexnet.core.training.RunFolder;
import alexnet.core.training.TrainingListener;

/** Tells how a run goes on: to the user by a meter while an epoch runs and a line when it is over, to the folder by the step. */
final class TrainingReport implements TrainingListener, AutoCloseable {

    private final int epochs;
    private final double majorityBaseline;
    private final RunFolder folder;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Meters meters;
    private Meter meter;
    private int steps;
    private long images;
    private long epochStart;
    private long validationStart;
    /** Of the epoch before; the first epoch has nothing to go by. */
    private double validationSeconds;

    /**
     * @param epochs           of the whole run
     * @param majorityBaseline top-1 of always naming the largest class, 0 to 1
     * @param folder           gets a line a step
     * @param out              for the lines of epochs
     * @param err              for progress
     */
    TrainingReport(int epochs, double majorityBaseline, RunFolder folder, PrintWriter out, PrintWriter err, Meters meters) {
        this.epochs = epochs;
        this.majorityBaseline = majorityBaseline;
        this.folder = folder;
        this.out = out;
        this.err = err;
        this.meters = meters;
    }

    @Override
    public void epochStarted(int epoch, int stepsAnEpoch) {
        steps = stepsAnEpoch;
        images = 0;
        epochStart = System.nanoTime();
        meter = meters.of(name(epoch), stepsAnEpoch);
    }

    @Override
    public void stepFinished(int epoch, int step, int batch, double lr, double loss) {
        try {
            folder.step(epoch, lr, loss);
        } catch (IOException failure) {
            throw new OutputException(folder.path(), failure);
        }
        images += batch;
        double seconds = secondsSince(epochStart);
        double epochSeconds = seconds / step * steps + validationSeconds;
        double left = (epochs - epoch + 1) * epochSeconds - seconds;
        meter.at(step, String.format(Locale.ROOT, "loss %.3f, %.1f images/s, %s left", loss, images / seconds, clock(left)));
    }

    @Override
    public void validationStarted(int epoch, int batches) {
        meter.close();
        validationStart = System.nanoTime();
        meter = meters.of(name(epoch) + ", validation", batches);
    }

    @Override
    public void validationStep(int epoch, int batch) {
        meter.at(batch, "");
    }

    @Override
    public void epochFinished(EpochMetrics metrics) {
        close();
        validationSeconds = secondsSince(validationStart);
        out.println(String.format(Locale.ROOT,
                "%s: loss %.3f, validation loss %.3f, top-1 %.1f %%, top-5 %.1f %% (majority baseline %.1f %%), %.1f images/s, %s",
                name(metrics.epoch()), metrics.trainingLoss(), metrics.validationLoss(), 100 * metrics.top1(),
                100 * metrics.top5(), 100 * majorityBaseline, metrics.imagesPerSecond(), clock(metrics.seconds())));
        out.flush();
    }

    /** The run is over: tells where its best checkpoint is. */
    void runFinished(List<EpochMetrics> history) {
        EpochMetrics best = RunFolder.bestEpoch(history);
        err.printf(Locale.ROOT, "best top-1 %.1f %% in epoch %d: %s%n", 100 * best.top1(), best.epoch(),
                folder.checkpointOf(history.subList(0, best.epoch())).map(Path::toString).orElse("its checkpoint is no longer there"));
    }

    private String name(int epoch) {
        return String.format(Locale.ROOT, "epoch %" + Integer.toString(epochs).length() + "d/%d", epoch, epochs);
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
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
