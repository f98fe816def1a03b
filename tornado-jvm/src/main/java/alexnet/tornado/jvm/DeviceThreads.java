package alexnet.tornado.jvm;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/**
 * The threads of one device, all of them daemons. The first one leads: it takes the jobs of host threads one after the
 * other and calls the others to help where the work can be shared. Hosts and an idle leader sleep while they wait; between
 * two tasks of a job, which follow each other closely, helpers look out for the next one for a moment first.
 */
final class DeviceThreads {

    /** Something of which every thread of the device does a part. */
    @FunctionalInterface
    interface Shared {
        /** Does the part of one thread, {@code 0 <= thread < threads}. */
        void run(int thread, int threads) throws Throwable;
    }

    private static final long LOOK_OUT_NANOS = 20_000;

    private final String device;
    private final Seat leader;
    private final Seat[] helpers;
    private final boolean spare;
    private final ReentrantLock hosts = new ReentrantLock(true);
    private final AtomicInteger working = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile Job job;
    private volatile int round;
    private Shared shared;

    /** Starts the threads. */
    DeviceThreads(String device, int threads) {
        this.device = device;
        this.spare = threads <= Runtime.getRuntime().availableProcessors();
        leader = new Seat(0, this::lead);
        helpers = IntStream.range(1, threads).mapToObj(thread -> new Seat(thread, () -> help(thread))).toArray(Seat[]::new);
        leader.thread.start();
        for (Seat helper : helpers) {
            helper.thread.start();
        }
    }

    int count() {
        return 1 + helpers.length;
    }

    /**
     * Has the leader run the work, after that of other hosts, and waits for its end. An interrupt does not end the wait;
     * it is passed on afterwards.
     */
    void run(Runnable work) {
        if (IntStream.range(0, count()).anyMatch(thread -> seat(thread).thread == Thread.currentThread())) {
            throw new TornadoRuntimeException(device + ": a kernel cannot run task graphs on its own device");
        }
        hosts.lock();
        try {
            Job next = new Job(work, Thread.currentThread());
            job = next;
            LockSupport.unpark(leader.thread);
            next.await();
        } finally {
            hosts.unlock();
        }
    }

    /** Does the work on all threads and throws what the first of those that failed threw; for the leader only. */
    void share(Shared work) throws Throwable {
        if (helpers.length == 0) {
            work.run(0, 1);
            return;
        }
        shared = work;
        working.set(helpers.length);
        round++;
        for (Seat helper : helpers) {
            helper.wake();
        }
        part(0);
        leader.await(() -> working.get() == 0);
        // It holds on to the device's arrays.
        shared = null;
        Throwable thrown = failure.getAndSet(null);
        if (thrown != null) {
            throw thrown;
        }
    }

    private Seat seat(int thread) {
        return thread == 0 ? leader : helpers[thread - 1];
    }

    private void part(int thread) {
        try {
            shared.run(thread, count());
        } catch (Throwable thrown) {
            failure.compareAndSet(null, thrown);
        }
    }

    private void lead() {
        while (true) {
            Job next = job;
            if (next == null) {
                LockSupport.park(this);
            } else {
                job = null;
                next.run();
            }
        }
    }

    private void help(int thread) {
        Seat seat = seat(thread);
        int seen = 0;
        while (true) {
            int last = seen;
            seat.await(() -> round != last);
            seen++;
            part(thread);
            if (working.decrementAndGet() == 0) {
                leader.wake();
            }
        }
    }

    /** One thread and how it waits. */
    private final class Seat {

        private final Thread thread;
        private volatile boolean asleep;

        Seat(int number, Runnable work) {
            thread = Thread.ofPlatform().daemon().name(device + ", thread " + number).unstarted(work);
        }

        void await(BooleanSupplier condition) {
            long started = System.nanoTime();
            while (!condition.getAsBoolean()) {
                if (spare && System.nanoTime() - started < LOOK_OUT_NANOS) {
                    Thread.onSpinWait();
                } else {
                    asleep = true;
                    if (!condition.getAsBoolean()) {
                        LockSupport.park(this);
                    }
                    asleep = false;
                }
            }
        }

        void wake() {
            if (asleep) {
                LockSupport.unpark(thread);
            }
        }
    }

    /** What one host wants done. */
    private static final class Job {

        private final Thread host;
        private Runnable work;
        private Throwable thrown;
        private volatile boolean done;

        Job(Runnable work, Thread host) {
            this.host = host;
            this.work = work;
        }

        void run() {
            try {
                work.run();
            } catch (Throwable t) {
                thrown = t;
            }
            // It holds on to the device's arrays, and the leader to this job for a moment longer than the host waits.
            work = null;
            done = true;
            LockSupport.unpark(host);
        }

        void await() {
            boolean interrupted = false;
            while (!done) {
                LockSupport.park(this);
                interrupted |= Thread.interrupted();
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            switch (thrown) {
                case null -> { }
                case RuntimeException exception -> throw exception;
                case Error error -> throw error;
                default -> throw new IllegalStateException(thrown);
            }
        }
    }
}
