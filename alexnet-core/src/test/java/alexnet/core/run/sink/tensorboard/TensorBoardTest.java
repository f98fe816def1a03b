package alexnet.core.run.sink.tensorboard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.HistogramProto;
import org.tensorflow.proto.SessionLog;
import org.tensorflow.proto.Summary;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.Value;

import alexnet.core.network.Architectures;
import alexnet.core.run.event.FilterBank;
import alexnet.core.run.event.Histogram;
import alexnet.core.run.event.LayerMeasures;
import alexnet.core.run.event.Metrics;
import alexnet.core.run.event.Place;
import alexnet.core.run.event.RunEvent;
import alexnet.core.run.event.RunPlan;
import alexnet.core.run.sink.Configuration;

/** What TensorFlow's own classes read in our event files. Ten steps an epoch. */
class TensorBoardTest {

    private static final int STEPS_AN_EPOCH = 10;
    private static final Histogram HISTOGRAM = new Histogram(-2, 3, 4, 1.5, 16, new double[] {-4, -3, -1, 0, 4}, new long[] {0, 0, 1, 1, 2});

    private static final Histogram UPDATES = new Histogram(-1, 1, 4, 0.5, 2, new double[] {0.5, 1}, new long[] {2, 2});
    private static final Histogram ZERO = new Histogram(0, 0, 4, 0, 0, new double[] {0}, new long[] {4});

    @TempDir
    private Path run;
    private RunPlan plan;

    @BeforeEach
    void plan() {
        plan = new RunPlan("alexnet-small", List.of("cat", "dog"), 100, STEPS_AN_EPOCH, 32, 0.5, run);
    }

    private static Place place(long step) {
        return new Place(step, (int) ((step + STEPS_AN_EPOCH - 1) / STEPS_AN_EPOCH), (int) (step % STEPS_AN_EPOCH), STEPS_AN_EPOCH);
    }

    private static Metrics metrics(long step) {
        return new Metrics(step, step / (double) STEPS_AN_EPOCH, 0.01, 1.25, step / 8.0, 0.5, 0.75);
    }

    private static RunEvent.StepFinished step(long step) {
        return new RunEvent.StepFinished(place(step), 32, 0.01, 1.0 / step, 0.25, 0.0625);
    }

    private TensorBoard sink() {
        return sink(run);
    }

    private static TensorBoard sink(Path folder) {
        return new TensorBoard(folder, new Configuration("alexnet 1", Map.of("--data", "Köln|`x`"), new TreeMap<>(Map.of("architecture", "alexnet-small", "lr", 0.5, "pretty", true, "scheduler", "cosine", "lr_milestones", List.of(2, 30))),
                Architectures.named("alexnet-small", 2, 3), new Configuration.Images("Köln", Path.of("/photos"), 100, 20, 0, List.of("cat", "dog"))));
    }

    private List<Event> told(RunEvent... events) throws IOException {
        return told(run, events);
    }

    private List<Event> told(Path folder, RunEvent... events) throws IOException {
        try (TensorBoard sink = sink(folder)) {
            for (RunEvent event : events) {
                sink.on(event);
            }
        }
        return EventRecords.ofFolder(folder.resolve("tensorboard"));
    }

    private RunEvent.Started start(long step, Metrics... history) {
        return new RunEvent.Started(plan, place(step), List.of(history));
    }

    /** Steps and values of each tag that has any. */
    private static Map<String, Map<Long, Float>> scalars(List<Event> events) {
        Map<String, Map<Long, Float>> scalars = new TreeMap<>();
        for (Event event : events) {
            for (Summary.Value value : event.getSummary().getValueList()) {
                if (value.hasSimpleValue()) {
                    scalars.computeIfAbsent(value.getTag(), _ -> new TreeMap<>()).put(event.getStep(), value.getSimpleValue());
                }
            }
        }
        return scalars;
    }

    private static Summary.Value value(List<Event> events, String tag) {
        return events.stream().flatMap(event -> event.getSummary().getValueList().stream()).filter(value -> value.getTag().equals(tag))
                .findFirst().orElseThrow();
    }

    private static List<Long> sessions(List<Event> events) {
        return events.stream().filter(event -> event.getSessionLog().getStatus() == SessionLog.SessionStatus.START).map(Event::getStep).toList();
    }

