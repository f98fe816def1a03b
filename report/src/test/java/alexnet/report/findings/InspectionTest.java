package alexnet.report.findings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import alexnet.core.data.ImageSource;
import alexnet.core.data.Progress;
import alexnet.core.data.StoredImages;
import alexnet.core.data.Preprocessing;
import alexnet.core.data.StoredSize;
import alexnet.core.data.feed.CheckedImages;
import alexnet.core.data.feed.Decoding;
import alexnet.core.device.Devices;
import alexnet.core.evaluation.Answer;
import alexnet.core.evaluation.ClassAccuracy;
import alexnet.core.group.TwoGroupNetwork;
import alexnet.core.network.Architecture;
import alexnet.core.network.Initialization;
import alexnet.core.network.Layer;
import alexnet.core.profile.StepProfile;
import alexnet.core.training.Evaluator;
import alexnet.core.training.Scores;
import alexnet.core.training.View;
import alexnet.kernels.KernelFamilies;
import alexnet.report.Findings.LayerTime;
import alexnet.report.Findings.Neighbours;
import alexnet.report.Findings;

class InspectionTest {

    /** Noise; those of the same number are the same in every source. */
    private record Noise(String half, int size, int classes) implements ImageSource {

        @Override
        public int channels() {
            return 3;
        }

        @Override
        public int label(int index) {
            return index % classes;
        }

        @Override
        public String name(int index) {
            return half + "/" + index;
        }

        @Override
        public String content(int index) {
            return String.valueOf(index);
        }

        @Override
        public void read(int index, Preprocessing preprocessing, MemorySegment pixels) {
            byte[] noise = new byte[channels() * preprocessing.size().area()];
            new Random(index).nextBytes(noise);
            pixels.copyFrom(MemorySegment.ofArray(noise));
        }
    }

    private static final List<String> CLASSES = List.of("a", "b", "c", "d", "e", "f", "g");
    private static final int VALIDATION = 23;
    private static final int TRAINING = 37;

    private static StepProfile profile;
    private static TwoGroupNetwork network;
    private static StoredImages validation;
    private static Findings found;
    private static final List<Integer> PROGRESS = new ArrayList<>();

    private static StoredImages images(String half, int count) {
        return CheckedImages.load(new Noise(half, count, CLASSES.size()), Preprocessing.covering(new StoredSize(28, 28)), new Decoding(1, 1 << 20, Progress.NONE));
    }

    @BeforeAll
    static void look() {
        profile = new StepProfile();
        Architecture architecture = Initialization.KAIMING.applyTo(Architecture.alexnetSmall(CLASSES.size(), 3));
        network = TwoGroupNetwork.profiled(architecture, 8, Devices.ofRuntime().byDefault().stream()
                .map(device -> new TwoGroupNetwork.Placement(device.device(), KernelFamilies.of(device.device()))).toList(), profile);
        network.initialize(5);
        float[] mean = new float[3 * 28 * 28];
        Arrays.fill(mean, 127);
        network.setMean(mean);
        network.load();
        validation = images("val", VALIDATION);
        Inspection inspection = new Inspection("the network", network, CLASSES, images("train", TRAINING), validation, 1);
        assertEquals(VALIDATION + TRAINING, inspection.images());
        found = inspection.look(PROGRESS::add, List.of("bounded"));
    }

    @AfterAll
    static void close() {
        network.close();
    }

    @Test
    void accuraciesAreThoseThatTestingMeasures() {
        Scores scores;
        try (Evaluator evaluator = new Evaluator(network, validation, View.centre(network.architecture()), 0, 1)) {
            scores = evaluator.evaluate(_ -> { }, _ -> { });
        }
        assertEquals(scores.top1(), Math.round(found.classes().stream().mapToDouble(each -> each.images() * each.top1()).sum()));
        assertEquals(scores.top5(), Math.round(found.classes().stream().mapToDouble(each -> each.images() * each.top5()).sum()));
        assertTrue(scores.top5() > 0 && scores.top1() < VALIDATION, "all or nothing proves nothing");
        assertEquals(VALIDATION, found.classes().stream().mapToInt(ClassAccuracy::images).sum());
        int wrong = (int) (VALIDATION - scores.top1());
        assertTrue(found.confusions().stream().mapToInt(Findings.Confusion::count).sum() <= wrong);
    }

