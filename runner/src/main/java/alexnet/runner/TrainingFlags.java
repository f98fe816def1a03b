package alexnet.runner;

import java.util.List;

import alexnet.core.model.Entries;
import alexnet.core.training.Interval;
import alexnet.core.training.LrScaling;
import alexnet.core.training.TrainingOptions;
import alexnet.core.training.TrainingOptions.Scheduler;
import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What training is told by options, a configuration or a recipe; null is not told. Fields are called as in {@link TrainingOptions};
 * the defaults are in recipes/default.yaml.
 */
@Section("Schedule")
@JsonAutoDetect(fieldVisibility = Visibility.ANY)
@JsonInclude(JsonInclude.Include.NON_NULL)
final class TrainingFlags {

    /** How layers are told that an earlier run was told others of. */
    private static final List<String> NONE = List.of("none");

    @Section("Run")
    @Option(names = "--epochs", paramLabel = "N", description = "Passes over the training images, or a fraction.")
    private Double epochs;

    @Section("Run")
    @Option(names = {"-b", "--batch-size"}, paramLabel = "N", description = "Images in a step, of all ranks together under mpirun.")
    private Integer batchSize;

    @Option(names = "--lr", paramLabel = "RATE", description = "Learning rate.")
    private Double lr;

    @Option(names = "--lr-scaling", paramLabel = "linear|sqrt|none",
            description = "How --lr grows with --batch-size beyond the batch that it is meant for: linear (Goyal et al., 2017; with --lr-warmup-epochs 5),"
                    + " sqrt (Krizhevsky, 2014) or none.")
    private LrScaling lrScaling;

    @Option(names = "--lr-batch-size", paramLabel = "N", description = "The batch that --lr is meant for, where it is scaled.")
    private Integer lrBatchSize;

    @Option(names = "--bias-lr", paramLabel = "FACTOR", description = "What multiplies the learning rate of biases.")
    private Double biasLr;

    @Option(names = "--lr-scheduler", paramLabel = "NAME",
            description = "How the rate changes over the run: ${COMPLETION-CANDIDATES}. Drops of step and multistep come in the first step"
                    + " of an epoch.")
    private Scheduler lrScheduler;

    @Option(names = "--lr-step-size", paramLabel = "N",
            description = "Epochs between the drops of step; measurements without a better top-1 before a drop of plateau.")
    private Integer lrStepSize;

    @Option(names = "--lr-milestones", paramLabel = "EPOCH[,EPOCH]", split = ",", hideParamSyntax = true,
            description = "The epochs, counted from 1, in whose first step multistep drops.")
    private List<Integer> lrMilestones;

    @Option(names = "--lr-gamma", paramLabel = "FACTOR", description = "What a drop of step, multistep or plateau multiplies the rate by.")
    private Double lrGamma;

    @Option(names = "--lr-warmup-epochs", paramLabel = "N",
            description = "Epochs, or a fraction, over which the rate first rises; the step that completes them has all of it.")
    private Double lrWarmupEpochs;

    @Option(names = "--lr-layer", paramLabel = "LAYER=FACTOR[,LAYER=FACTOR]", split = ",", hideParamSyntax = true,
            description = "What multiplies the learning rate of layers, as fc8=10 or conv1-conv5=0.1, beside --bias-lr. Default: 1 for each, as after none.")
    private List<String> lrLayer;

    @Option(names = "--freeze", paramLabel = "LAYER[,LAYER]", split = ",", hideParamSyntax = true,
            description = "Layers that stay as they are, as conv1 or conv1-conv5: no gradient is computed for them, nor below the lowest that learns."
                    + " Default: none.")
    private List<String> freeze;

    @Option(names = "--momentum", paramLabel = "M", description = "Share of the last update that the next one goes on with.")
    private Double momentum;

    @Option(names = {"--wd", "--weight-decay"}, paramLabel = "W", description = "Share of the weights, times the rate, that a step takes away.")
    private Double weightDecay;

    @Option(names = "--bias-wd", paramLabel = "FACTOR", description = "What multiplies the weight decay of biases.")
    private Double biasWd;

    @Section("Data")
    @Option(names = "--colour-noise", paramLabel = "DEVIATION",
            description = "Standard deviation of the noise along the principal components of the colours; 0 is none.")
    private Double colourNoise;

    @Section("Data")
    @Option(names = "--colour-noise-until", paramLabel = "EPOCH",
            description = "The first epoch, counted from 1, without colour noise; 0 is none.")
    private Integer colourNoiseUntil;

    @Mixin
    @JsonUnwrapped
    private NetworkFlags network = new NetworkFlags();

    @Section("Run")
    @Option(names = "--seed", paramLabel = "N", description = "Of initial weights, order, augmentation and dropout.")
    private Long seed;

    @Section("Run")
    @Option(names = "--limit-batches", paramLabel = "N", description = "At most so many batches of training and of validation in an epoch; 0 is all.")
    private Integer limitBatches;

    @Section("Run")
    @Option(names = "--validate-every", paramLabel = "INTERVAL", converter = IntervalConverter.class,
            description = "Measure after so many steps (500) or epochs (1e, 0.5e), and at the end.")
    private Interval validateEvery;

    @Section("Run")
    @Option(names = "--patience", paramLabel = "N",
            description = "End the run after so many measurements without a better top-1; 0 is never.")
    private Integer patience;

    /**
     * These options, with what isn't told from {@code base}.
     *
     * @throws IllegalArgumentException naming the option whose value is impossible
     */
    TrainingOptions over(TrainingOptions base) {
        return over(Entries.tree(base));
    }

    /** The same over a tree that needs not be whole. */
    TrainingOptions over(ObjectNode base) {
        ObjectNode told = Entries.tree(this);
        // A scheme of start values has its own bias.
        if (network.initialization != null && network.initBias == null) {
            told.put("init_bias", network.initialization.bias());
        }
        if (NONE.equals(freeze)) {
            told.putArray("freeze");
        }
        if (NONE.equals(lrLayer)) {
            told.putArray("lr_layer");
        }
        return Entries.record(base.setAll(told), TrainingOptions.class);
    }
}
