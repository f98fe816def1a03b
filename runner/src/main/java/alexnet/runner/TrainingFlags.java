package alexnet.runner;

import alexnet.core.network.Initialization;
import alexnet.core.training.Interval;
import alexnet.core.training.TrainingOptions;
import alexnet.core.training.TrainingOptions.Scheduler;
import picocli.CommandLine.Option;

/** What training is told by options; what isn't given comes from the checkpoint that is resumed, else from {@link #defaults}. */
@Section("Run")
final class TrainingFlags {

    private static final int DEFAULT_LR_STEP_SIZE = 10;
    private static final double DEFAULT_LR_GAMMA = 0.1;
    private static final double DEFAULT_LR_WARMUP_EPOCHS = 1;
    private static final double DEFAULT_MOMENTUM = 0.9;
    private static final double DEFAULT_WEIGHT_DECAY = 0.0005;
    private static final int DEFAULT_SEED = 1;

    @Option(names = "--epochs", paramLabel = "N",
            description = "Passes over the training images, or a fraction. Default: 30; alexnet-small: 12.")
    private Double epochs;

    @Option(names = {"-b", "--batch-size"}, paramLabel = "N",
            description = "Images in a step; the paper has 128. Default: 32; alexnet-small: 64.")
    private Integer batchSize;

    @Section("Schedule")
    @Option(names = "--lr", paramLabel = "RATE", description = "Learning rate. Default: 0.002; alexnet-small: 0.01.")
    private Double lr;

    @Section("Schedule")
    @Option(names = "--lr-scheduler", paramLabel = "NAME",
            description = "How the rate changes over the run: ${COMPLETION-CANDIDATES}; the paper has plateau. Drops of step come in the"
                    + " first step of an epoch. Default: cosine.")
    private Scheduler lrScheduler;

    @Section("Schedule")
    @Option(names = "--lr-step-size", paramLabel = "N",
            description = "Epochs between the drops of step; measurements without a better top-1 before a drop of plateau. Default: "
                    + DEFAULT_LR_STEP_SIZE + ".")
    private Integer lrStepSize;

    @Section("Schedule")
    @Option(names = "--lr-gamma", paramLabel = "FACTOR",
            description = "What a drop of step or plateau multiplies the rate by. Default: " + DEFAULT_LR_GAMMA + ".")
    private Double lrGamma;

    @Section("Schedule")
    @Option(names = "--lr-warmup-epochs", paramLabel = "N",
            description = "Epochs, or a fraction, over which the rate first rises; the step that completes them has all of it. Default: 1.")
    private Double lrWarmupEpochs;

    @Section("Schedule")
    @Option(names = "--momentum", paramLabel = "M", description = "Default: " + DEFAULT_MOMENTUM + ".")
    private Double momentum;

    @Section("Schedule")
    @Option(names = {"--wd", "--weight-decay"}, paramLabel = "W", description = "Of weights and biases alike. Default: 0.0005.")
    private Double weightDecay;

    @Option(names = "--init", paramLabel = "NAME", description = "How weights start: ${COMPLETION-CANDIDATES}. Default: kaiming.")
    private Initialization initialization;

    @Option(names = "--seed", paramLabel = "N",
            description = "Of initial weights, order, augmentation and dropout. Default: " + DEFAULT_SEED + ".")
    private Long seed;

    @Option(names = "--limit-batches", paramLabel = "N",
            description = "At most so many batches of training and of validation in an epoch; 0 is all. Default: 0.")
    private Integer limitBatches;

    @Option(names = "--validate-every", paramLabel = "INTERVAL", converter = IntervalConverter.class,
            description = "Measure after so many steps (500) or epochs (1e, 0.5e), and at the end. Default: 1e.")
    private Interval validateEvery;

    @Option(names = "--patience", paramLabel = "N",
            description = "End the run after so many measurements without a better top-1; 0 is never. Default: 0.")
    private Integer patience;

    /** The defaults of an architecture: each trains well with its own. */
    static TrainingOptions defaults(String architecture) {
        return switch (architecture) {
            case "alexnet" -> defaults(30, 32, 0.002);
            case "alexnet-small" -> defaults(12, 64, 0.01);
            default -> throw new IllegalArgumentException("no defaults for " + architecture);
        };
    }

    private static TrainingOptions defaults(int epochs, int batchSize, double lr) {
        return new TrainingOptions(epochs, batchSize, lr, Scheduler.COSINE, DEFAULT_LR_STEP_SIZE, DEFAULT_LR_GAMMA,
                DEFAULT_LR_WARMUP_EPOCHS, DEFAULT_MOMENTUM, DEFAULT_WEIGHT_DECAY, Initialization.KAIMING, DEFAULT_SEED, 0, Interval.EPOCH, 0);
    }

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
                given(limitBatches, base.limitBatches()), given(validateEvery, base.validateEvery()), given(patience, base.patience()));
    }

    private static <T> T given(T value, T otherwise) {
        return value != null ? value : otherwise;
    }
}
