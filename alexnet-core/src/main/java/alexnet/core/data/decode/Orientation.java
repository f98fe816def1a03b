package alexnet.core.data.decode;

/** How a camera was held: the eight turns and mirrors of EXIF, in the order of its numbers 1 to 8. */
enum Orientation {
    NORMAL(false, false, false),
    MIRRORED(false, false, true),
    UPSIDE_DOWN(false, true, true),
    MIRRORED_UPSIDE_DOWN(false, true, false),
    TRANSPOSED(true, false, false),
    TURNED_RIGHT(true, true, false),
    TRANSVERSED(true, true, true),
    TURNED_LEFT(true, false, true);

    private final boolean transposed;
    private final boolean rowsReversed;
    private final boolean columnsReversed;

    /** What has to be done to the stored rows and columns to stand the image upright: reverse them, then transpose. */
    Orientation(boolean transposed, boolean rowsReversed, boolean columnsReversed) {
        this.transposed = transposed;
        this.rowsReversed = rowsReversed;
        this.columnsReversed = columnsReversed;
    }

    /** The orientation with a number of EXIF, {@link #NORMAL} for one that EXIF does not know. */
    static Orientation of(long number) {
        return number >= 1 && number <= values().length ? values()[(int) number - 1] : NORMAL;
    }

    /** Whether rows become columns. */
    boolean transposed() {
        return transposed;
    }

    /** The image as it was seen. */
    DecodedImage upright(DecodedImage image) {
        if (this == NORMAL) {
            return image;
        }
        int height = image.height();
        int width = image.width();
        Extent extent = image.extent();
        boolean bottomFirst = transposed ? columnsReversed : rowsReversed;
        boolean rightFirst = transposed ? rowsReversed : columnsReversed;
        var upright = new DecodedImage(image.channels(), transposed ? width : height, transposed ? height : width, new byte[image.channels() * image.area()],
                new Extent(transposed ? extent.width() : extent.height(), transposed ? extent.height() : extent.width(), extent.factor(), bottomFirst,
                        rightFirst));
        int position = 0;
        for (int channel = 0; channel < image.channels(); channel++) {
            int plane = channel * image.area();
            for (int row = 0; row < upright.height(); row++) {
                for (int column = 0; column < upright.width(); column++) {
                    int sourceRow = transposed ? column : row;
                    int sourceColumn = transposed ? row : column;
                    upright.pixels()[position++] = image.pixels()[plane
                            + (rowsReversed ? height - 1 - sourceRow : sourceRow) * width
                            + (columnsReversed ? width - 1 - sourceColumn : sourceColumn)];
                }
            }
        }
        return upright;
    }
}
