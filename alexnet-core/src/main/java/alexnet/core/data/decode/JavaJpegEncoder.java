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

    @Override
    public byte[] encode(MemorySegment planar, int channels, int height, int width, int quality) {
        BufferedImage image = image(planar, channels, height, width);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        var bytes = new ByteArrayOutputStream();
        try (ImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(quality / WHOLE_SCALE);
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, null), parameters);
        } catch (IOException impossible) {
            throw new UncheckedIOException("a JPEG cannot be written to memory", impossible);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
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
