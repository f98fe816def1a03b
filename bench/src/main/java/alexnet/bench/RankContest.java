package alexnet.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

import alexnet.core.replica.ReductionCost;
import alexnet.core.replica.Replicas;

/**
 * Training steps of several ranks, in turns: of all together, and of each with its own share by itself, at the same time as the others.
 * What the two differ by is what it costs to be one network; what ranks of one machine take from each other they take in both.
 *
 * @param plan     how many steps; its batch is that of all ranks
 * @param replicas the ranks
 * @param together this rank's share of the network of all
 * @param apart    the same of one without others
 */
public record RankContest(Plan plan, Replicas replicas, NetworkContestant together, NetworkContestant apart) {

    /**
     * Measures; collective.
     *
     * @param turnDone is told how many turns are over
     */
    public RankOutcome measure(IntConsumer turnDone) {
        for (NetworkContestant contestant : List.of(together, apart)) {
            for (int step = 0; step < plan.warmUp(); step++) {
                contestant.run(Pass.TRAINING);
            }
        }
        List<RankOutcome.Step> steps = new ArrayList<>();
        List<Double> ratesApart = new ArrayList<>();
        for (int round = 0; round < plan.rounds(); round++) {
            replicas.barrier();
            for (int step = 0; step < plan.steps(); step++) {
                steps.add(stepTogether());
            }
            replicas.barrier();
            double[] own = new double[plan.steps()];
            for (int step = 0; step < plan.steps(); step++) {
                own[step] = plan.batchSize() / (double) replicas.size() / seconds(apart);
            }
            replicas.sum(own);
            Arrays.stream(own).forEach(ratesApart::add);
            turnDone.accept(round + 1);
        }
        return new RankOutcome(plan, replicas.size(), apart.identity(), steps, ratesApart);
    }

    private static double seconds(NetworkContestant contestant) {
        long since = System.nanoTime();
        contestant.run(Pass.TRAINING);
        return (System.nanoTime() - since) * 1e-9;
    }

    /** The same on all ranks, of which the slowest tells how long the step is and the mean what it is made of. */
    private RankOutcome.Step stepTogether() {
        ReductionCost before = together.reductionCost();
        double seconds = seconds(together);
        ReductionCost cost = together.reductionCost().since(before);
        long[] slowest = {Math.round(seconds * 1e9)};
        replicas.maximum(slowest);
        double[] sums = {seconds - cost.waitingSeconds(), cost.seconds(), cost.waitingSeconds(), cost.bytes()};
        replicas.sum(sums);
        int size = replicas.size();
        return new RankOutcome.Step(slowest[0] * 1e-9, sums[0] / size, sums[1] / size, sums[2] / size, Math.round(sums[3] / size));
    }
}
