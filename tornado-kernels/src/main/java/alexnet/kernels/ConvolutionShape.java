package alexnet.kernels;

/**
 * The shape of one convolution, square filters, zero padding, the same in every kernel family.
 *
 * <p>Layouts, batch innermost: input {@code [channels][height][width][images]}, weights
 * {@code [filters][channels / groups][size][size]}, bias {@code [filters]}, output
 * {@code [filters][outputHeight][outputWidth][images]}. With {@code groups} above one, filter {@code f} sees only the
 * channels of group {@code f / (filters / groups)} (paper, section 3.5).
 *
 * @param images   images in a batch
 * @param channels input channels
 * @param height   input rows
 * @param width    input columns
 * @param filters  output channels
 * @param size     rows and columns of a filter
 * @param stride   pixels between the centres of neighbouring receptive fields
 * @param padding  zero rows and columns added on each side
 * @param groups   channel groups inside this one convolution; 1 is the ordinary convolution
 */
public record ConvolutionShape(int images, int channels, int height, int width,
                               int filters, int size, int stride, int padding, int groups) {

    public ConvolutionShape {
        Shapes.requirePositive("convolution", "images", images, "channels", channels, "height", height, "width", width,
                "filters", filters, "size", size, "stride", stride, "groups", groups);
        if (padding < 0 || padding >= size) {
            throw new IllegalArgumentException("convolution: padding " + padding + " must lie in 0 to size - 1 = " + (size - 1));
        }
        if (channels % groups != 0 || filters % groups != 0) {
            throw new IllegalArgumentException("convolution: " + channels + " channels and " + filters
                    + " filters cannot be split into " + groups + " groups");
        }
        if (height + 2 * padding < size || width + 2 * padding < size) {
            throw new IllegalArgumentException("convolution: a " + size + "x" + size + " filter does not fit into a "
                    + height + "x" + width + " input with padding " + padding);
        }
    }

    /** Rows of the output: {@code floor((height + 2 padding - size) / stride) + 1}. */
    public int outputHeight() {
        return (height + 2 * padding - size) / stride + 1;
    }

    /** Columns of the output. */
    public int outputWidth() {
        return (width + 2 * padding - size) / stride + 1;
    }

    /** Input channels that one filter sees. */
    public int channelsPerGroup() {
        return channels / groups;
    }

    /** Filters in one group. */
    public int filtersPerGroup() {
        return filters / groups;
    }

    /** Elements of the input array. */
    public int inputLength() {
        return Shapes.length("convolution input", channels, height, width, images);
    }

    /** Elements of the weight array. */
    public int weightLength() {
        return Shapes.length("convolution weights", filters, channelsPerGroup(), size, size);
    }

    /** Elements of the output array. */
    public int outputLength() {
        return Shapes.length("convolution output", filters, outputHeight(), outputWidth(), images);
    }
}
