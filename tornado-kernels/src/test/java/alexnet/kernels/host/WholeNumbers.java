package alexnet.kernels.host;

/** Matrices of small positive integers for the tests of products: their sums are exact in any order. */
final class WholeNumbers {

    private WholeNumbers() {
    }

    /** Numbers from 1 to {@code most}. */
    static float[] upTo(int most, int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = i * 7 % most + 1;
        }
        return values;
    }

    /** {@code [rows][taps]} times {@code [taps][columns]}, as in a textbook. */
    static float[] product(float[] weights, float[] data, int rows, int taps, int columns) {
        float[] sums = new float[rows * columns];
        for (int row = 0; row < rows; row++) {
            for (int tap = 0; tap < taps; tap++) {
                for (int column = 0; column < columns; column++) {
                    sums[row * columns + column] += weights[row * taps + tap] * data[tap * columns + column];
                }
            }
        }
        return sums;
    }
}
