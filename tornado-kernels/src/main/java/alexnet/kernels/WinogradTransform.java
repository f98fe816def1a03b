package alexnet.kernels;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Winograd's minimal filtering F(outputs, size) by Toom and Cook's construction: {@code outputs} neighbouring results of a
 * correlation with a filter g of {@code size} numbers, from the {@code tile = outputs + size - 1} numbers d that they see, by
 * {@code tile} products instead of {@code outputs * size}: {@code y = Aᵀ [(G g) ⊙ (Bᵀ d)]}, and in two dimensions
 * {@code Y = Aᵀ [(G g Gᵀ) ⊙ (Bᵀ d B)] A} (Lavin and Gray 2016). The matrices are exact but for the last bit of a double.
 *
 * @param outputs results of a tile
 * @param size    numbers of the filter
 * @param points  where the polynomials are evaluated, {@code tile - 1} different ones, and infinity
 */
public record WinogradTransform(int outputs, int size, List<Double> points) {

    /** The points of {@link #ofSeven} and their opposites; kernels that are written out for them take them from here. */
    public static final double FIRST = 0.3;
    public static final double SECOND = 0.8;
    public static final double THIRD = 1.8;

    /**
     * Seven points, with infinity, whose results have errors lower by a third than those of the usual 0, ±1/2, ±1, 2. Filters of 3
     * and of 5 have them in common, so that a tile of seven is transformed alike for both.
     */
    private static final List<Double> SEVEN = List.of(FIRST, -FIRST, SECOND, -SECOND, THIRD, -THIRD);

    public WinogradTransform {
        points = List.copyOf(points);
        Shapes.requirePositive("minimal filtering", "outputs", outputs, "size", size);
        if (points.size() != outputs + size - 2 || points.stream().distinct().count() < points.size()) {
            throw new IllegalArgumentException("minimal filtering F(" + outputs + ", " + size + ") takes " + (outputs + size - 2)
                    + " different points beside infinity, not " + points);
        }
    }

    /** F(5, 3) or F(3, 5), or any other of seven points. */
    public static WinogradTransform ofSeven(int size) {
        return new WinogradTransform(SEVEN.size() + 2 - size, size, SEVEN);
    }

    /** The same points with outputs and filter exchanged: what the gradient by the filter takes, whose filter is the gradient by the outputs. */
    public WinogradTransform exchanged() {
        return new WinogradTransform(size, outputs, points);
    }

    /** Numbers of a tile of the input, and products. */
    public int tile() {
        return points.size() + 1;
    }

    /** Aᵀ, {@code [outputs][tile]}: powers of the points, and for infinity 1 in the last row. */
    public double[][] output() {
        double[][] matrix = new double[outputs][tile()];
        for (int row = 0; row < outputs; row++) {
            for (int i = 0; i < points.size(); i++) {
                matrix[row][i] = point(i).pow(row).doubleValue();
            }
        }
        matrix[outputs - 1][points.size()] = 1;
        return matrix;
    }

    /** G, {@code [tile][size]}: powers of the points, each row divided by the product of its point's distances from the others. */
    public double[][] filter() {
        double[][] matrix = new double[tile()][size];
        for (int i = 0; i < points.size(); i++) {
            BigDecimal at = point(i);
            BigDecimal distances = others(i).stream().map(at::subtract).reduce(BigDecimal.ONE, BigDecimal::multiply);
            for (int column = 0; column < size; column++) {
                matrix[i][column] = at.pow(column).divide(distances, MathContext.DECIMAL128).doubleValue();
            }
        }
        matrix[points.size()][size - 1] = 1;
        return matrix;
    }

    /** Bᵀ, {@code [tile][tile]}: the coefficients of the polynomial that has all other points for its zeros; for infinity all points. */
    public double[][] input() {
        double[][] matrix = new double[tile()][tile()];
        for (int i = 0; i < tile(); i++) {
            List<BigDecimal> coefficients = coefficients(others(i));
            for (int column = 0; column < coefficients.size(); column++) {
                matrix[i][column] = coefficients.get(column).doubleValue();
            }
        }
        return matrix;
    }

    private BigDecimal point(int index) {
        return BigDecimal.valueOf(points.get(index));
    }

    private List<BigDecimal> others(int index) {
        return IntStream.range(0, points.size()).filter(other -> other != index).mapToObj(this::point).toList();
    }

    /** Of the product of {@code x - zero}, the lowest power first. */
    private static List<BigDecimal> coefficients(List<BigDecimal> zeros) {
        List<BigDecimal> product = List.of(BigDecimal.ONE);
        for (BigDecimal zero : zeros) {
            List<BigDecimal> next = new ArrayList<>();
            for (int power = 0; power <= product.size(); power++) {
                BigDecimal shifted = power == 0 ? BigDecimal.ZERO : product.get(power - 1);
                BigDecimal scaled = power == product.size() ? BigDecimal.ZERO : product.get(power).multiply(zero);
                next.add(shifted.subtract(scaled));
            }
            product = next;
        }
        return product;
    }
}
