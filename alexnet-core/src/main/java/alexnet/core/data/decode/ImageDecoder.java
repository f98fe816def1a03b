package alexnet.core.data.decode;

import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;

/**
 * Reads the first image of a file: JPEG (also CMYK), PNG, BMP, GIF, TIFF and WebP. The content decides which, not the
 * file's name.
 *
 * <p>A picture comes out as a viewer shows it: transparent pixels over white, JPEGs turned as their EXIF orientation
 * says. Grey stays grey, 16-bit samples keep their upper byte, and samples of RGB and grey images are taken as they are,
 * without their ICC profile, as other training programs do.
 */
public final class ImageDecoder {

    /** More pixels than any photograph in use; a header that claims more is damaged or means harm. */
    private static final long PIXEL_LIMIT = 100_000_000;

    private ImageDecoder() {
    }

    /**
     * Decodes a file. It is read whole and closed before anything in it is looked at: what fails until then is the file
     * system's, what fails afterwards the content's.
     *
     * @throws ImageException if the content is no picture that can be used
     * @throws IOException    if the file cannot be read
     */
    public static DecodedImage decode(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        try (ImageInputStream stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            ImageReader reader = readerFor(stream);
            try {
                return decode(reader, stream);
            } catch (RuntimeException e) {
                // Readers meet damaged files with whatever their parsing runs into.
                throw new ImageException("damaged " + reader.getFormatName() + ": " + e, e);
            } finally {
                reader.dispose();
            }
        }
    }

    private static ImageReader readerFor(ImageInputStream stream) throws IOException {
        for (Iterator<ImageReader> readers = ImageIO.getImageReaders(stream); readers.hasNext(); ) {
            ImageReader reader = readers.next();
            // Wireless bitmaps have no signature: arbitrary bytes pass for one.
            if (!reader.getFormatName().equalsIgnoreCase("wbmp")) {
                return reader;
            }
            reader.dispose();
        }
        throw new ImageException("not an image of a known format");
    }

    private static DecodedImage decode(ImageReader reader, ImageInputStream stream) throws IOException {
        var truncation = new TruncationListener();
        reader.addIIOReadWarningListener(truncation);
        reader.setInput(stream);
        BufferedImage image;
        try {
            long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
            if (pixels > PIXEL_LIMIT) {
                throw new ImageException("claims " + reader.getWidth(0) + "x" + reader.getHeight(0) + " pixels, more than "
                        + PIXEL_LIMIT);
            }
            image = reader.read(0);
        } catch (IOException e) {
            throw new ImageException("damaged or truncated " + reader.getFormatName()
                    + (e.getMessage() == null ? "" : ": " + e.getMessage()), e);
        }
        if (truncation.found) {
            throw new ImageException("damaged or truncated " + reader.getFormatName());
        }
        DecodedImage decoded = planar(image);
        return reader.getFormatName().equalsIgnoreCase("jpeg") ? Orientation.of(reader).upright(decoded) : decoded;
    }

    private static DecodedImage planar(BufferedImage image) {
        if (image.getColorModel() instanceof ComponentColorModel model && sampleShift(model) >= 0) {
            int colours = model.getNumColorComponents();
            int space = model.getColorSpace().getType();
            if (colours == 1 && space == ColorSpace.TYPE_GRAY || colours == 3 && space == ColorSpace.TYPE_RGB) {
                return fromSamples(image.getRaster(), colours, model.hasAlpha(), sampleShift(model));
            }
        }
        return fromArgb(image);
    }

    /** How far to shift a sample down to 8 bits; -1 for samples that are no plain 8- or 16-bit integers. */
    private static int sampleShift(ComponentColorModel model) {
        return switch (model.getTransferType()) {
            case DataBuffer.TYPE_BYTE -> 0;
            case DataBuffer.TYPE_USHORT -> 8;
            default -> -1;
        };
    }

    /** From the samples themselves: asked for RGB, Java would brighten a grey image, whose colour space it takes for linear. */
    private static DecodedImage fromSamples(Raster raster, int colours, boolean alpha, int shift) {
        int height = raster.getHeight();
        int width = raster.getWidth();
        int bands = raster.getNumBands();
        var decoded = new DecodedImage(colours, height, width);
        byte[] pixels = decoded.pixels();
        int[] row = new int[width * bands];
        for (int y = 0; y < height; y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            for (int channel = 0; channel < colours; channel++) {
                int target = channel * decoded.area() + y * width;
                for (int x = 0; x < width; x++) {
                    int sample = row[x * bands + channel] >> shift;
                    pixels[target + x] = (byte) (alpha ? overWhite(sample, row[x * bands + colours] >> shift) : sample);
                }
            }
        }
        return decoded;
    }

    /** Through the colour model, for palettes, packed pixels and rare colour spaces. */
    private static DecodedImage fromArgb(BufferedImage image) {
        var decoded = new DecodedImage(3, image.getHeight(), image.getWidth());
        byte[] pixels = decoded.pixels();
        int[] row = new int[image.getWidth()];
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, row.length, 1, row, 0, row.length);
            for (int x = 0; x < row.length; x++) {
                int target = y * row.length + x;
                int alpha = row[x] >>> 24;
                pixels[target] = (byte) overWhite(row[x] >> 16 & 0xFF, alpha);
                pixels[target + decoded.area()] = (byte) overWhite(row[x] >> 8 & 0xFF, alpha);
                pixels[target + 2 * decoded.area()] = (byte) overWhite(row[x] & 0xFF, alpha);
            }
        }
        return decoded;
    }

    private static int overWhite(int sample, int alpha) {
        return 255 - ((255 - sample) * alpha + 127) / 255;
    }
}