    @Test
    void aChecksumIsThatOfItsStandard() {
        // RFC 3720, appendix B.4.
        assertEquals(0x8a9136aa, EventRecords.checksum(new byte[32]));
    }

    @Test
    void aFileSaysItsVersionAndIsNamedAsTensorBoardLooksForIt() throws IOException {
        List<Event> events = told(start(0));
        assertEquals("brain.Event:2", events.getFirst().getFileVersion());
        assertEquals(0, events.getFirst().getStep());
        assertEquals(System.currentTimeMillis() / 1e3, events.getFirst().getWallTime(), 60);
        assertEquals(List.of(1L), sessions(events), "TensorBoard heeds a restart after a start alone");
        String name = EventFile.files(run.resolve("tensorboard")).getFirst().getFileName().toString();
        assertTrue(name.matches("events\\.out\\.tfevents\\.\\d{10}\\.[A-Za-z0-9._-]+\\." + ProcessHandle.current().pid() + "\\.0"), name);
    }

    @Test
    void stepsAndMeasurementsBecomeScalarsOfTheirStep() throws IOException {
        List<Event> events = told(start(0), step(1), step(2), step(3), step(4), step(5),
                new RunEvent.Validated(place(5), metrics(5), true, 128, 2), step(6), step(7),
                new RunEvent.Ended(place(7), RunEvent.Reason.COMPLETED, List.of()));
        Map<Long, Float> losses = new TreeMap<>();
        Map<Long, Float> rates = new TreeMap<>();
        for (long step = 1; step <= 7; step++) {
            losses.put(step, (float) (1.0 / step));
            rates.put(step, 0.01f);
        }
        // Four steps of a quarter of a second are told together, and what is left when the run is measured and when it ends.
        Map<Long, Float> speeds = Map.of(4L, 128f, 5L, 128f, 7L, 128f);
        Map<Long, Float> waiting = Map.of(4L, 0.25f, 5L, 0.25f, 7L, 0.25f);
        assertEquals(Map.of("loss/train", losses, "training/learning_rate", rates, "training/images_per_second", speeds,
                "training/waiting_share", waiting, "loss/validation", Map.of(5L, 0.625f), "accuracy/top-1", Map.of(5L, 0.5f),
                "accuracy/top-5", Map.of(5L, 0.75f)), scalars(events));
        assertFalse(value(events, "loss/train").getMetadata().getSummaryDescription().isEmpty());
    }

    @Test
    void layersBecomeHistogramsAndScalars() throws IOException {
        FilterBank bank = new FilterBank(new float[2 * 3], 2, 3, 1);
        List<Event> events = told(start(0), new RunEvent.LayersMeasured(place(10), List.of(new LayerMeasures("conv1", HISTOGRAM, UPDATES, 0.001, 0.25),
                new LayerMeasures("fc7", ZERO, ZERO, Double.NaN, 0.5), new LayerMeasures("fc8", HISTOGRAM, UPDATES, 0.002, Double.NaN)), bank));
        assertEquals(Map.of("updates/conv1", Map.of(10L, 0.001f), "dead/conv1", Map.of(10L, 0.25f), "dead/fc7", Map.of(10L, 0.5f), "updates/fc8", Map.of(10L, 0.002f)),
                scalars(events));
        HistogramProto histogram = value(events, "weights/fc8").getHisto();
        assertEquals(List.of(-1.0, 0.0, 4.0), histogram.getBucketLimitList());
        assertEquals(List.of(1.0, 1.0, 2.0), histogram.getBucketList());
        assertEquals(List.of(-2.0, 3.0, 4.0, 1.5, 16.0), List.of(histogram.getMin(), histogram.getMax(), histogram.getNum(),
                histogram.getSum(), histogram.getSumSquares()));
        // The weights' root mean square is sqrt(16 / 4) = 2.
        HistogramProto updates = value(events, "relative_updates/conv1").getHisto();
        assertEquals(List.of(-0.5, 0.5, 4.0, 0.25, 0.5), List.of(updates.getMin(), updates.getMax(), updates.getNum(), updates.getSum(), updates.getSumSquares()));
        assertEquals(List.of(0.25, 0.5), updates.getBucketLimitList());
        assertEquals(List.of(2.0, 2.0), updates.getBucketList());
        assertTrue(value(events, "filters/conv1").hasImage());
    }

