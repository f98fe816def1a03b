package alexnet.core.training;

import alexnet.core.evaluation.Answer;

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

    /** Adds an image, unless it has no label. */
    Scores plus(Answer answer) {
        return !answer.labelled() ? this : new Scores(images + 1, loss + answer.loss(), top1 + (answer.right() ? 1 : 0),
                top5 + (answer.rightAmongFive() ? 1 : 0));
    }
}
