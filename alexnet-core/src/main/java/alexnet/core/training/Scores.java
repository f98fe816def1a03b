package alexnet.core.training;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Sums over the images of a data set of what is measured on each.
 *
 * @param images images measured
 * @param loss   sum of the cross-entropies
 * @param top1   images whose label got the highest probability
 * @param top5   images whose label is among the five highest
 */
public record Scores(long images, double loss, long top1, long top5) {

    static final Scores NONE = new Scores(0, 0, 0, 0);

    /** Whether the loss is not finite. */
    boolean spoilt() {
        return !Double.isFinite(loss);
    }

    /** Mean cross-entropy. */
    public double meanLoss() {
        return loss / images;
    }

    /** Share of images whose first guess is right, 0 to 1. */
    public double top1Accuracy() {
        return (double) top1 / images;
    }

    /** Share of images whose label is among the first five guesses, 0 to 1. */
    public double top5Accuracy() {
        return (double) top5 / images;
    }

    /**
     * Adds a batch.
     *
     * @param probabilities {@code [classes][images]}
     * @param labels        {@code [images]}, below zero where there is no image
     */
    Scores plus(FloatArray probabilities, IntArray labels) {
        int places = labels.getSize();
        int classes = probabilities.getSize() / places;
        double lossSum = 0;
        int counted = 0;
        int first = 0;
        int firstFive = 0;
        for (int place = 0; place < places; place++) {
            int label = labels.get(place);
            if (label >= 0) {
                int rank = rank(probabilities, classes, places, place, label);
                // A probability that underflowed is as good as the smallest float: keeps the sum finite.
                lossSum -= Math.log(Math.max(probabilities.get(label * places + place), Float.MIN_VALUE));
                counted++;
                first += rank < 1 ? 1 : 0;
                firstFive += rank < 5 ? 1 : 0;
            }
        }
        return new Scores(images + counted, loss + lossSum, top1 + first, top5 + firstFive);
    }

    /**
     * How many classes come before the label; of equal ones those with the lower number. Among probabilities one of which is
     * NaN nothing comes first: more than any number of guesses.
     */
    private static int rank(FloatArray probabilities, int classes, int places, int place, int label) {
        float own = probabilities.get(label * places + place);
        int before = 0;
        for (int c = 0; c < classes; c++) {
            float other = probabilities.get(c * places + place);
            if (Float.isNaN(other)) {
                return Integer.MAX_VALUE;
            }
            if (other > own || other == own && c < label) {
                before++;
            }
        }
        return before;
    }
}
