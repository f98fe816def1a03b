package alexnet.kernels.host;

/**
 * The places at which a sum of products finds its factors: product {@code i} is {@code left[leftStart + lefts[i]]} times
 * {@code right[rightStart + rights[i]]}. A list of offsets turns every window of a convolution, cut off at the border of
 * the image or not, strided or not, and every matrix product into the same single loop of a micro-kernel.
 *
 * <p>The offsets are those of a three-dimensional box, e.g. channels × rows × columns of a convolution's window, in that
 * order. Not thread-safe: each thread has its own, and the memory is kept for the next box.
 */
final class OffsetPairs {

    private int[] lefts = new int[0];
    private int[] rights = new int[0];
    private int count;

    private int planes;
    private int planeLeft;
    private int planeRight;
    private int rowLeft;
    private int rowRight;
    private int columnLeft;
    private int columnRight;

    private int corner;
    private int rows;
    private int columns;

    int[] lefts() {
        return lefts;
    }

    int[] rights() {
        return rights;
    }

    int count() {
        return count;
    }

    /** Sets how far apart neighbouring planes, rows and columns of the boxes are in both arrays. */
    void strides(int planes, int planeLeft, int planeRight, int rowLeft, int rowRight, int columnLeft, int columnRight) {
        this.planes = planes;
        this.planeLeft = planeLeft;
        this.planeRight = planeRight;
        this.rowLeft = rowLeft;
        this.rowRight = rowRight;
        this.columnLeft = columnLeft;
        this.columnRight = columnRight;
        rows = -1;
    }

    /** {@code length} products at fixed strides. */
    void line(int length, int left, int right) {
        strides(length, left, right, 0, 0, 0, 0);
        box(0, 1, 1);
    }

    /**
     * The box of all planes and so many rows and columns whose first left offset is {@code corner}; the first right offset
     * is 0. Nothing is done if the box is that of the call before, as it is for all the pixels inside an image.
     */
    void box(int corner, int rows, int columns) {
        if (corner == this.corner && rows == this.rows && columns == this.columns) {
            return;
        }
        this.corner = corner;
        this.rows = rows;
        this.columns = columns;
        int size = planes * rows * columns;
        if (size > lefts.length) {
            lefts = new int[size];
            rights = new int[size];
        }
        count = 0;
        for (int plane = 0; plane < planes; plane++) {
            for (int row = 0; row < rows; row++) {
                int left = corner + plane * planeLeft + row * rowLeft;
                int right = plane * planeRight + row * rowRight;
                for (int column = 0; column < columns; column++) {
                    lefts[count] = left + column * columnLeft;
                    rights[count] = right + column * columnRight;
                    count++;
                }
            }
        }
    }
}
