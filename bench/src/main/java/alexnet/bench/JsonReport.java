package alexnet.bench;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

import alexnet.core.replica.Reduction;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A contest for programs, as one JSON object. Times are in seconds; what could not be measured is null. */
public final class JsonReport {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<alexnet.kernels.Pass, String> PASSES = Map.of(alexnet.kernels.Pass.FORWARD, "forward",
            alexnet.kernels.Pass.INPUT_GRADIENT, "inputGradient", alexnet.kernels.Pass.WEIGHT_GRADIENT, "weightGradient");

    private JsonReport() {
    }

    /** The bytes of the file. */
    public static byte[] of(Plan plan, Contest contest, Instant start, String program) {
        ObjectNode root = head(plan, start, program);
        ArrayNode results = root.putArray("results");
        ArrayNode limits = root.putArray("limits");
        ArrayNode parts = root.putArray("parts");
        ArrayNode algorithms = root.putArray("algorithms");
        for (Outcome outcome : contest.outcomes()) {
            outcome.times().keySet().forEach(pass -> describe(outcome, pass, results.addObject()));
            outcome.limits().ifPresent(limit -> {
                ObjectNode node = identify(outcome, limits.addObject());
                node.put("gflops", limit.gflops());
                node.put("gigabytesPerSecond", limit.gigabytesPerSecond());
            });
            outcome.identity().layers().forEach(layer -> {
                ObjectNode node = identify(outcome, algorithms.addObject());
                node.put("layer", layer.layer());
                for (alexnet.kernels.Pass pass : alexnet.kernels.Pass.values()) {
                    node.put(PASSES.get(pass), layer.algorithm(pass).orElse(null));
                }
            });
            outcome.parts().forEach(part -> {
                ObjectNode node = identify(outcome, parts.addObject());
                node.put("name", part.name());
                node.put("work", part.work().name().toLowerCase(Locale.ROOT));
                spread(node.putObject("seconds"), part.seconds());
                node.put("shareOfStep", part.share());
                node.put("gflops", Double.isNaN(part.gflops()) ? null : part.gflops());
            });
        }
        ArrayNode comparisons = root.putArray("comparisons");
        contest.comparisons().forEach(comparison -> comparisons.addObject().put("engine", comparison.peer())
                .put("sameNetwork", comparison.agreement().holds()).put("logitsError", comparison.agreement().error())
                .put("tolerance", comparison.agreement().tolerance()));
        return (root.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** The same of several ranks. */
    public static byte[] of(RankOutcome outcome, Reduction reduction, Instant start, String program) {
        Plan plan = outcome.plan();
        ObjectNode root = head(plan, start, program);
        root.put("architecture", plan.architecture().name()).put("ranks", outcome.ranks()).put("batchSize", plan.batchSize());
        root.put("device", outcome.identity().device()).put("convolution", outcome.identity().convolution()).put("reduce", reduction.toString());
        spread(root.putObject("imagesPerSecond"), outcome.imagesPerSecond());
        spread(root.putObject("imagesPerSecondApart"), outcome.imagesPerSecondApart());
        root.put("scaling", outcome.scaling());
        spread(root.putObject("secondsAStep"), outcome.of(RankOutcome.Step::seconds));
        spread(root.putObject("computingSeconds"), outcome.of(RankOutcome.Step::computing));
        spread(root.putObject("reducingSeconds"), outcome.of(RankOutcome.Step::reducing));
        spread(root.putObject("waitingSeconds"), outcome.of(RankOutcome.Step::waiting));
        root.put("hidden", outcome.hidden());
        root.put("bytesSentARank", outcome.together().getFirst().bytes());
        return (root.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectNode head(Plan plan, Instant start, String program) {
        ObjectNode root = JSON.createObjectNode();
        root.put("start", start.toString());
        root.put("program", program);
        Machine.describe(root);
        root.put("rounds", plan.rounds());
        root.put("stepsARound", plan.steps());
        root.put("warmUpSteps", plan.warmUp());
        plan.training().frozen().stream().sorted().forEach(root.putArray("frozen")::add);
        return root;
    }

    private static ObjectNode identify(Outcome outcome, ObjectNode node) {
        return node.put("engine", outcome.identity().engine()).put("device", outcome.identity().device()).put("convolution", outcome.identity().convolution());
    }

    private static void describe(Outcome outcome, Pass pass, ObjectNode node) {
        Plan plan = outcome.plan();
        identify(outcome, node);
        node.put("deviceName", outcome.identity().name());
        node.put("version", outcome.identity().version());
        node.put("kernels", outcome.identity().kernels());
        node.put("architecture", plan.architecture().name());
        node.put("pass", pass.label());
        node.put("batchSize", plan.batchSize());
        Spread rate = outcome.imagesPerSecond(pass);
        node.put("imagesPerSecond", rate.median());
        node.put("minimum", rate.minimum());
        node.put("maximum", rate.maximum());
        node.put("gflops", outcome.gflops(pass));
        node.put("shareOfLimit", outcome.limits().map(limit -> outcome.gflops(pass) / limit.gflops()).orElse(null));
        spread(node.putObject("secondsAStep"), outcome.seconds(pass));
        node.put("firstStepSeconds", outcome.times().get(pass).first());
        node.put("startSeconds", outcome.startSeconds());
        node.put("peakMemoryBytes", outcome.peakBytes() == 0 ? null : outcome.peakBytes());
    }

    private static void spread(ObjectNode node, Spread spread) {
        node.put("median", spread.median()).put("minimum", spread.minimum()).put("maximum", spread.maximum());
    }
}
