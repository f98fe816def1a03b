package alexnet.core.data.decode;

import javax.imageio.ImageReader;
import java.awt.image.DataBuffer;
import java.awt.image.SampleModel;
import java.io.IOException;

/**
 * What a reader of Image I/O says of a picture before it reads the pixels.
 *
 * @param width      columns
 * @param height     rows
 * @param pixelBytes bytes that it will take for a pixel
 */
record ReaderHeader(int width, int height, int pixelBytes) {

    private static final int RGB_BYTES = 3;

    static ReaderHeader of(String format, byte[] bytes) throws IOException {
        return Readers.read(format, bytes, ReaderHeader::of);
    }

    private static ReaderHeader of(ImageReader reader) throws IOException {
        SampleModel samples = reader.getImageTypes(0).next().getSampleModel();
        int elements = Math.max(1, samples.getNumDataElements());
        return new ReaderHeader(reader.getWidth(0), reader.getHeight(0),
                elements * DataBuffer.getDataTypeSize(samples.getDataType()) / Byte.SIZE);
    }

    /** The reader's pixels and ours, or ours before and after they were turned. */
    long memory(int step) {
        return (long) width * height / step / step * Math.max(pixelBytes + RGB_BYTES, 2 * RGB_BYTES);
    }
}
