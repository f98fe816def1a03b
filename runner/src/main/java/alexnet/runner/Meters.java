package alexnet.runner;

import java.io.PrintWriter;

/** By what a command shows how far it is. */
final class Meters {

    /** The ways. */
    private enum Way {
        BARS, LINES, NOTHING
    }

    private final Way way;
    private final PrintWriter err;
    private final Ticks ticks = new Ticks();

    private Meters(Way way, PrintWriter err) {
        this.way = way;
        this.err = err;
    }

    /** A bar where a person watches, else a line now and then. */
    static Meters forPeople(PrintWriter err) {
        return new Meters(StatusLine.ofErrors().isPossible() ? Way.BARS : Way.LINES, err);
    }

    /** A line now and then. */
    static Meters forLogs(PrintWriter err) {
        return new Meters(Way.LINES, err);
    }

    /** Nothing. */
    static Meters silent() {
        return new Meters(Way.NOTHING, null);
    }

    /** One for a piece of work of so many steps. */
    Meter of(String task, long total) {
        return switch (way) {
            case BARS -> new Meter.Bar(task, total, StatusLine.ofErrors());
            case LINES -> new Meter.Lines(task, total, err, ticks);
            case NOTHING -> Meter.None.INSTANCE;
        };
    }
}
