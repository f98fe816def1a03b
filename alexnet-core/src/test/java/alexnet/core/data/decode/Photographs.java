package alexnet.core.data.decode;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** JPEGs of what photographs are made of: soft shades, edges, fine texture and grain. */
final class Photographs {

    private static final String METADATA = "javax_imageio_jpeg_image_1.0";

    private Photographs() {
    }

    static BufferedImage picture(int width, int height, int type, long seed) {
        Random random = new Random(seed);
        double[] phases = random.doubles(9, 0, 6).toArray();
        var image = new BufferedImage(width, height, type);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double u = (double) x / Math.max(width, height);
                double v = (double) y / Math.max(width, height);
                int rgb = 0;
                for (int channel = 0; channel < 3; channel++) {
                    double shade = 120 + 70 * Math.sin((3 + channel) * u + phases[channel] * v + phases[channel + 3]);
                    double texture = 25 * Math.sin(90 * u + phases[channel + 6]) * Math.sin(70 * v);
                    double edge = Math.hypot(u - 0.4, v - 0.3) < 0.2 || u + v > 1.1 ? 40 : 0;
                    rgb = rgb << 8 | Math.clamp(Math.round(shade + texture + edge + 4 * random.nextGaussian()), 0, 255);
                }
                image.setRGB(x, y, rgb);
            }
        }
        return image;
    }

    /** @param sampling of the first component, in both directions: 2 halves chroma, 1 keeps it whole */
    static byte[] jpeg(BufferedImage image, int sampling, boolean progressive) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        var bytes = new ByteArrayOutputStream();
        try (ImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(0.9f);
            parameters.setProgressiveMode(progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
            IIOMetadata metadata = writer.getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(image), parameters);
            Node tree = metadata.getAsTree(METADATA);
            NodeList components = ((Element) tree).getElementsByTagName("componentSpec");
            for (int i = 0; i < components.getLength(); i++) {
                String factor = String.valueOf(i == 0 ? sampling : 1);
                ((Element) components.item(i)).setAttribute("HsamplingFactor", factor);
                ((Element) components.item(i)).setAttribute("VsamplingFactor", factor);
            }
            metadata.setFromTree(METADATA, tree);
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image, null, metadata), parameters);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** The same with an EXIF segment of nothing but an orientation. */
    static byte[] turned(byte[] jpeg, int orientation) {
        byte[] exif = {(byte) 0xFF, (byte) 0xE1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0,
            (byte) orientation, 0, 0, 0, 0, 0, 0};
        byte[] turned = new byte[jpeg.length + exif.length];
        System.arraycopy(jpeg, 0, turned, 0, 2);
        System.arraycopy(exif, 0, turned, 2, exif.length);
        System.arraycopy(jpeg, 2, turned, 2 + exif.length, jpeg.length - 2);
        return turned;
    }
}
