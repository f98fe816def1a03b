package alexnet.kernels;

/**
 * Local response normalisation across channels (paper, section 3.3):
 * {@code b[c] = a[c] / (k + alpha * sum of a[j]^2 over j in c - size/2 .. c + size/2)^beta}, the sum cut off at the first
 * and last channel.
 *
 * <p>Layouts, batch innermost: input and output {@code [channels][height][width][images]}.
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
 */
public record NormalizationShape(int images, int channels, int height, int width, int size, float alpha, float beta, float k) {

    public NormalizationShape {
        Shapes.requirePositive("normalisation", "images", images, "channels", channels, "height", height, "width", width,
                "size", size);
        if (size % 2 == 0) {
            throw new IllegalArgumentException("normalisation: size " + size + " must be odd");
        }
        if (!(k > 0) || !(alpha >= 0) || !(beta >= 0)) {
            throw new IllegalArgumentException("normalisation: k must be positive, alpha and beta at least 0");
        }
    }

    /** The same normalisation with an alpha that is divided by the number of channels in the sum. */
    public NormalizationShape dividedBySize() {
        return new NormalizationShape(images, channels, height, width, size, alpha / size, beta, k);
    }

    /** Elements of the input and of the output. */
    public int length() {
        return Shapes.length("normalisation", channels, height, width, images);
    }
}
