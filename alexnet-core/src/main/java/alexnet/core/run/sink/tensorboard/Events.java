package alexnet.core.run.sink.tensorboard;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import alexnet.core.run.event.Histogram;

/** The messages of TensorFlow's schema that a run needs. */
final class Events {

    /** What the first event of every file says; with this version, TensorBoard heeds the start of a session. */
    private static final String FILE_VERSION = "brain.Event:2";

    /** Fields of Event. */
    private static final int WALL_TIME = 1;
    private static final int STEP = 2;
    private static final int VERSION = 3;
    private static final int SUMMARY = 5;
    private static final int SESSION_LOG = 7;
    private static final int SOURCE_METADATA = 10;

    /** Fields of Summary.Value. */
    private static final int TAG = 1;
    private static final int SIMPLE_VALUE = 2;
    private static final int IMAGE = 4;
    private static final int HISTOGRAM = 5;
    private static final int TENSOR = 8;
    private static final int METADATA = 9;

    private static final int GREY = 1;
    private static final int RGB = 3;

    private Events() {
    }

    /** @param wallSeconds since 1970 */
    private static Message event(double wallSeconds, long step) {
        return new Message().with(WALL_TIME, wallSeconds).with(STEP, step);
    }

    /** The first event of a file. */
    static Message version(double wallSeconds, String writer) {
        return event(wallSeconds, 0).with(VERSION, FILE_VERSION).with(SOURCE_METADATA, new Message().with(1, writer));
    }

    /** A session begins: TensorBoard forgets what earlier files tell of this step and of later ones. */
    static Message sessionStart(double wallSeconds, long step) {
        int start = 1;
        return event(wallSeconds, step).with(SESSION_LOG, new Message().with(1, (long) start));
    }

    /** Values of one step. */
    static Message summary(double wallSeconds, long step, List<Message> values) {
        Message summary = new Message();
        values.forEach(value -> summary.with(1, value));
        return event(wallSeconds, step).with(SUMMARY, summary);
    }

    private static Message value(String tag) {
        return new Message().with(TAG, tag);
    }

    static Message scalar(String tag, double value) {
        return value(tag).with(SIMPLE_VALUE, (float) value);
    }

    static Message histogram(String tag, Histogram histogram) {
        long[] counts = histogram.counts();
        // TensorBoard has the first bucket begin with the smallest value, which is above the limits of those that are empty.
        int first = IntStream.range(0, counts.length).filter(i -> counts[i] > 0).findFirst().orElse(0);
        return value(tag).with(HISTOGRAM, new Message().with(1, histogram.min()).with(2, histogram.max())
                .with(3, (double) histogram.count()).with(4, histogram.sum()).with(5, histogram.sumSquares())
                .with(6, Arrays.stream(histogram.limits()).skip(first)).with(7, Arrays.stream(counts).skip(first).asDoubleStream()));
    }

    static Message image(String tag, Picture picture) {
        return value(tag).with(IMAGE, new Message().with(1, (long) picture.height()).with(2, (long) picture.width())
                .with(3, (long) (picture.grey() ? GREY : RGB)).with(4, picture.png()));
    }

    /** @param markdown with tables */
    static Message text(String tag, String markdown) {
        int string = 7;
        Message shape = new Message().with(2, new Message().with(1, 1L));
        return described(value(tag), "text", "")
                .with(TENSOR, new Message().with(1, (long) string).with(2, shape).with(8, markdown.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * The options of a run, which TensorBoard sets beside those of others ({@code tensorboard/plugins/hparams/plugin_data.proto}).
     *
     * @param options numbers, truth values and texts, by name
     */
    static Message hyperparameters(double wallSeconds, Map<String, Object> options) {
        Message info = new Message().with(5, wallSeconds);
        options.forEach((name, option) -> info.with(1, new Message().with(1, name).with(2, switch (option) {
            case Number number -> new Message().with(2, number.doubleValue());
            case Boolean truth -> new Message().with(4, truth ? 1L : 0L);
            default -> new Message().with(3, option.toString());
        })));
        Message plugin = new Message().with(1, "hparams").with(2, new Message().with(3, info));
        return value("_hparams_/session_start_info").with(METADATA, new Message().with(1, plugin));
    }

    /**
     * What TensorBoard takes from the first value of a tag.
     *
     * @param plugin      that shows it
     * @param description shown beside it
     */
    static Message described(Message value, String plugin, String description) {
        return value.with(METADATA, new Message().with(1, new Message().with(1, plugin)).with(3, description));
    }
}
