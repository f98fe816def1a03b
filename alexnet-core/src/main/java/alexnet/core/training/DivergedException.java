package alexnet.core.training;

import java.util.Locale;

/** A loss or the network itself is no longer finite, so going on, or keeping it, would only destroy what there is. */
public final class DivergedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final long step;

    private DivergedException(long step, String message) {
        super(message);
        this.step = step;
    }

    /**
     * A loss is infinite or NaN.
     *
     * @param step  in which, or behind which it was measured
     * @param epoch of the step
     * @param which the training's or the validation's
     * @param lr    the step's
     * @param cause what is known of where that comes from
     */
    public static DivergedException loss(long step, int epoch, String which, double loss, double lr, String cause) {
        return new DivergedException(step, String.format(Locale.ROOT, "step %d (epoch %d): the %s loss is %s at learning rate %.6g; %s", step, epoch,
                which, Double.isNaN(loss) ? "not a number" : "infinite", lr, cause));
    }

    /**
     * A tensor of the network holds what is infinite or NaN.
     *
     * @param step behind which
     */
    public static DivergedException tensor(long step, String tensor) {
        return new DivergedException(step, "step " + step + ": tensor " + tensor + " of the network holds values that are not finite");
    }

    /** What another rank has noticed. */
    public static DivergedException elsewhere(long step, String message) {
        return new DivergedException(step, message);
    }

    /** The step of the run in which it was noticed. */
    public long step() {
        return step;
    }

    /** The same, with what the user is left with. */
    public DivergedException with(String remains) {
        DivergedException told = new DivergedException(step, getMessage() + "; " + remains);
        told.initCause(this);
        return told;
    }
}
