package alexnet.runner;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import alexnet.core.data.decode.JpegCodecs;
import alexnet.core.data.feed.TrainingData;
import alexnet.core.model.Entries;
import alexnet.core.network.Architecture;
import alexnet.core.replica.Reduction;
import alexnet.core.replica.Replicas;
import alexnet.core.replica.Replication;
import alexnet.core.replica.Share;
import alexnet.core.run.SameStart;
import alexnet.core.training.TrainingOptions;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How processes that mpirun has started train one network together, and what has to be the same in all of them. */
@Section("Run")
final class ReplicaOptions {

    /** Options that may be others on another machine, or that rank 0's alone count of. */
    private static final Set<String> OWN = Set.of("data", "workers", "decoder", "cache", "no_cache", "devices", "step_timeout", "report");
    /** Images in a step up to which the recipe of the paper is known to lose nothing. */
    private static final int LARGE_BATCH = 1024;
    private static final Duration LEAST_TIMEOUT = Duration.ofSeconds(10);

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--reduce", paramLabel = "all|factors|auto",
            description = "Under mpirun: how ranks come to the gradients of fully connected layers: sum them all, gather their factors and multiply, which is"
                    + " the same up to rounding, or for each layer what sends fewer bytes. Default: ${DEFAULT-VALUE}.")
    private Reduction reduce = Reduction.AUTO;

    @Option(names = "--rank-timeout", paramLabel = "DURATION", converter = StepTimeout.Converter.class, defaultValue = "60s",
            description = "Under mpirun: end when nothing is heard of another rank for longer than this, as when its machine is gone or a link is cut: 10s or"
                    + " more; 0 waits for ever. Default: ${DEFAULT-VALUE}.")
    private Duration timeout;

    /** How long another rank may be silent, zero for ever. */
    Duration timeout() {
        Usage.require(spec, timeout.isZero() || timeout.compareTo(LEAST_TIMEOUT) >= 0,
                "--rank-timeout takes " + LEAST_TIMEOUT.toSeconds() + "s or more: ranks meet once a second, and a busy machine is late");
        return timeout;
    }

    /** How the gradients of fully connected layers are put together. */
    Reduction reduction() {
        return reduce;
    }

    /**
     * How gradients are put together, and with whom.
     *
     * @param ofNetwork ranks that only the network calls
     */
    Replication replication(Replicas ofNetwork) {
        return new Replication(ofNetwork, reduce);
    }

    /** Makes sure that all ranks run the same program and were told the same; before they say anything else to each other. */
    void requireSameCommand(Ranks ranks) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("the program", Version.program());
        ResolvedOptions.of(spec, Map.of()).forEach((key, value) -> {
            if (!OWN.contains(key)) {
                facts.put(option(key), value.toString());
            }
        });
        ranks.requireSame(facts);
    }

    /** Makes sure that all train the same network in the same way, wherever the options of that come from. */
    static void requireSameTraining(Ranks ranks, TrainingOptions options, Architecture network) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("the architecture", network.name() + " (" + SameStart.hash(Entries.text(network).getBytes(StandardCharsets.UTF_8)) + ")");
        Entries.tree(options).properties().forEach(option -> facts.put(option(option.getKey()), option.getValue().asText(option.getValue().toString())));
        ranks.requireSame(facts);
    }

    /** Makes sure that all see the same images, and make the same pixels of them. */
    static void requireSameImages(Ranks ranks, TrainingData prepared) {
        if (ranks.replicas().isAlone()) {
            return;
        }
        SameStart.requireImages(ranks.replicas(), prepared.fingerprint());
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("the decoder of JPEGs", JpegCodecs.decoderName());
        facts.put("the mean image", SameStart.hash(Entries.text(prepared.statistics().mean()).getBytes(StandardCharsets.UTF_8)));
        ranks.requireSame(facts);
    }

    private static String option(String key) {
        return "--" + key.replace('_', '-');
    }

    /** Tells what the size of the batch entails, if anything. */
    static void tellBatch(TrainingOptions options, PrintWriter news, PrintWriter err) {
        if (options.scaledLr() != options.lr()) {
            news.printf(Locale.ROOT, "the learning rate is %.6g: --lr %s is meant for batches of %d, and scaled to %d (%s)%n", options.scaledLr(),
                    options.lr(), options.lrBatchSize(), options.batchSize(), options.lrScaling());
        }
        if (options.batchSize() > LARGE_BATCH) {
            err.printf(Locale.ROOT, "batches of %,d images: beyond %,d AlexNet loses accuracy, also with the rate scaled: on ImageNet, top-1 is 57.6 %%"
                    + " with batches of 256, 53.1 with 4,096 and 44.8 with 8,192 (You et al., 2017)%n", options.batchSize(), LARGE_BATCH);
        }
    }

    /** How the batch is shared, in words; empty for a rank alone. */
    static String shares(Ranks ranks, TrainingOptions options) {
        int slots = Share.of(ranks.replicas(), options.batchSize()).slots();
        return ranks.replicas().isAlone() ? "" : ", " + slots + " of them on each of " + ranks.replicas().size() + " ranks,";
    }
}
