package alexnet.kernels.reference;

import alexnet.kernels.ConvolutionShape;

/**
 * Convolution with zero padding and channel groups (paper, section 3.5); layouts as in {@link ConvolutionShape}. Each method
 * visits every weight once with every pair of pixels that it joins.
 */
public final class ConvolutionReference {

    private ConvolutionReference() {
    }

    /** The output before ReLU: {@code bias + weights * input}. */
    public static double[] forward(ConvolutionShape s, double[] input, double[] weights, double[] bias) {
        double[] output = new double[s.outputLength()];
        for (int at = 0; at < output.length; at++) {
            output[at] = bias[at / (output.length / s.filters())];
        }
        forEachTap(s, (in, weight, out) -> {
            for (int n = 0; n < s.images(); n++) {
                output[out + n] += weights[weight] * input[in + n];
            }
        });
        return output;
    }

    /** The gradient by the input. */
    public static double[] inputGradient(ConvolutionShape s, double[] outputGradient, double[] weights) {
        double[] inputGradient = new double[s.inputLength()];
        forEachTap(s, (in, weight, out) -> {
            for (int n = 0; n < s.images(); n++) {
                inputGradient[in + n] += weights[weight] * outputGradient[out + n];
            }
        });
        return inputGradient;
    }

    /** The gradient by the weights. */
    public static double[] weightGradient(ConvolutionShape s, double[] input, double[] outputGradient) {
        double[] weightGradient = new double[s.weightLength()];
        forEachTap(s, (in, weight, out) -> {
            for (int n = 0; n < s.images(); n++) {
                weightGradient[weight] += input[in + n] * outputGradient[out + n];
            }
        });
        return weightGradient;
    }

    /** The gradient by the bias. */
    public static double[] biasGradient(ConvolutionShape s, double[] outputGradient) {
        double[] biasGradient = new double[s.filters()];
        for (int at = 0; at < s.outputLength(); at++) {
            biasGradient[at / (s.outputLength() / s.filters())] += outputGradient[at];
        }
        return biasGradient;
    }

    /** A weight, and the first image of the input and the output pixel that it joins. */
    private interface Tap {
        void visit(int in, int weight, int out);
    }

    private static void forEachTap(ConvolutionShape s, Tap tap) {
        for (int f = 0; f < s.filters(); f++) {
            int firstChannel = f / s.filtersPerGroup() * s.channelsPerGroup();
            for (int c = 0; c < s.channelsPerGroup(); c++) {
                for (int ky = 0; ky < s.size(); ky++) {
                    for (int kx = 0; kx < s.size(); kx++) {
                        int weight = ((f * s.channelsPerGroup() + c) * s.size() + ky) * s.size() + kx;
                        for (int y = 0; y < s.outputHeight(); y++) {
                            for (int x = 0; x < s.outputWidth(); x++) {
                                int row = y * s.stride() + ky - s.padding();
                                int column = x * s.stride() + kx - s.padding();
                                if (row >= 0 && row < s.height() && column >= 0 && column < s.width()) {
                                    int in = ((firstChannel + c) * s.height() + row) * s.width() + column;
                                    int out = (f * s.outputHeight() + y) * s.outputWidth() + x;
                                    tap.visit(in * s.images(), weight, out * s.images());
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