    private Raster filters(FilterBank bank) throws IOException {
        List<Event> events = told(start(0), new RunEvent.LayersMeasured(place(10),
                List.of(new LayerMeasures("conv1", HISTOGRAM, UPDATES, 0.001, 0)), bank));
        Summary.Image image = value(events, "filters/conv1").getImage();
        assertEquals(bank.channels(), image.getColorspace());
        BufferedImage decoded = ImageIO.read(new ByteArrayInputStream(image.getEncodedImageString().toByteArray()));
        assertEquals(List.of(image.getWidth(), image.getHeight()), List.of(decoded.getWidth(), decoded.getHeight()));
        return decoded.getRaster();
    }

    private static int[] pixel(Raster raster, int x, int y) {
        return raster.getPixel(x, y, (int[]) null);
    }

    /** Four filters of 2 x 2 pixels, shown at 40 x 40, and the second group 16 pixels to the right of the first. */
    @Test
    void theGroupsFiltersAreShownApartAndScaledAlike() throws IOException {
        float[] weights = new float[4 * 3 * 2 * 2];
        weights[0] = 1; // red of the first filter's first pixel
        weights[3 * 4 + 4 + 1] = -2; // green of the second filter's second pixel
        weights[2 * 3 * 4 + 8 + 2] = 2; // blue of the third one's third
        Raster raster = filters(new FilterBank(weights, 4, 3, 2));
        assertEquals(List.of(40 + 16 + 40, 40 + 2 + 40), List.of(raster.getWidth(), raster.getHeight()));
        int[] zero = {128, 128, 128};
        assertArrayEquals(new int[] {191, 128, 128}, pixel(raster, 0, 0));
        assertArrayEquals(new int[] {191, 128, 128}, pixel(raster, 19, 19));
        assertArrayEquals(zero, pixel(raster, 20, 0));
        assertArrayEquals(new int[] {255, 255, 255}, pixel(raster, 0, 41), "between filters");
        assertArrayEquals(new int[] {128, 0, 128}, pixel(raster, 20, 42), "below the first");
        assertArrayEquals(new int[] {255, 255, 255}, pixel(raster, 50, 0), "between groups");
        assertArrayEquals(new int[] {128, 128, 255}, pixel(raster, 56, 20), "in the second group");
        assertArrayEquals(zero, pixel(raster, 56, 62), "the last");
    }

    @Test
    void greyFiltersAreGrey() throws IOException {
        Raster raster = filters(new FilterBank(new float[] {-1, 0.5f}, 2, 1, 1));
        assertEquals(1, raster.getNumBands());
        assertArrayEquals(new int[] {0}, pixel(raster, 39, 39));
        assertArrayEquals(new int[] {191}, pixel(raster, 56, 0));
    }

    @Test
    void filtersThatAreAllZeroAreThePlainMiddle() throws IOException {
        assertArrayEquals(new int[] {128}, pixel(filters(new FilterBank(new float[2], 2, 1, 1)), 0, 0));
    }

    @Test
    void theConfigurationAndWarningsAreText() throws IOException {
        try (TensorBoard sink = sink()) {
            sink.on(start(0));
            sink.on(new RunEvent.Warned(place(3), "the loss stays at ln(2)"));
        }
        List<Event> events = EventRecords.ofFolder(run.resolve("tensorboard"));
        Summary.Value text = value(events, "configuration");
        assertEquals("text", text.getMetadata().getPluginData().getPluginName());
        assertEquals(DataType.DT_STRING, text.getTensor().getDtype());
        assertEquals(1, text.getTensor().getTensorShape().getDim(0).getSize());
        List<String> lines = text.getTensor().getStringVal(0).toStringUtf8().lines().toList();
        assertTrue(lines.contains("| `--data` | `Köln x ` |"), "a cell ends where it should: " + lines);
        assertTrue(lines.contains("| `lr` | `0.5` |"), lines.toString());
        assertEquals("the loss stays at ln(2)", value(events, "warnings").getTensor().getStringVal(0).toStringUtf8());
        assertEquals(3, events.getLast().getStep());
    }

