package alexnet.core.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class MixUpTest {

    private static final int CLASSES = 1000;
    private static final int IMAGES = 50;
    private static final List<String> NAMES = IntStream.range(0, CLASSES).mapToObj(c -> String.format("n%08d", c)).toList();

    /** A network that is right as often as classes are easy, from {@code worst} to {@code best}, of images whose labels are called otherwise. */
    private static Tally tally(double worst, double best, IntUnaryOperator called) {
        Random random = new Random(1);
        Tally tally = new Tally(CLASSES);
        for (int c = 0; c < CLASSES; c++) {
            double easy = worst + (best - worst) * random.nextDouble();
            for (int i = 0; i < IMAGES; i++) {
                float[] of = new float[CLASSES];
                of[random.nextDouble() < easy ? c : random.nextInt(CLASSES)] = 1;
                tally.add(Answer.of(0, called.applyAsInt(c), of));
            }
        }
        return tally;
    }

    private static int[] permutation() {
        List<Integer> shuffled = new ArrayList<>(IntStream.range(0, CLASSES).boxed().toList());
        Collections.shuffle(shuffled, new Random(2));
        return shuffled.stream().mapToInt(Integer::intValue).toArray();
    }

    private static Optional<String> sign(Tally tally, OptionalDouble trained) {
        return MixUp.sign(tally, NAMES, trained);
    }

    @Test
    void aPermutedSetIsToldByWhatItsClassesAreTakenFor() {
        int[] permutation = permutation();
        String sign = sign(tally(0.2, 0.95, c -> permutation[c]), OptionalDouble.empty()).orElseThrow();
        assertTrue(sign.matches("the images of [1-4]\\d\\d of 1000 classes are each taken for one and the same other class \\(those of n\\d{8} for n\\d{8},"
                + " \\d+ of 50\\), as they are where .* ILSVRC2012_IDs .*"), sign);
    }

    @Test
    void onePlaceFurtherIsToldToo() {
        assertTrue(sign(tally(0.2, 0.95, c -> (c + 1) % CLASSES), OptionalDouble.empty()).isPresent());
    }

    @Test
    void ofANetworkThatKnowsLittleGuessingIsTold() {
        int[] permutation = permutation();
        Tally permuted = tally(0.1, 0.3, c -> permutation[c]);
        assertTrue(sign(permuted, OptionalDouble.of(0.2)).orElseThrow()
                .startsWith("top-1 is no better than guessing, 0.10 % (20.00 % in training), though the classes are called alike: "));
        assertTrue(sign(permuted, OptionalDouble.empty()).orElseThrow().startsWith("top-1 is no better than guessing, 0.10 %, though"));
        assertEquals(Optional.empty(), sign(permuted, OptionalDouble.of(0.001)), "it was no better in training");
    }

    @Test
    void ofALabelledSetAsItIsNothingIsTold() {
        assertEquals(Optional.empty(), sign(tally(0.2, 0.95, c -> c), OptionalDouble.empty()));
        assertEquals(Optional.empty(), sign(tally(0.01, 0.03, c -> c), OptionalDouble.of(0.02)));
        // Two classes changed places: few enough to be a network's own mistake.
        assertEquals(Optional.empty(), sign(tally(0.9, 0.95, c -> c == 3 ? 4 : c == 4 ? 3 : c), OptionalDouble.empty()));
    }

    @Test
    void aNetworkThatAlwaysSaysTheSameIsNoMixUp() {
        Tally tally = new Tally(4);
        for (int i = 0; i < 40; i++) {
            tally.add(Answer.of(i, i % 4, new float[] {0, 0, 1, 0}));
        }
        assertEquals(Optional.empty(), MixUp.sign(tally, NAMES.subList(0, 4), OptionalDouble.of(0.25)));
    }
}
