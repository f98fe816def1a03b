package alexnet.core.data.decode;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.util.Arrays;

/** From what readers of Image I/O give to grey or RGB over white. */
final class Pixels {

    private Pixels() {
    }

    static DecodedImage of(BufferedImage image) {
        ColorModel model = image.getColorModel();
        boolean plain = model instanceof ComponentColorModel && model.getTransferType() != DataBuffer.TYPE_SHORT && switch (model.getColorSpace().getType()) {
            case ColorSpace.TYPE_GRAY -> model.getNumColorComponents() == 1;
            case ColorSpace.TYPE_RGB -> model.getNumColorComponents() == 3;
            case ColorSpace.TYPE_CMYK -> model.getNumColorComponents() == 4;
            default -> false;
        };
        return plain ? fromSamples(image.getRaster(), model) : fromArgb(image);
    }

    /** The upper 8 bits of a row's samples; floating-point ones are from 0 to 1. */
    private static void levels(Raster raster, int y, int[] row) {
        int type = raster.getTransferType();
        if (type == DataBuffer.TYPE_FLOAT || type == DataBuffer.TYPE_DOUBLE) {
            double[] samples = raster.getPixels(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, (double[]) null);
            Arrays.setAll(row, i -> Math.clamp(Math.round(255 * samples[i]), 0, 255));
            return;
        }
        raster.getPixels(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, row);
        int shift = DataBuffer.getDataTypeSize(type) - Byte.SIZE;
        for (int i = 0; shift > 0 && i < row.length; i++) {
            row[i] >>>= shift;
        }
    }

    /**
     * From the samples themselves, without profiles: asked for RGB, Java would brighten a grey image, whose colour space it
     * takes for linear, and convert inks by a profile of its own.
     */
    private static DecodedImage fromSamples(Raster raster, ColorModel model) {
        int height = raster.getHeight();
        int width = raster.getWidth();
        int bands = raster.getNumBands();
        int stored = model.getNumColorComponents();
        boolean inks = stored == 4;
        int colours = inks ? 3 : stored;
        var decoded = new DecodedImage(colours, height, width);
        byte[] pixels = decoded.pixels();
        int[] row = new int[width * bands];
        for (int y = 0; y < height; y++) {
            levels(raster, y, row);
            for (int channel = 0; channel < colours; channel++) {
                int target = channel * decoded.area() + y * width;
                for (int x = 0; x < width; x++) {
                    int sample = row[x * bands + channel];
                    if (inks) {
                        sample = share(255 - sample, 255 - row[x * bands + 3]);
                    }
                    if (model.hasAlpha()) {
                        int alpha = row[x * bands + stored];
                        sample = model.isAlphaPremultiplied() ? Math.min(255, sample + 255 - alpha) : overWhite(sample, alpha);
                    }
                    pixels[target + x] = (byte) sample;
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
        return 255 - share(255 - sample, alpha);
    }

    /** {@code part} 255ths of a sample, rounded. */
    static int share(int sample, int part) {
        return (sample * part + 127) / 255;
    }
}
