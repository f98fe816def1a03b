package alexnet.core.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import alexnet.core.data.TestImages;
import alexnet.core.data.Preprocessing;
import alexnet.core.data.Progress;
import alexnet.core.data.StoredImages;
import alexnet.core.data.StoredSize;
import alexnet.core.data.feed.CheckedImages;
import alexnet.core.data.feed.Decoding;
import alexnet.core.device.Devices;
import alexnet.core.evaluation.Answer;
import alexnet.core.evaluation.ClassAccuracy;
import alexnet.core.evaluation.Confusion;
import alexnet.core.evaluation.Tally;
import alexnet.core.group.ParameterTensor;
import alexnet.core.group.TwoGroupNetwork;
import alexnet.core.network.Architecture;
import alexnet.core.network.Initial;
import alexnet.core.network.Layer;
import alexnet.kernels.KernelFamilies;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Evaluation against the same computed by hand: the network's logits are a matrix times the pixels. */
class EvaluatorTest {

    private static final int CLASSES = 8;
    private static final int STORED = 6;
    private static final int INPUT = 4;
    private static final int FILTERS = 4;
    private static final int BATCH = 8;
    /** No multiple of the batch; class after class, as folders have them. */
    private static final int IMAGES = 51;
    private static final float MEAN = 100;

    private static final float[][] WEIGHTS = new float[CLASSES][INPUT * INPUT];
    private static TwoGroupNetwork network;
    private static StoredImages images;

    /** Noise; every tenth image has no label. */
    private static final class Noise extends TestImages.Changed {

        Noise(int size) {
            super(new TestImages.InMemory(size, 1, CLASSES, Set.of()));
        }

        @Override
        public int label(int index) {
            return index % 10 == 9 ? -1 : index * CLASSES / size();
        }
    }

    private static byte[] noise(int index) {
        byte[] noise = new byte[STORED * STORED];
        new Random(index).nextBytes(noise);
        return noise;
    }

    @BeforeAll
    static void build() {
        Initial initial = new Initial(0.01f, 0);
        Architecture architecture = new Architecture("linear", 1, STORED, INPUT, List.of(
                new Layer.Convolution("signs", FILTERS, 1, 1, 0, Layer.Sees.BOTH_GROUPS, initial), new Layer.FullyConnected("classes", CLASSES, initial)));
        network = new TwoGroupNetwork(architecture, BATCH, Devices.ofRuntime().byDefault().stream()
                .map(device -> new TwoGroupNetwork.Placement(device.device(), KernelFamilies.of(device.device()))).toList());
        network.initialize(1);
        Random random = new Random(5);
        for (float[] row : WEIGHTS) {
            for (int i = 0; i < row.length; i++) {
                row[i] = (float) (0.01 * random.nextGaussian());
            }
        }
        for (ParameterTensor tensor : network.parameters()) {
            int at = 0;
            for (FloatArray part : tensor.parts()) {
                for (int i = 0; i < part.getSize(); i++, at++) {
                    part.set(i, value(tensor.name(), at));
                }
            }
        }
        float[] mean = new float[STORED * STORED];
        Arrays.fill(mean, MEAN);
        network.setMean(mean);
        network.load();
        images = CheckedImages.load(new Noise(IMAGES), Preprocessing.covering(new StoredSize(STORED, STORED)), new Decoding(1, 0, Progress.NONE));
    }

    /** What is above the mean goes through every other filter, what is below through the others: their difference is the pixel. */
    private static float value(String tensor, int at) {
        int inputs = FILTERS * INPUT * INPUT;
        return switch (tensor) {
            case "signs.weight" -> sign(at);
            case "classes.weight" -> sign(at % inputs / (INPUT * INPUT)) * WEIGHTS[at / inputs][at % (INPUT * INPUT)] * 2 / FILTERS;
            default -> 0;
        };
    }

    private static int sign(int filter) {
        return filter % 2 == 0 ? 1 : -1;
    }

    @AfterAll
    static void close() {
        network.close();
    }

    /** What the network has to say of an image, in double precision. */
    private static double[] expected(int image, List<View> views) {
        byte[] pixels = noise(image);
        double[] average = new double[CLASSES];
        for (View view : views) {
            double[] exponentials = new double[CLASSES];
            for (int c = 0; c < CLASSES; c++) {
                double logit = 0;
                for (int y = 0; y < INPUT; y++) {
                    for (int x = 0; x < INPUT; x++) {
                        int column = view.left() + (view.mirrored() ? INPUT - 1 - x : x);
                        logit += WEIGHTS[c][y * INPUT + x] * ((pixels[(view.top() + y) * STORED + column] & 0xFF) - MEAN);
                    }
                }
                exponentials[c] = Math.exp(logit);
            }
            double sum = Arrays.stream(exponentials).sum();
            for (int c = 0; c < CLASSES; c++) {
                average[c] += exponentials[c] / sum / views.size();
            }
        }
        return average;
    }

