package alexnet.core.data.decode;

/**
 * What of its rows and columns an image fills that was decoded at a fraction of its size: where that does not divide the size, the
 * picture ends within the last row or column, or, if it was turned since, begins within the first.
 *
 * @param height       rows of the picture itself
 * @param width        columns of the picture itself
 * @param factor       of how many rows and columns of the picture one was made
 * @param beginsWithin the row that is filled in part is the first
 * @param beginsAside  the column that is filled in part is the first
 */
record Extent(int height, int width, int factor, boolean beginsWithin, boolean beginsAside) {

    /** A picture at its own size. */
    static Extent whole(int height, int width) {
        return new Extent(height, width, 1, false, false);
    }

    /** A picture before it is turned. */
    static Extent reduced(int height, int width, int factor) {
        return new Extent(height, width, factor, false, false);
    }

    /** Where the picture begins, in rows of an image that has so many. */
    double top(int rows) {
        return beginsWithin ? rows - (double) height / factor : 0;
    }

    /** Where the picture begins, in columns of an image that has so many. */
    double left(int columns) {
        return beginsAside ? columns - (double) width / factor : 0;
    }

    /** Rows of the image that the picture fills. */
    double rows() {
        return (double) height / factor;
    }

    /** Columns of the image that the picture fills. */
    double columns() {
        return (double) width / factor;
    }
}
