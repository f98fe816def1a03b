package alexnet.core.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;

class TallyTest {

    private static final List<String> CLASSES = List.of("apple", "bread", "cheese", "dates", "eggs", "figs", "grapes");

    /** Says one class with a probability, and of the others the later the likelier. */
    private static Answer answer(int label, int guess) {
        float[] of = new float[CLASSES.size()];
        for (int c = 0; c < of.length; c++) {
            of[c] = c == guess ? 0.5f : 0.01f * c;
        }
        return Answer.of(0, label, of);
    }

    private static Tally tally() {
        Tally tally = new Tally(CLASSES.size());
        List.of(
                // Of three apples one is told; one is taken for bread, one for grapes. Apple is then the last of seven.
                answer(0, 0), answer(0, 1), answer(0, 6),
                // Of four breads two are taken for cheese and one for apple, which leaves bread (0.01) behind five others; dates are all told.
                answer(1, 2), answer(1, 2), answer(1, 0), answer(1, 1), answer(3, 3),
                // What nobody has labelled counts nowhere.
                answer(-1, 3)).forEach(tally::add);
        return tally;
    }

    @Test
    void theFiveLikeliestComeInOrderAndOfEquallyLikelyOnesTheFirst() {
        Answer answer = Answer.of(4, 2, new float[] {0.1f, 0.2f, 0.2f, 0.05f, 0.3f, 0.1f, 0.05f});
        assertArrayEquals(new int[] {4, 1, 2, 0, 5}, answer.guesses());
        assertArrayEquals(new float[] {0.3f, 0.2f, 0.2f, 0.1f, 0.1f}, answer.probabilities());
        assertFalse(answer.right());
        assertTrue(answer.rightAmongFive());
        assertEquals(-Math.log(0.2f), answer.loss());
        assertEquals(2, Answer.of(0, 0, new float[] {0.4f, 0.6f}).guesses().length);
    }

    @Test
    void accuracyIsCountedClassByClass() {
        List<ClassAccuracy> accuracies = tally().accuracies(CLASSES);
        assertEquals(new ClassAccuracy("apple", 3, 1 / 3.0, 1 / 3.0), accuracies.get(0));
        assertEquals(new ClassAccuracy("bread", 4, 1 / 4.0, 1 / 4.0), accuracies.get(1));
        assertEquals(new ClassAccuracy("cheese", 0, Double.NaN, Double.NaN), accuracies.get(2));
        assertEquals(new ClassAccuracy("dates", 1, 1, 1), accuracies.get(3));
        assertEquals(CLASSES, accuracies.stream().map(ClassAccuracy::className).toList());
    }

    @Test
    void confusedPairsComeByTheirNumberAndThenByTheirShare() {
        // One of three apples is more than one of four breads.
        assertEquals(List.of(new Confusion(1, 2, 2, 4), new Confusion(0, 1, 1, 3), new Confusion(0, 6, 1, 3), new Confusion(1, 0, 1, 4)),
                tally().confusions());
    }
}
