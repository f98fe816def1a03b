package alexnet.core.data.decode;

import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.function.Predicate;

/** Readers of Image I/O on bytes in memory. */
final class Readers {

    private Readers() {
    }

    interface Reading<T> {
        T with(ImageReader reader) throws IOException;
    }

    /** Lets the first suitable reader of a format read. */
    static <T> T read(String format, byte[] bytes, Reading<T> reading, Predicate<ImageReader> suitable) throws IOException {
        for (Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format); readers.hasNext(); ) {
            ImageReader reader = readers.next();
            if (suitable.test(reader)) {
                try (ImageInputStream stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
                    reader.setInput(stream);
                    return reading.with(reader);
                } finally {
                    reader.dispose();
                }
            }
        }
        throw new IllegalStateException("no reader of " + format);
    }

    /** Reads the first picture. */
    static BufferedImage image(String format, byte[] bytes, int step) throws IOException {
        return read(format, bytes, reader -> reader.read(0, everyNth(reader, step)), _ -> true);
    }

    /** Leaves out all but the middle ones of {@code step} rows and columns. */
    static ImageReadParam everyNth(ImageReader reader, int step) {
        ImageReadParam parameters = reader.getDefaultReadParam();
        parameters.setSourceSubsampling(step, step, (step - 1) / 2, (step - 1) / 2);
        return parameters;
    }
}
