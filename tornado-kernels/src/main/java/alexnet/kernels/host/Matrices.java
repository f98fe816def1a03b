package alexnet.kernels.host;

/** What kernels do with parts of matrices, row after row in memory, beside multiplying them. */
public final class Matrices {

    /** Rows that are transposed together, their numbers next to each other in the target. */
    private static final int ROWS = 4;
    /** Columns whose places in the target stay in the first-level cache until all rows have been there. */
    private static final int COLUMNS = 64;

    private Matrices() {
    }

    /**
     * {@code target[targetStart + column * targetStride + row] = source[start + row * stride + column]}.
     *
     * @param rows    rows of the source
     * @param columns its columns
     */
    public static void transpose(float[] source, int start, int stride, int rows, int columns, float[] target, int targetStart,
                          int targetStride) {
        for (int left = 0; left < columns; left += COLUMNS) {
            int width = Math.min(COLUMNS, columns - left);
            int from = start + left;
            int to = targetStart + left * targetStride;
            int row = 0;
            for (; row <= rows - ROWS; row += ROWS) {
                transposeRows(source, from + row * stride, stride, width, target, to + row, targetStride);
            }
            for (; row < rows; row++) {
                for (int column = 0; column < width; column++) {
                    target[to + column * targetStride + row] = source[from + row * stride + column];
                }
            }
        }
    }

    /** Written out for as many rows as there are: a loop over them would take longer than what it does. */
    private static void transposeRows(float[] source, int start, int stride, int columns, float[] target, int targetStart,
                                      int targetStride) {
        int row1 = start + stride;
        int row2 = row1 + stride;
        int row3 = row2 + stride;
        for (int column = 0; column < columns; column++) {
            int to = targetStart + column * targetStride;
            target[to] = source[start + column];
            target[to + 1] = source[row1 + column];
            target[to + 2] = source[row2 + column];
            target[to + 3] = source[row3 + column];
        }
    }
}