    @Test
    void ofConfusedClassesThoseImagesAreShownOfWhichTheNetworkIsSurest() {
        List<Answer> answers = new ArrayList<>();
        try (Evaluator evaluator = Evaluator.inOrder(network, validation, View.centre(network.architecture()), 0, 1)) {
            evaluator.evaluate(answers::add, _ -> { });
        }
        Findings.Confusion pair = found.confusions().getFirst();
        List<String> surest = answers.stream()
                .filter(answer -> CLASSES.get(answer.label()).equals(pair.trueClass()) && CLASSES.get(answer.guesses()[0]).equals(pair.predicted()))
                .sorted(Comparator.comparing(answer -> -answer.probabilities()[0])).map(answer -> validation.name(answer.image())).toList();
        assertEquals(pair.count(), surest.size());
        assertEquals(surest.stream().limit(5).toList(), pair.examples().stream().map(Findings.Photograph::name).toList());
        assertTrue(pair.count() > 1, "one alone proves nothing");
    }

    @Test
    void theNearestToAnImageIsTheSameImageAmongOthers() {
        assertEquals(6, found.neighbours().size());
        for (Neighbours row : found.neighbours()) {
            assertEquals(row.query().name().replace("val", "train"), row.nearest().getFirst().photograph().name());
            assertEquals(0, row.nearest().getFirst().distance(), 1e-3);
            assertEquals(6, row.nearest().size());
            for (int i = 1; i < row.nearest().size(); i++) {
                assertTrue(row.nearest().get(i).distance() >= row.nearest().get(i - 1).distance());
            }
            assertNotEquals(0, row.nearest().getLast().distance(), "all alike proves nothing");
        }
        assertEquals(6, found.neighbours().stream().map(row -> row.query().className()).distinct().count());
    }

    @Test
    void predictionsAreOfRightAndOfWrongAnswersAsFarAsThereAreAny() {
        assertEquals(8, found.predictions().size());
        long right = found.predictions().stream().filter(each -> each.guesses().getFirst().className().equals(each.photograph().className())).count();
        long all = Math.round(found.classes().stream().mapToDouble(each -> each.images() * each.top1()).sum());
        assertEquals(Math.min(4, all), right);
        assertEquals(8, found.predictions().stream().map(each -> each.photograph().name()).distinct().count());
        found.predictions().forEach(each -> assertEquals(5, each.guesses().size()));
    }

    @Test
    void howImagesWereChosenIsSaid() {
        assertEquals("bounded", found.notes().getFirst());
        assertTrue(found.notes().stream().anyMatch(note -> note.contains("among 37 training images") && note.contains("fc7")), found.notes().toString());
        assertTrue(found.notes().stream().anyMatch(note -> note.contains("of the") && note.contains("validation images whose likeliest class is right")));
        assertEquals(List.of(), found.leftOut());
    }

    @Test
    void progressEndsWithAllImages() {
        assertEquals(VALIDATION + TRAINING, PROGRESS.getLast());
        assertEquals(PROGRESS.stream().sorted().toList(), PROGRESS);
    }

    @Test
    void photographsOfFewPixelsAreKeptPixelByPixel() throws IOException {
        Findings.Photograph photograph = found.predictions().getFirst().photograph();
        String prefix = "data:image/png;base64,";
        assertTrue(photograph.image().startsWith(prefix));
        var image = ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(photograph.image().substring(prefix.length()))));
        byte[] pixels = new byte[3 * 28 * 28];
        int index = Integer.parseInt(photograph.name().substring("val/".length()));
        new Noise("val", VALIDATION, CLASSES.size()).read(index, Preprocessing.covering(new StoredSize(28, 28)), MemorySegment.ofArray(pixels));
        assertEquals(pixels[5 * 28 + 3] & 0xFF, image.getRGB(3, 5) >> 16 & 0xFF);
        assertEquals(pixels[2 * 28 * 28 + 5 * 28 + 3] & 0xFF, image.getRGB(3, 5) & 0xFF);
    }

    @Test
    void everyLayerTakesTime() {
        List<LayerTime> times = LayerTimes.measure(network, profile);
        assertEquals(network.architecture().layers().stream().map(Layer::name).toList(), times.stream().map(LayerTime::layer).toList());
        times.forEach(time -> assertTrue(time.forwardMillis() > 0 && time.backwardMillis() > 0, time.toString()));
    }
}
