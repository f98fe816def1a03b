package alexnet.kernels.reference;

import java.util.Arrays;

import alexnet.kernels.FullyConnectedShape;

/** A fully connected layer; layouts as in {@link FullyConnectedShape}. */
public final class FullyConnectedReference {

    private FullyConnectedReference() {
    }

    /** The output before ReLU: {@code weights * input + bias}. */
    public static double[] forward(FullyConnectedShape s, double[] input, double[] weights, double[] bias) {
        double[] output = new double[s.outputLength()];
        for (int u = 0; u < s.units(); u++) {
            Arrays.fill(output, u * s.images(), (u + 1) * s.images(), bias[u]);
            for (int i = 0; i < s.inputs(); i++) {
                for (int n = 0; n < s.images(); n++) {
                    output[u * s.images() + n] += weights[u * s.inputs() + i] * input[i * s.images() + n];
                }
            }
        }
        return output;
    }

    /** The gradient by the input. */
    public static double[] inputGradient(FullyConnectedShape s, double[] outputGradient, double[] weights) {
        double[] inputGradient = new double[s.inputLength()];
        for (int i = 0; i < s.inputs(); i++) {
            for (int u = 0; u < s.units(); u++) {
                for (int n = 0; n < s.images(); n++) {
                    inputGradient[i * s.images() + n] += weights[u * s.inputs() + i] * outputGradient[u * s.images() + n];
                }
            }
        }
        return inputGradient;
    }

    /** The gradient by the weights. */
    public static double[] weightGradient(FullyConnectedShape s, double[] input, double[] outputGradient) {
        double[] weightGradient = new double[s.weightLength()];
        for (int u = 0; u < s.units(); u++) {
            for (int i = 0; i < s.inputs(); i++) {
                double sum = 0;
                for (int n = 0; n < s.images(); n++) {
                    sum += outputGradient[u * s.images() + n] * input[i * s.images() + n];
                }
                weightGradient[u * s.inputs() + i] = sum;
            }
        }
        return weightGradient;
    }

    /** The gradient by the bias. */
    public static double[] biasGradient(FullyConnectedShape s, double[] outputGradient) {
        double[] biasGradient = new double[s.units()];
        for (int u = 0; u < s.units(); u++) {
            for (int n = 0; n < s.images(); n++) {
                biasGradient[u] += outputGradient[u * s.images() + n];
            }
        }
        return biasGradient;
    }
}
