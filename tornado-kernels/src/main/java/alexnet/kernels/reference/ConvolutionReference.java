package alexnet.kernels.reference;

import alexnet.kernels.ConvolutionShape;

/**
 * Convolution with zero padding and channel groups (paper, section 3.5); layouts as in {@link ConvolutionShape}. Each method
 * visits every product of a weight and an input once.
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
        forEachProduct(s, (in, weight, out) -> output[out] += weights[weight] * input[in]);
        return output;
    }

    /** The gradient by the input. */
    public static double[] inputGradient(ConvolutionShape s, double[] outputGradient, double[] weights) {
        double[] inputGradient = new double[s.inputLength()];
        forEachProduct(s, (in, weight, out) -> inputGradient[in] += weights[weight] * outputGradient[out]);
        return inputGradient;
    }

    /** The gradient by the weights. */
    public static double[] weightGradient(ConvolutionShape s, double[] input, double[] outputGradient) {
        double[] weightGradient = new double[s.weightLength()];
        forEachProduct(s, (in, weight, out) -> weightGradient[weight] += input[in] * outputGradient[out]);
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

    private interface Product {
        void visit(int in, int weight, int out);
    }

    private static void forEachProduct(ConvolutionShape s, Product product) {
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
                                    for (int n = 0; n < s.images(); n++) {
                                        product.visit(in * s.images() + n, weight, out * s.images() + n);
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
