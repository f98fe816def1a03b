package alexnet.kernels;

/**
 * Local response normalisation across channels (paper, section 3.3):
 * {@code b[c] = a[c] / (k + alpha * sum of a[j]^2 over j in c - size/2 .. c + size/2)^beta}, the sum cut off at the first
 * and last channel of the input, or of the group that the channel is in. The output may be some of these channels only: the others
 * are seen for the sums, as a part of a layer sees those of the part beside it.
 *
 * <p>Layouts, batch innermost: input and its gradient {@code [channels][height][width][images]}; output, its gradient and
 * scales {@code [count][height][width][images]}, where channel c is channel {@code first + c} of the input.
 *
 * @param images   images in a batch
 * @param channels channels of the input
 * @param height   rows
 * @param width    columns
 * @param size     channels in a sum, an odd number; n = 5 in the paper
 * @param alpha    factor of the sum itself, 1e-4 in the paper; a source that divides alpha by n (Caffe, PyTorch, ONNX,
 *                 the original program) means {@link #dividedBySize}
 * @param beta     the exponent, 0.75 in the paper
 * @param k        the constant, 2 in the paper
 * @param first    the first channel of the input that the output has
 * @param count    channels of the output
 * @param groups   channel groups of the same size, across whose borders no sum goes; above one only where the output has every channel
 */
public record NormalizationShape(int images, int channels, int height, int width, int size, float alpha, float beta, float k,
                                 int first, int count, int groups) {

    /** The normalisation of some channels. */
    public NormalizationShape(int images, int channels, int height, int width, int size, float alpha, float beta, float k, int first, int count) {
        this(images, channels, height, width, size, alpha, beta, k, first, count, 1);
    }

    /** The normalisation of every channel. */
    public NormalizationShape(int images, int channels, int height, int width, int size, float alpha, float beta, float k) {
        this(images, channels, height, width, size, alpha, beta, k, 0, channels);
    }

    public NormalizationShape {
        Shapes.requirePositive("normalisation", "images", images, "channels", channels, "height", height, "width", width,
                "size", size, "count", count, "groups", groups);
        if (size % 2 == 0) {
            throw new IllegalArgumentException("normalisation: size " + size + " must be odd");
        }
        if (first < 0 || first > channels - count) {
            throw new IllegalArgumentException("normalisation: channels " + first + " to " + ((long) first + count - 1)
                    + " are not among 0 to " + (channels - 1));
        }
        if (channels % groups != 0 || groups > 1 && count < channels) {
            throw new IllegalArgumentException("normalisation: " + count + " of " + channels + " channels cannot be split into " + groups + " groups");
        }
        if (!(k > 0) || !(alpha >= 0) || !(beta >= 0)) {
            throw new IllegalArgumentException("normalisation: k must be positive, alpha and beta at least 0");
        }
    }

    /** The same normalisation with an alpha that is divided by the number of channels in the sum. */
    public NormalizationShape dividedBySize() {
        return new NormalizationShape(images, channels, height, width, size, alpha / size, beta, k, first, count, groups);
    }

    /** Channels of the input in one group. */
    public int channelsPerGroup() {
        return channels / groups;
    }

    /** The values of one channel of all images: {@code height * width * images}. */
    public int places() {
        return Shapes.length("normalisation", height, width, images);
    }

    /** Elements of the input and of its gradient. */
    public int inputLength() {
        return Shapes.length("normalisation input", channels, height, width, images);
    }

    /** Elements of the output, of its gradient and of the scales. */
    public int outputLength() {
        return Shapes.length("normalisation output", count, height, width, images);
    }
}
