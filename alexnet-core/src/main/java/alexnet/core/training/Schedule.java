package alexnet.core.training;

import java.util.List;

/**
 * How the learning rate changes over a run, as a factor of the initial rate. A pure function of the place in the run and
 * of the validation errors so far, so that a resumed run goes on exactly.
 */
public sealed interface Schedule {

    /**
     * The factor for one step.
     *
     * @param epoch  epochs finished, with the share of the current one as fraction
     * @param epochs epochs of the whole run
     * @param errors validation top-1 error after each finished epoch
     */
    double factor(double epoch, int epochs, List<Double> errors);

    /** The same rate throughout. */
    record Constant() implements Schedule {
        @Override
        public double factor(double epoch, int epochs, List<Double> errors) {
            return 1;
        }
    }

    /** Multiplied by {@code gamma} every {@code size} epochs, as torchvision's StepLR. */
    record Step(int size, double gamma) implements Schedule {
        @Override
        public double factor(double epoch, int epochs, List<Double> errors) {
            return Math.pow(gamma, Math.floorDiv((int) epoch, size));
        }
    }

    /** Half a cosine from the full rate down to zero at the end of the run. */
    record Cosine() implements Schedule {
        @Override
        public double factor(double epoch, int epochs, List<Double> errors) {
            return 0.5 * (1 + Math.cos(Math.PI * Math.min(1, epoch / epochs)));
        }
    }

    /**
     * The paper's: multiplied by {@code gamma} when the validation error has not fallen below its minimum for
     * {@code patience} epochs, at most {@code times} times (section 5: divided by 10, three times).
     */
    record Plateau(int patience, double gamma, int times) implements Schedule {
        @Override
        public double factor(double epoch, int epochs, List<Double> errors) {
            double lowest = Double.POSITIVE_INFINITY;
            int waited = 0;
            int drops = 0;
            for (double error : errors) {
                if (error < lowest) {
                    lowest = error;
                    waited = 0;
                } else if (++waited == patience) {
                    drops = Math.min(times, drops + 1);
                    waited = 0;
                }
            }
            return Math.pow(gamma, drops);
        }
    }

    /** Rises linearly from zero over the first {@code warmup} epochs, then follows {@code after}. */
    record Warmup(double warmup, Schedule after) implements Schedule {
        @Override
        public double factor(double epoch, int epochs, List<Double> errors) {
            double ramp = warmup > 0 ? Math.min(1, epoch / warmup) : 1;
            return ramp * after.factor(epoch, epochs, errors);
        }
    }
}
