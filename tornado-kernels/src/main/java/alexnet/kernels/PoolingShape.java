package alexnet.kernels;

/**
 * The shape of one overlapping max-pooling (paper, section 3.4), square windows, no padding.
 *
 * <p>Layouts, batch innermost: input {@code [channels][height][width][images]}, output and winners
 * {@code [channels][outputHeight][outputWidth][images]}.
 *
 * @param images   images in a batch
 * @param channels channels, pooled one by one
 * @param height   input rows
 * @param width    input columns
 * @param size     rows and columns of a window
 * @param stride   pixels between neighbouring windows; the windows overlap where it is smaller than size
 * @param ceil     whether a last window that the input fills only partly counts (Caffe, the original program) or not
 */
public record PoolingShape(int images, int channels, int height, int width, int size, int stride, boolean ceil) {

    public PoolingShape {
        Shapes.requirePositive("pooling", "images", images, "channels", channels, "height", height, "width", width,
                "size", size, "stride", stride);
        if (height < size || width < size) {
            throw new IllegalArgumentException("pooling: a " + size + "x" + size + " window does not fit into a "
                    + height + "x" + width + " input");
        }
    }

    /** Rows of the output. */
    public int outputHeight() {
        return outputExtent(height);
    }

    /** Columns of the output. */
    public int outputWidth() {
        return outputExtent(width);
    }

    private int outputExtent(int extent) {
        int beyondFirst = extent - size;
        if (!ceil) {
            return beyondFirst / stride + 1;
        }
        int windows = (beyondFirst + stride - 1) / stride + 1;
        // A last window has to start inside the input, or it would be empty (stride larger than size).
        return (windows - 1) * stride < extent ? windows : windows - 1;
    }

    /** Elements of the input array. */
    public int inputLength() {
        return Shapes.length("pooling input", channels, height, width, images);
    }

    /** Elements of the output array and of the winners. */
    public int outputLength() {
        return Shapes.length("pooling output", channels, outputHeight(), outputWidth(), images);
    }
}