    private static List<Integer> ranked(double[] probabilities) {
        return IntStream.range(0, CLASSES).boxed().sorted(Comparator.comparing((Integer c) -> -probabilities[c])).toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10})
    void everyNumberIsWhatItIsByHand(int views) {
        List<View> shown = views == 1 ? View.centre(network.architecture()) : View.ten(network.architecture());
        List<Answer> answers = new ArrayList<>();
        List<Integer> progress = new ArrayList<>();
        Scores scores;
        try (Evaluator evaluator = Evaluator.inOrder(network, images, shown, 0, 2)) {
            scores = evaluator.evaluate(answers::add, progress::add);
            assertEquals(IMAGES, evaluator.images());
            assertEquals(7, evaluator.batches());
            assertEquals(IMAGES, evaluator.imagesOf(7));
        }
        assertEquals(List.of(1, 2, 3, 4, 5, 6, 7), progress);
        assertEquals(IntStream.range(0, IMAGES).boxed().toList(), answers.stream().map(Answer::image).toList());
        Tally tally = new Tally(CLASSES);
        answers.forEach(tally::add);
        double loss = 0;
        int labelled = 0;
        int first = 0;
        int firstFive = 0;
        int[][] taken = new int[CLASSES][CLASSES];
        for (Answer answer : answers) {
            double[] probabilities = expected(answer.image(), shown);
            List<Integer> ranked = ranked(probabilities);
            int label = new Noise(IMAGES).label(answer.image());
            assertEquals(label, answer.label());
            assertEquals(ranked.subList(0, 5), IntStream.of(answer.guesses()).boxed().toList());
            for (int place = 0; place < 5; place++) {
                assertEquals(probabilities[ranked.get(place)], answer.probabilities()[place], 1e-5);
            }
            if (label >= 0) {
                loss -= Math.log(probabilities[label]);
                labelled++;
                first += ranked.getFirst() == label ? 1 : 0;
                firstFive += ranked.indexOf(label) < 5 ? 1 : 0;
                taken[label][ranked.getFirst()]++;
            }
        }
        assertEquals(labelled, scores.images());
        assertEquals(46, labelled);
        assertEquals(loss / labelled, scores.meanLoss(), 1e-5);
        assertEquals(first, scores.top1());
        assertEquals(firstFive, scores.top5());
        assertTrue(first > 0 && first < firstFive && firstFive < labelled, first + " and " + firstFive + " prove nothing");
        for (Confusion pair : tally.confusions()) {
            assertEquals(taken[pair.label()][pair.guess()], pair.count());
            assertEquals(Arrays.stream(taken[pair.label()]).sum(), pair.images());
        }
        assertEquals(labelled - first, tally.confusions().stream().mapToInt(Confusion::count).sum());
        List<ClassAccuracy> accuracies = tally.accuracies(List.of("a", "b", "c", "d", "e", "f", "g", "h"));
        for (int c = 0; c < CLASSES; c++) {
            assertEquals((double) taken[c][c] / Arrays.stream(taken[c]).sum(), accuracies.get(c).top1());
        }
    }

    @Test
    void someBatchesHaveImagesOfAllClassesInTheirOrder() {
        List<Integer> seen = new ArrayList<>();
        try (Evaluator evaluator = Evaluator.inOrder(network, images, View.centre(network.architecture()), 2, 1)) {
            evaluator.evaluate(answer -> seen.add(answer.image()), _ -> { });
        }
        assertEquals(2 * BATCH, seen.size());
        assertEquals(seen.stream().sorted().toList(), seen);
        assertTrue(seen.stream().map(images::label).filter(label -> label >= 0).distinct().count() == CLASSES, seen.toString());
    }

    @Test
    void theSumsAreTheSameInTheOrderOfTraining() {
        try (Evaluator ordered = Evaluator.inOrder(network, images, View.centre(network.architecture()), 0, 1);
                Evaluator spread = new Evaluator(network, images, View.centre(network.architecture()), 0, 1)) {
            Scores some = ordered.evaluate(_ -> { }, _ -> { });
            Scores others = spread.evaluate(_ -> { }, _ -> { });
            assertArrayEquals(new long[] {some.images(), some.top1(), some.top5()}, new long[] {others.images(), others.top1(), others.top5()});
            assertEquals(some.meanLoss(), others.meanLoss(), 1e-9);
        }
    }
}
