package alexnet.runner;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import alexnet.bench.Outcome;
import alexnet.bench.Pass;
import alexnet.bench.Plan;
import alexnet.bench.Spread;
import alexnet.core.network.Layer;
import alexnet.core.profile.StepProfile.Work;

/**
 * What {@code bench network} tells people.
 *
 * @param plan     what was measured
 * @param outcomes of each contestant
 * @param out      gets the tables
 */
record NetworkTables(Plan plan, List<Outcome> outcomes, PrintWriter out) {

    private static final double MILLIS = 1e3;
    private static final double PER_CENT = 100;
    private static final String NOTHING = "-";

    void print() {
        out.printf(Locale.ROOT, "%s at batch size %d%s: medians of %d batches, %d in each of %d turns; in brackets the slowest and the fastest%n%n",
                plan.architecture().name(), plan.batchSize(), frozen(), plan.rounds() * plan.steps(), plan.steps(), plan.rounds());
        for (Pass pass : plan.passes()) {
            print(pass);
        }
        printAlgorithms();
        printLimits();
        outcomes.stream().filter(outcome -> !outcome.steps().isEmpty()).forEach(this::printParts);
        out.flush();
    }

    private String frozen() {
        List<String> layers = plan.architecture().layers().stream().map(Layer::name).filter(plan.training().frozen()::contains).toList();
        return layers.isEmpty() ? "" : " with " + String.join(", ", layers) + " frozen";
    }

    private void print(Pass pass) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(pass.label().toUpperCase(Locale.ROOT), "DEVICE", "CONVOLUTION", "IMAGES/S", "", "MS A BATCH", "GFLOP/S", "OF LIMIT", "FIRST MS", "START MS",
                "MEMORY"));
        for (Outcome outcome : outcomes) {
            if (!outcome.times().containsKey(pass)) {
                continue;
            }
            Spread rate = outcome.imagesPerSecond(pass);
            rows.add(List.of(outcome.identity().engine(), outcome.identity().device(), outcome.identity().convolution(),
                    number(rate.median()),
                    "(" + number(rate.minimum()) + " to " + number(rate.maximum()) + ")", millis(outcome.seconds(pass).median()),
                    number(outcome.gflops(pass)),
                    outcome.limits().map(limit -> percent(outcome.gflops(pass) / limit.gflops())).orElse(NOTHING),
                    millis(outcome.times().get(pass).first()), millis(outcome.startSeconds()),
                    outcome.peakBytes() == 0 ? NOTHING : Memory.gibibytes(outcome.peakBytes())));
        }
        Columns.print(rows, out);
        out.println();
    }

    private void printAlgorithms() {
        for (Outcome outcome : outcomes) {
            if (!outcome.identity().layers().isEmpty()) {
                List<List<String>> rows = new ArrayList<>();
                rows.add(List.of("ALGORITHMS", "FORWARD", "INPUT GRADIENT", "WEIGHT GRADIENT"));
                outcome.identity().layers().forEach(layer -> rows.add(Stream.concat(Stream.of(layer.layer()),
                        Stream.of(alexnet.kernels.Pass.values()).map(pass -> layer.algorithm(pass).orElse(NOTHING))).toList()));
                out.printf(Locale.ROOT, "What computes the layers on %s, by --convolution %s:%n", outcome.identity().device(), outcome.identity().convolution());
                Columns.print(rows, out);
                out.println();
            }
        }
    }

    private void printLimits() {
        for (Outcome outcome : outcomes) {
            outcome.limits().ifPresent(limit -> out.printf(Locale.ROOT, "%s (%s; kernels: %s) can do %s GFLOP/s at most, and move %s GB/s%n",
                    outcome.identity().device(), outcome.identity().name(), outcome.identity().kernels(), number(limit.gflops()),
                    number(limit.gigabytesPerSecond())));
        }
        out.println("FIRST is the first batch, in which kernels are compiled; START is from the start of the process until then; MEMORY is the"
                + " process' peak.");
    }

    private void printParts(Outcome outcome) {
        Map<String, Map<Work, Outcome.PartTime>> layers = new LinkedHashMap<>();
        layers.put("image", new EnumMap<>(Work.class));
        plan.architecture().layers().forEach(layer -> layers.put(layer.name(), new EnumMap<>(Work.class)));
        outcome.parts().forEach(part -> layers.computeIfAbsent(part.name(), _ -> new EnumMap<>(Work.class)).put(part.work(), part));
        out.printf(Locale.ROOT, "%nA training step on %s by --convolution %s, %s ms, part by part:%n", outcome.identity().device(),
                outcome.identity().convolution(),
                millis(outcome.dissectedSeconds().median()));
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("MS OF", "FORWARD", "GFLOP/S", "BACKWARD", "GFLOP/S", "TO DEVICE", "FROM DEVICE", "EXCHANGE", "WAITING", "SHARE"));
        layers.forEach((name, works) -> rows.add(row(name, works)));
        rows.add(total(outcome.parts()));
        Columns.print(rows, out);
    }

    private static List<String> row(String name, Map<Work, Outcome.PartTime> works) {
        List<String> row = new ArrayList<>(List.of(name));
        for (Work work : Work.values()) {
            Outcome.PartTime part = works.get(work);
            row.add(part == null ? NOTHING : millis(part.seconds().median()));
            if (work == Work.FORWARD || work == Work.BACKWARD) {
                row.add(part == null || Double.isNaN(part.gflops()) ? NOTHING : number(part.gflops()));
            }
        }
        row.add(percent(works.values().stream().mapToDouble(Outcome.PartTime::share).sum()));
        return row;
    }

    private static List<String> total(List<Outcome.PartTime> parts) {
        List<String> row = new ArrayList<>(List.of("share"));
        for (Work work : Work.values()) {
            row.add(percent(parts.stream().filter(part -> part.work() == work).mapToDouble(Outcome.PartTime::share).sum()));
            if (work == Work.FORWARD || work == Work.BACKWARD) {
                row.add("");
            }
        }
        row.add(percent(parts.stream().mapToDouble(Outcome.PartTime::share).sum()));
        return row;
    }

    static String number(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%.0f", value);
    }

    private static String millis(double seconds) {
        double millis = seconds * MILLIS;
        return String.format(Locale.ROOT, millis < 10 ? "%.2f" : millis < 100 ? "%.1f" : "%.0f", millis);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * PER_CENT);
    }
}
