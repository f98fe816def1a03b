package alexnet.kernels.reference;

import java.util.Arrays;

/** Rectified linear units (paper, section 3.1). */
public final class ReluReference {

    private ReluReference() {
    }

    /** {@code max(0, value)}; a NaN stays one. */
    public static double[] forward(double[] values) {
        return Arrays.stream(values).map(value -> Math.max(0, value)).toArray();
    }

    /** The gradient where the output is positive, 0 elsewhere and where the output is NaN. */
    public static double[] gradient(double[] output, double[] outputGradient) {
        double[] gradient = new double[output.length];
        for (int i = 0; i < output.length; i++) {
            gradient[i] = output[i] > 0 ? outputGradient[i] : 0;
        }
        return gradient;
    }
}
