package alexnet.report.findings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.data.Order;
import alexnet.core.data.StoredImages;
import alexnet.core.evaluation.Answer;
import alexnet.core.evaluation.Tally;
import alexnet.core.group.TwoGroupNetwork;
import alexnet.core.network.Layer;
import alexnet.core.training.Observer;
import alexnet.core.watch.LayerStatistics;
import alexnet.report.Findings;
import alexnet.report.Findings.Confusion;
import alexnet.report.Findings.Guess;
import alexnet.report.Findings.Neighbour;
import alexnet.report.Findings.Neighbours;
import alexnet.report.Findings.Prediction;

/**
 * One look at the validation images and one at the training images, of which nothing is kept but what is shown.
 *
 * @param model      what the page calls the network
 * @param network    loaded
 * @param classes    their names
 * @param training   images among which neighbours are sought
 * @param validation images that are measured
 * @param workers    threads that read images ahead
 */
public record Inspection(String model, TwoGroupNetwork network, List<String> classes, StoredImages training, StoredImages validation, int workers) {

    /** Some right, some wrong, as in the paper's figure 4: a draw from all would show the more of one kind the better the network is. */
    private static final int RIGHT = 4;
    private static final int WRONG = 4;
    private static final int QUERIES = 6;
    private static final int NEIGHBOURS = 6;
    private static final int CONFUSIONS = 10;
    private static final int EXAMPLES = 5;
    private static final long SEED = 1;

    /** What can be told without images, and why there are none. */
    public static Findings withoutImages(String model, TwoGroupNetwork network, String reason) {
        return new Findings(model, Optional.of(LayerStatistics.firstFilters(network)), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(reason));
    }

    /** How many images are looked at. */
    public int images() {
        return validation.size() + training.size();
    }

    /**
     * Looks at them.
     *
     * @param progress told how many it has looked at
     * @param bounds   what the user should know of the choice of images
     * @throws CheckpointException if the network says of an image what is not a number
     */
    public Findings look(IntConsumer progress, List<String> bounds) {
        int[] drawn = Order.shuffled(validation, SEED, 0, validation.size());
        Optional<String> hidden = lastHidden();
        int[] queries = hidden.isEmpty() ? new int[0] : oneOfEachClass(drawn).limit(QUERIES).toArray();
        Map<Integer, float[]> features = new HashMap<>();
        IntStream.of(queries).forEach(query -> features.put(query, new float[0]));
        List<Answer> answers = new ArrayList<>();
        new Observer(network, hidden.orElse(null), workers).observe(validation, IntStream.range(0, validation.size()).toArray(), seen -> {
            answers.add(answer(seen));
            features.computeIfPresent(seen.image(), (_, _) -> seen.features());
        }, progress);

        List<String> notes = new ArrayList<>(bounds);
        List<String> leftOut = new ArrayList<>();
        Photographs photographs = new Photographs(validation, classes);
        List<Prediction> predictions = predictions(IntStream.of(drawn).mapToObj(answers::get).toList(), photographs, notes);
        List<Neighbours> neighbours = List.of();
        if (hidden.isPresent()) {
            neighbours = neighbours(queries, features, photographs, done -> progress.accept(validation.size() + done));
            notes.add(String.format(Locale.ROOT, "The photographs whose neighbours are sought are drawn by lot (seed %d), at most one of a class. Their"
                    + " neighbours are sought among %,d training images by the Euclidean distance of the activations in %s.", SEED, training.size(), hidden.get()));
        } else {
            leftOut.add("nearest neighbours: " + network.architecture().name() + " has no fully connected layer before its last");
        }
        Tally tally = new Tally(classes.size());
        answers.forEach(tally::add);
        List<Confusion> confusions = tally.confusions().stream().limit(CONFUSIONS).map(pair -> shown(pair, answers, photographs)).toList();
        if (confusions.isEmpty()) {
            leftOut.add("confused classes: there are none, every validation image was told rightly");
        } else {
            notes.add("Of each pair of confused classes those images are shown of which the network is surest.");
        }
        return new Findings(model, Optional.of(LayerStatistics.firstFilters(network)), predictions, neighbours, confusions, tally.accuracies(classes), List.of(),
                notes, leftOut);
    }

    private Answer answer(Observer.Observation seen) {
        Answer answer = Answer.of(seen.image(), validation.label(seen.image()), seen.probabilities());
        if (!answer.isNumber()) {
            throw new CheckpointException(model + " makes no sense: what it says of " + validation.name(seen.image()) + " is not a number");
        }
        return answer;
    }

    /** With the images of which the network is surest. */
    private Confusion shown(alexnet.core.evaluation.Confusion pair, List<Answer> answers, Photographs photographs) {
        return new Confusion(classes.get(pair.label()), classes.get(pair.guess()), pair.count(), pair.images(),
                answers.stream().filter(answer -> answer.label() == pair.label() && answer.guesses()[0] == pair.guess())
                        .sorted(Comparator.comparing(answer -> -answer.probabilities()[0])).limit(EXAMPLES)
                        .map(answer -> photographs.of(answer.image())).toList());
    }

    private List<Guess> named(Answer answer) {
        return IntStream.range(0, answer.guesses().length).mapToObj(place -> new Guess(classes.get(answer.guesses()[place]), answer.probabilities()[place])).toList();
    }

    /** The fully connected layer before the classes: fc7. */
    private Optional<String> lastHidden() {
        List<String> names = network.architecture().layers().stream().filter(Layer.FullyConnected.class::isInstance).map(Layer::name).toList();
        return names.size() < 2 ? Optional.empty() : Optional.of(names.get(names.size() - 2));
    }

    /** The first image of each class. */
    private IntStream oneOfEachClass(int[] drawn) {
        Set<Integer> seen = new HashSet<>();
        return IntStream.of(drawn).filter(image -> seen.add(validation.label(image)));
    }

    private List<Prediction> predictions(List<Answer> drawn, Photographs photographs, List<String> notes) {
        List<Answer> right = drawn.stream().filter(Answer::right).toList();
        List<Answer> wrong = drawn.stream().filter(answer -> !answer.right()).toList();
        // Where there are too few of one kind, the other fills up.
        int rights = Math.min(right.size(), RIGHT + Math.max(0, WRONG - wrong.size()));
        int wrongs = Math.min(wrong.size(), RIGHT + WRONG - rights);
        notes.add(String.format(Locale.ROOT, "The photographs with the network's guesses are drawn by lot (seed %d): %d of the %,d validation images whose"
                + " likeliest class is right, and %d of the %,d others.", SEED, rights, right.size(), wrongs, wrong.size()));
        return Stream.concat(right.stream().limit(rights), wrong.stream().limit(wrongs))
                .map(answer -> new Prediction(photographs.of(answer.image()), named(answer))).toList();
    }

    private List<Neighbours> neighbours(int[] queries, Map<Integer, float[]> features, Photographs photographs, IntConsumer progress) {
        String hidden = lastHidden().orElseThrow();
        NearestNeighbours nearest = new NearestNeighbours(IntStream.of(queries).mapToObj(features::get).toList(), NEIGHBOURS);
        new Observer(network, hidden, workers).observe(training, IntStream.range(0, training.size()).toArray(),
                seen -> nearest.offer(seen.image(), seen.features()), progress);
        Photographs candidates = new Photographs(training, classes);
        return IntStream.range(0, queries.length).mapToObj(query -> new Neighbours(photographs.of(queries[query]), nearest.of(query).stream()
                .map(near -> new Neighbour(candidates.of(near.image()), near.distance())).toList())).toList();
    }
}
