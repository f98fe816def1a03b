package alexnet.kernels.host.winograd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole numbers, so that every order gives the same sums. */
class ColumnProductTest {

    private static final int ROWS = ColumnProduct.ROWS;
    private static final int BLOCK = ColumnProduct.BLOCK;

    @ParameterizedTest(name = "{0} blocks, room for {1} filters, add: {2}")
    @CsvSource({"1,1,false", "1,1000,true", "4,1,true", "5,1,false", "9,1000,true", "9,1000,false"})
    void sumsUpAllColumnsOfAPanel(int blocks, int filters, boolean add) {
        int width = ColumnProduct.width(filters);
        float[] left = wholeNumbers(7 + ROWS * BLOCK * blocks, 5);
        float[] right = wholeNumbers(3 + width * BLOCK * blocks, 7);
        float[] sums = new float[2 + ROWS * width + 2];
        Arrays.fill(sums, 11);

        new ColumnProduct(left, right, sums).multiply(7, 3, blocks, width, 2, add);

        for (int i = 0; i < sums.length; i++) {
            int row = (i - 2) / width;
            boolean within = i >= 2 && row < ROWS;
            float expected = within && !add ? 0 : 11;
            for (int column = 0; within && column < blocks * BLOCK; column++) {
                expected += left[7 + (column / BLOCK * ROWS + row) * BLOCK + column % BLOCK] * right[3 + column * width + (i - 2) % width];
            }
            assertEquals(expected, sums[i], "sum " + i);
        }
    }

    private static float[] wholeNumbers(int length, int modulus) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = i * 11 % modulus - modulus / 2;
        }
        return values;
    }
}
