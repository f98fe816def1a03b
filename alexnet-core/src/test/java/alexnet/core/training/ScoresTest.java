package alexnet.core.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

class ScoresTest {

    /** Seven classes, two images and an empty place; [classes][images]. */
    private static final FloatArray PROBABILITIES = FloatArray.fromElements(
            0.30f, 0.01f, 0,
            0.20f, 0.02f, 0,
            0.15f, 0.03f, 0,
            0.12f, 0.04f, 0,
            0.11f, 0.05f, 0,
            0.07f, 0.06f, 0,
            0.05f, 0.79f, 1);

    @Test
    void countsRanksOfTheLabelAndSkipsEmptyPlaces() {
        Scores scores = Scores.NONE.plus(PROBABILITIES, IntArray.fromElements(4, 6, -1));
        assertEquals(2, scores.images());
        assertEquals(0.5, scores.top1Accuracy());
        assertEquals(1.0, scores.top5Accuracy());
        assertEquals(-(Math.log(0.11) + Math.log(0.79)) / 2, scores.meanLoss(), 1e-6);
    }

    @Test
    void theSixthGuessIsNotAmongTheFirstFive() {
        assertEquals(0, Scores.NONE.plus(PROBABILITIES, IntArray.fromElements(5, -1, -1)).top5());
    }

    @Test
    void equalProbabilitiesDoNotAllCountAsFirst() {
        FloatArray equal = FloatArray.fromElements(0.25f, 0.25f, 0.25f, 0.25f);
        assertEquals(1, Scores.NONE.plus(equal, IntArray.fromElements(0)).top1());
        assertEquals(0, Scores.NONE.plus(equal, IntArray.fromElements(3)).top1());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 6, 1000})
    void probabilitiesThatAreNoNumbersAreNeverRight(int classes) {
        float[] broken = new float[classes];
        Arrays.fill(broken, Float.NaN);
        for (int label : new int[] {0, classes - 1}) {
            Scores scores = Scores.NONE.plus(FloatArray.fromArray(broken), IntArray.fromElements(label));
            assertEquals(0, scores.top1());
            assertEquals(0, scores.top5());
            assertTrue(Double.isNaN(scores.meanLoss()));
        }
    }

    @Test
    void aLabelIsNotRightBesideAProbabilityThatIsNoNumber() {
        assertEquals(0, Scores.NONE.plus(FloatArray.fromElements(0.9f, Float.NaN, 0.1f), IntArray.fromElements(0)).top5());
        assertEquals(0, Scores.NONE.plus(FloatArray.fromElements(Float.NaN, 0.9f, 0.1f), IntArray.fromElements(1)).top1());
    }
}
