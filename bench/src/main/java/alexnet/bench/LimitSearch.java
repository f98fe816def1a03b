package alexnet.bench;

import java.util.function.IntToLongFunction;
import java.util.function.LongSupplier;

/** Finds limits by timing the same work again and again: whatever disturbs it only makes it slower. */
final class LimitSearch {

    static final long LONG_ENOUGH_NANOS = 100_000_000;
    private static final int FIRST_REPETITIONS = 1 << 8;
    /** No device computes so many in that time, but one that only pretends to. */
    private static final int MOST_REPETITIONS = 1 << 28;
    /** The best counts when so many after it were no better. */
    private static final int TRIES = 3;

    private final IntToLongFunction arithmetic;
    private final double operations;
    private final LongSupplier memory;
    private final double bytes;
    private int repetitions = FIRST_REPETITIONS;

    /**
     * @param arithmetic does so many repetitions and tells the nanoseconds
     * @param operations of a repetition
     * @param memory     moves the bytes once and tells the nanoseconds
     * @param bytes      that it moves
     */
    LimitSearch(IntToLongFunction arithmetic, double operations, LongSupplier memory, double bytes) {
        this.arithmetic = arithmetic;
        this.operations = operations;
        this.memory = memory;
        this.bytes = bytes;
    }

    /** The limits, of arithmetic that took long enough for its start not to count. */
    Limits measure() {
        long nanos = best(() -> arithmetic.applyAsLong(repetitions));
        while (nanos < LONG_ENOUGH_NANOS && repetitions < MOST_REPETITIONS) {
            repetitions *= 2;
            nanos = best(() -> arithmetic.applyAsLong(repetitions));
        }
        return new Limits(operations * repetitions / nanos, bytes / best(memory));
    }

    private static long best(LongSupplier timed) {
        long best = Long.MAX_VALUE;
        for (int worse = 0; worse < TRIES;) {
            long nanos = timed.getAsLong();
            worse = nanos < best ? 0 : worse + 1;
            best = Math.min(best, nanos);
        }
        return best;
    }
}
