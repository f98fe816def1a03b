package alexnet.core.evaluation;

import java.util.stream.IntStream;

/**
 * What a network says of an image.
 *
 * @param image         its place among the images
 * @param label         its class; below zero if nobody has said which
 * @param loss          cross-entropy; NaN without a label
 * @param guesses       the likeliest classes, at most {@value #GUESSES}, see {@link Ranking}; none where a probability is NaN
 * @param probabilities of these
 */
public record Answer(int image, int label, double loss, int[] guesses, float[] probabilities) {

    /** As many as top-5 looks at. */
    public static final int GUESSES = 5;

    /** @param of the probability of each class */
    public static Answer of(int image, int label, float[] of) {
        int[] guesses = Ranking.likeliest(of, GUESSES);
        float[] probabilities = new float[guesses.length];
        for (int place = 0; place < guesses.length; place++) {
            probabilities[place] = of[guesses[place]];
        }
        // A probability that underflowed is as good as the smallest float: keeps sums finite.
        double loss = label < 0 ? Double.NaN : -Math.log(Math.max(of[label], Float.MIN_VALUE));
        return new Answer(image, label, loss, guesses, probabilities);
    }

    /** Whether somebody has said what the image is. */
    public boolean labelled() {
        return label >= 0;
    }

    /** Whether all of the probabilities are numbers. */
    public boolean isNumber() {
        return guesses.length > 0;
    }

    /** Whether the likeliest class is the image's. */
    public boolean right() {
        return isNumber() && guesses[0] == label;
    }

    /** Whether the image's class is among the likeliest five. */
    public boolean rightAmongFive() {
        return IntStream.of(guesses).anyMatch(guess -> guess == label);
    }
}
