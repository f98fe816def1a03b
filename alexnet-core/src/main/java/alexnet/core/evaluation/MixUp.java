package alexnet.core.evaluation;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Signs that the labels of a test set are numbered otherwise than the network's classes, though they are called the same: the network
 * knows the classes, but under other names.
 */
public final class MixUp {

    private static final String USUAL = "the usual cause are labels that are ILSVRC2012_IDs instead of places among the sorted WNIDs";
    /** A class is taken for one other if so large a share of its images are. */
    private static final double MOSTLY = 0.75;
    private static final int FEWEST_IMAGES = 4;
    /** Fewer right guesses by chance say nothing. */
    private static final double EXPECTED = 10;

    private MixUp() {
    }

    /**
     * The line that warns of it; empty where nothing speaks for it.
     *
     * @param tally   all images
     * @param classes names of the network's classes
     * @param trained top-1 on the validation images of training, 0 to 1, where that is known
     */
    public static Optional<String> sign(Tally tally, List<String> classes, OptionalDouble trained) {
        return moved(tally, classes).or(() -> guessing(tally, classes.size(), trained));
    }

    /** Classes that are mostly taken for one other, which no other class is taken for: a network that is bad or names few classes has none. */
    private static Optional<String> moved(Tally tally, List<String> classes) {
        Map<Integer, Confusion> byGuess = new HashMap<>();
        tally.confusions().stream().filter(pair -> pair.images() >= FEWEST_IMAGES && pair.count() >= MOSTLY * pair.images())
                .forEach(pair -> byGuess.putIfAbsent(pair.guess(), pair));
        long right = IntStream.range(0, classes.size()).filter(c -> tally.images(c) > 0 && tally.right(c) >= MOSTLY * tally.images(c)).count();
        long there = IntStream.range(0, classes.size()).filter(c -> tally.images(c) > 0).count();
        if (byGuess.size() < 2 || byGuess.size() <= 3 * right || 10 * byGuess.size() < there) {
            return Optional.empty();
        }
        Confusion first = byGuess.values().stream().min((a, b) -> Integer.compare(a.label(), b.label())).orElseThrow();
        return Optional.of(String.format(Locale.ROOT, "the images of %d of %d classes are each taken for one and the same other class (those of %s for %s,"
                + " %d of %d), as they are where labels are numbered otherwise than the network's classes: %s", byGuess.size(), there,
                classes.get(first.label()), classes.get(first.guess()), first.count(), first.images(), USUAL));
    }

    /** No better than chance, though it was in training. */
    private static Optional<String> guessing(Tally tally, int classes, OptionalDouble trained) {
        double chance = 1.0 / classes;
        long images = IntStream.range(0, classes).mapToLong(tally::images).sum();
        long right = IntStream.range(0, classes).mapToLong(tally::right).sum();
        double expected = images * chance;
        double deviation = Math.sqrt(expected * (1 - chance));
        boolean couldBetter = trained.isEmpty() || trained.getAsDouble() * images > expected + 4 * deviation;
        if (expected < EXPECTED || right > expected + 2 * deviation || !couldBetter) {
            return Optional.empty();
        }
        return Optional.of(String.format(Locale.ROOT, "top-1 is no better than guessing, %.2f %%%s, though the classes are called alike: %s", 100 * chance,
                trained.isPresent() ? String.format(Locale.ROOT, " (%.2f %% in training)", 100 * trained.getAsDouble()) : "", USUAL));
    }
}
