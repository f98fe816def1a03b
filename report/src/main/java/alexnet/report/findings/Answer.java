package alexnet.report.findings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import alexnet.report.Findings.Guess;

/**
 * What a network says of an image.
 *
 * @param image         its place among the images
 * @param label         its class
 * @param guesses       the likeliest classes, at most five, the likeliest first; of equally likely ones those with the lower number
 * @param probabilities of these
 */
record Answer(int image, int label, int[] guesses, float[] probabilities) {

    private static final int GUESSES = 5;

    /** @param of each class */
    static Answer of(int image, int label, float[] of) {
        int[] guesses = IntStream.range(0, of.length).boxed().sorted(Comparator.comparing((Integer c) -> -of[c])).limit(GUESSES)
                .mapToInt(Integer::intValue).toArray();
        float[] probabilities = new float[guesses.length];
        for (int place = 0; place < guesses.length; place++) {
            probabilities[place] = of[guesses[place]];
        }
        return new Answer(image, label, guesses, probabilities);
    }

    /** The likeliest class. */
    int guess() {
        return guesses[0];
    }

    boolean right() {
        return guess() == label;
    }

    boolean rightAmongFive() {
        return IntStream.of(guesses).anyMatch(guess -> guess == label);
    }

    List<Guess> named(List<String> classes) {
        List<Guess> named = new ArrayList<>();
        for (int place = 0; place < guesses.length; place++) {
            named.add(new Guess(classes.get(guesses[place]), probabilities[place]));
        }
        return named;
    }
}
