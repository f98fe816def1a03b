package alexnet.core.data.decode;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** The writer inside the JDK, libjpeg 6b. */
final class JavaJpegEncoder implements JpegEncoder {

    private static final float WHOLE_SCALE = 100;
    private static final int HALF_SCALE = 50;
    /** Where the file says to be JFIF 1.02, whose additions it does not use: libjpeg-turbo writes 1.01, and all other bytes are the same. */
    private static final int MINOR_VERSION = 12;

    @Override
    public byte[] encode(MemorySegment planar, int channels, int height, int width, int quality) {
        BufferedImage image = image(planar, channels, height, width);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        var bytes = new ByteArrayOutputStream();
        try (ImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(quality(quality));
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } catch (IOException impossible) {
            throw new UncheckedIOException("a JPEG cannot be written to memory", impossible);
        } finally {
            writer.dispose();
        }
        byte[] jpeg = bytes.toByteArray();
        jpeg[MINOR_VERSION] = 1;
        return jpeg;
    }

    /** What the JDK makes the same tables of: libjpeg rounds the scale of quantisation down where it is above one. */
    private static float quality(int quality) {
        int scale = quality < HALF_SCALE ? HALF_SCALE * HALF_SCALE * 2 / Math.max(1, quality) : 0;
        return scale == 0 ? quality / WHOLE_SCALE : HALF_SCALE / (float) scale;
    }

    private static BufferedImage image(MemorySegment planar, int channels, int height, int width) {
        var image = new BufferedImage(width, height, channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR);
        byte[] samples = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        int area = height * width;
        for (int channel = 0; channel < channels; channel++) {
            for (int i = 0; i < area; i++) {
                samples[i * channels + channels - 1 - channel] = planar.get(ValueLayout.JAVA_BYTE, (long) channel * area + i);
            }
        }
        return image;
    }

    @Override
    public String name() {
        return "Java " + Runtime.version().feature();
    }
}
