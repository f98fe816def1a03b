package alexnet.runner;

import java.io.PrintWriter;
import java.util.List;

/** Shows how far one piece of work is, see {@link Meters}. Closing it makes room for the next line. */
sealed interface Meter extends AutoCloseable {

    /** {@code done} steps are over; {@code message} says how it goes. */
    default void at(long done, String message) {
        at(done, message.isEmpty() ? List.of() : List.of(new Part(0, message)));
    }

    /** {@code done} steps are over; {@code details} say how it goes. */
    void at(long done, List<Part> details);

    @Override
    void close();

    /** A bar on the terminal that standard error is. */
    final class Bar implements Meter {

        private final StatusLine place;
        private volatile Gauge gauge;

        Bar(String task, long total, StatusLine place) {
            this.place = place;
            gauge = new Gauge(task, 0, total, List.of());
            place.show(columns -> gauge.line(columns));
        }

        @Override
        public void at(long done, List<Part> details) {
            gauge = new Gauge(gauge.task(), done, gauge.total(), details);
        }

        @Override
        public void close() {
            place.show(null);
        }
    }

    /** Lines for a log. */
    final class Lines implements Meter {

        private final String task;
        private final long total;
        private final PrintWriter err;
        private final Ticks ticks;

        /** @param ticks tell when a line is due; those of one run may go through many meters */
        Lines(String task, long total, PrintWriter err, Ticks ticks) {
            this.task = task;
            this.total = total;
            this.err = err;
            this.ticks = ticks;
        }

        @Override
        public void at(long done, List<Part> details) {
            if (ticks.due()) {
                err.println(new Gauge(task, done, total, details).line());
            }
        }

        @Override
        public void close() {
        }
    }

    /** Nothing. */
    enum None implements Meter {
        INSTANCE;

        @Override
        public void at(long done, List<Part> details) {
        }

        @Override
        public void close() {
        }
    }
}
