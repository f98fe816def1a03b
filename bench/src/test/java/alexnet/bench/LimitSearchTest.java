package alexnet.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

/** With a clock of its own. */
class LimitSearchTest {

    private static final double OPERATIONS = 1e6;
    private static final double BYTES = 3e8;
    private static final long START_NANOS = 50_000;

    /** A device of 40 operations and 20 bytes a nanosecond; two of three times something holds it up. */
    private static final class Device {

        private final Random random = new Random(1);
        private final List<Long> arithmetic = new ArrayList<>();
        private int runs;

        long time(double nanos) {
            return START_NANOS + Math.round(runs++ % 3 == 2 ? nanos : nanos * (1 + random.nextDouble()));
        }

        long arithmetic(int repetitions) {
            arithmetic.add(time(OPERATIONS * repetitions / 40));
            return arithmetic.getLast();
        }

        LimitSearch search() {
            return new LimitSearch(this::arithmetic, OPERATIONS, () -> time(BYTES / 20), BYTES);
        }
    }

    @Test
    void theRatesAreThoseOfADeviceThatNothingHoldsUp() {
        Limits limits = new Device().search().measure();
        assertEquals(40, limits.gflops(), 40 * 0.001);
        assertEquals(20, limits.gigabytesPerSecond(), 20 * 0.005);
    }

    @Test
    void arithmeticIsRepeatedUntilItsStartDoesNotCountAndNotMuchLonger() {
        Device device = new Device();
        LimitSearch search = device.search();
        search.measure();
        long last = device.arithmetic.getLast();
        assertTrue(last >= LimitSearch.LONG_ENOUGH_NANOS && last < 4 * LimitSearch.LONG_ENOUGH_NANOS + START_NANOS, last + " ns");
        int runs = device.arithmetic.size();
        search.measure();
        assertTrue(device.arithmetic.subList(runs, device.arithmetic.size()).stream().allMatch(nanos -> nanos >= LimitSearch.LONG_ENOUGH_NANOS),
                "the second search begins where the first one ended");
    }
}
