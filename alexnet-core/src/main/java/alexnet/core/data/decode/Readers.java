package alexnet.core.data.decode;

import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Readers of Image I/O on bytes in memory. */
final class Readers {

    private Readers() {
    }

    interface Reading<T> {
        T with(ImageReader reader) throws IOException;
    }

    /** Lets the reader of a format read: TwelveMonkeys' for TIFF, libwebp for WebP, the JDK's for the others. */
    static <T> T read(String format, byte[] bytes, Reading<T> reading) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName(format).next();
        try (ImageInputStream stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            reader.setInput(stream);
            return reading.with(reader);
        } finally {
            reader.dispose();
        }
    }

    /** Reads the first picture. */
    static BufferedImage image(String format, byte[] bytes, int step) throws IOException {
        return read(format, bytes, reader -> reader.read(0, everyNth(reader, step)));
    }

    /** Leaves out all but the middle ones of {@code step} rows and columns. */
    static ImageReadParam everyNth(ImageReader reader, int step) {
        ImageReadParam parameters = reader.getDefaultReadParam();
        parameters.setSourceSubsampling(step, step, (step - 1) / 2, (step - 1) / 2);
        return parameters;
    }
}
