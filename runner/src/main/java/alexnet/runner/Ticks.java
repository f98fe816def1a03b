package alexnet.runner;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** When a log gets its next line: every 10 seconds, after two minutes every minute, after two hours every ten. */
final class Ticks {

    private static final long FIRST = TimeUnit.SECONDS.toNanos(10);
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    private static final long HOUR = TimeUnit.HOURS.toNanos(1);

    private final LongSupplier clock;
    private final long start;
    private long last;

    Ticks() {
        this(System::nanoTime);
    }

    /** @param clock in nanoseconds */
    Ticks(LongSupplier clock) {
        this.clock = clock;
        start = clock.getAsLong();
        last = start;
    }

    /** Whether a line is due; if so, the next one is due an interval later. */
    boolean due() {
        long now = clock.getAsLong();
        long running = now - start;
        long interval = running < 2 * MINUTE ? FIRST : running < 2 * HOUR ? MINUTE : 10 * MINUTE;
        if (now - last < interval) {
            return false;
        }
        last = now;
        return true;
    }
}
