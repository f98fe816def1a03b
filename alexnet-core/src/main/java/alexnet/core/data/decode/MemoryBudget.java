package alexnet.core.data.decode;

import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Memory that pictures may take while they are decoded, shared by all threads that decode: a picture waits until others
 * have given back what it needs, in the order of asking. One that needs more than the whole budget is refused.
 */
final class MemoryBudget {

    private static final long HEAP = Runtime.getRuntime().maxMemory();

    /** A quarter of the heap, whose rest belongs to the network, to batches and to decoded images that are kept. */
    static final MemoryBudget SHARED = new MemoryBudget(HEAP / 4);

    private static final int UNIT = 1024;

    private volatile int units;
    private final Semaphore free;

    MemoryBudget(long bytes) {
        units = wholeUnits(bytes);
        free = new Semaphore(units, true);
    }

    private static int wholeUnits(long bytes) {
        return (int) Math.min(Integer.MAX_VALUE, bytes / UNIT);
    }

    /** Makes it half of the heap, for who keeps no network and no images. */
    synchronized void takeHalfOfHeap() {
        int more = Math.max(0, wholeUnits(HEAP / 2) - units);
        units += more;
        free.release(more);
    }

    /**
     * Waits for memory.
     *
     * @param what what a refusal calls it
     * @throws LittleMemoryException if the whole budget is less
     */
    Reservation reserve(long bytes, String what) throws LittleMemoryException {
        requireFits(bytes, what);
        free.acquireUninterruptibly(units(bytes));
        return new Reservation(units(bytes));
    }

    /** Refuses what needs more than the whole budget. */
    void requireFits(long bytes, String what) throws LittleMemoryException {
        if (Math.ceilDiv(bytes, UNIT) > units) {
            throw new LittleMemoryException(String.format(Locale.ROOT,
                    "too large: %s need %.0f MB of memory, decoding may take %.0f of a heap of %.0f", what, Math.ceil(bytes / 1e6), units * (UNIT / 1e6), HEAP / 1e6));
        }
    }

    private static int units(long bytes) {
        return (int) Math.ceilDiv(bytes, UNIT);
    }

    /** Memory that is taken until it is closed. */
    final class Reservation implements AutoCloseable {

        private int held;

        private Reservation(int held) {
            this.held = held;
        }

        /** Takes more if nobody waits for it: two that held some and waited for more could wait for each other. */
        boolean growTo(long bytes) {
            int more = units(bytes) - held;
            try {
                if (more > 0 && !free.tryAcquire(more, 0, TimeUnit.SECONDS)) {
                    return false;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
            held += Math.max(0, more);
            return true;
        }

        @Override
        public void close() {
            free.release(held);
        }
    }
}
