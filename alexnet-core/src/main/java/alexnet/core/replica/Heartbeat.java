package alexnet.core.replica;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Notices that another rank is gone, hangs as a whole or cannot be reached: the ranks meet once a period, and a meeting that does not come
 * about within a limit raises an alarm. Programs that start ranks notice some of that, but not a link that is cut, and MPI's calls wait
 * for ever for what does not come.
 *
 * <p>What is alive here is a thread of its own: a rank whose devices hang goes on meeting, and has {@link alexnet.core.run.Watchdog} to
 * end it. Time in which this process is stopped, as by Ctrl-Z, does not count here; the other ranks do not see why it is silent.
 */
public final class Heartbeat implements AutoCloseable {

    private static final Duration PERIOD = Duration.ofSeconds(1);
    /** Of the limit. Counted instead of asking a clock, which goes on while the process is stopped. */
    private static final int TICKS = 20;

    private final Replicas replicas;
    private final Duration limit;
    private final Runnable alarm;
    private final Thread beating;
    private final Thread watching;
    private final CountDownLatch closing = new CountDownLatch(1);
    /** Meetings so far, of the beating thread. */
    private volatile long beats;
    /** Whether all ranks have left. */
    private volatile boolean left;

    /**
     * Begins to meet; a collective call.
     *
     * @param replicas of its own, which it closes
     * @param limit    for a meeting; more than a period
     * @param alarm    what is done when it has passed, or a meeting has failed; at most once, by a thread of the heartbeat's
     */
    public Heartbeat(Replicas replicas, Duration limit, Runnable alarm) {
        if (limit.compareTo(PERIOD) <= 0) {
            throw new IllegalArgumentException("a limit of " + limit + ", where ranks meet every " + PERIOD);
        }
        this.replicas = replicas;
        this.limit = limit;
        this.alarm = alarm;
        beating = Thread.ofPlatform().daemon().name("heartbeat").start(this::beat);
        watching = Thread.ofPlatform().daemon().name("heartbeat-watch").start(this::watch);
    }

    private void beat() {
        try {
            double[] leaving = {0};
            while (leaving[0] < replicas.size()) {
                leaving[0] = closing.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS) ? 1 : 0;
                replicas.sum(leaving);
                beats = beats + 1;
            }
            left = true;
        } catch (ReplicaException | InterruptedException failed) {
            // Without meetings the watch raises the alarm.
        }
    }

    private void watch() {
        Duration tick = limit.dividedBy(TICKS);
        long seen = 0;
        int silent = 0;
        try {
            while (silent < TICKS) {
                if (beating.join(tick)) {
                    break;
                }
                long now = beats;
                silent = now == seen ? silent + 1 : 0;
                seen = now;
            }
        } catch (InterruptedException never) {
            return;
        }
        if (!left) {
            alarm.run();
        }
    }

    /** Leaves when all do, which is waited for; a rank that doesn't come raises the alarm here, too. */
    @Override
    public void close() {
        closing.countDown();
        try {
            watching.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (left) {
            replicas.close();
        }
    }
}
