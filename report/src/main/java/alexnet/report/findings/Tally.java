package alexnet.report.findings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

import alexnet.report.Findings.ClassAccuracy;
import alexnet.report.Findings.Confusion;
import alexnet.report.Findings.Photograph;

/** Counts what a network says of images, class by class. */
final class Tally {

    private record Pair(int label, int guess) {
    }

    private final List<Answer> answers;
    private final List<String> classes;
    private final int[] images;

    Tally(List<Answer> answers, List<String> classes) {
        this.answers = answers;
        this.classes = classes;
        images = new int[classes.size()];
        answers.forEach(answer -> images[answer.label()]++);
    }

    /** Of each class, in the order of their numbers; the shares of one without images are NaN. */
    List<ClassAccuracy> accuracies() {
        int[] first = new int[images.length];
        int[] firstFive = new int[images.length];
        for (Answer answer : answers) {
            first[answer.label()] += answer.right() ? 1 : 0;
            firstFive[answer.label()] += answer.rightAmongFive() ? 1 : 0;
        }
        List<ClassAccuracy> accuracies = new ArrayList<>();
        for (int c = 0; c < images.length; c++) {
            accuracies.add(new ClassAccuracy(classes.get(c), images[c], (double) first[c] / images[c], (double) firstFive[c] / images[c]));
        }
        return accuracies;
    }

    /**
     * The pairs of a class and another that its images are most often taken for, the most frequent first; of equally frequent ones
     * that with the larger share of its class.
     *
     * @param pairs       at most
     * @param examples    of each pair at most: those that the network is surest of
     * @param photographs of the images
     */
    List<Confusion> confusions(int pairs, int examples, IntFunction<Photograph> photographs) {
        Map<Pair, List<Answer>> wrong = new TreeMap<>(Comparator.comparing(Pair::label).thenComparing(Pair::guess));
        answers.stream().filter(answer -> !answer.right())
                .forEach(answer -> wrong.computeIfAbsent(new Pair(answer.label(), answer.guess()), _ -> new ArrayList<>()).add(answer));
        Comparator<Map.Entry<Pair, List<Answer>>> frequentFirst = Comparator.comparing(entry -> -entry.getValue().size());
        return wrong.entrySet().stream().sorted(frequentFirst.thenComparing(entry -> images[entry.getKey().label])).limit(pairs)
                .map(entry -> new Confusion(classes.get(entry.getKey().label), classes.get(entry.getKey().guess), entry.getValue().size(),
                        images[entry.getKey().label], entry.getValue().stream()
                        .sorted(Comparator.comparing(answer -> -answer.probabilities()[0])).limit(examples)
                        .map(answer -> photographs.apply(answer.image())).toList()))
                .toList();
    }
}
