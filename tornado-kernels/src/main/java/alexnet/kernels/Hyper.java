package alexnet.kernels;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The places of the numbers that change from step to step in the small array that carries them to the devices. TornadoVM
 * compiles scalar arguments into a kernel as constants, so what changes has to travel in an array.
 */
public final class Hyper {

    /** The learning rate, epsilon in the paper: one for each {@link ParameterGroup}, in their order. */
    public static final int RATE = 0;
    /** The weight decay, 0.0005 in the paper: one for each {@link ParameterGroup}. */
    public static final int WEIGHT_DECAY = 2;
    /** The momentum, 0.9 in the paper. */
    public static final int MOMENTUM = 4;
    /** One over the number of images in the batch: the loss is their mean. */
    public static final int LOSS_SCALE = 5;
    /** Elements of the array. */
    public static final int LENGTH = 6;

    private Hyper() {
    }

    /** Sets {@link #RATE} or {@link #WEIGHT_DECAY} of a group. */
    public static void set(FloatArray hyper, int first, ParameterGroup group, double value) {
        hyper.set(first + group.ordinal(), (float) value);
    }

    /** Sets {@link #RATE} or {@link #WEIGHT_DECAY} of all groups. */
    public static void setAll(FloatArray hyper, int first, double value) {
        for (ParameterGroup group : ParameterGroup.values()) {
            set(hyper, first, group, value);
        }
    }
}
