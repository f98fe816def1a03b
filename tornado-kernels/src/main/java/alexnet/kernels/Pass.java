package alexnet.kernels;

import java.util.Locale;

/** What of a layer with parameters is computed. */
public enum Pass {
    /** The output from the input. */
    FORWARD,
    /** The gradient by the input. */
    INPUT_GRADIENT,
    /** The gradients by weights and bias. */
    WEIGHT_GRADIENT;

    /** As users read it: {@code input gradient}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
