package alexnet.report.findings;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;

import alexnet.report.Findings.ClassAccuracy;
import alexnet.report.Findings.Confusion;
import alexnet.report.Findings.Guess;
import alexnet.report.Findings.Photograph;

class TallyTest {

    private static final List<String> CLASSES = List.of("apple", "bread", "cheese", "dates", "eggs", "figs", "grapes");

    /** Says one class with a probability, and of the others the later the likelier. */
    private static Answer answer(int image, int label, int guess, float probability) {
        float[] of = new float[CLASSES.size()];
        for (int c = 0; c < of.length; c++) {
            of[c] = c == guess ? probability : 0.01f * c;
        }
        return Answer.of(image, label, of);
    }

    private final List<Answer> answers = List.of(
            // Of three apples one is told; one is taken for bread, one for grapes. Apple is then the last of seven.
            answer(0, 0, 0, 0.9f), answer(1, 0, 1, 0.5f), answer(2, 0, 6, 0.6f),
            // Of four breads two are taken for cheese and one for apple, which leaves bread (0.01) behind five others; dates are all told.
            answer(3, 1, 2, 0.7f), answer(4, 1, 2, 0.8f), answer(5, 1, 0, 0.9f), answer(6, 1, 1, 0.4f), answer(7, 3, 3, 0.9f));

    @Test
    void theFiveLikeliestComeInOrderAndOfEquallyLikelyOnesTheFirst() {
        Answer answer = Answer.of(4, 2, new float[] {0.1f, 0.2f, 0.2f, 0.05f, 0.3f, 0.1f, 0.05f});
        assertArrayEquals(new int[] {4, 1, 2, 0, 5}, answer.guesses());
        assertArrayEquals(new float[] {0.3f, 0.2f, 0.2f, 0.1f, 0.1f}, answer.probabilities());
        assertFalse(answer.right());
        assertTrue(answer.rightAmongFive());
        assertEquals(new Guess("eggs", 0.3f), answer.named(CLASSES).getFirst());
        assertEquals(2, Answer.of(0, 0, new float[] {0.4f, 0.6f}).guesses().length);
    }

    @Test
    void accuracyIsCountedClassByClass() {
        List<ClassAccuracy> accuracies = new Tally(answers, CLASSES).accuracies();
        assertEquals(new ClassAccuracy("apple", 3, 1 / 3.0, 1 / 3.0), accuracies.get(0));
        assertEquals(new ClassAccuracy("bread", 4, 1 / 4.0, 1 / 4.0), accuracies.get(1));
        assertEquals(new ClassAccuracy("cheese", 0, Double.NaN, Double.NaN), accuracies.get(2));
        assertEquals(new ClassAccuracy("dates", 1, 1, 1), accuracies.get(3));
        assertEquals(CLASSES, accuracies.stream().map(ClassAccuracy::className).toList());
    }

    @Test
    void confusedPairsComeWithTheImagesThatTheNetworkIsSurestOf() {
        List<Confusion> confusions = new Tally(answers, CLASSES).confusions(3, 1, image -> new Photograph("image " + image, "", ""));
        assertEquals(new Confusion("bread", "cheese", 2, 4, List.of(new Photograph("image 4", "", ""))), confusions.get(0));
        // One of three apples is more than one of four breads.
        assertEquals(new Confusion("apple", "bread", 1, 3, List.of(new Photograph("image 1", "", ""))), confusions.get(1));
        assertEquals(new Confusion("apple", "grapes", 1, 3, List.of(new Photograph("image 2", "", ""))), confusions.get(2));
        assertEquals(3, confusions.size());
    }
}
