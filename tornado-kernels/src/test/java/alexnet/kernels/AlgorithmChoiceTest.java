package alexnet.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shapes here are lengths. */
class AlgorithmChoiceTest {

    /** One for the passes and from the length on that it supports, and from the length on at which it pays. */
    private record Made(String name, boolean direct, Set<Pass> passes, int from, int paysFrom) implements Algorithm<Integer> {

        @Override
        public boolean supports(Pass pass, Integer length) {
            return passes.contains(pass) && length >= from;
        }

        @Override
        public boolean pays(Pass pass, Integer length) {
            return length >= paysFrom;
        }
    }

    private static final Set<Pass> ALL = Set.of(Pass.values());
    private static final List<Made> ALGORITHMS = List.of(new Made("winograd", false, Set.of(Pass.FORWARD, Pass.INPUT_GRADIENT), 4, 16),
            new Made("long", true, Set.of(Pass.FORWARD), 0, 32), new Made("direct", true, ALL, 0, 0));

    @ParameterizedTest(name = "{0} of length {2}, {1}: {3}")
    @CsvSource({
        "AUTO,     FORWARD,         8, direct",
        "AUTO,     FORWARD,        16, winograd",
        "AUTO,     FORWARD,        64, winograd",
        "AUTO,     WEIGHT_GRADIENT, 64, direct",
        "DIRECT,   FORWARD,        16, direct",
        "DIRECT,   FORWARD,        64, long",
        "DIRECT,   INPUT_GRADIENT, 64, direct",
        "WINOGRAD, FORWARD,         8, winograd",
        "WINOGRAD, FORWARD,         2, direct",
        "WINOGRAD, INPUT_GRADIENT,  8, winograd",
        "WINOGRAD, WEIGHT_GRADIENT, 64, direct"})
    void takesTheFirstThatFits(AlgorithmChoice choice, Pass pass, int length, String name) {
        assertEquals(name, choice.of(ALGORITHMS, pass, length).name());
    }

    @Test
    void aFamilyWithoutAnyThatFitsIsAMistake() {
        assertThrows(IllegalStateException.class, () -> AlgorithmChoice.AUTO.of(ALGORITHMS.subList(0, 2), Pass.WEIGHT_GRADIENT, 8));
    }

    @Test
    void isCalledAsUsersWriteIt() {
        assertEquals("winograd", AlgorithmChoice.WINOGRAD.toString());
    }
}
