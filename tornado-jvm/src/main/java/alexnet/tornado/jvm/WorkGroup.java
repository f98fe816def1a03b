package alexnet.tornado.jvm;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs work-groups, one after the other, on one thread of a device.
 *
 * <p>As long as no work-item meets a barrier, the items of a group run one after the other. When the first one does, the
 * others get virtual threads, and the right to run is handed round: each item runs to its next barrier, and when all of
 * them are there, the first goes on. So a group never computes on more than one thread at a time, barriers are real, and
 * the order is always the same. An item that ends while others wait at a barrier is an error, as it is undefined in OpenCL.
 */
final class WorkGroup {

    /** Runs the kernel for one work-item. */
    @FunctionalInterface
    interface Body {
        /** Runs the kernel with a context made of the item. */
        void run(WorkItem item) throws Throwable;
    }

    /** Unwinds a work-item whose group has failed; the cause is reported by the group. */
    private static final class Abandoned extends Error {
        Abandoned() {
            super("another work-item of the group failed", null, false, false);
        }
    }

    private final Grid grid;
    private final Body body;
    private final int size;
    private final int[] group = new int[3];
    private final List<Object> localArrays = new ArrayList<>();
    private final Thread[] threads;
    private boolean shared;
    private int waiting;
    private int ended;
    private volatile int turn;
    private volatile Throwable failure;

    WorkGroup(Grid grid, Body body) {
        this.grid = grid;
        this.body = body;
        this.size = grid.groupSize();
        this.threads = new Thread[size];
    }

    /** Runs the share of the groups that falls to one of several threads. */
    void runShare(int thread, int threads) throws Throwable {
        long end = grid.groupCount() * (thread + 1) / threads;
        for (long number = grid.groupCount() * thread / threads; number < end; number++) {
            run(number);
        }
    }

    /** Runs the group of that number, counted with the first dimension innermost. */
    private void run(long number) throws Throwable {
        group[0] = (int) (number % grid.groups()[0]);
        group[1] = (int) (number / grid.groups()[0] % grid.groups()[1]);
        group[2] = (int) (number / grid.groups()[0] / grid.groups()[1]);
        localArrays.clear();
        shared = false;
        waiting = 0;
        ended = 0;
        turn = 0;
        failure = null;
        threads[0] = Thread.currentThread();
        for (int item = 0; item < size && !shared; item++) {
            runItem(item);
            if (failure != null) {
                break;
            }
        }
        if (shared) {
            joinOthers();
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void runItem(int item) {
        try {
            if (shared) {
                awaitTurn(item);
            }
            body.run(new Item(item));
            if (shared) {
                ended++;
                passTurn(item);
            }
        } catch (Abandoned abandoned) {
            // The failure is known.
        } catch (Throwable thrown) {
            fail(thrown);
        }
    }

    private void barrier(int item) {
        if (size == 1) {
            return;
        }
        if (!shared) {
            if (item != 0) {
                throw new IllegalStateException("work-item " + item + " waits at a barrier, but item 0 of its group has ended");
            }
            shared = true;
        }
        waiting++;
        passTurn(item);
        awaitTurn(item);
    }

    private void passTurn(int item) {
        int next = item + 1;
        if (next == size) {
            if (ended > 0 && waiting > 0) {
                fail(new IllegalStateException(waiting + " work-items of a group wait at a barrier, but " + ended + " have ended"));
                return;
            }
            next = 0;
            waiting = 0;
        }
        if (threads[next] == null) {
            startItem(next);
        }
        turn = next;
        LockSupport.unpark(threads[next]);
    }

    private void startItem(int item) {
        threads[item] = Thread.ofVirtual().name(threads[0].getName() + ", work-item " + item).start(() -> runItem(item));
    }

    private void awaitTurn(int item) {
        while (turn != item) {
            if (failure != null) {
                throw new Abandoned();
            }
            LockSupport.park(this);
        }
        if (failure != null) {
            throw new Abandoned();
        }
    }

    private void fail(Throwable thrown) {
        failure = thrown;
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
        }
    }

    private void joinOthers() {
        for (int item = 1; item < size && threads[item] != null; item++) {
            boolean running = true;
            while (running) {
                try {
                    threads[item].join();
                    running = false;
                } catch (InterruptedException e) {
                    // Nobody has a reason to interrupt a device's thread; the items use its arrays until they have ended.
                }
            }
            threads[item] = null;
        }
    }

    private <T> T localArray(int call, Class<T> type, int length) {
        if (call == localArrays.size()) {
            localArrays.add(Array.newInstance(type.componentType(), length));
        }
        Object array = localArrays.get(call);
        if (array.getClass() != type || Array.getLength(array) != length) {
            throw new IllegalStateException("the work-items of a group ask for different local arrays: "
                    + type.getSimpleName() + " of " + length + " and " + array.getClass().getSimpleName() + " of "
                    + Array.getLength(array));
        }
        return type.cast(array);
    }

    /** One work-item of the group that runs now. */
    private final class Item implements WorkItem {

        private final int number;
        private final int[] local;
        private int localArrayCalls;

        Item(int number) {
            this.number = number;
            int x = grid.local()[0];
            int y = grid.local()[1];
            local = new int[] {number % x, number / x % y, number / x / y};
        }

        @Override
        public int globalId(int dimension) {
            return grid.offset()[dimension] + group[dimension] * grid.local()[dimension] + local[dimension];
        }

        @Override
        public int groupId(int dimension) {
            return group[dimension];
        }

        @Override
        public int localId(int dimension) {
            return local[dimension];
        }

        @Override
        public int globalSize(int dimension) {
            return grid.global()[dimension];
        }

        @Override
        public int localSize(int dimension) {
            return grid.local()[dimension];
        }

        @Override
        public void barrier() {
            WorkGroup.this.barrier(number);
        }

        @Override
        public <T> T localArray(Class<T> type, int length) {
            return WorkGroup.this.localArray(localArrayCalls++, type, length);
        }
    }
}
