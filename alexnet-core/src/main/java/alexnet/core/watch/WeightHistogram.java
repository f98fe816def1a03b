package alexnet.core.watch;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.stream.IntStream;

import alexnet.core.run.event.Histogram;

/**
 * Counts the values of a tensor in buckets of exponential width, eight to an octave, and sums them and their squares. A bucket is
 * known by the upper bits of the float, so that nothing is searched; a network has tens of millions of weights. Values are finite.
 */
final class WeightHistogram {

    /** Sign, exponent and the three highest bits of the fraction are left. */
    private static final int SHIFT = 20;
    private static final int MAGNITUDES = 1 << Integer.SIZE - 1 - SHIFT;
    /** The first that is told from zero, 2^-40 or 9.1e-13; what is smaller is counted in one bucket of both signs. */
    private static final int SMALLEST = Float.floatToIntBits(0x1p-40f) >> SHIFT;
    private static final int INFINITE = Float.floatToIntBits(Float.POSITIVE_INFINITY) >> SHIFT;
    /** Floats taken together; they stay in the processor's cache. */
    private static final int CHUNK = 1 << 12;

    private final long[] counts = new long[2 * MAGNITUDES];
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    private double sum;
    private double squares;
    private long count;

    /** Adds all floats of a segment. */
    WeightHistogram add(MemorySegment floats) {
        long length = floats.byteSize() / Float.BYTES;
        float[] chunk = new float[(int) Math.min(CHUNK, length)];
        int[] inChunk = new int[counts.length];
        for (long start = 0; start < length; start += CHUNK) {
            int values = (int) Math.min(CHUNK, length - start);
            MemorySegment.copy(floats, ValueLayout.JAVA_FLOAT_UNALIGNED, start * Float.BYTES, chunk, 0, values);
            add(chunk, values, inChunk);
        }
        for (int bucket = 0; bucket < counts.length; bucket++) {
            counts[bucket] += inChunk[bucket];
        }
        count += length;
        return this;
    }

    private void add(float[] values, int length, int[] inChunk) {
        float smallest = Float.POSITIVE_INFINITY;
        float largest = Float.NEGATIVE_INFINITY;
        double total = 0;
        double totalSquares = 0;
        for (int i = 0; i < length; i++) {
            float value = values[i];
            inChunk[Float.floatToRawIntBits(value) >>> SHIFT]++;
            smallest = Math.min(smallest, value);
            largest = Math.max(largest, value);
            total += value;
            totalSquares += (double) value * value;
        }
        min = Math.min(min, smallest);
        max = Math.max(max, largest);
        sum += total;
        squares += totalSquares;
    }

    /** Euclidean norm of a tensor's floats. */
    double norm() {
        return Math.sqrt(squares);
    }

    /** Adds what another has counted. */
    WeightHistogram plus(WeightHistogram other) {
        for (int bucket = 0; bucket < counts.length; bucket++) {
            counts[bucket] += other.counts[bucket];
        }
        min = Math.min(min, other.min);
        max = Math.max(max, other.max);
        sum += other.sum;
        squares += other.squares;
        count += other.count;
        return this;
    }

    /** From the lowest bucket with a value to the highest. */
    Histogram histogram() {
        double[] limits = new double[2 * (INFINITE - SMALLEST) + 1];
        long[] counted = new long[limits.length];
        int zero = INFINITE - SMALLEST;
        limits[zero] = limit(SMALLEST);
        for (int magnitude = 0; magnitude < SMALLEST; magnitude++) {
            counted[zero] += counts[magnitude] + counts[MAGNITUDES + magnitude];
        }
        for (int magnitude = SMALLEST; magnitude < INFINITE; magnitude++) {
            int from = magnitude - SMALLEST;
            limits[zero - 1 - from] = -limit(magnitude);
            counted[zero - 1 - from] = counts[MAGNITUDES + magnitude];
            limits[zero + 1 + from] = Math.min(limit(magnitude + 1), Float.MAX_VALUE);
            counted[zero + 1 + from] = counts[magnitude];
        }
        int[] filled = IntStream.range(0, counted.length).filter(bucket -> counted[bucket] > 0).toArray();
        int lowest = filled[0];
        int end = filled[filled.length - 1] + 1;
        return new Histogram(min, max, count, sum, squares, Arrays.copyOfRange(limits, lowest, end), Arrays.copyOfRange(counted, lowest, end));
    }

    /** The smallest magnitude in the bucket. */
    private static double limit(int magnitude) {
        return Float.intBitsToFloat(magnitude << SHIFT);
    }
}
