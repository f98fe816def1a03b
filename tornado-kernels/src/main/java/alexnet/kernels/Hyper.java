package alexnet.kernels;

/**
 * The places of the numbers that change from step to step in the small array that carries them to the devices. TornadoVM
 * compiles scalar arguments into a kernel as constants, so what changes has to travel in an array.
 */
public final class Hyper {

    /** The learning rate, epsilon in the paper. */
    public static final int RATE = 0;
    /** The momentum, 0.9 in the paper. */
    public static final int MOMENTUM = 1;
    /** The weight decay, 0.0005 in the paper. */
    public static final int WEIGHT_DECAY = 2;
    /** One over the number of images in the batch: the loss is their mean. */
    public static final int LOSS_SCALE = 3;
    /** Elements of the array. */
    public static final int LENGTH = 4;

    private Hyper() {
    }
}
