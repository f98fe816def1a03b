package alexnet.core.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

class SlowStepsTest {

    @Test
    void theFirstIsToldAndAgainWheneverThereAreTwiceAsMany() {
        SlowSteps steps = new SlowSteps();
        IntStream.range(0, 50).forEach(_ -> assertTrue(steps.step(0.1, 0).isEmpty()));
        List<String> told = IntStream.range(0, 4).mapToObj(_ -> steps.step(3, 2.5)).flatMap(Optional::stream).toList();
        assertEquals(3, told.size(), told.toString());
        assertEquals("the step took 3.0 s, 2.5 of them waiting for images; half of the steps before took less than 0.10 s", told.getFirst());
        assertTrue(told.get(1).endsWith(" s. There have been 2 such steps"), told.get(1));
        assertTrue(told.get(2).endsWith(" s. There have been 4 such steps"), told.get(2));
    }

    @Test
    void nobodyMindsStepsOfLessThanASecond() {
        SlowSteps steps = new SlowSteps();
        IntStream.range(0, 50).forEach(_ -> steps.step(0.01, 0));
        assertFalse(steps.step(0.9, 0).isPresent());
    }
}
