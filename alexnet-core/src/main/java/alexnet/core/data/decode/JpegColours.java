package alexnet.core.data.decode;

import java.awt.image.Raster;

/** What the samples of a JPEG stand for, with the fixed-point arithmetic of libjpeg. */
enum JpegColours {
    GREY, RGB, YCBCR, CMYK, YCCK;

    private static final int FRACTION_BITS = 16;
    private static final int HALF = 1 << FRACTION_BITS - 1;
    /** 1.402, 1.772, 0.71414 and 0.34414. */
    private static final int CR_TO_RED = 91_881;
    private static final int CB_TO_BLUE = 116_130;
    private static final int CR_TO_GREEN = 46_802;
    private static final int CB_TO_GREEN = 22_554;

    /**
     * Grey or RGB of decoded samples. Inks are stored inverted, as Adobe's programs and nearly everyone does.
     *
     * @param halvedDown which components have one sample for two rows: the JDK's libjpeg repeats it, unlike all other
     *                   subsampled ones, where later releases interpolate
     */
    DecodedImage decode(Raster raster, boolean[] halvedDown) {
        var image = new DecodedImage(this == GREY ? 1 : 3, raster.getHeight(), raster.getWidth());
        int bands = raster.getNumBands();
        byte[] row = new byte[image.width() * bands];
        byte[] other = new byte[row.length];
        for (int y = 0; y < image.height(); y++) {
            samples(raster, y, row);
            boolean upper = y % 2 == 0;
            samples(raster, Math.clamp(upper ? y - 1 : y + 1, 0, image.height() - 1), other);
            for (int band = 0; band < bands; band++) {
                for (int i = band; halvedDown[band] && i < row.length; i += bands) {
                    row[i] = (byte) (3 * (row[i] & 0xFF) + (other[i] & 0xFF) + (upper ? 1 : 2) >> 2);
                }
            }
            for (int x = 0; x < image.width(); x++) {
                put(row, x * bands, image, y * image.width() + x);
            }
        }
        return image;
    }

    private static void samples(Raster raster, int y, byte[] row) {
        raster.getDataElements(raster.getMinX(), raster.getMinY() + y, raster.getWidth(), 1, row);
    }

    private void put(byte[] samples, int from, DecodedImage image, int to) {
        int first = samples[from] & 0xFF;
        if (this == GREY) {
            image.pixels()[to] = (byte) first;
            return;
        }
        int second = samples[from + 1] & 0xFF;
        int third = samples[from + 2] & 0xFF;
        int red = first;
        int green = second;
        int blue = third;
        if (this == YCBCR || this == YCCK) {
            int cb = second - 128;
            int cr = third - 128;
            red = clamp(first + (CR_TO_RED * cr + HALF >> FRACTION_BITS));
            green = clamp(first + (HALF - CB_TO_GREEN * cb - CR_TO_GREEN * cr >> FRACTION_BITS));
            blue = clamp(first + (CB_TO_BLUE * cb + HALF >> FRACTION_BITS));
        }
        if (this == CMYK || this == YCCK) {
            int light = samples[from + 3] & 0xFF;
            red = Pixels.share(this == YCCK ? 255 - red : red, light);
            green = Pixels.share(this == YCCK ? 255 - green : green, light);
            blue = Pixels.share(this == YCCK ? 255 - blue : blue, light);
        }
        image.pixels()[to] = (byte) red;
        image.pixels()[to + image.area()] = (byte) green;
        image.pixels()[to + 2 * image.area()] = (byte) blue;
    }

    private static int clamp(int sample) {
        return Math.clamp(sample, 0, 255);
    }
}
