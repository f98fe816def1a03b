package alexnet.core.run;

import java.time.Duration;

import alexnet.core.run.event.Place;
import alexnet.core.run.event.RunEvent;
import alexnet.core.run.event.RunSink;

/**
 * Notices that a run no longer goes on, as when a device, its driver or a disk hangs: nothing has happened in it for longer than
 * a limit. What hangs cannot be interrupted, so that it is up to the alarm to end the process.
 *
 * <p>It counts ticks of its own instead of asking a clock: while the process is stopped, as by Ctrl-Z, it does not tick either.
 */
public final class Watchdog implements RunSink {

    /** Of the limit. */
    private static final int TICKS = 50;

    /** What is done about it. Called once, by the watchdog's own thread. */
    @FunctionalInterface
    public interface Alarm {

        /**
         * @param silence what happened last, and how long ago
         */
        void raise(Silence silence);
    }

    /**
     * Nothing happens any more.
     *
     * @param place the last step that was finished; null before the run began
     * @param since what happened last, as {@code step 1200}
     * @param limit that has passed since
     */
    public record Silence(Place place, String since, Duration limit) {
    }

    /** The last that happened; every event makes another. */
    private record Sign(Place place, String what) {
    }

    private final Duration limit;
    private final Alarm alarm;
    private final Thread thread;
    private volatile Sign last = new Sign(null, "the run was prepared");

    /**
     * Watches from now on, until it is closed.
     *
     * @param limit that nothing may take longer than: a step, a validation batch, a checkpoint, the compilation of kernels before the
     *              first step; zero watches nothing
     */
    public Watchdog(Duration limit, Alarm alarm) {
        if (limit.isNegative()) {
            throw new IllegalArgumentException("a limit of " + limit);
        }
        this.limit = limit;
        this.alarm = alarm;
        thread = Thread.ofPlatform().daemon().name("watchdog").unstarted(this::watch);
        if (!limit.isZero()) {
            thread.start();
        }
    }

    @Override
    public void on(RunEvent event) {
        last = switch (event) {
            case RunEvent.Started started -> new Sign(started.place(), "the run began");
            case RunEvent.StepFinished step -> new Sign(step.place(), "step " + step.place().step());
            case RunEvent.ValidationStarted validation -> new Sign(validation.place(), "validation began behind step " + validation.place().step());
            case RunEvent.ValidationAdvanced batches -> new Sign(last.place, "validation batch " + batches.batches());
            case RunEvent.Validated validated -> new Sign(validated.place(), "validation behind step " + validated.place().step());
            case RunEvent.Ended ended -> new Sign(ended.place(), "the end of the run");
            // Others come beside those.
            default -> new Sign(last.place, last.what);
        };
    }

    private void watch() {
        long tick = Math.max(1, limit.toNanos() / TICKS);
        Sign seen = null;
        int silent = 0;
        try {
            while (silent < TICKS) {
                Thread.sleep(Duration.ofNanos(tick));
                Sign now = last;
                silent = now == seen ? silent + 1 : 0;
                seen = now;
            }
        } catch (InterruptedException closed) {
            return;
        }
        alarm.raise(new Silence(seen.place, seen.what, limit));
    }

    /** Ends the watch. */
    @Override
    public void close() {
        thread.interrupt();
    }
}
