package alexnet.report.findings;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.util.Base64;
import java.util.List;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

import alexnet.core.data.StoredImages;
import alexnet.core.picture.Png;
import alexnet.report.Findings.Photograph;

/** Images as a page can show them: as the network has them stored, and small. */
final class Photographs {

    /** Larger ones are made smaller. */
    private static final int LARGEST = 160;
    /** JPEG blurs small images, and makes them larger than PNG does. */
    private static final int SMALL = 64;
    private static final float QUALITY = 0.85f;
    private static final int RGB = 3;

    private final StoredImages images;
    private final List<String> classes;

    Photographs(StoredImages images, List<String> classes) {
        this.images = images;
        this.classes = classes;
    }

    /** An image with its name and its class. */
    Photograph of(int image) {
        BufferedImage whole = read(image);
        int longest = Math.max(whole.getWidth(), whole.getHeight());
        String source = longest <= SMALL ? "data:image/png;base64," + base64(Png.bytes(whole))
                : "data:image/jpeg;base64," + base64(jpeg(longest > LARGEST ? smaller(whole, (double) LARGEST / longest) : whole));
        return new Photograph(images.name(image), classes.get(images.label(image)), source);
    }

    private BufferedImage read(int image) {
        byte[] pixels = new byte[images.imageLength()];
        images.read(image, MemorySegment.ofArray(pixels));
        int height = images.storedSize().height();
        int width = images.storedSize().width();
        BufferedImage read = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int pixel = 0; pixel < height * width; pixel++) {
            int rgb = 0;
            for (int channel = 0; channel < RGB; channel++) {
                rgb = rgb << Byte.SIZE | pixels[Math.min(channel, images.channels() - 1) * height * width + pixel] & 0xFF;
            }
            read.setRGB(pixel % width, pixel / width, rgb);
        }
        return read;
    }

    private static BufferedImage smaller(BufferedImage image, double scale) {
        int width = Math.max(1, (int) Math.round(image.getWidth() * scale));
        int height = Math.max(1, (int) Math.round(image.getHeight() * scale));
        BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = scaled.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.drawImage(image, 0, 0, width, height, null);
        graphics.dispose();
        return scaled;
    }

    private static byte[] jpeg(BufferedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (MemoryCacheImageOutputStream output = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionQuality(QUALITY);
            writer.setOutput(output);
            writer.write(null, new IIOImage(image, null, null), how);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
