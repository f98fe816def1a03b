package alexnet.kernels.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class PackedProductTest {

    private static final float OLD = 1000;

    @BeforeEach
    void onlyWhereArraysAreOnTheHeap() {
        assumeFalse(new FloatArray(1).getSegment().isNative(), "this runtime keeps arrays in native memory");
    }

    @ParameterizedTest(name = "{0} rows, {1} columns, {2} taps")
    @CsvSource({"1, 1, 1", "2, 3, 6", "5, 15, 8", "6, 16, 10", "7, 17, 4", "11, 33, 20", "12, 32, 12", "13, 64, 2", "18, 40, 600",
            "25, 100, 2", "4, 300, 194", "3, 10, 1"})
    void sumsTheTapsOfEveryRowAndColumn(int rows, int columns, int taps) {
        float[] weights = WholeNumbers.upTo(3, rows * taps);
        float[] data = WholeNumbers.upTo(5, taps * columns);
        float[] expected = WholeNumbers.product(weights, data, rows, taps, columns);
        float[] out = new float[rows * columns];
        Arrays.fill(out, OLD);
        PackedProduct product = new PackedProduct();
        product.operands(data, out, columns);
        product.panels(panels(weights, 1, rows, 1, taps), taps);
        product.taps().line(taps, PackedProduct.ROWS, columns);

        product.multiply(0, 0, 0, rows, columns, false, 1, 0, 0);
        assertArrayEquals(expected, out);

        product.multiply(0, 0, 0, rows, columns, true, 1, 0, 0);
        for (int i = 0; i < expected.length; i++) {
            expected[i] *= 2;
        }
        assertArrayEquals(expected, out);
    }

    /** As the weights of a channel do, with the second of two left sides. */
    @ParameterizedTest(name = "{0} rows")
    @ValueSource(ints = {1, 6, 12, 17})
    void packsRowsThatConsistOfRuns(int rows) {
        int runs = 3;
        int length = 5;
        float[] weights = WholeNumbers.upTo(3, 2 * runs * rows * length);
        int start = runs * rows * length;
        float[] data = WholeNumbers.upTo(5, runs * length);
        float[] expected = new float[rows];
        for (int row = 0; row < rows; row++) {
            for (int tap = 0; tap < runs * length; tap++) {
                expected[row] += weights[start + (tap / length * rows + row) * length + tap % length] * data[tap];
            }
        }
        float[] out = new float[rows];
        PackedProduct product = new PackedProduct();
        product.operands(data, out, 1);
        product.panels(panels(weights, 2, rows, runs, length), runs * length);
        product.taps().line(runs * length, PackedProduct.ROWS, 1);
        product.multiply(Panels.length(rows, runs * length), 0, 0, rows, 1, false, 1, 0, 0);
        assertArrayEquals(expected, out);
    }

    /** As the weights of a fully connected layer do on the way back: a tap is a row of the source. */
    @ParameterizedTest(name = "{0} rows of {1}, {2} taps")
    @CsvSource({"1, 1, 1", "6, 6, 3", "12, 40, 5", "17, 17, 4", "25, 64, 7"})
    void packsRowsThatLieSideBySide(int rows, int sourceRows, int taps) {
        float[] weights = WholeNumbers.upTo(3, taps * sourceRows);
        float[] data = WholeNumbers.upTo(5, taps);
        int start = sourceRows - rows;
        float[] expected = new float[rows];
        for (int row = 0; row < rows; row++) {
            for (int tap = 0; tap < taps; tap++) {
                expected[row] += weights[start + tap * sourceRows + row] * data[tap];
            }
        }
        float[] out = new float[rows];
        PackedProduct product = new PackedProduct();
        product.operands(data, out, 1);
        float[] panels = new float[Panels.length(rows, taps)];
        Panels.packColumns(weights, start, sourceRows, rows, taps, panels);
        product.panels(panels, taps);
        product.taps().line(taps, PackedProduct.ROWS, 1);
        product.multiply(0, 0, 0, rows, 1, false, 1, 0, 0);
        assertArrayEquals(expected, out);
    }

    @ParameterizedTest(name = "{0} columns")
    @ValueSource(ints = {1, 16, 37})
    void writesTheBlocksAndNothingBesideThem(int columns) {
        int rows = 8;
        int blocks = 3;
        int stride = blocks * columns + 2;
        float[] weights = WholeNumbers.upTo(3, rows);
        float[] data = WholeNumbers.upTo(5, blocks * columns);
        float[] out = new float[(rows + 1) * stride];
        Arrays.fill(out, OLD);
        float[] expected = out.clone();
        for (int row = 0; row < rows; row++) {
            for (int i = 0; i < blocks * columns; i++) {
                expected[row * stride + 1 + i] = weights[row] * data[i];
            }
        }
        PackedProduct product = new PackedProduct();
        product.operands(data, out, stride);
        product.panels(panels(weights, 1, rows, 1, 1), 1);
        product.taps().line(1, PackedProduct.ROWS, columns);
        product.multiply(0, 0, 1, rows, columns, false, blocks, columns, columns);
        assertArrayEquals(expected, out);
    }

    @ParameterizedTest(name = "{0} columns, ReLU {1}")
    @CsvSource({"1, true", "1, false", "40, true", "40, false"})
    void addsTheBiasToCompleteSums(int columns, boolean relu) {
        int rows = 14;
        int taps = 400;
        float[] weights = WholeNumbers.upTo(3, rows * taps);
        float[] data = new float[taps * columns];
        Arrays.fill(data, 1);
        float[] biases = new float[rows + 1];
        float[] expected = new float[rows * columns];
        for (int row = 0; row < rows; row++) {
            biases[row + 1] = -500 - 40 * row;
            float sum = biases[row + 1];
            for (int tap = 0; tap < taps; tap++) {
                sum += weights[row * taps + tap];
            }
            Arrays.fill(expected, row * columns, (row + 1) * columns, relu ? Math.max(0, sum) : sum);
        }
        float[] out = new float[rows * columns];
        PackedProduct product = new PackedProduct();
        product.operands(data, out, columns);
        product.panels(panels(weights, 1, rows, 1, taps), taps);
        product.taps().line(taps, PackedProduct.ROWS, columns);
        product.bias(biases, 1, relu);
        product.multiply(0, 0, 0, rows, columns, false, 1, 0, 0);
        assertArrayEquals(expected, out);
    }

    /** Each side {@code [runs][rows][length]}, in panels that are full of NaN before. */
    private static float[] panels(float[] weights, int sides, int rows, int runs, int length) {
        FloatArray panels = new FloatArray(sides * Panels.length(rows, runs * length));
        panels.init(Float.NaN);
        Panels.pack(sides, rows, runs * rows * length, length, runs, length, rows * length, FloatArray.fromArray(weights), panels);
        return HostArrays.floats(panels);
    }
}
