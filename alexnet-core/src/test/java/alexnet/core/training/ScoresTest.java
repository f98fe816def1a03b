package alexnet.core.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import alexnet.core.evaluation.Answer;

class ScoresTest {

    private static final float[] FALLING = {0.30f, 0.20f, 0.15f, 0.12f, 0.11f, 0.07f, 0.05f};
    private static final float[] RISING = {0.01f, 0.02f, 0.03f, 0.04f, 0.05f, 0.06f, 0.79f};

    private static Scores of(int label, float... probabilities) {
        return Scores.NONE.plus(Answer.of(0, label, probabilities));
    }

    @Test
    void countsRanksOfTheLabelAndSkipsImagesWithoutOne() {
        Scores scores = of(4, FALLING).plus(Answer.of(1, 6, RISING)).plus(Answer.of(2, -1, RISING));
        assertEquals(2, scores.images());
        assertEquals(0.5, scores.top1Accuracy());
        assertEquals(1.0, scores.top5Accuracy());
        assertEquals(-(Math.log(0.11) + Math.log(0.79)) / 2, scores.meanLoss(), 1e-6);
    }

    @Test
    void theSixthGuessIsNotAmongTheFirstFive() {
        assertEquals(0, of(5, FALLING).top5());
    }

    @Test
    void equalProbabilitiesDoNotAllCountAsFirst() {
        assertEquals(1, of(0, 0.25f, 0.25f, 0.25f, 0.25f).top1());
        assertEquals(0, of(3, 0.25f, 0.25f, 0.25f, 0.25f).top1());
        float[] equal = new float[6];
        Arrays.fill(equal, 1f / 6);
        assertEquals(5, IntStream.range(0, 6).mapToLong(label -> of(label, equal).top5()).sum());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 6, 1000})
    void probabilitiesThatAreNoNumbersAreNeverRight(int classes) {
        float[] broken = new float[classes];
        Arrays.fill(broken, Float.NaN);
        for (int label : new int[] {0, classes - 1}) {
            Scores scores = of(label, broken);
            assertEquals(0, scores.top1());
            assertEquals(0, scores.top5());
            assertTrue(Double.isNaN(scores.meanLoss()));
        }
    }

    @Test
    void aLabelIsNotRightBesideAProbabilityThatIsNoNumber() {
        assertEquals(0, of(0, 0.9f, Float.NaN, 0.1f).top5());
        assertEquals(0, of(1, Float.NaN, 0.9f, 0.1f).top1());
    }
}
