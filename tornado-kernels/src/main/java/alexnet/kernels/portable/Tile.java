package alexnet.kernels.portable;

/** The size of the tile that one work item computes, and where tiles lie. */
final class Tile {

    /** Images, neighbouring elements or filters of a tile: two 256-bit or one 512-bit vector of floats. */
    static final int LANES = 16;
    /** Filters, units or channels of a tile: with 16 lanes their sums take 12 of the 16 registers of 256 bits. */
    static final int ROWS = 6;

    private Tile() {
    }

    /** The lanes of every tile along an extent: shorter only where the whole extent is. */
    static int lanes(int extent) {
        return extent < LANES ? extent : LANES;
    }

    /** The tiles along an extent. */
    static int count(int extent, int tile) {
        return (extent + tile - 1) / tile;
    }

    /** The first lane of a tile; the last tile is moved back to end with the extent. */
    static int start(int tile, int extent) {
        int last = extent - lanes(extent);
        return tile * LANES < last ? tile * LANES : last;
    }

    /** The lane after the last of a tile: {@code start + lanes}, but in a form in which TornadoVM does not see that. */
    static int end(int tile, int extent) {
        int end = (tile + 1) * LANES;
        return end < extent ? end : extent;
    }

    /** The first window or output, of those {@code stride} apart, that begins at or after {@code before}. */
    static int firstFrom(int before, int stride) {
        return before > 0 ? (before + stride - 1) / stride : 0;
    }

    /** One more than the last output, of {@code outputs} that lie {@code stride} apart, that begins before {@code end}. */
    static int endBefore(int end, int stride, int outputs) {
        int begun = end > 0 ? (end + stride - 1) / stride : 0;
        return begun < outputs ? begun : outputs;
    }

    /**
     * The index of the first of a tile's lanes, unchanged, in a form from which a compiler sees that the indices of the other
     * lanes do not overflow. Only then does it know them to be neighbours in memory, and loads them as vectors.
     */
    static int firstLane(int index) {
        int largest = Integer.MAX_VALUE - 2 * LANES;
        return index < largest ? index : largest;
    }
}
