package alexnet.core.watch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

import alexnet.core.network.Initialization;

/**
 * Tells while it happens that the training loss stays where answering with the classes' frequencies would be: this network's
 * classic failure. A loss that still falls, from wherever it began, is not flat.
 */
public final class FlatLoss {

    /** Losses whose mean is looked at. */
    private static final int WINDOW = 50;
    /** A stretch counts as long after so many steps at the full rate, in which each class was shown so many images on average. */
    private static final int LONG_STEPS = 200;
    private static final int LONG_IMAGES_A_CLASS = 256;
    /** A mean differs if it does by this share of the guess, and by so many standard errors. */
    private static final double SHARE = 0.01;
    private static final double ERRORS = 4;

    private final Initialization initialization;
    private final double guess;
    private final double longSteps;
    /** The first losses of the stretch, and the last ones. */
    private final List<Double> first = new ArrayList<>();
    private final Deque<Double> recent = new ArrayDeque<>();
    private long steps;
    private double stepsAtFullRate;
    private double nextTold;
    private boolean told;

    /**
     * @param classCounts training images of each class
     * @param batchSize   images in a step
     * @param initialization how the weights started, by which follows what helps
     */
    public FlatLoss(int[] classCounts, int batchSize, Initialization initialization) {
        this.initialization = initialization;
        guess = entropy(classCounts);
        longSteps = Math.max(LONG_STEPS, Math.ceilDiv((long) LONG_IMAGES_A_CLASS * classCounts.length, batchSize));
        begin();
    }

    /** What the classes' frequencies as an answer come to as a loss: their entropy in nats, ln(classes) where they are equal. */
    public static double entropy(int[] classCounts) {
        double images = IntStream.of(classCounts).asLongStream().sum();
        return IntStream.of(classCounts).filter(count -> count > 0).mapToDouble(count -> -count / images * Math.log(count / images)).sum();
    }

    private void begin() {
        first.clear();
        recent.clear();
        steps = 0;
        stepsAtFullRate = 0;
        nextTold = longSteps;
        told = false;
    }

    /**
     * Takes the loss of the next step.
     *
     * @param loss   mean cross-entropy of its images
     * @param factor its rate as a share of the run's full rate: little is learnt in the steps of a warm-up
     * @return what there is to tell: that the loss is flat, again whenever it has been for twice as long, and that it no longer is
     */
    public Optional<String> step(double loss, double factor) {
        steps++;
        stepsAtFullRate += Math.min(1, factor);
        if (first.size() < WINDOW) {
            first.add(loss);
        }
        recent.addLast(loss);
        if (recent.size() > WINDOW) {
            recent.removeFirst();
        }
        if (recent.size() < WINDOW) {
            return Optional.empty();
        }
        Mean now = Mean.of(recent);
        if (now.value < guess - margin(now.error)) {
            Optional<String> left = told ? Optional.of(String.format(Locale.ROOT, "the training loss has left what guessing gives: the mean of"
                    + " the last %d steps is %.4g, %d steps after it got there", WINDOW, now.value, steps)) : Optional.empty();
            begin();
            return left;
        }
        if (stepsAtFullRate < nextTold) {
            return Optional.empty();
        }
        Mean then = Mean.of(first);
        if (!told && now.value < then.value - margin(Math.hypot(now.error, then.error))) {
            begin();
            return Optional.empty();
        }
        told = true;
        nextTold = 2 * stepsAtFullRate;
        return Optional.of(flat(now.value));
    }

    private double margin(double error) {
        return Math.max(SHARE * guess, ERRORS * error);
    }

    private String flat(double loss) {
        return String.format(Locale.ROOT, "for %d steps the training loss has been no better than guessing: the mean of the last %d is %.4g, and"
                + " answering with the classes' frequencies gives %.4g. %s", steps, WINDOW, loss, guess, remedies());
    }

    private String remedies() {
        return "What usually helps: " + switch (initialization) {
            case ARCHITECTURE, PYTORCH, PAPER, CAFFE, AUTHORS -> "begin anew with --init kaiming; from start values like the paper's it may take thousands of steps to get away from here, at any --lr";
            case KAIMING -> "begin anew with a smaller --lr, or a longer --lr-warmup-epochs; after a step that was too large, units may stay 0 for every image";
        };
    }

    /** A mean with its standard error. */
    private record Mean(double value, double error) {

        static Mean of(Collection<Double> values) {
            double mean = values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
            double squares = values.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
            return new Mean(mean, Math.sqrt(squares / (values.size() - 1) / values.size()));
        }
    }
}
