package alexnet.core.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;

import org.junit.jupiter.api.Test;

class ScheduleTest {

    @Test
    void stepDropsAtWholeMultiplesOfItsSize() {
        Schedule step = new Schedule.Step(30, 0.1);
        assertEquals(1, step.factor(29.9, 90, List.of()));
        assertEquals(0.1, step.factor(30, 90, List.of()), 1e-12);
        assertEquals(0.01, step.factor(60.5, 90, List.of()), 1e-12);
    }

    @Test
    void cosineGoesFromOneToZero() {
        Schedule cosine = new Schedule.Cosine();
        assertEquals(1, cosine.factor(0, 10, List.of()));
        assertEquals(0.5, cosine.factor(5, 10, List.of()), 1e-12);
        assertEquals(0, cosine.factor(10, 10, List.of()), 1e-12);
    }

    @Test
    void plateauDropsAfterEpochsWithoutALowerErrorAndAtMostThreeTimes() {
        Schedule plateau = new Schedule.Plateau(2, 0.1, 3);
        assertEquals(1, plateau.factor(3, 90, List.of(0.5, 0.4, 0.45)));
        assertEquals(0.1, plateau.factor(4, 90, List.of(0.5, 0.4, 0.45, 0.4)), 1e-12);
        assertEquals(0.1, plateau.factor(5, 90, List.of(0.5, 0.4, 0.45, 0.4, 0.39)), 1e-12);
        assertEquals(1e-3, plateau.factor(12, 90, List.of(.1, .2, .2, .2, .2, .2, .2, .2, .2, .2, .2)), 1e-12);
    }

    @Test
    void warmupRisesLinearly() {
        Schedule warmup = new Schedule.Warmup(2, new Schedule.Constant());
        assertEquals(0.25, warmup.factor(0.5, 10, List.of()), 1e-12);
        assertEquals(1, warmup.factor(2, 10, List.of()));
        assertEquals(1, new Schedule.Warmup(0, new Schedule.Constant()).factor(0, 10, List.of()));
    }
}
