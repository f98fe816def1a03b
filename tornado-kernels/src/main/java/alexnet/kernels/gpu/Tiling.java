package alexnet.kernels.gpu;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * How the work-groups of one matrix product share its work: each computes {@code rows} x {@code columns} sums.
 *
 * @param threads work items in a group
 * @param rows    rows of a group's tile, a power of two from 16
 * @param columns columns of a group's tile, a power of two from 16, no more than there are work items
 * @param groups  work-groups in all
 */
record Tiling(int threads, int rows, int columns, int groups) {

    private static final List<Integer> EXTENTS = List.of(16, 32, 64, 128, 256);
    /** Terms that a group loads at a time, at least: with fewer the barriers would cost more than the products. */
    private static final int LEAST_DEPTH = 8;
    /** Groups that a compute unit needs to have work while some of them wait for memory or for each other. */
    private static final int GROUPS_A_UNIT = 2;

    /** The sets of work items in a group that each add every so-manieth term. */
    int slices() {
        return threads / (rows / Product.SIDE * (columns / Product.SIDE));
    }

    /** Terms of a sum that are in local memory at a time: a multiple of the slices and a divisor of the work items. */
    int depth() {
        return Math.max(slices(), LEAST_DEPTH);
    }

    /**
     * The tiling for {@code parts} products of that many rows and columns each. Large tiles load least for each product, small
     * ones fit the rims better and keep more compute units busy: this weighs the three against each other.
     *
     * @param threads work items in a group, a power of two from 64 to 256
     * @param units   compute units of the device
     */
    static Tiling of(int threads, int units, int parts, int rows, int columns) {
        return EXTENTS.stream().flatMap(tileRows -> EXTENTS.stream().flatMap(tileColumns -> {
            long groups = (long) parts * count(rows, tileRows) * count(columns, tileColumns);
            boolean possible = tileColumns <= threads && tileRows / Product.SIDE * (tileColumns / Product.SIDE) <= threads;
            return possible ? Stream.of(new Tiling(threads, tileRows, tileColumns, Math.toIntExact(groups))) : Stream.empty();
        })).filter(Tiling::fits).min(Comparator.comparingDouble(tiling -> tiling.cost(units))).orElseThrow();
    }

    /** The slabs of both factors, and later the sums of one row of every work item, have to fit into local memory. */
    private boolean fits() {
        return depth() * (rows + columns + 2 * Product.GAP) <= Product.LOCAL_FLOATS
                && threads * Product.SIDE <= Product.LOCAL_FLOATS;
    }

    /** What the whole product costs, in an arbitrary unit: products, loads for them, and compute units without a group. */
    private double cost(int units) {
        double work = (double) groups * rows * columns;
        double loads = 1 + 16.0 / rows + 16.0 / columns;
        double idle = Math.max(1, (double) GROUPS_A_UNIT * units / groups);
        return work * loads * idle;
    }

    private static int count(int extent, int tile) {
        return (extent + tile - 1) / tile;
    }
}
