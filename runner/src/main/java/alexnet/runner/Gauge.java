package alexnet.runner;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How far a piece of work is, in a line.
 *
 * @param task    what is done
 * @param done    steps of it
 * @param total   its steps
 * @param details how it goes, in the order in which they are shown
 */
record Gauge(String task, long done, long total, List<Part> details) {

    /** Of the share that is done, and of a bar. */
    static final int SHARE_RANK = 30;
    static final int BAR_RANK = 50;

    /** Of a bar: fewer tell nothing, more tell nothing more. */
    private static final int LEAST_CELLS = 5;
    private static final int MOST_CELLS = 50;

    Gauge {
        details = List.copyOf(details);
    }

    /** For a log. */
    String line() {
        return Part.line(String.format(Locale.ROOT, "%s: %d of %d", task, done, total), details);
    }

    /** For so many columns: what counts most of it, and a bar where there is room. */
    String line(int columns) {
        Part bar = bar(LEAST_CELLS);
        Part share = new Part(SHARE_RANK, " ", String.format(Locale.ROOT, "%3d %%", 100 * done / Math.max(1, total)));
        List<Part> kept = Part.fitting(task, Stream.concat(Stream.of(bar, share), details.stream()).toList(), columns);
        int room = columns - Columns.width(Part.line(task, kept));
        return Part.line(task, kept.stream().map(part -> part.equals(bar) ? bar(Math.min(MOST_CELLS, LEAST_CELLS + room)) : part).toList());
    }

    private Part bar(int cells) {
        int full = (int) Math.min(cells, cells * done / Math.max(1, total));
        return new Part(BAR_RANK, " ", "[" + "=".repeat(full) + (full < cells ? ">" : "") + " ".repeat(Math.max(0, cells - full - 1)) + "]");
    }
}
