package alexnet.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

class TicksTest {

    @Test
    void aLongRunIsToldOfLessOften() {
        AtomicLong seconds = new AtomicLong();
        Ticks ticks = new Ticks(() -> TimeUnit.SECONDS.toNanos(seconds.get()));
        List<Long> told = new ArrayList<>();
        for (; seconds.get() < TimeUnit.DAYS.toSeconds(6); seconds.addAndGet(2)) {
            if (ticks.due()) {
                told.add(seconds.get());
            }
        }
        assertEquals(List.of(10L, 20L, 30L), told.subList(0, 3));
        assertEquals(List.of(110L, 170L, 230L), told.subList(10, 13));
        assertEquals(600, told.getLast() - told.get(told.size() - 2));
        assertEquals(11 + 118 + 852, told.size(), 3);
    }
}
