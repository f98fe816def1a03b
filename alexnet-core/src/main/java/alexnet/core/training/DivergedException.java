package alexnet.core.training;

/** The loss is no longer a number, so going on would only destroy the weights. */
public final class DivergedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    DivergedException(int epoch, int step, double lr) {
        super("the loss is not a number at epoch " + epoch + ", step " + step + ", learning rate " + lr
                + ": try a smaller --lr; the last checkpoint is as it was after the epoch before");
    }
}
