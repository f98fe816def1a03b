package alexnet.kernels.host;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** All numbers are small integers, whose sums are exact in any order. */
class DotProductTest {

    @ParameterizedTest(name = "{0} rows with {1} of {2} numbers")
    @CsvSource({"1, 1, 1", "4, 3, 16", "8, 3, 100", "3, 2, 33", "7, 1, 7", "5, 3, 32"})
    void addsTheProductsOfEveryPairOfRows(int leftRows, int rightRows, int length) {
        leftRows = Math.min(leftRows, DotProduct.LEFT_ROWS);
        float[] left = integers(leftRows * length, 5);
        float[] right = integers(rightRows * length, 7);
        float[] sums = new float[DotProduct.TILE];
        DotProduct product = new DotProduct();
        product.operands(left, length, right, length, sums);

        product.add(0, leftRows, 0, rightRows, length, 0);
        product.add(0, leftRows, 0, rightRows, length, 0);

        for (int l = 0; l < leftRows; l++) {
            for (int r = 0; r < rightRows; r++) {
                float expected = 0;
                for (int i = 0; i < length; i++) {
                    expected += 2 * left[l * length + i] * right[r * length + i];
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
