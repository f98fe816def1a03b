package alexnet.core.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntervalTest {

    @Test
    void stepsTimesAndEpochsAreRead() {
        assertEquals(new Interval.Steps(500), Interval.parse("500"));
        assertEquals(new Interval.Steps(500), Interval.parse(" 500 steps "));
        assertEquals(new Interval.Epochs(0.5), Interval.parse("0.5e"));
        assertEquals(new Interval.Epochs(0.5), Interval.parse(".5 epochs"));
        assertEquals(Interval.EPOCH, Interval.parse("1E"));
        assertEquals(new Interval.Time(Duration.ofMinutes(15)), Interval.parse("15m"));
        assertEquals(new Interval.Time(Duration.ofMinutes(90)), Interval.parse("1.5h"));
        assertEquals(new Interval.Time(Duration.ofSeconds(30)), Interval.parse("30s"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"500", "1e", "0.5e", "0.3333e", "5400s", "2s", "0.5s", "1.25s", "60s", "9223369200s"})
    void whatIsWrittenIsReadAgain(String text) {
        assertEquals(text, Interval.parse(text).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "e", "m", "-5", "0", "0e", "0m", "1.5", "5x", "1e5", "NaN", "Infinity", "1,5e", "1 2", "0.0000000001e", "99999999999", "2562048h", "999999999h", "9999999999m"})
    void whatIsNoIntervalIsRefusedWithWhatItMayBe(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> Interval.parse(text)).getMessage();
        assertTrue(message.contains("a number of steps (500), of epochs (1e, 0.5e) or a time (90s, 15m, 2h)"), message);
    }

    /** Steps of an epoch of so many behind which the interval ends, over three epochs. */
    private static List<Integer> ends(Interval every, int stepsAnEpoch) {
        return IntStream.rangeClosed(1, 3 * stepsAnEpoch).filter(step ->
                every.endsWithin(step - 1, epochs(step - 1, stepsAnEpoch), step, epochs(step, stepsAnEpoch))).boxed().toList();
    }

    /** As a place computes it, roundings included. */
    private static double epochs(int step, int stepsAnEpoch) {
        return step / stepsAnEpoch + (double) (step % stepsAnEpoch) / stepsAnEpoch;
    }

    @Test
    void itEndsBehindTheFirstStepThatReachesIt() {
        assertEquals(List.of(4, 8, 12), ends(new Interval.Steps(4), 5));
        assertEquals(List.of(5, 10, 15), ends(Interval.EPOCH, 5));
        assertEquals(List.of(3, 5, 8, 10, 13, 15), ends(new Interval.Epochs(0.5), 5));
        assertEquals(List.of(8, 15), ends(new Interval.Epochs(1.5), 5));
        assertEquals(30, ends(new Interval.Epochs(0.1), 10).size());
        assertEquals(21, ends(new Interval.Epochs(1 / 7.0), 49).size());
        assertEquals(15, ends(new Interval.Epochs(0.01), 5).size(), "not more than once a step");
        assertFalse(new Interval.Steps(4).endsWithin(4, 0, 4, 0));
        assertThrows(IllegalStateException.class, () -> ends(Interval.parse("15m"), 5));
    }
}
