package alexnet.kernels;

/** What of a layer with parameters is computed. */
public enum Pass {
    /** The output from the input. */
    FORWARD,
    /** The gradient by the input. */
    INPUT_GRADIENT,
    /** The gradients by weights and bias. */
    WEIGHT_GRADIENT
}
