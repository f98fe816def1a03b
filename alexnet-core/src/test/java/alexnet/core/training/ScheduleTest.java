package alexnet.core.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import alexnet.core.training.TrainingOptions.Scheduler;

class ScheduleTest {

    private static final int EPOCHS = 4;
    private static final int STEPS = 2;
    /** Of four epochs: it doesn't fall in the second and the third. */
    private static final List<Double> ERRORS = List.of(0.5, 0.5, 0.6, 0.4);

    static Stream<Arguments> ratesOfAllSteps() {
        // cos(0), cos(pi/8) ... cos(7 pi/8), as (1 + cos) / 2.
        double[] cosine = {1, 0.9619397662556434, 0.8535533905932737, 0.6913417161825449, 0.5, 0.3086582838174551,
            0.14644660940672627, 0.03806023374435663};
        return Stream.of(
                Arguments.of(Scheduler.CONSTANT, 0, new double[] {1, 1, 1, 1, 1, 1, 1, 1}),
                Arguments.of(Scheduler.STEP, 0, new double[] {1, 1, 0.1, 0.1, 0.01, 0.01, 0.001, 0.001}),
                Arguments.of(Scheduler.MULTISTEP, 0, new double[] {1, 1, 0.1, 0.1, 0.1, 0.1, 0.01, 0.01}),
                Arguments.of(Scheduler.COSINE, 0, cosine),
                Arguments.of(Scheduler.PLATEAU, 0, new double[] {1, 1, 1, 1, 0.1, 0.1, 0.01, 0.01}),
                Arguments.of(Scheduler.CONSTANT, 1, new double[] {0.5, 1, 1, 1, 1, 1, 1, 1}),
                Arguments.of(Scheduler.CONSTANT, 2, new double[] {0.25, 0.5, 0.75, 1, 1, 1, 1, 1}),
                Arguments.of(Scheduler.CONSTANT, 0.25, new double[] {1, 1, 1, 1, 1, 1, 1, 1}),
                Arguments.of(Scheduler.CONSTANT, 1.25, new double[] {0.4, 0.8, 1, 1, 1, 1, 1, 1}),
                Arguments.of(Scheduler.STEP, 1.5, new double[] {1 / 3.0, 2 / 3.0, 0.1, 0.1, 0.01, 0.01, 0.001, 0.001}),
                Arguments.of(Scheduler.COSINE, 1, DoubleStream.concat(DoubleStream.of(0.5), DoubleStream.of(cosine).skip(1)).toArray()),
                Arguments.of(Scheduler.PLATEAU, 2, new double[] {0.25, 0.5, 0.75, 1, 0.1, 0.1, 0.01, 0.01}));
    }

    /** Two steps an epoch, a drop by ten after each epoch or each one without progress, four epochs. */
    @ParameterizedTest
    @MethodSource
    void ratesOfAllSteps(Scheduler scheduler, double warmup, double[] expected) {
        Schedule schedule = Options.of("{\"lr_scheduler\": \"" + scheduler + "\", \"lr_milestones\": [2, 4], \"lr_warmup_epochs\": " + warmup + "}").schedule();
        double[] rates = IntStream.range(0, EPOCHS * STEPS)
                .mapToDouble(i -> schedule.factor(new Schedule.Place(1 + i / STEPS, 1 + i % STEPS, STEPS), EPOCHS, ERRORS.subList(0, i / STEPS)))
                .toArray();
        assertArrayEquals(expected, rates, 1e-12);
    }

    private static double factor(Schedule schedule, int epoch, int step, int steps, double epochs, Double... errors) {
        return schedule.factor(new Schedule.Place(epoch, step, steps), epochs, List.of(errors));
    }

    @Test
    void stepDropsInTheFirstStepOfAnEpochAndNoSooner() {
        Schedule step = new Schedule.Step(30, 0.1);
        assertEquals(1, factor(step, 30, 9, 9, 90));
        assertEquals(0.1, factor(step, 31, 1, 9, 90), 1e-12);
        assertEquals(0.01, factor(step, 61, 5, 9, 90), 1e-12);
    }

    @Test
    void theOnlyStepOfARunHasTheFullRate() {
        assertEquals(1, factor(new Schedule.Warmup(1, new Schedule.Cosine()), 1, 1, 1, 1));
    }

    @Test
    void plateauDropsAfterEpochsWithoutALowerErrorAndAtMostThreeTimes() {
        Schedule plateau = new Schedule.Plateau(2, 0.1, 3);
        assertEquals(1, factor(plateau, 4, 1, 1, 90, 0.5, 0.4, 0.45));
        assertEquals(0.1, factor(plateau, 5, 1, 1, 90, 0.5, 0.4, 0.45, 0.4), 1e-12);
        assertEquals(0.1, factor(plateau, 6, 1, 1, 90, 0.5, 0.4, 0.45, 0.4, 0.39), 1e-12);
        assertEquals(1e-3, factor(plateau, 12, 1, 1, 90, .1, .2, .2, .2, .2, .2, .2, .2, .2, .2, .2), 1e-12);
    }
}
