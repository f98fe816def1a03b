package alexnet.kernels.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All numbers are small integers, whose sums are exact in any order. */
class DotProductTest {

    @ParameterizedTest(name = "{0} rows with {1}, {2} runs of {3}, {4} apart on the right")
    @CsvSource({"1, 1, 1, 1, 1", "4, 3, 1, 16, 16", "8, 3, 1, 100, 100", "3, 2, 5, 33, 66", "7, 1, 4, 7, 28", "5, 3, 9, 32, 32"})
    void addsTheProductsOfEveryPairOfRows(int leftRows, int rightRows, int runs, int length, int rightRun) {
        leftRows = Math.min(leftRows, DotProduct.LEFT_ROWS);
        float[] left = integers(leftRows * runs * length, 5);
        float[] right = integers(rightRows * runs * rightRun, 7);
        float[] sums = new float[DotProduct.TILE];
        DotProduct product = new DotProduct();
        product.operands(left, runs * length, right, runs * rightRun, sums);
        product.steps().strides(runs, length, rightRun, Lanes.COUNT, Lanes.COUNT, 0, 0);
        product.steps().box(0, length / Lanes.COUNT, 1);

        product.add(0, leftRows, 0, rightRows, runs, length, length, rightRun, 0);
        product.add(0, leftRows, 0, rightRows, runs, length, length, rightRun, 0);

        for (int l = 0; l < leftRows; l++) {
            for (int r = 0; r < rightRows; r++) {
                float expected = 0;
                for (int i = 0; i < runs * length; i++) {
                    int place = i / length * rightRun + i % length;
                    expected += 2 * left[l * runs * length + i] * right[r * runs * rightRun + place];
                }
                assertEquals(expected, Lanes.sum(sums, (l * DotProduct.RIGHT_ROWS + r) * Lanes.COUNT), "rows " + l + " and " + r);
            }
        }
    }

    private static float[] integers(int length, int modulus) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = i * 11 % modulus - modulus / 2;
        }
        return values;
    }
}