    /** The message is TensorBoard's own: its fields are told by their numbers. */
    @Test
    void optionsAreHyperparameters() throws IOException {
        Summary.Value value = value(told(start(0)), "_hparams_/session_start_info");
        assertEquals("hparams", value.getMetadata().getPluginData().getPluginName());
        UnknownFieldSet data = UnknownFieldSet.parseFrom(value.getMetadata().getPluginData().getContent());
        UnknownFieldSet info = UnknownFieldSet.parseFrom(data.getField(3).getLengthDelimitedList().getFirst());
        Map<String, Value> options = new TreeMap<>();
        for (ByteString entry : info.getField(1).getLengthDelimitedList()) {
            UnknownFieldSet pair = UnknownFieldSet.parseFrom(entry);
            options.put(pair.getField(1).getLengthDelimitedList().getFirst().toStringUtf8(), Value.parseFrom(pair.getField(2).getLengthDelimitedList().getFirst()));
        }
        assertEquals(Map.of("architecture", Value.newBuilder().setStringValue("alexnet-small").build(), "lr", Value.newBuilder().setNumberValue(0.5).build(),
                "pretty", Value.newBuilder().setBoolValue(true).build(), "scheduler", Value.newBuilder().setStringValue("cosine").build()), options);
    }

    @Test
    void aResumedRunHasAFileOfItsOwnThatPurgesTheStepsWhichItRepeats() throws IOException {
        told(start(0), step(1), step(2), step(3));
        List<Path> before = EventFile.files(run.resolve("tensorboard"));
        List<Event> events = told(start(2, metrics(2)), step(3));
        List<Path> after = EventFile.files(run.resolve("tensorboard"));
        assertEquals(2, after.size());
        assertEquals(before.getFirst(), after.getFirst(), "TensorBoard reads files in the order of their names");
        List<Event> resumed = EventRecords.read(after.getLast());
        assertEquals(List.of(3L), sessions(resumed));
        assertFalse(resumed.getLast().hasSessionLog(), "it comes before what it must not purge");
        assertFalse(scalars(events).containsKey("loss/validation"), "the earlier file has the history");
    }

    @Test
    void aRunThatGoesBackPurgesInItsOwnFile() throws IOException {
        List<Event> events = told(start(0), step(1), step(2), start(1), step(2));
        assertEquals(1, EventFile.files(run.resolve("tensorboard")).size());
        assertEquals(List.of(1L, 2L), sessions(events));
    }

    @Test
    void aRunThatGoesOnInAnotherFolderTakesItsMeasurementsAlong() throws IOException {
        List<Event> events = told(run.resolve("other"), start(20, metrics(10), metrics(20)), step(21));
        assertEquals(Map.of(10L, 1.25f, 20L, 2.5f), scalars(events).get("loss/validation"));
        int session = events.indexOf(events.stream().filter(Event::hasSessionLog).findFirst().orElseThrow());
        assertEquals(20, events.get(session - 1).getStep(), "the measurements come before the start that purges");
    }

    @Test
    void aNewRunTakesTheEventFilesOfAnEarlierOneAwayAndNoOthers() throws IOException {
        told(start(0), step(1), step(2));
        Path foreign = run.resolve("tensorboard/events.out.tfevents.1.host.v2");
        Files.write(foreign, "another program's".getBytes(StandardCharsets.US_ASCII));
        try (TensorBoard sink = sink()) {
            sink.on(start(0));
        }
        List<Path> files = EventFile.files(run.resolve("tensorboard"));
        assertEquals(2, files.size());
        assertEquals(foreign, files.getFirst());
        assertEquals(Map.of(), scalars(EventRecords.read(files.getLast())));
    }

    @Test
    void aNameComesBehindAllOthersEvenWhenTheClockWentBack() throws IOException {
        Path folder = Files.createDirectories(run.resolve("tensorboard"));
        Files.createFile(folder.resolve("events.out.tfevents.9999999998.host.1.0"));
        try (TensorBoard sink = sink()) {
            sink.on(start(1));
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertTrue(files.anyMatch(file -> file.getFileName().toString().startsWith("events.out.tfevents.9999999999.")));
        }
    }
}
