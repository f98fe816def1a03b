package alexnet.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import alexnet.core.network.LayerWork;
import alexnet.core.profile.StepProfile.Work;

/**
 * What was measured of one contestant.
 *
 * @param plan         what was to be measured
 * @param identity     who it is
 * @param startSeconds from the start of its process until its network was ready for the first batch
 * @param times        of each pass that it does
 * @param peakBytes    the most memory that its process held; 0 where the operating system does not tell
 * @param limits       the best of its devices; none for a peer
 * @param steps        training steps, part by part; none for a peer
 */
public record Outcome(Plan plan, Identity identity, double startSeconds, Map<Pass, Times> times, long peakBytes,
                      Optional<Limits> limits, List<StepParts> steps) {

    /**
     * Seconds of the batches of one pass.
     *
     * @param first  the first, in which kernels are compiled
     * @param steady those after the warm-up, of all rounds
     */
    public record Times(double first, List<Double> steady) {
    }

    /**
     * What a part of a training step takes.
     *
     * @param name    the layer
     * @param work    what is done for it
     * @param seconds of one step
     * @param share   of the step, 0 to 1
     * @param gflops  10^9 operations a second; NaN where there are none that count
     */
    public record PartTime(String name, Work work, Spread seconds, double share, double gflops) {
    }

    /** Seconds a batch. */
    public Spread seconds(Pass pass) {
        return Spread.of(times.get(pass).steady());
    }

    /** Images a second. */
    public Spread imagesPerSecond(Pass pass) {
        return seconds(pass).rate(plan.batchSize());
    }

    /** 10^9 floating-point operations a second, by the median. */
    public double gflops(Pass pass) {
        return plan.operations(pass) / seconds(pass).median() * 1e-9;
    }

    /** Seconds of a training step whose parts were measured. */
    public Spread dissectedSeconds() {
        return Spread.of(steps.stream().map(StepParts::seconds).toList());
    }

    /** The parts of a training step, in order. */
    public List<PartTime> parts() {
        record Key(String name, Work work) {
        }
        Map<Key, List<Double>> measured = new LinkedHashMap<>();
        for (StepParts step : steps) {
            step.parts().forEach(part -> measured.computeIfAbsent(new Key(part.name(), part.work()), _ -> new ArrayList<>()).add(part.seconds()));
        }
        Map<String, LayerWork> work = new LinkedHashMap<>();
        LayerWork.of(plan.architecture(), plan.training()).forEach(layer -> work.put(layer.layer(), layer));
        double whole = steps.stream().mapToDouble(StepParts::seconds).sum();
        List<PartTime> parts = new ArrayList<>();
        measured.forEach((key, times) -> {
            Spread seconds = Spread.of(times);
            double share = times.stream().mapToDouble(Double::doubleValue).sum() / whole;
            double operations = operations(work.get(key.name()), key.work()) * plan.batchSize();
            parts.add(new PartTime(key.name(), key.work(), seconds, share, operations == 0 ? Double.NaN : operations / seconds.median() * 1e-9));
        });
        return parts;
    }

    private static double operations(LayerWork layer, Work work) {
        return switch (work) {
            case FORWARD -> layer == null ? 0 : layer.forward();
            case BACKWARD -> layer == null ? 0 : layer.backward();
            case UPLOAD, DOWNLOAD, EXCHANGE, WAITING -> 0;
        };
    }
}
