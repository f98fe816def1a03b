package alexnet.core.data.decode;

import org.w3c.dom.Element;

import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataFormatImpl;
import java.io.IOException;
import java.util.Locale;

/** How a camera was held: the eight turns and mirrors of EXIF, under the names that the JPEG reader gives them. */
enum Orientation {
    NORMAL(false, false, false),
    FLIPH(false, false, true),
    ROTATE180(false, true, true),
    FLIPV(false, true, false),
    FLIPVROTATE90(true, false, false),
    ROTATE270(true, true, false),
    FLIPHROTATE90(true, true, true),
    ROTATE90(true, false, true);

    private final boolean transposed;
    private final boolean rowsReversed;
    private final boolean columnsReversed;

    /** What has to be done to the stored rows and columns to stand the image upright: reverse them, then transpose. */
    Orientation(boolean transposed, boolean rowsReversed, boolean columnsReversed) {
        this.transposed = transposed;
        this.rowsReversed = rowsReversed;
        this.columnsReversed = columnsReversed;
    }

    /** The orientation of the first image of a JPEG reader, {@link #NORMAL} where the file doesn't say. */
    static Orientation of(ImageReader reader) {
        IIOMetadata metadata;
        try {
            metadata = reader.getImageMetadata(0);
        } catch (IOException | RuntimeException damaged) {
            // The pixels may still be sound: only what they are worth decides whether the image is used.
            return NORMAL;
        }
        var root = (Element) metadata.getAsTree(IIOMetadataFormatImpl.standardMetadataFormatName);
        return root.getElementsByTagName("ImageOrientation").item(0) instanceof Element element
                ? valueOf(element.getAttribute("value").toUpperCase(Locale.ROOT))
                : NORMAL;
    }

    /** The image as it was seen. */
    DecodedImage upright(DecodedImage image) {
        if (this == NORMAL) {
            return image;
        }
        int height = image.height();
        int width = image.width();
        var upright = new DecodedImage(image.channels(), transposed ? width : height, transposed ? height : width);
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
