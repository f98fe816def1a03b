package alexnet.kernels;

/**
 * What dropout multiplies values by (paper, section 4.2).
 *
 * @param training those that it keeps
 * @param testing  all of them
 */
public record DropoutScales(float training, float testing) {

    /** Those of {@link KernelFamily#dropout} of that rate. */
    public static DropoutScales of(float rate, boolean inverted) {
        return inverted ? new DropoutScales(1 / (1 - rate), 1) : new DropoutScales(1, 1 - rate);
    }
}
