package alexnet.bench;

import java.util.Locale;

import alexnet.core.network.Architecture;
import alexnet.core.network.GroupShapes;
import alexnet.core.network.Layer;

/**
 * How far two engines' logits for the same weights and images lie apart.
 *
 * <p>The tolerance is what single precision comes to: a sum of n products, each rounded to 2^-24 (2^-11 in TF32), is off by about
 * {@code sqrt(n) * 2^-24} of its own spread, and the errors of all layers with weights add up. Another network is far away:
 * twice the alpha of normalisation moves the logits by percents.
 *
 * @param error     the largest difference, relative to the standard deviation of the logits; an image's logits count but for
 *                  a constant, which its probabilities do not depend on
 * @param tolerance the largest error of the same network
 */
public record Agreement(double error, double tolerance) {

    /** What a product comes to be off by in Winograd's algorithm with tiles of 7 x 7: up to twenty times as much as in a sum of products. */
    private static final double WINOGRAD_ROUNDOFF = 0x1p-20;

    /** Compares logits of which ours are sums of products. */
    public static Agreement of(Architecture architecture, float[] ours, float[] theirs, Engine engine) {
        return of(architecture, ours, true, theirs, engine);
    }

    /**
     * Compares.
     *
     * @param ours   {@code [images][classes]}
     * @param direct whether our layers round as any sum of products does
     * @param theirs the same
     * @param engine whose they are
     */
    static Agreement of(Architecture architecture, float[] ours, boolean direct, float[] theirs, Engine engine) {
        return new Agreement(ours.length == theirs.length ? error(architecture.classes(), ours, theirs) : Double.POSITIVE_INFINITY,
                Math.max(engine.unitRoundoff(), direct ? 0 : WINOGRAD_ROUNDOFF) * roundings(architecture));
    }

    private static double error(int classes, float[] ours, float[] theirs) {
        double squares = 0;
        double largest = 0;
        for (int from = 0; from < ours.length; from += classes) {
            double ourMean = mean(ours, from, classes);
            double theirMean = mean(theirs, from, classes);
            for (int at = from; at < from + classes; at++) {
                double own = ours[at] - ourMean;
                squares += own * own;
                largest = Math.max(largest, Math.abs(theirs[at] - theirMean - own));
            }
        }
        double error = largest / Math.sqrt(squares / ours.length);
        return Double.isNaN(error) ? Double.POSITIVE_INFINITY : error;
    }

    private static double mean(float[] logits, int from, int classes) {
        double sum = 0;
        for (int at = from; at < from + classes; at++) {
            sum += logits[at];
        }
        return sum / classes;
    }

    private static double roundings(Architecture architecture) {
        double roots = 0;
        for (GroupShapes.Entry entry : GroupShapes.whole(architecture, 1).entries()) {
            roots += Math.sqrt(entry.fanIn());
        }
        return roots;
    }

    /** Whether both compute the same network. */
    public boolean holds() {
        return error <= tolerance;
    }

    /** Both numbers, for people. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "its logits for the same weights and images differ by %.2g of their spread, where rounding explains %.2g",
                error, tolerance);
    }
}
