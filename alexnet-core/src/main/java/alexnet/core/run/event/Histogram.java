package alexnet.core.run.event;

import java.util.Arrays;

/**
 * How the values of a tensor are distributed.
 *
 * @param min        smallest value
 * @param max        largest value
 * @param count      of values
 * @param sum        of values
 * @param sumSquares sum of their squares
 * @param limits     upper bounds of the buckets, ascending, the last of which is at least {@code max}
 * @param counts     values in each bucket: above the limit before, at most its own
 */
public record Histogram(double min, double max, long count, double sum, double sumSquares, double[] limits, long[] counts) {

    public Histogram {
        if (limits.length != counts.length) {
            throw new IllegalArgumentException(limits.length + " limits for " + counts.length + " counts");
        }
    }

    /** That of the values multiplied by a factor above 0. */
    public Histogram times(double factor) {
        return new Histogram(min * factor, max * factor, count, sum * factor, sumSquares * factor * factor,
                Arrays.stream(limits).map(limit -> limit * factor).toArray(), counts);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Histogram h && min == h.min && max == h.max && count == h.count && sum == h.sum
                && sumSquares == h.sumSquares && Arrays.equals(limits, h.limits) && Arrays.equals(counts, h.counts);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(limits) * 31 + Arrays.hashCode(counts);
    }
}
