package alexnet.core.data.decode;

import java.awt.image.Raster;
import java.io.IOException;

/**
 * A JPEG, read by libjpeg inside the JDK. Only samples come from there; which colours they stand for is decided here as
 * libjpeg's {@code default_decompress_parms} decides: JFIF means YCbCr, then Adobe's marker counts, then the components' names.
 */
final class JpegPicture implements Picture {

    private final JpegFile file;

    private JpegPicture(JpegFile file) {
        this.file = file;
    }

    static JpegPicture open(byte[] bytes) throws ImageException {
        return new JpegPicture(JpegFile.parse(bytes));
    }

    @Override
    public int width() {
        return file.width();
    }

    @Override
    public int height() {
        return file.height();
    }

    @Override
    public boolean subsamples() {
        return true;
    }

    @Override
    public long memory(int step) {
        long pixels = (long) width() * height();
        long read = pixels / step / step;
        // libjpeg keeps the coefficients of all scans, 16 bits each.
        long coefficients = file.multipleScans() ? 2 * pixels * file.components() : 0;
        return coefficients + read * Math.max(file.components() + 3, 6);
    }

    @Override
    public DecodedImage decode(int step) throws IOException {
        var truncation = new TruncationListener();
        Raster raster = Readers.read("jpeg", file.pixelStream(), reader -> {
            reader.addIIOReadWarningListener(truncation);
            return reader.readRaster(0, Readers.everyNth(reader, step));
        });
        if (truncation.found) {
            throw new ImageException("damaged or truncated JPEG");
        }
        return file.orientation().upright(file.colours().decode(raster, step == 1 ? file.halvedDown() : new boolean[file.components()]));
    }
}
