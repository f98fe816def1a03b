package alexnet.core.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntToDoubleFunction;

import org.junit.jupiter.api.Test;

import alexnet.core.network.Initialization;

/** Losses as runs have them, with the noise of batches. */
class FlatLossTest {

    private static final int[] BALANCED = {100, 100, 100, 100, 100, 100, 100, 100, 100, 100};
    private static final double GUESS = Math.log(10);

    private record Told(int step, String message) {
    }

    private static List<Told> run(int steps, double noise, IntToDoubleFunction loss, IntToDoubleFunction factor) {
        FlatLoss flat = new FlatLoss(BALANCED, 32, Initialization.PAPER);
        Random random = new Random(1);
        List<Told> told = new ArrayList<>();
        for (int step = 1; step <= steps; step++) {
            int number = step;
            flat.step(loss.applyAsDouble(step) + noise * random.nextGaussian(), factor.applyAsDouble(step))
                    .ifPresent(message -> told.add(new Told(number, message)));
        }
        return told;
    }

    private static List<Told> run(int steps, double noise, IntToDoubleFunction loss) {
        return run(steps, noise, loss, _ -> 1);
    }

    @Test
    void theGuessIsTheEntropyOfTheClassesFrequencies() {
        assertEquals(Math.log(10), FlatLoss.entropy(BALANCED), 1e-12);
        assertEquals(0.25 * Math.log(4) + 0.75 * Math.log(4.0 / 3), FlatLoss.entropy(new int[] {1, 3}), 1e-12);
        assertEquals(0, FlatLoss.entropy(new int[] {0, 3}), 1e-12);
    }

    @Test
    void aFlatLossIsToldOfAndAgainAtDoubledIntervals() {
        List<Told> told = run(2000, 0.02, _ -> GUESS + 0.02);
        assertEquals(List.of(200, 400, 800, 1600), told.stream().map(Told::step).toList());
        assertTrue(told.getFirst().message().startsWith("for 200 steps the training loss has been no better than guessing: the mean of the last 50"
                + " is 2.32"), told.toString());
        assertTrue(told.getFirst().message().contains("gives 2.303. What usually helps: begin anew with --init kaiming"), told.toString());
    }

    @Test
    void aLossThatStaysAboveTheGuessIsFlatToo() {
        assertEquals(List.of(200, 400), run(500, 0.3, _ -> 4.0).stream().map(Told::step).toList());
    }

    @Test
    void leavingIsToldOnce() {
        List<Told> told = run(1000, 0.02, step -> step < 300 ? GUESS : 1.5);
        assertEquals(2, told.size(), told.toString());
        assertEquals(200, told.getFirst().step());
        assertTrue(told.getLast().step() > 300 && told.getLast().step() < 350, told.toString());
        assertTrue(told.getLast().message().startsWith("the training loss has left what guessing gives"), told.toString());
    }

    /** As Kaiming's start values with a rate that is right: from far above and through. */
    @Test
    void aLossThatFallsIsNotFlat() {
        assertEquals(List.of(), run(3000, 0.3, step -> 1 + 4 * Math.exp(-step / 30.0)));
        // So slowly that it is above the guess for a thousand steps.
        assertEquals(List.of(), run(3000, 0.1, step -> 8 - 0.003 * step));
    }

    /** As the paper's start values: near the guess for a while, then out. */
    @Test
    void aLossThatLeavesInTimeIsNotToldOf() {
        assertEquals(List.of(), run(600, 0.05, step -> step < 150 ? GUESS + 0.02 : GUESS - 0.005 * (step - 150)));
    }

    /** In a warm-up little is learnt. */
    @Test
    void stepsCountByTheirRate() {
        assertEquals(List.of(), run(800, 0.02, _ -> GUESS, step -> step / 2000.0));
        assertEquals(1, run(1000, 0.02, _ -> GUESS, step -> step / 2000.0).size());
    }

    /** A thousand classes have to be shown, before anything can be said of what was learnt. */
    @Test
    void manyClassesTakeLonger() {
        int[] classes = new int[1000];
        Arrays.fill(classes, 1300);
        FlatLoss flat = new FlatLoss(classes, 128, Initialization.KAIMING);
        int step = 1;
        while (flat.step(Math.log(1000), 1).isEmpty()) {
            step++;
        }
        assertEquals(2000, step);
    }

    @Test
    void numbersAreWrittenAlikeEverywhere() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertTrue(run(200, 0, _ -> 2.5).getFirst().message().contains("2.5"));
        } finally {
            Locale.setDefault(before);
        }
    }
}
