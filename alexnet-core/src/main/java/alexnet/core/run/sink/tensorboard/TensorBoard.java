package alexnet.core.run.sink.tensorboard;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import alexnet.core.run.event.Histogram;
import alexnet.core.run.event.LayerMeasures;
import alexnet.core.run.event.Metrics;
import alexnet.core.run.event.RunEvent;
import alexnet.core.run.event.RunSink;
import alexnet.core.run.sink.Configuration;

/**
 * Event files of a run for TensorBoard, one each time that it begins or goes on. The horizontal axis is the training step.
 *
 * <pre>
 *   loss/train, loss/validation            cross-entropy, of each step and of each measurement
 *   accuracy/top-1, accuracy/top-5         of the validation images, 0 to 1
 *   training/learning_rate                 of each step
 *   training/images_per_second, training/waiting_share    of the steps of about a second
 *   updates/LAYER, dead/LAYER              as {@link LayerMeasures} has them, with each measurement
 *   weights/LAYER                          histograms of the weights
 *   relative_updates/LAYER                 histograms of each weight's last update, in units of the weights' root mean square
 *   filters/LAYER                          picture of the first layer's filters
 *   configuration, warnings                text; the options are hyper-parameters, too
 * </pre>
 */
public final class TensorBoard implements RunSink {

    /** The folder in that of the run. */
    public static final String FOLDER = "tensorboard";

    /** Rates of shorter times are noise, and would be half of a long run's files. */
    private static final double RATE_SECONDS = 1;

    private final Path folder;
    private final Configuration configuration;
    private final Set<String> described = new HashSet<>();
    private EventFile file;

    private long images;
    private double seconds;
    private double waitingSeconds;

    /**
     * @param runFolder     of the run
     * @param configuration what it does
     */
    public TensorBoard(Path runFolder, Configuration configuration) {
        this.folder = runFolder.resolve(FOLDER);
        this.configuration = configuration;
    }

    @Override
    public void on(RunEvent event) throws IOException {
        switch (event) {
            case RunEvent.Started started -> start(started);
            case RunEvent.StepFinished step -> step(step);
            case RunEvent.Validated validated -> {
                add(validated.place().step(), rates());
                add(validated.place().step(), measurement(validated.metrics()));
            }
            case RunEvent.LayersMeasured layers -> add(layers.place().step(), layers(layers));
            case RunEvent.Warned warned -> add(warned.place().step(), List.of(Events.text("warnings", warned.message())));
            case RunEvent.Ended ended -> add(ended.place().step(), rates());
            case RunEvent.ValidationStarted _, RunEvent.ValidationAdvanced _, RunEvent.CheckpointWritten _ -> { }
        }
    }

    private void start(RunEvent.Started started) throws IOException {
        long step = started.place().step();
        if (file == null) {
            if (step == 0) {
                EventFile.deleteOwn(folder);
            }
            boolean goesOnHere = !EventFile.files(folder).isEmpty();
            file = EventFile.create(folder, now());
            if (!goesOnHere) {
                for (Metrics metrics : started.history()) {
                    add(metrics.step(), measurement(metrics));
                }
            }
        }
        // TensorBoard heeds it from the second on: the first tells it that more may come.
        file.add(Events.sessionStart(now(), step + 1));
        add(step, List.of(Events.text("configuration", configuration.markdown()), Events.hyperparameters(now(), configuration.hyperparameters())));
        forgetRates();
    }

    private void step(RunEvent.StepFinished step) throws IOException {
        List<Message> values = new ArrayList<>();
        values.add(scalar("loss/train", step.loss(), "Mean cross-entropy of a step's images, with dropout and augmentation"));
        values.add(scalar("training/learning_rate", step.lr(), "Of each step"));
        images += step.images();
        seconds += step.seconds();
        waitingSeconds += step.waitingSeconds();
        if (seconds >= RATE_SECONDS) {
            values.addAll(rates());
        }
        add(step.place().step(), values);
    }

    /** What the steps since the last rates came to, if any were done. */
    private List<Message> rates() {
        if (seconds == 0) {
            return List.of();
        }
        List<Message> rates = List.of(scalar("training/images_per_second", images / seconds, "Without the time of validation"),
                scalar("training/waiting_share", waitingSeconds / seconds, "Share of the training time that was waited for images, 0 to 1"));
        forgetRates();
        return rates;
    }

    private void forgetRates() {
        images = 0;
        seconds = 0;
        waitingSeconds = 0;
    }

    private List<Message> measurement(Metrics metrics) {
        return List.of(scalar("loss/validation", metrics.validationLoss(), "Mean cross-entropy of the validation images, centre crop"),
                scalar("accuracy/top-1", metrics.top1(), "Share of the validation images whose class is the likeliest, 0 to 1"),
                scalar("accuracy/top-5", metrics.top5(), "Share of the validation images whose class is among the five likeliest, 0 to 1"));
    }

    private List<Message> layers(RunEvent.LayersMeasured measured) {
        List<Message> values = new ArrayList<>();
        for (LayerMeasures layer : measured.layers()) {
            values.add(histogram("weights/" + layer.layer(), layer.weights(), "Distribution of the weights, both groups together"));
            if (!Double.isNaN(layer.updateRatio())) {
                values.add(scalar("updates/" + layer.layer(), layer.updateRatio(), "Norm of the last step's update of the weights / norm of the weights"));
                double rootMeanSquare = Math.sqrt(layer.weights().sumSquares() / layer.weights().count());
                values.add(histogram("relative_updates/" + layer.layer(), layer.updates().times(1 / rootMeanSquare),
                        "Distribution of the last step's updates of single weights / root mean square of the layer's weights"));
            }
            if (!Double.isNaN(layer.deadUnits())) {
                values.add(scalar("dead/" + layer.layer(), layer.deadUnits(),
                        "Share of the filters or units that are zero for every image of the first validation batch, 0 to 1"));
            }
        }
        String tag = "filters/" + measured.layers().getFirst().layer();
        values.add(described(tag, "images", Events.image(tag, FilterPicture.of(measured.firstFilters())),
                "First group left, second right. All filters are scaled alike: grey is zero, black or white the largest weight"));
        return values;
    }

    private Message scalar(String tag, double value, String description) {
        return described(tag, "scalars", Events.scalar(tag, value), description);
    }

    private Message histogram(String tag, Histogram histogram, String description) {
        return described(tag, "histograms", Events.histogram(tag, histogram), description);
    }

    private Message described(String tag, String plugin, Message value, String description) {
        return described.add(tag) ? Events.described(value, plugin, description) : value;
    }

    private void add(long step, List<Message> values) throws IOException {
        if (!values.isEmpty()) {
            file.add(Events.summary(now(), step, values));
        }
    }

    /** Seconds since 1970. */
    private static double now() {
        return System.currentTimeMillis() / 1e3;
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
