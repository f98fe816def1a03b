package alexnet.core.evaluation;

import java.util.Arrays;

/** The order in which a network names classes. */
public final class Ranking {

    private Ranking() {
    }

    /**
     * The likeliest classes, the likeliest first; of equally likely ones those with the lower number.
     *
     * @param probabilities of each class
     * @param count         so many, or all where there are fewer
     * @return their numbers; none where one of the probabilities is NaN, among which nothing comes first
     */
    public static int[] likeliest(float[] probabilities, int count) {
        int[] first = new int[Math.min(count, probabilities.length)];
        int found = 0;
        for (int c = 0; c < probabilities.length; c++) {
            if (Float.isNaN(probabilities[c])) {
                return new int[0];
            }
            if (found < first.length || probabilities[c] > probabilities[first[found - 1]]) {
                int place = found < first.length ? found++ : found - 1;
                while (place > 0 && probabilities[c] > probabilities[first[place - 1]]) {
                    first[place] = first[place - 1];
                    place--;
                }
                first[place] = c;
            }
        }
        return Arrays.copyOf(first, found);
    }
}
