package alexnet.core.evaluation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts what a network says of labelled images, class by class: memory grows with the pairs of classes that occur, not with the images. */
public final class Tally {

    private record Pair(int label, int guess) {
    }

    private final int[] images;
    private final int[] first;
    private final int[] firstFive;
    private final Map<Pair, Integer> taken = new HashMap<>();

    /** @param classes that the network tells apart */
    public Tally(int classes) {
        images = new int[classes];
        first = new int[classes];
        firstFive = new int[classes];
    }

    /** Counts an image, unless it has no label. */
    public void add(Answer answer) {
        if (answer.labelled()) {
            images[answer.label()]++;
            first[answer.label()] += answer.right() ? 1 : 0;
            firstFive[answer.label()] += answer.rightAmongFive() ? 1 : 0;
            if (answer.isNumber()) {
                taken.merge(new Pair(answer.label(), answer.guesses()[0]), 1, Integer::sum);
            }
        }
    }

    /**
     * Of each class, in the order of their numbers.
     *
     * @param classes their names
     */
    public List<ClassAccuracy> accuracies(List<String> classes) {
        List<ClassAccuracy> accuracies = new ArrayList<>();
        for (int c = 0; c < images.length; c++) {
            accuracies.add(new ClassAccuracy(classes.get(c), images[c], (double) first[c] / images[c], (double) firstFive[c] / images[c]));
        }
        return accuracies;
    }

    /**
     * The pairs of a class and another that its images are taken for, the most frequent first; of equally frequent ones that with the
     * larger share of its class.
     */
    public List<Confusion> confusions() {
        return taken.entrySet().stream().filter(entry -> entry.getKey().label != entry.getKey().guess)
                .map(entry -> new Confusion(entry.getKey().label, entry.getKey().guess, entry.getValue(), images[entry.getKey().label]))
                .sorted(Comparator.comparing((Confusion pair) -> -pair.count()).thenComparing(Confusion::images).thenComparing(Confusion::label)
                        .thenComparing(Confusion::guess)).toList();
    }

    /** How many images a class has. */
    int images(int label) {
        return images[label];
    }

    /** How many images of a class are told rightly. */
    int right(int label) {
        return first[label];
    }
}
