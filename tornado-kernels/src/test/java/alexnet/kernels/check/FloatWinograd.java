package alexnet.kernels.check;

import alexnet.kernels.ConvolutionShape;
import alexnet.kernels.WinogradTransform;

/** Minimal filtering by floats as one writes it down, for convolutions at stride 1 in one group. */
final class FloatWinograd {

    private FloatWinograd() {
    }

    /** The output before ReLU. */
    static float[] forward(WinogradTransform transform, ConvolutionShape s, double[] input, double[] weights, double[] bias) {
        int points = transform.tile() * transform.tile();
        int step = transform.outputs();
        float[] output = new float[s.outputLength()];
        for (int n = 0; n < s.images(); n++) {
            for (int top = 0; top < s.outputHeight(); top += step) {
                for (int left = 0; left < s.outputWidth(); left += step) {
                    float[][] tiles = new float[s.channels()][];
                    for (int c = 0; c < s.channels(); c++) {
                        tiles[c] = both(transform.input(), window(input, c, s.height(), s.width(), s.images(), n, top - s.padding(),
                                left - s.padding(), transform.tile()));
                    }
                    for (int f = 0; f < s.filters(); f++) {
                        float[] sums = new float[points];
                        for (int c = 0; c < s.channels(); c++) {
                            float[] filter = both(transform.filter(), window(weights, f * s.channels() + c, s.size(), s.size(), 1, 0, 0, 0,
                                    transform.size()));
                            addProducts(sums, filter, tiles[c]);
                        }
                        float[] results = both(transform.output(), sums);
                        for (int i = 0; i < results.length; i++) {
                            int row = top + i / step;
                            int column = left + i % step;
                            if (row < s.outputHeight() && column < s.outputWidth()) {
                                output[((f * s.outputHeight() + row) * s.outputWidth() + column) * s.images() + n] = results[i] + (float) bias[f];
                            }
                        }
                    }
                }
            }
        }
        return output;
    }

    /** The gradient by the weights; the transform's outputs are the taps. */
    static float[] weightGradient(WinogradTransform transform, ConvolutionShape s, double[] input, double[] outputGradient) {
        int step = transform.size();
        float[] gradient = new float[s.weightLength()];
        for (int weight = 0; weight < s.filters() * s.channels(); weight++) {
            float[] sums = new float[transform.tile() * transform.tile()];
            for (int top = 0; top < s.outputHeight(); top += step) {
                for (int left = 0; left < s.outputWidth(); left += step) {
                    for (int n = 0; n < s.images(); n++) {
                        addProducts(sums,
                                both(transform.filter(), window(outputGradient, weight / s.channels(), s.outputHeight(), s.outputWidth(),
                                        s.images(), n, top, left, step)),
                                both(transform.input(), window(input, weight % s.channels(), s.height(), s.width(), s.images(), n,
                                        top - s.padding(), left - s.padding(), transform.tile())));
                    }
                }
            }
            System.arraycopy(both(transform.output(), sums), 0, gradient, weight * s.size() * s.size(), s.size() * s.size());
        }
        return gradient;
    }

    private static void addProducts(float[] sums, float[] a, float[] b) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += a[i] * b[i];
        }
    }

    /** A square of a plane of one image, zero beyond the plane. */
    static float[] window(double[] array, int plane, int rows, int columns, int images, int image, int top, int left, int side) {
        float[] window = new float[side * side];
        for (int i = 0; i < window.length; i++) {
            int row = top + i / side;
            int column = left + i % side;
            if (row >= 0 && row < rows && column >= 0 && column < columns) {
                window[i] = (float) array[((plane * rows + row) * columns + column) * images + image];
            }
        }
        return window;
    }

    /** {@code M x Mᵀ}. */
    static float[] both(double[][] matrix, float[] x) {
        int side = matrix[0].length;
        float[] half = new float[matrix.length * side];
        float[] product = new float[matrix.length * matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < side; j++) {
                for (int k = 0; k < side; k++) {
                    half[i * side + j] += (float) matrix[i][k] * x[k * side + j];
                }
            }
            for (int j = 0; j < matrix.length; j++) {
                for (int k = 0; k < side; k++) {
                    product[i * matrix.length + j] += half[i * side + k] * (float) matrix[j][k];
                }
            }
        }
        return product;
    }
}
