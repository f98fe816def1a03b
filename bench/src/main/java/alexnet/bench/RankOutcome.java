package alexnet.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What was measured of several ranks.
 *
 * @param plan     what was to be measured; its batch is that of all ranks
 * @param ranks    how many there are
 * @param identity of the first
 * @param together steps of all
 * @param apart    images a second of the ranks' own steps, summed over the ranks
 */
public record RankOutcome(Plan plan, int ranks, Identity identity, List<Step> together, List<Double> apart) {

    /**
     * A step, of the slowest rank, and what it was made of, in the mean of the ranks.
     *
     * @param seconds   all of it
     * @param computing seconds in which the devices did not wait for other ranks
     * @param reducing  seconds in exchanges of gradients, beside computing or not, waiting for late ranks included
     * @param waiting   seconds in which they did wait
     * @param bytes     that a rank has sent, and received, as worked out
     */
    public record Step(double seconds, double computing, double reducing, double waiting, long bytes) {
    }

    /** Of something of each step together. */
    public Spread of(ToDoubleFunction<Step> what) {
        return Spread.of(together.stream().map(what::applyAsDouble).toList());
    }

    /** Images a second of all ranks together. */
    public Spread imagesPerSecond() {
        return of(Step::seconds).rate(plan.batchSize());
    }

    /** The same of the ranks apart. */
    public Spread imagesPerSecondApart() {
        return Spread.of(apart);
    }

    /** How much of what the ranks do apart they do together, 0 to 1. */
    public double scaling() {
        return imagesPerSecond().median() / imagesPerSecondApart().median();
    }

    /** How much of the reducing nothing waited for, 0 to 1. */
    public double hidden() {
        return Math.max(0, 1 - of(Step::waiting).median() / of(Step::reducing).median());
    }
}
