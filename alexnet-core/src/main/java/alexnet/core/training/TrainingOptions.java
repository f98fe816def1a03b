package alexnet.core.training;

import java.util.List;
import java.util.Locale;

import alexnet.core.network.LayerOptions;
import alexnet.core.network.NetworkOptions;
import alexnet.kernels.AlgorithmChoice;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * What a training run is to do. The names follow torchvision's reference script; a checkpoint keeps them, so that a resumed
 * run goes on as it was.
 *
 * @param epochs       passes over the training set, or a fraction
 * @param batchSize    images in a step
 * @param lr           the learning rate, epsilon in the paper (section 5), before the scheduler
 * @param lrScaling    how the rate grows with the batch
 * @param lrBatchSize  the size of a batch that the learning rate is meant for; it is scaled where batches have another
 * @param biasLr       factor of the rate for biases: 1 in the paper, 2 in the authors' program and in Caffe
 * @param lrScheduler  how the rate changes over the run
 * @param lrStepSize   epochs between drops of the step scheduler, measurements without progress before one of the plateau
 *                     scheduler
 * @param lrMilestones epochs, from 1, in whose first steps the multistep scheduler drops
 * @param lrGamma      factor of such a drop, 0.1 in the paper
 * @param lrWarmupEpochs epochs, or a fraction, over which the rate first rises linearly
 * @param momentum     0.9 in the paper
 * @param weightDecay  0.0005 in the paper
 * @param biasWd       factor of the decay for biases: 1 in the paper, 0 in the authors' program and in Caffe
 * @param colourNoise  standard deviation of alpha (section 4.1), 0.1 in the paper; 0 is none
 * @param colourNoiseUntil the first epoch, from 1, without colour noise; 0 is none
 * @param network      what of the network is chosen
 * @param layers       which of its layers stay as they are, and which have a rate of their own
 * @param seed         of initial weights, order, crops, colour noise and dropout
 * @param limitBatches at most so many batches of training and of validation in an epoch; 0 is all
 * @param validateEvery when the network is measured, besides at the end; steps or epochs
 * @param patience     measurements without a higher top-1 after which the run ends early; 0 is never
 * @param convolution  by which algorithms convolutions are computed; they round differently
 */
public record TrainingOptions(double epochs, int batchSize, double lr, LrScaling lrScaling, int lrBatchSize, double biasLr, Scheduler lrScheduler, int lrStepSize,
                              List<Integer> lrMilestones, double lrGamma, double lrWarmupEpochs, double momentum, double weightDecay,
                              double biasWd, double colourNoise, int colourNoiseUntil, @JsonUnwrapped NetworkOptions network,
                              @JsonUnwrapped LayerOptions layers, long seed, int limitBatches, Interval validateEvery, int patience, AlgorithmChoice convolution) {

    /** The schedulers that {@code --lr-scheduler} names. */
    public enum Scheduler {
        /** The same rate throughout. */
        CONSTANT,
        /** Multiplied by gamma every step-size epochs. */
        STEP,
        /** Multiplied by gamma at each of the milestones, as in the authors' diary. */
        MULTISTEP,
        /** Half a cosine, to zero when the run is over. */
        COSINE,
        /** The paper's: multiplied by gamma, up to three times, when the validation error stops falling. */
        PLATEAU;

        /** The name as users write it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How often the paper lowered the rate (section 5). */
    private static final int PLATEAU_DROPS = 3;
    /** More than anybody waits for; epochs are counted in 32 bits. */
    private static final int MAX_EPOCHS = 1_000_000_000;

    public TrainingOptions {
        lrMilestones = List.copyOf(lrMilestones);
        require("--epochs", epochs, epochs > 0 && epochs <= MAX_EPOCHS, "above 0 and at most " + MAX_EPOCHS);
        require("--batch-size", batchSize, batchSize >= 1, "at least 1");
        requireAtLeast0("--lr", lr);
        require("--lr-batch-size", lrBatchSize, lrBatchSize >= 1, "at least 1");
        requireAtLeast0("--bias-lr", biasLr);
        require("--lr-step-size", lrStepSize, lrStepSize >= 1, "at least 1");
        require("--lr-milestones", lrMilestones, ascending(lrMilestones), "epochs, from 1, each later than the one before");
        require("--lr-milestones", lrMilestones, lrScheduler != Scheduler.MULTISTEP || !lrMilestones.isEmpty(), "some epochs with --lr-scheduler multistep");
        require("--lr-gamma", lrGamma, lrGamma > 0 && lrGamma <= 1, "above 0 and at most 1");
        requireAtLeast0("--lr-warmup-epochs", lrWarmupEpochs);
        require("--momentum", momentum, momentum >= 0 && momentum < 1, "at least 0 and below 1");
        requireAtLeast0("--weight-decay", weightDecay);
        requireAtLeast0("--bias-wd", biasWd);
        requireAtLeast0("--colour-noise", colourNoise);
        require("--colour-noise-until", colourNoiseUntil, colourNoiseUntil >= 0, "at least 0");
        require("--limit-batches", limitBatches, limitBatches >= 0, "at least 0");
        require("--patience", patience, patience >= 0, "at least 0");
        if (validateEvery instanceof Interval.Time) {
            throw new IllegalArgumentException("--validate-every is " + validateEvery
                    + ", must be steps or epochs: a plateau's drops depend on when is measured, and on the clock nothing may depend");
        }
    }

    private static boolean ascending(List<Integer> epochs) {
        int before = 0;
        boolean ascending = true;
        for (int epoch : epochs) {
            ascending &= epoch > before;
            before = epoch;
        }
        return ascending;
    }

    private static void requireAtLeast0(String option, double value) {
        require(option, value, value >= 0 && value < Double.POSITIVE_INFINITY, "at least 0");
    }

    private static void require(String option, Object value, boolean holds, String wanted) {
        if (!holds) {
            throw new IllegalArgumentException(option + " is " + value + ", must be " + wanted);
        }
    }

    /** The schedule that these options describe. */
    public Schedule schedule() {
        Schedule after = switch (lrScheduler) {
            case CONSTANT -> new Schedule.Constant();
            case STEP -> new Schedule.Step(lrStepSize, lrGamma);
            case MULTISTEP -> new Schedule.MultiStep(lrMilestones, lrGamma);
            case COSINE -> new Schedule.Cosine();
            case PLATEAU -> new Schedule.Plateau(lrStepSize, lrGamma, PLATEAU_DROPS);
        };
        return new Schedule.Warmup(lrWarmupEpochs, after);
    }

    /** The learning rate for batches of this size, before the scheduler. */
    public double scaledLr() {
        return lr * lrScaling.factor((double) batchSize / lrBatchSize);
    }

    /** Standard deviation of the colour noise in an epoch, from 1. */
    double colourNoise(int epoch) {
        return colourNoiseUntil > 0 && epoch >= colourNoiseUntil ? 0 : colourNoise;
    }
}
