package alexnet.core.training;

import java.util.List;

/**
 * How the learning rate changes over a run, as a factor of the initial rate. A pure function of the place in the run and
 * of the validation errors so far, so that a resumed run goes on exactly.
 *
 * <p>A decay counts from where a step begins, so that a drop takes effect in the first step behind its boundary and the last
 * step of a run still learns; a warm-up counts from where a step ends, so that the first step learns already.
 */
public sealed interface Schedule {

    /**
     * A step's place in the run.
     *
     * @param epoch from 1
     * @param step  of the epoch, from 1
     * @param steps of every epoch
     */
    record Place(int epoch, int step, int steps) {

        /** Epochs of training before the step. */
        double begin() {
            return epoch - 1 + (double) (step - 1) / steps;
        }

        /** Epochs of training after the step. */
        double end() {
            return epoch - 1 + (double) step / steps;
        }
    }

    /**
     * The factor for one step.
     *
     * @param place  the step
     * @param epochs epochs of the whole run, with their fraction
     * @param errors validation top-1 error of each measurement before
     */
    double factor(Place place, double epochs, List<Double> errors);

    /** The same rate throughout. */
    record Constant() implements Schedule {
        @Override
        public double factor(Place place, double epochs, List<Double> errors) {
            return 1;
        }
    }

    /** Multiplied by {@code gamma} every {@code size} epochs, from the first step of the next one on, as torchvision's StepLR. */
    record Step(int size, double gamma) implements Schedule {
        @Override
        public double factor(Place place, double epochs, List<Double> errors) {
            return Math.pow(gamma, Math.floorDiv(place.epoch() - 1, size));
        }
    }

    /** Multiplied by {@code gamma} from the first step of each of these epochs on, which are counted from 1. */
    record MultiStep(List<Integer> milestones, double gamma) implements Schedule {
        @Override
        public double factor(Place place, double epochs, List<Double> errors) {
            return Math.pow(gamma, milestones.stream().filter(milestone -> milestone <= place.epoch()).count());
        }
    }

    /** Half a cosine, from the full rate in the first step to zero when the run is over. */
    record Cosine() implements Schedule {
        @Override
        public double factor(Place place, double epochs, List<Double> errors) {
            return 0.5 * (1 + Math.cos(Math.PI * place.begin() / epochs));
        }
    }

    /**
     * The paper's: multiplied by {@code gamma} when the validation error has not fallen below its minimum for
     * {@code patience} measurements, at most {@code times} times (section 5: divided by 10, three times).
     */
    record Plateau(int patience, double gamma, int times) implements Schedule {
        @Override
        public double factor(Place place, double epochs, List<Double> errors) {
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

    /**
     * Rises linearly over the first {@code warmup} epochs, which may end within one, and is at its height in the step that
     * completes them. It multiplies {@code after}, which counts from the beginning of the run.
     */
    record Warmup(double warmup, Schedule after) implements Schedule {
        @Override
        public double factor(Place place, double epochs, List<Double> errors) {
            double ramp = warmup > 0 ? Math.min(1, place.end() / warmup) : 1;
            return ramp * after.factor(place, epochs, errors);
        }
    }
}
