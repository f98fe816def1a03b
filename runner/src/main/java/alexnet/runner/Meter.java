package alexnet.runner;

import java.io.PrintWriter;
import java.time.Duration;

import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows how far one piece of work is. Closing it makes room for the next line. */
sealed interface Meter extends AutoCloseable {

    /** {@code done} steps are over; {@code message} says how it goes. */
    void at(long done, String message);

    @Override
    void close();

    /**
     * A bar where a person watches, else a line every ten seconds.
     *
     * @param task  what is done
     * @param total its steps
     * @param err   for lines
     */
    static Meter of(String task, long total, PrintWriter err) {
        return StandardError.isTerminal() ? new Bar(task, total) : new Lines(task, total, err, Duration.ofSeconds(10));
    }

    /** A bar on the terminal that standard error is. */
    final class Bar implements Meter {

        private static final int REDRAW_MILLIS = 200;

        private final ProgressBar bar;

        Bar(String task, long total) {
            bar = new ProgressBarBuilder().setTaskName(task).setInitialMax(total).setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(REDRAW_MILLIS).hideEta().clearDisplayOnFinish()
                    .setConsumer(new Line()).build();
        }

        /** Leaves the line of the bar empty, where the library would begin another. */
        private static final class Line extends ConsoleProgressBarConsumer {

            Line() {
                super(System.err);
            }

            @Override
            public void close() {
                System.err.print('\r');
                System.err.flush();
            }
        }

        @Override
        public void at(long done, String message) {
            bar.stepTo(done);
            bar.setExtraMessage(" " + message);
        }

        @Override
        public void close() {
            bar.close();
        }
    }

    /** Lines for a log. */
    final class Lines implements Meter {

        private final String task;
        private final long total;
        private final PrintWriter err;
        private final long interval;
        private long last = System.nanoTime();

        Lines(String task, long total, PrintWriter err, Duration interval) {
            this.task = task;
            this.total = total;
            this.err = err;
            this.interval = interval.toNanos();
        }

        @Override
        public void at(long done, String message) {
            long now = System.nanoTime();
            if (now - last >= interval) {
                last = now;
                err.println(task + ": " + done + " of " + total + (message.isEmpty() ? "" : ", " + message));
            }
        }

        @Override
        public void close() {
        }
    }
}
