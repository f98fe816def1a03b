package alexnet.kernels.gpu;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How the work-groups of one matrix product share its work: each computes {@code rows} x {@code columns} sums of one split of
 * the terms.
 *
 * @param rows    rows of a group's tile
 * @param columns columns of a group's tile
 * @param splits  equal parts of the terms, each of which is summed by groups of its own
 * @param groups  work-groups in all
 */
record Tiling(int rows, int columns, int splits, int groups) {

    private static final List<Integer> EXTENTS = List.of(64, 128, 256);
    /** Work items that a compute unit has at a time, as the registers of each allow. */
    private static final int ITEMS_A_UNIT = 512;
    /** Terms that each split has at least: fewer would not be worth the sums that are stored and loaded again. */
    private static final int LEAST_TERMS = 128;
    /** Work items of a compute unit that add a product at the same time. */
    private static final int LANES = 128;
    /** Time of a slab beside its products, in products of a lane: loads on their way, and the barrier. */
    private static final int WAIT = 400;
    /** Time of all lanes that a float takes which a split stores and which is loaded again to be added up. */
    private static final int PART = 100;
    /** Time of another task. */
    private static final int TASK = 8000;
    /** Floats of all splits together, at most: what they take is memory that the network cannot have. */
    private static final int MOST_PARTS = 1 << 24;

    /** Work items in a group. */
    int threads() {
        return threads(rows, columns);
    }

    private static int threads(int rows, int columns) {
        return rows / Product.SIDE * (columns / Product.SIDE);
    }

    /**
     * The tiling that takes the least time for {@code parts} products of that many rows, columns and terms each: large tiles load
     * least for each product, small ones fit the rims better, and splits keep compute units busy that would have no tile.
     *
     * @param threads the most work items in a group, from 64
     * @param units   compute units of the device
     */
    static Tiling of(int threads, int units, int parts, int rows, int columns, int terms) {
        double results = parts * (double) rows * columns;
        int mostSplits = (int) Math.clamp(Math.min(terms / LEAST_TERMS, MOST_PARTS / results), 1, 4 * units);
        return EXTENTS.stream().flatMap(tileRows -> EXTENTS.stream().filter(tileColumns ->
                tileRows + tileColumns <= Product.MOST_LINES && threads(tileRows, tileColumns) <= threads).flatMap(tileColumns -> {
            return IntStream.rangeClosed(1, mostSplits)
                    .mapToObj(splits -> withTile(tileRows, tileColumns, splits, parts, rows, columns));
        })).min(Comparator.comparingDouble(tiling -> tiling.time(units, results, terms))).orElseThrow();
    }

    /** The tiling with that tile and so many splits. */
    static Tiling withTile(int tileRows, int tileColumns, int splits, int parts, int rows, int columns) {
        long groups = (long) parts * count(rows, tileRows) * count(columns, tileColumns) * splits;
        return new Tiling(tileRows, tileColumns, splits, Math.toIntExact(groups));
    }

    /** About how long the product takes, in products of a lane. */
    private double time(int units, double results, int terms) {
        double slabs = Math.ceil((double) terms / splits / Product.DEPTH);
        double work = slabs * Product.DEPTH * rows * columns / LANES * (1 + 16.0 / rows + 16.0 / columns);
        double each = Math.ceil((double) groups / units);
        double atOnce = Math.max(1, ITEMS_A_UNIT / threads());
        double products = Math.max(each * work, Math.ceil(each / atOnce) * (work + slabs * WAIT));
        return products + (splits > 1 ? TASK + PART * splits * results / units / LANES : 0);
    }

    private static int count(int extent, int tile) {
        return (extent + tile - 1) / tile;
    }
}
