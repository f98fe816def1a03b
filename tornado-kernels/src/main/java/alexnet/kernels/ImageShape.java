package alexnet.kernels;

/**
 * The shape of image preparation: from a batch of stored 8-bit images to the network's input.
 *
 * <p>Layouts: pixels {@code [images][channels][storedHeight][storedWidth]}, unsigned bytes; mean
 * {@code [channels][storedHeight][storedWidth]}; deviation {@code [channels]}; crops {@code [3][images]}: the top row, the left column, and 1 to mirror
 * or 0; noise {@code [channels][images]}; output, batch innermost, {@code [channels][height][width][images]}.
 *
 * @param images       images in a batch
 * @param channels     3 for colour, 1 for grey
 * @param storedHeight rows of a stored image (256 in the paper, section 2)
 * @param storedWidth  columns of a stored image
 * @param height       rows of the crop the network sees (224 in the paper, section 4.1)
 * @param width        columns of the crop
 */
public record ImageShape(int images, int channels, int storedHeight, int storedWidth, int height, int width) {

    /** The rows of the crops array: top, left, mirrored. */
    public static final int CROP_FIELDS = 3;

    public ImageShape {
        Shapes.requirePositive("image", "images", images, "channels", channels, "storedHeight", storedHeight,
                "storedWidth", storedWidth, "height", height, "width", width);
        if (height > storedHeight || width > storedWidth) {
            throw new IllegalArgumentException("image: a " + height + "x" + width + " crop does not fit into a stored "
                    + storedHeight + "x" + storedWidth + " image");
        }
    }

    /** Bytes of one stored image. */
    public int imageLength() {
        return Shapes.length("stored image", channels, storedHeight, storedWidth);
    }

    /** Bytes of a batch of stored images. */
    public int pixelLength() {
        return Shapes.length("stored images", images, channels, storedHeight, storedWidth);
    }

    /** Elements of the prepared input. */
    public int outputLength() {
        return Shapes.length("prepared images", channels, height, width, images);
    }
}
