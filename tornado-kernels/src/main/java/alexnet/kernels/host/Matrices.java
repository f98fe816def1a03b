package alexnet.kernels.host;

/** What kernels do with parts of matrices, row after row in memory, beside multiplying them. */
final class Matrices {

    /** A square of the transposition that keeps its reads and its writes in the first-level cache. */
    private static final int SQUARE = 16;

    private Matrices() {
    }

    /**
     * {@code target[targetStart + column * targetStride + row] = source[start + row * stride + column]}.
     *
     * @param rows    rows of the source
     * @param columns its columns
     */
    static void transpose(float[] source, int start, int stride, int rows, int columns, float[] target, int targetStart,
                          int targetStride) {
        for (int top = 0; top < rows; top += SQUARE) {
            int bottom = Math.min(rows, top + SQUARE);
            for (int left = 0; left < columns; left += SQUARE) {
                int right = Math.min(columns, left + SQUARE);
                for (int column = left; column < right; column++) {
                    for (int row = top; row < bottom; row++) {
                        target[targetStart + column * targetStride + row] = source[start + row * stride + column];
                    }
                }
            }
        }
    }
}
