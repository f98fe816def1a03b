package alexnet.report;

import java.util.Arrays;

/**
 * What is told of every step, of any number of steps: when there are too many points, each two are made one, which keeps the
 * lowest, the highest and the mean value. Not thread-safe.
 */
public final class StepCurves {

    /** What is told of a step. */
    public enum Quantity {
        /** Mean cross-entropy of the batch. */
        LOSS,
        /** Learning rate. */
        LR,
        /** Images a second. */
        RATE,
        /** Share of the step's time, 0 to 1, that it waited for images. */
        WAITING
    }

    /** Points kept at most; an even number. */
    static final int CAPACITY = 2000;

    private static final Quantity[] QUANTITIES = Quantity.values();

    private final long[] last = new long[CAPACITY];
    private final int[] counts = new int[CAPACITY];
    private final double[][] sums = new double[QUANTITIES.length][CAPACITY];
    private final double[][] lows = new double[QUANTITIES.length][CAPACITY];
    private final double[][] highs = new double[QUANTITIES.length][CAPACITY];
    private int points;
    private int stride = 1;
    private int generation;

    /**
     * Adds a step. One that was told before, as after going back to a checkpoint, takes the place of that and of all later ones.
     *
     * @param values by {@link Quantity}; NaN where it is not known
     */
    public void add(long step, double... values) {
        forgetBehind(step - 1);
        if (points == 0 || counts[points - 1] >= stride) {
            if (points == CAPACITY) {
                halve();
            }
            begin();
        }
        int point = points - 1;
        last[point] = step;
        counts[point]++;
        for (int q = 0; q < QUANTITIES.length; q++) {
            sums[q][point] += values[q];
            lows[q][point] = Math.min(lows[q][point], values[q]);
            highs[q][point] = Math.max(highs[q][point], values[q]);
        }
    }

    private void begin() {
        counts[points] = 0;
        for (int q = 0; q < QUANTITIES.length; q++) {
            sums[q][points] = 0;
            lows[q][points] = Double.POSITIVE_INFINITY;
            highs[q][points] = Double.NEGATIVE_INFINITY;
        }
        points++;
    }

    /** Forgets the points that go beyond a step. */
    void forgetBehind(long step) {
        if (points > 0 && last[points - 1] > step) {
            int kept = 0;
            while (last[kept] <= step) {
                kept++;
            }
            points = kept;
            generation++;
        }
    }

    private void halve() {
        points = CAPACITY / 2;
        for (int point = 0; point < points; point++) {
            int from = 2 * point;
            last[point] = last[from + 1];
            counts[point] = counts[from] + counts[from + 1];
            for (int q = 0; q < QUANTITIES.length; q++) {
                sums[q][point] = sums[q][from] + sums[q][from + 1];
                lows[q][point] = Math.min(lows[q][from], lows[q][from + 1]);
                highs[q][point] = Math.max(highs[q][from], highs[q][from + 1]);
            }
        }
        stride *= 2;
        generation++;
    }

    /** So many points there are. */
    public int size() {
        return points;
    }

    /** Steps that a whole point stands for. */
    public int stride() {
        return stride;
    }

    /** Another number whenever points that were whole have changed. */
    public int generation() {
        return generation;
    }

    /** The last step of a point. */
    public long step(int point) {
        return last[point];
    }

    /** The mean of a point's steps; NaN if one of them is. */
    public double mean(Quantity quantity, int point) {
        return sums[quantity.ordinal()][point] / counts[point];
    }

    /** The lowest of a point's steps. */
    public double low(Quantity quantity, int point) {
        return lows[quantity.ordinal()][point];
    }

    /** The highest of a point's steps. */
    public double high(Quantity quantity, int point) {
        return highs[quantity.ordinal()][point];
    }

    /** The same points, which no more change. */
    public StepCurves copy() {
        StepCurves copy = new StepCurves();
        System.arraycopy(last, 0, copy.last, 0, points);
        System.arraycopy(counts, 0, copy.counts, 0, points);
        for (int q = 0; q < QUANTITIES.length; q++) {
            System.arraycopy(sums[q], 0, copy.sums[q], 0, points);
            System.arraycopy(lows[q], 0, copy.lows[q], 0, points);
            System.arraycopy(highs[q], 0, copy.highs[q], 0, points);
        }
        copy.points = points;
        copy.stride = stride;
        copy.generation = generation;
        return copy;
    }

    /** Whether a quantity is known of any step. */
    public boolean knows(Quantity quantity) {
        return Arrays.stream(sums[quantity.ordinal()], 0, points).anyMatch(sum -> !Double.isNaN(sum));
    }
}
