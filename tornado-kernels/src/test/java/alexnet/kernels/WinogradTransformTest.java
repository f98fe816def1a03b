package alexnet.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WinogradTransformTest {

    /** Of the sum of the magnitudes of the products. */
    private static final double TOLERANCE = 1e-13;
    private static final int DRAWS = 100;

    static Stream<WinogradTransform> transforms() {
        return Stream.of(WinogradTransform.ofSeven(3), WinogradTransform.ofSeven(5), WinogradTransform.ofSeven(3).exchanged(),
                new WinogradTransform(2, 3, List.of(0.0, 1.0, -1.0)), new WinogradTransform(1, 1, List.of()));
    }

    @ParameterizedTest
    @MethodSource("transforms")
    void correlatesInOneDimension(WinogradTransform transform) {
        Random random = new Random(1);
        for (int draw = 0; draw < DRAWS; draw++) {
            double[][] filter = numbers(random, transform.size(), 1);
            double[][] tile = numbers(random, transform.tile(), 1);
            double[][] products = elementWise(times(transform.filter(), filter), times(transform.input(), tile));
            double[][] outputs = times(transform.output(), products);
            for (int y = 0; y < transform.outputs(); y++) {
                double expected = 0;
                double magnitude = 0;
                for (int k = 0; k < transform.size(); k++) {
                    expected += filter[k][0] * tile[y + k][0];
                    magnitude += Math.abs(filter[k][0] * tile[y + k][0]);
                }
                assertEquals(expected, outputs[y][0], TOLERANCE * magnitude);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("transforms")
    void correlatesInTwoDimensions(WinogradTransform transform) {
        Random random = new Random(2);
        for (int draw = 0; draw < DRAWS; draw++) {
            double[][] filter = numbers(random, transform.size(), transform.size());
            double[][] tile = numbers(random, transform.tile(), transform.tile());
            double[][] outputs = both(transform.output(),
                    elementWise(both(transform.filter(), filter), both(transform.input(), tile)));
            for (int y = 0; y < transform.outputs(); y++) {
                for (int x = 0; x < transform.outputs(); x++) {
                    double expected = 0;
                    double magnitude = 0;
                    for (int ky = 0; ky < transform.size(); ky++) {
                        for (int kx = 0; kx < transform.size(); kx++) {
                            expected += filter[ky][kx] * tile[y + ky][x + kx];
                            magnitude += Math.abs(filter[ky][kx] * tile[y + ky][x + kx]);
                        }
                    }
                    assertEquals(expected, outputs[y][x], TOLERANCE * magnitude);
                }
            }
        }
    }

    /** F(2, 3) of the points 0, 1, -1, as Lavin and Gray print it, but for signs that cancel. */
    @Test
    void isTheOneOfThePaperForItsPoints() {
        WinogradTransform transform = new WinogradTransform(2, 3, List.of(0.0, 1.0, -1.0));
        assertArrayEquals(new double[][] {{1, 1, 1, 0}, {0, 1, -1, 1}}, transform.output());
        assertArrayEquals(new double[][] {{-1, 0, 0}, {0.5, 0.5, 0.5}, {0.5, -0.5, 0.5}, {0, 0, 1}}, transform.filter());
        assertArrayEquals(new double[][] {{-1, 0, 1, 0}, {0, 1, 1, 0}, {0, -1, 1, 0}, {0, -1, 0, 1}}, transform.input());
    }

    /** Points in pairs of opposite sign: rows of a pair differ in the signs of even powers alone, and no zero is a rounded one. */
    @Test
    void sevenPointsAreThreePairsAndInfinity() {
        assertEquals(7, WinogradTransform.ofSeven(3).tile());
        double[][] input = WinogradTransform.ofSeven(3).input();
        for (int row = 0; row < input.length - 1; row += 2) {
            for (int column = 0; column < input.length; column++) {
                assertEquals(0, input[row][column] - (column % 2 == 0 ? -1 : 1) * input[row + 1][column]);
            }
        }
        assertEquals(0, input[6][1]);
        assertArrayEquals(WinogradTransform.ofSeven(5).input(), input);
    }

    @Test
    void refusesPointsThatAreTooFewOrTwice() {
        assertThrows(IllegalArgumentException.class, () -> new WinogradTransform(2, 3, List.of(0.0, 1.0)));
        assertThrows(IllegalArgumentException.class, () -> new WinogradTransform(2, 3, List.of(0.0, 1.0, 1.0)));
    }

    private static double[][] numbers(Random random, int rows, int columns) {
        return Stream.generate(() -> random.doubles(columns, -1, 1).toArray()).limit(rows).toArray(double[][]::new);
    }

    /** M x Mᵀ. */
    private static double[][] both(double[][] matrix, double[][] x) {
        return transposed(times(matrix, transposed(times(matrix, x))));
    }

    private static double[][] times(double[][] a, double[][] b) {
        double[][] product = new double[a.length][b[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b[0].length; j++) {
                for (int k = 0; k < b.length; k++) {
                    product[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return product;
    }

    private static double[][] transposed(double[][] a) {
        double[][] transposed = new double[a[0].length][a.length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a[0].length; j++) {
                transposed[j][i] = a[i][j];
            }
        }
        return transposed;
    }

    private static double[][] elementWise(double[][] a, double[][] b) {
        double[][] product = new double[a.length][a[0].length];
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a[0].length; j++) {
                product[i][j] = a[i][j] * b[i][j];
            }
        }
        return product;
    }
}
