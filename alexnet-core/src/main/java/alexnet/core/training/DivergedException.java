package alexnet.core.training;

import java.util.Locale;

/** A loss or the network itself is no longer finite, so going on, or keeping it, would only destroy what there is. */
public final class DivergedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private DivergedException(String message) {
        super(message);
    }

    /**
     * A loss is infinite or NaN.
     *
     * @param where the step and its epoch
     * @param which the training's or the validation's
     * @param lr    the last step's
     * @param cause what is known of where that comes from
     */
    public static DivergedException loss(String where, String which, double loss, double lr, String cause) {
        return new DivergedException(String.format(Locale.ROOT, "%s: the %s loss is %s at learning rate %.6g; %s", where, which,
                Double.isNaN(loss) ? "not a number" : "infinite", lr, cause));
    }

    /**
     * A tensor of the network holds what is infinite or NaN.
     *
     * @param where behind which step or epoch
     */
    public static DivergedException tensor(String where, String tensor) {
        return new DivergedException(where + ": tensor " + tensor + " of the network holds values that are not finite");
    }

    /** The same, with what the user is left with. */
    public DivergedException with(String remains) {
        DivergedException told = new DivergedException(getMessage() + "; " + remains);
        told.initCause(this);
        return told;
    }
}
