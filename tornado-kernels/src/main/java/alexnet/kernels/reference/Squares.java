package alexnet.kernels.reference;

import java.util.Arrays;

/** Small matrices. */
final class Squares {

    private Squares() {
    }

    /** {@code M x Mᵀ}, x and the result row by row. */
    static double[] both(double[][] matrix, double[] x) {
        int side = matrix[0].length;
        double[] half = new double[matrix.length * side];
        for (int i = 0; i < matrix.length; i++) {
            for (int k = 0; k < side; k++) {
                for (int j = 0; j < side; j++) {
                    half[i * side + j] += matrix[i][k] * x[k * side + j];
                }
            }
        }
        double[] product = new double[matrix.length * matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < matrix.length; j++) {
                for (int k = 0; k < side; k++) {
                    product[i * matrix.length + j] += half[i * side + k] * matrix[j][k];
                }
            }
        }
        return product;
    }

    static double[][] magnitudes(double[][] matrix) {
        return Arrays.stream(matrix).map(Squares::magnitudes).toArray(double[][]::new);
    }

    static double[] magnitudes(double[] values) {
        return Arrays.stream(values).map(Math::abs).toArray();
    }
}
