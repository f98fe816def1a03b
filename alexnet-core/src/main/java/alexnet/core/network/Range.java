package alexnet.core.network;

/**
 * Maps, units or values in a row.
 *
 * @param from the first
 * @param to   behind the last
 */
public record Range(int from, int to) {

    public Range {
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("there is no range from " + from + " to " + to);
        }
    }

    /** How many there are. */
    public int length() {
        return to - from;
    }

    /** What both have in common; empty where that is nothing. */
    public Range overlap(Range other) {
        int first = Math.max(from, other.from);
        return new Range(first, Math.max(first, Math.min(to, other.to)));
    }

    /** Whether all of the other are among these. */
    public boolean contains(Range other) {
        return from <= other.from && other.to <= to;
    }

    /** With so many more on either side, but within a limit. */
    Range widened(int more, Range limit) {
        return new Range(Math.max(limit.from, from - more), Math.min(limit.to, to + more));
    }

    /** The share at a place, from 0, of {@code among} shares as even as can be; the first take one more. */
    Range share(int among, int place) {
        int least = length() / among;
        int more = length() % among;
        int first = from + place * least + Math.min(place, more);
        return new Range(first, first + least + (place < more ? 1 : 0));
    }

    /** The same with each of them so many times as long. */
    public Range times(int factor) {
        return new Range(Math.multiplyExact(from, factor), Math.multiplyExact(to, factor));
    }

    @Override
    public String toString() {
        return from + " to " + to;
    }
}
