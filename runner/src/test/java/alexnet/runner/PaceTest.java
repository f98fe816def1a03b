package alexnet.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import alexnet.core.run.event.Pace;

class PaceTest {

    private static final double ROUNDING = 1e-9;

    private final Pace pace = new Pace(Events.STEPS, Events.place(0));

    @Test
    void theTimeLeftIsThatOfAllStepsAndValidations() {
        pace.step(Events.step(1, 1));
        assertEquals(9, pace.secondsLeft(Events.place(1)), ROUNDING, "of validations nothing is known yet");
        pace.step(Events.step(2, 1));
        pace.validated(Events.validated(2, 2, 0.5));
        pace.step(Events.step(3, 1));
        assertEquals(7 + 4 * 0.5, pace.secondsLeft(Events.place(3)), ROUNDING);
        assertEquals(10, pace.imagesPerSecond(), ROUNDING);
        assertEquals(0.2, pace.waitingShare(), ROUNDING);
        assertEquals(0.2, pace.waitingShareSinceMeasured(), ROUNDING);
        pace.validated(Events.validated(3, 3, 0.5));
        assertEquals(0, pace.waitingShareSinceMeasured());
    }

    @Test
    void theLastMeasurementCountsWhereItsIntervalIsCutShort() {
        for (int step = 1; step <= 4; step++) {
            pace.step(Events.step(step, 1));
        }
        pace.validated(Events.validated(4, 4, 0.5));
        assertEquals(6 + 2 * 0.5, pace.secondsLeft(Events.place(4)), ROUNDING);
    }

    @Test
    void aRunThatGoesOnMeasuresItsIntervalsFromThere() {
        Pace resumed = new Pace(Events.STEPS, Events.place(6));
        resumed.step(Events.step(7, 1));
        resumed.step(Events.step(8, 1));
        resumed.validated(Events.validated(8, 2, 0.5));
        assertEquals(2 + 0.5, resumed.secondsLeft(Events.place(8)), ROUNDING);
    }

    @Test
    void theLossIsSmoothedALittleAndStartsWithTheFirst() {
        pace.step(Events.step(1, 3));
        assertEquals(3, pace.loss(), ROUNDING);
        pace.step(Events.step(2, 1));
        assertTrue(pace.loss() > 1 && pace.loss() < 2, pace.loss() + "");
    }
}
