package alexnet.kernels;

/**
 * The matrices of Winograd's minimal filtering F(outputs, filter): {@code y = Aᵀ[(G g) ⊙ (Bᵀ d)]} are the {@code outputs} sums
 * {@code y[i] = sum over j of g[j] d[i + j]}, by {@link #POINTS} multiplications; in two dimensions
 * {@code Y = Aᵀ[(G g Gᵀ) ⊙ (Bᵀ d B)]A} (Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", 2015).
 *
 * <p>They are Toom's and Cook's: two polynomials are evaluated where the product is wanted, at ±{@link #ABSCISSAE} and infinity, and
 * interpolated; transposed, the product of polynomials is a correlation. Points near one round least; pairs of opposite ones let
 * a row and the next share their even and their odd terms. Every row of Bᵀ has a one for its last term, and what the interpolation
 * divides by is in G: one rounding less a row, and both F(5, 3) and F(3, 5) have the same B.
 *
 * @param outputs neighbouring outputs of a tile, in one dimension
 * @param filter  the filter's length
 * @param a       {@code [POINTS][outputs]}
 * @param g       {@code [POINTS][filter]}
 * @param b       {@code [POINTS][POINTS]}: not transposed, a column for each row of Bᵀ
 */
public record WinogradTransform(int outputs, int filter, double[][] a, double[][] g, double[][] b) {

    /** The points on the right; their opposites and infinity are the others. */
    private static final double[] ABSCISSAE = {0.3, 0.8, 1.8};
    /** Rows and columns of a tile: as many numbers of the input meet, and as many products are taken. */
    public static final int POINTS = 2 * ABSCISSAE.length + 1;

    /**
     * The transform that yields so many outputs.
     *
     * @param outputs with {@code filter}, {@link #POINTS} + 1
     */
    public static WinogradTransform of(int outputs, int filter) {
        if (outputs < 1 || filter < 1 || outputs + filter - 1 != POINTS) {
            throw new IllegalArgumentException("F(" + outputs + ", " + filter + ") does not take " + POINTS + " products");
        }
        double[][] a = powers(outputs);
        double[][] g = powers(filter);
        double[][] b = new double[POINTS][POINTS];
        for (int point = 0; point < POINTS; point++) {
            // The polynomial that is zero at all the other finite points.
            double[] polynomial = {1};
            double divisor = 1;
            for (int other = 0; other < POINTS - 1; other++) {
                if (other != point) {
                    polynomial = timesRoot(polynomial, abscissa(other));
                    divisor *= point == POINTS - 1 ? 1 : abscissa(point) - abscissa(other);
                }
            }
            for (int i = 0; i < polynomial.length; i++) {
                b[i][point] = polynomial[i];
            }
            for (int j = 0; j < filter; j++) {
                g[point][j] /= divisor;
            }
        }
        return new WinogradTransform(outputs, filter, a, g, b);
    }

    /** One of the finite points: 0.3, -0.3, 0.8 ... */
    static double abscissa(int point) {
        return point % 2 == 0 ? ABSCISSAE[point / 2] : -ABSCISSAE[point / 2];
    }

    /** A polynomial's terms at every point; at infinity the last one is all that counts. */
    private static double[][] powers(int terms) {
        double[][] powers = new double[POINTS][terms];
        for (int point = 0; point < POINTS - 1; point++) {
            powers[point][0] = 1;
            for (int i = 1; i < terms; i++) {
                powers[point][i] = powers[point][i - 1] * abscissa(point);
            }
        }
        powers[POINTS - 1][terms - 1] = 1;
        return powers;
    }

    /** The polynomial times {@code x - root}. */
    private static double[] timesRoot(double[] polynomial, double root) {
        double[] product = new double[polynomial.length + 1];
        for (int i = 0; i < polynomial.length; i++) {
            product[i] -= root * polynomial[i];
            product[i + 1] += polynomial[i];
        }
        return product;
    }
}
