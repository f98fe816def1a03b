package alexnet.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WinogradTransformTest {

    /** The bilinear form is the correlation's: each pair of a filter's and an input's number counts for the output that they meet in. */
    @ParameterizedTest(name = "filter of {0}")
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7})
    void isACorrelation(int filter) {
        int outputs = WinogradTransform.POINTS + 1 - filter;
        WinogradTransform t = WinogradTransform.of(outputs, filter);
        for (int output = 0; output < outputs; output++) {
            for (int j = 0; j < filter; j++) {
                for (int i = 0; i < WinogradTransform.POINTS; i++) {
                    double coefficient = 0;
                    for (int point = 0; point < WinogradTransform.POINTS; point++) {
                        coefficient += t.a()[point][output] * t.g()[point][j] * t.b()[i][point];
                    }
                    assertEquals(i == output + j ? 1 : 0, coefficient, 1e-14);
                }
            }
        }
    }

    @Test
    void bothFilterSizesHaveTheSameInputTransform() {
        assertArrayEquals(WinogradTransform.of(5, 3).b(), WinogradTransform.of(3, 5).b());
    }

    @Test
    void otherNumbersOfProductsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> WinogradTransform.of(4, 3));
        assertThrows(IllegalArgumentException.class, () -> WinogradTransform.of(8, 0));
    }
}
