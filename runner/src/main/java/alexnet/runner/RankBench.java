package alexnet.runner;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

import alexnet.bench.JsonReport;
import alexnet.bench.NetworkContestant;
import alexnet.bench.Plan;
import alexnet.bench.RankContest;
import alexnet.bench.RankOutcome;
import alexnet.bench.RankOutcome.Step;
import alexnet.bench.Spread;
import alexnet.core.device.Device;
import alexnet.core.device.Devices;
import alexnet.core.replica.Heartbeat;
import alexnet.core.replica.Replicas;
import alexnet.core.replica.Replication;
import alexnet.core.replica.Share;

/**
 * {@code bench network} of several ranks.
 *
 * @param asked    whose batch may not be one that the ranks share evenly: then each has the largest share
 * @param devices  of every rank
 * @param replicas how they reduce, and how long they may be silent
 */
record RankBench(Ranks ranks, Plan asked, DeviceOptions devices, ReplicaOptions replicas, QuietOption quiet) {

    private static final double MILLIS = 1e3;
    private static final double PER_CENT = 100;
    private static final double MEGABYTE = 1e6;

    int run(Path reportPath) {
        Instant start = Instant.now();
        Replicas all = ranks.replicas();
        int share = Share.of(all, asked.batchSize()).slots();
        Plan plan = new Plan(asked.architecture(), asked.training(), share * all.size(), asked.passes(), asked.rounds(), asked.steps(), asked.warmUp(), false);
        List<Device> placed = devices.choose(all);
        Replication replication = replicas.replication(all);
        devices.requireMemory(plan.architecture(), plan.training(), share, placed, List.of(replication, Replication.NONE), 0);
        // Closing what is open already would wait for ranks that do not know of a failure.
        try (Reports reports = new Reports(ranks.isFirst() ? reportPath : null);
                Heartbeat _ = ranks.watch(replicas.timeout());
                NetworkContestant together = ranks.guard(() -> contestant(plan, share, placed, replication));
                NetworkContestant apart = ranks.guard(() -> contestant(plan, share, placed, Replication.NONE));
                Meter meter = quiet.meters().of("measuring", plan.rounds())) {
            RankOutcome outcome = ranks.guard(() -> new RankContest(plan, all, together, apart).measure(turns -> meter.at(turns, "together and apart")));
            print(outcome, share, quiet.out());
            if (ranks.isFirst()) {
                reports.write(reportPath, () -> JsonReport.of(outcome, replicas.reduction(), start, Version.program()));
            }
        }
        return ExitCode.OK.code();
    }

    private NetworkContestant contestant(Plan plan, int share, List<Device> placed, Replication replication) {
        return new NetworkContestant(plan.architecture(), plan.training(), share, placed, devices.placements(placed), replication,
                Version.program() + ", " + Devices.ofRuntime().runtime());
    }

    private void print(RankOutcome outcome, int share, PrintWriter out) {
        Plan plan = outcome.plan();
        out.printf(Locale.ROOT, "%s at batch size %d, %d on each of %d ranks: medians of %d steps, %d in each of %d turns; in brackets the slowest and the"
                + " fastest%n%n", plan.architecture().name(), plan.batchSize(), share, outcome.ranks(), plan.rounds() * plan.steps(), plan.steps(), plan.rounds());
        Spread together = outcome.imagesPerSecond();
        Spread apart = outcome.imagesPerSecondApart();
        Columns.print(List.of(List.of("TRAINING", "IMAGES/S", "", "MS A STEP", "COMPUTING", "REDUCING", "WAITING"),
                List.of("together", NetworkTables.number(together.median()), range(together), millis(outcome.of(Step::seconds)), millis(outcome.of(Step::computing)),
                        millis(outcome.of(Step::reducing)), millis(outcome.of(Step::waiting))),
                List.of("apart", NetworkTables.number(apart.median()), range(apart), NetworkTables.number(plan.batchSize() / apart.median() * MILLIS), "-", "-", "-")), out);
        out.println();
        out.printf(Locale.ROOT, "Scaling: together the ranks train %.0f %% as fast as each by itself, with the same share at the same time.%n",
                outcome.scaling() * PER_CENT);
        out.printf(Locale.ROOT, "By --reduce %s a rank sends %.1f MB a step, and receives as many; %.0f %% of the time of that was hidden behind computing.%n",
                replicas.reduction(), outcome.together().getFirst().bytes() / MEGABYTE, outcome.hidden() * PER_CENT);
        out.flush();
    }

    private static String millis(Spread seconds) {
        return NetworkTables.number(seconds.median() * MILLIS);
    }

    private static String range(Spread rate) {
        return "(" + NetworkTables.number(rate.minimum()) + " to " + NetworkTables.number(rate.maximum()) + ")";
    }
}
