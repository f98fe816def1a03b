package alexnet.kernels.reference;

import alexnet.kernels.WinogradTransform;

/**
 * The sums of products of one tile in the transformed domain, one for each pair of points, and how its results err in floats, to
 * first order in the unit of rounding.
 *
 * <p>A rounding makes an error of at most u times the number that is rounded; that goes on into the result times the factors that
 * follow. Where a number is a partial sum it is at most the sum of the magnitudes. So, with U = G g Gᵀ, V = Bᵀ d B, their
 * magnitudes |G||g||Gᵀ| and |Bᵀ||d||B|, n products m at each point, and {@code t} and {@code r} terms in a row of Bᵀ and G:
 * <ul>
 * <li>each of the 2t roundings on the way to V makes an error of at most u |Bᵀ||d||B| U in a product, and so for U with 2r. Those of
 *     different products are independent, those of different points are not: they share what the first of the two sums made;</li>
 * <li>each of the n roundings of a sum makes at most u times the sum of the magnitudes of its products;</li>
 * <li>each of the 2t roundings of Aᵀ m A makes at most u |Aᵀ||m||A|.</li>
 * </ul>
 * Constants of the matrices are rounded too, one in each term of either sum, and two in those of Bᵀ, where kernels take pairs of
 * points together: a coefficient is their product. They are rounded only once and not anew in each product, so that their errors
 * are taken to add up.
 */
final class ProductSums {

    private final WinogradTransform transform;
    private final double[][] output;
    private final int tile;
    private final double[] sums;
    private final double[] magnitudes;
    /** The sum of the squares of what the roundings in transforms make of products. */
    private final double[] squares;
    private final double[] flushed;
    private int products;

    /** None yet; {@code output} is Aᵀ. */
    ProductSums(WinogradTransform transform, double[][] output) {
        this.transform = transform;
        this.output = output;
        tile = transform.tile();
        sums = new double[tile * tile];
        magnitudes = new double[tile * tile];
        squares = new double[tile * tile];
        flushed = new double[tile * tile];
    }

    /** Adds the product of u and v, whose own terms have these magnitudes. */
    void add(int point, double u, double termsOfU, double v, double termsOfV) {
        sums[point] += u * v;
        magnitudes[point] += Math.abs(u * v);
        double byV = u * termsOfV;
        double byU = v * termsOfU;
        squares[point] += 2 * tile * byV * byV + 2 * transform.size() * byU * byU;
        flushed[point] += 2 * tile * Math.abs(u) + 2 * transform.size() * Math.abs(v) + 1;
        products += point == 0 ? 1 : 0;
    }

    /** Brings the sums back, adds the bias, and stores one result with its errors. */
    void store(int row, int column, double bias, boolean undefined, WinogradReference.Result result, int at) {
        double value = 0;
        double magnitude = Math.abs(bias);
        double byTransforms = 0;
        double bySums = 0;
        double lost = 2 * tile + 1;
        for (int p = 0; p < sums.length; p++) {
            double factor = output[row][p / tile] * output[column][p % tile];
            value += factor * sums[p];
            magnitude += Math.abs(factor * sums[p]);
            byTransforms += Math.abs(factor) * Math.sqrt(squares[p]);
            bySums += Math.pow(factor * magnitudes[p], 2) * products;
            lost += Math.abs(factor) * flushed[p];
        }
        // By Cauchy and Schwarz, from the squares: the sum of n numbers is at most the root of n times their squares' sum.
        double byConstants = 2 * Math.sqrt(products) * Math.sqrt(4 / (2.0 * tile) + 1 / (2.0 * transform.size())) * byTransforms;
        result.values()[at] = undefined ? Double.NaN : value + bias;
        result.errors().random()[at] = Math.sqrt(byTransforms * byTransforms + bySums + (2 * tile + 1) * magnitude * magnitude);
        result.errors().fixed()[at] = byConstants + 2 * magnitude;
        result.errors().flushed()[at] = lost;
        result.errors().undefined()[at] = undefined;
    }
}
