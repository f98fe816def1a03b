package alexnet.runner;

import alexnet.core.network.Initialization;
import alexnet.core.training.TrainingOptions;
import alexnet.core.training.TrainingOptions.Scheduler;
import picocli.CommandLine.Option;

/** What training is told by options; what isn't given comes from the checkpoint that is resumed, else from {@link #DEFAULTS}. */
final class TrainingFlags {

    private static final int DEFAULT_EPOCHS = 30;
    private static final int DEFAULT_BATCH_SIZE = 32;
    private static final double DEFAULT_LR = 0.002;
    private static final int DEFAULT_LR_STEP_SIZE = 10;
    private static final double DEFAULT_LR_GAMMA = 0.1;
    private static final double DEFAULT_LR_WARMUP_EPOCHS = 1;
    private static final double DEFAULT_MOMENTUM = 0.9;
    private static final double DEFAULT_WEIGHT_DECAY = 0.0005;
    private static final int DEFAULT_SEED = 1;

    static final TrainingOptions DEFAULTS = new TrainingOptions(DEFAULT_EPOCHS, DEFAULT_BATCH_SIZE, DEFAULT_LR, Scheduler.COSINE,
            DEFAULT_LR_STEP_SIZE, DEFAULT_LR_GAMMA, DEFAULT_LR_WARMUP_EPOCHS, DEFAULT_MOMENTUM, DEFAULT_WEIGHT_DECAY,
            Initialization.KAIMING, DEFAULT_SEED, 0);

    @Option(names = "--epochs", paramLabel = "N", description = "Passes over the training images. Default: " + DEFAULT_EPOCHS + ".")
    private Integer epochs;

    @Option(names = {"-b", "--batch-size"}, paramLabel = "N",
            description = "Images in a step; the paper has 128. Default: " + DEFAULT_BATCH_SIZE + ".")
    private Integer batchSize;

    @Option(names = "--lr", paramLabel = "RATE", description = "Learning rate. Default: " + DEFAULT_LR + ".")
    private Double lr;

    @Option(names = "--lr-scheduler", paramLabel = "NAME",
            description = "How the rate changes over the run: ${COMPLETION-CANDIDATES}; the paper has plateau. Default: cosine.")
    private Scheduler lrScheduler;

    @Option(names = "--lr-step-size", paramLabel = "N",
            description = "Epochs between the drops of step; epochs without a better validation before a drop of plateau. Default: "
                    + DEFAULT_LR_STEP_SIZE + ".")
    private Integer lrStepSize;

    @Option(names = "--lr-gamma", paramLabel = "FACTOR",
            description = "What a drop of step or plateau multiplies the rate by. Default: " + DEFAULT_LR_GAMMA + ".")
    private Double lrGamma;

    @Option(names = "--lr-warmup-epochs", paramLabel = "N",
            description = "Epochs over which the rate first rises from zero. Default: " + DEFAULT_LR_WARMUP_EPOCHS + ".")
    private Double lrWarmupEpochs;

    @Option(names = "--momentum", paramLabel = "M", description = "Default: " + DEFAULT_MOMENTUM + ".")
    private Double momentum;

    @Option(names = {"--wd", "--weight-decay"}, paramLabel = "W", description = "Default: " + DEFAULT_WEIGHT_DECAY + ".")
    private Double weightDecay;

    @Option(names = "--init", paramLabel = "NAME", description = "How weights start: ${COMPLETION-CANDIDATES}. Default: kaiming.")
    private Initialization initialization;

    @Option(names = "--seed", paramLabel = "N",
            description = "Of initial weights, order, augmentation and dropout. Default: " + DEFAULT_SEED + ".")
    private Long seed;

    @Option(names = "--limit-batches", paramLabel = "N",
            description = "At most so many batches of training and of validation in an epoch; 0 is all. Default: 0.")
    private Integer limitBatches;

    /**
     * These options, with what isn't given from {@code base}.
     *
     * @throws IllegalArgumentException naming the option whose value is impossible
     */
    TrainingOptions over(TrainingOptions base) {
        return new TrainingOptions(given(epochs, base.epochs()), given(batchSize, base.batchSize()), given(lr, base.lr()),
                given(lrScheduler, base.lrScheduler()), given(lrStepSize, base.lrStepSize()), given(lrGamma, base.lrGamma()),
                given(lrWarmupEpochs, base.lrWarmupEpochs()), given(momentum, base.momentum()),
                given(weightDecay, base.weightDecay()), given(initialization, base.initialization()), given(seed, base.seed()),
                given(limitBatches, base.limitBatches()));
    }

    private static <T> T given(T value, T otherwise) {
        return value != null ? value : otherwise;
    }
}
