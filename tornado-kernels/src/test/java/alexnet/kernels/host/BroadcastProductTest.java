package alexnet.kernels.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BroadcastProductTest {

    private static final float OLD = 1000;

    @ParameterizedTest(name = "{0} rows, {1} columns, {2} taps")
    @CsvSource({"1, 1, 1", "2, 3, 5", "5, 15, 7", "6, 16, 9", "7, 17, 4", "11, 33, 20", "12, 32, 11", "13, 64, 3", "18, 40, 2100",
            "25, 100, 1", "4, 300, 1025", "3, 10, 0"})
    void sumsTheTapsOfEveryRowAndColumn(int rows, int columns, int taps) {
        float[] weights = WholeNumbers.upTo(3, rows * taps);
        float[] data = WholeNumbers.upTo(5, taps * columns);
        float[] expected = WholeNumbers.product(weights, data, rows, taps, columns);
        BroadcastProduct product = new BroadcastProduct();
        float[] out = new float[rows * columns];
        Arrays.fill(out, OLD);
        product.operands(weights, taps, data, columns, out, columns);

        product.multiply(0, 0, 0, rows, columns, taps, false);
        assertArrayEquals(expected, out);

        product.multiply(0, 0, 0, rows, columns, taps, true);
        for (int i = 0; i < expected.length; i++) {
            expected[i] *= 2;
        }
        assertArrayEquals(expected, out);
    }

    /** The data of the last tap are followed by a vector that belongs to none. */
    @ParameterizedTest(name = "{0} rows, {1} columns")
    @CsvSource({"1, 16", "11, 32", "13, 48"})
    void addsTheTapsOfSeveralRuns(int rows, int columns) {
        int runs = 3;
        int length = 5;
        int runStride = 7;
        float[] weights = WholeNumbers.upTo(3, rows * runs * runStride);
        float[] data = WholeNumbers.upTo(5, runs * length * columns + Lanes.COUNT);
        float[] out = new float[rows * columns];
        Arrays.fill(out, OLD);
        float[] expected = out.clone();
        for (int row = 0; row < rows; row++) {
            for (int tap = 0; tap < runs * length; tap++) {
                float weight = weights[row * runs * runStride + tap / length * runStride + tap % length];
                for (int column = 0; column < columns; column++) {
                    expected[row * columns + column] += weight * data[tap * columns + column];
                }
            }
        }
        BroadcastProduct product = new BroadcastProduct();
        product.operands(weights, runs * runStride, data, columns, out, columns);
        product.add(0, 0, 0, rows, columns, runs, length, runStride);
        assertArrayEquals(expected, out);
    }
}
