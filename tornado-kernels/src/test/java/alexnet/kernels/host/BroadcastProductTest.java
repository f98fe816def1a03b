package alexnet.kernels.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All numbers are small positive integers, whose sums are exact in any order. */
class BroadcastProductTest {

    private static final float OLD = 1000;

    @ParameterizedTest(name = "{0} rows, {1} columns, {2} taps")
    @CsvSource({"1, 1, 1", "2, 3, 5", "5, 15, 7", "6, 16, 9", "7, 17, 4", "11, 33, 20", "12, 32, 11", "13, 64, 3", "18, 40, 2100",
            "25, 100, 1", "4, 300, 1025", "3, 10, 0"})
    void sumsTheTapsOfEveryRowAndColumn(int rows, int columns, int taps) {
        float[] weights = integers(rows * taps, 3);
        float[] data = integers(taps * columns, 5);
        float[] expected = new float[rows * columns];
        for (int row = 0; row < rows; row++) {
            for (int tap = 0; tap < taps; tap++) {
                for (int column = 0; column < columns; column++) {
                    expected[row * columns + column] += weights[row * taps + tap] * data[tap * columns + column];
                }
            }
        }
        BroadcastProduct product = new BroadcastProduct();
        product.taps().line(taps, 1, columns);
        float[] out = new float[rows * columns];
        Arrays.fill(out, OLD);
        product.operands(weights, taps, data, out, columns);

        product.multiply(0, 0, 0, rows, columns, false);
        assertArrayEquals(expected, out);

        product.multiply(0, 0, 0, rows, columns, true);
        for (int i = 0; i < expected.length; i++) {
            expected[i] *= 2;
        }
        assertArrayEquals(expected, out);
    }

    private static float[] integers(int length, int modulus) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = i * 7 % modulus + 1;
        }
        return values;
    }
}
