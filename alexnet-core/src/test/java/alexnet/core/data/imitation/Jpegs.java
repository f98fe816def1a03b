package alexnet.core.data.imitation;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Writes JPEGs, and puts segments into them. */
final class Jpegs {

    static final int APP0 = 0xE0;
    static final int EXIF = 0xE1;
    static final int ADOBE = 0xEE;
    static final int COMMENT = 0xFE;

    private static final float QUALITY = 0.9f;

    private Jpegs() {
    }

    static BufferedImage decode(byte[] jpeg) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(jpeg));
        if (image == null) {
            throw new IOException("it is no JPEG");
        }
        return image;
    }

    static byte[] encode(BufferedImage image) {
        return encode(new IIOImage(image, null, null), false);
    }

    static byte[] progressive(BufferedImage image) {
        return encode(new IIOImage(image, null, null), true);
    }

    /** Four components without any marker that says what they are. */
    static byte[] encode(Raster raster) {
        return encode(new IIOImage(raster, null, null), false);
    }

    private static byte[] encode(IIOImage image, boolean progressive) {
        var bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (ImageOutputStream output = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(output);
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(QUALITY);
            parameters.setProgressiveMode(progressive ? ImageWriteParam.MODE_DEFAULT : ImageWriteParam.MODE_DISABLED);
            writer.write(null, image, parameters);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** With a segment behind the JFIF header where there is one, which has to be the first. */
    static byte[] with(byte[] jpeg, int marker, byte[] segment) {
        int at = (jpeg[3] & 0xFF) == APP0 ? 4 + length(jpeg, 4) : 2;
        var bytes = new ByteArrayOutputStream();
        bytes.write(jpeg, 0, at);
        bytes.write(0xFF);
        bytes.write(marker);
        bytes.write(segment.length + 2 >> 8);
        bytes.write(segment.length + 2);
        bytes.writeBytes(segment);
        bytes.write(jpeg, at, jpeg.length - at);
        return bytes.toByteArray();
    }

    /** With a remark, so that the same picture is another file. */
    static byte[] withComment(byte[] jpeg, String text) {
        return with(jpeg, COMMENT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Says that it has other dimensions than it has. */
    static byte[] withDimensions(byte[] jpeg, int width, int height) {
        byte[] changed = jpeg.clone();
        int at = 2;
        while ((changed[at + 1] & 0xFC) != 0xC0) {
            at += 2 + length(changed, at + 2);
        }
        changed[at + 5] = (byte) (height >> 8);
        changed[at + 6] = (byte) height;
        changed[at + 7] = (byte) (width >> 8);
        changed[at + 8] = (byte) width;
        return changed;
    }

    private static int length(byte[] jpeg, int at) {
        return (jpeg[at] & 0xFF) << 8 | jpeg[at + 1] & 0xFF;
    }

    /** An EXIF block that says how the picture is to be turned, 1 to 8. */
    static byte[] exif(int orientation) {
        byte[] block = "Exif\0\0MM\0*\0\0\0\10\0\1\1\22\0\3\0\0\0\1\0?\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
        block[25] = (byte) orientation;
        return block;
    }

    /** An EXIF block whose directory lies far behind its end. */
    static byte[] brokenExif() {
        byte[] block = exif(6);
        Arrays.fill(block, 10, 14, (byte) 0x7F);
        return block;
    }

    /** Adobe's segment: 0 for inks as they are, 2 for YCCK. */
    static byte[] adobe(int transform) {
        byte[] segment = Arrays.copyOf("Adobe\0d".getBytes(StandardCharsets.ISO_8859_1), 12);
        segment[11] = (byte) transform;
        return segment;
    }

    /** Inks, inverted as Adobe's programs write them; black takes what is common to the others. */
    static WritableRaster inks(BufferedImage image, boolean ycck) {
        WritableRaster raster = Raster.createInterleavedRaster(0, image.getWidth(), image.getHeight(), 4, null);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int rgb = image.getRGB(x, y);
                int red = rgb >> 16 & 0xFF;
                int green = rgb >> 8 & 0xFF;
                int blue = rgb & 0xFF;
                int light = Math.max(1, Math.max(red, Math.max(green, blue)));
                int[] inks = {red * 255 / light, green * 255 / light, blue * 255 / light, light};
                raster.setPixel(x, y, ycck ? ycck(inks) : inks);
            }
        }
        return raster;
    }

    /** The first three are the inks' complements again, as Y, Cb and Cr. */
    private static int[] ycck(int[] inks) {
        double c = 255 - inks[0];
        double m = 255 - inks[1];
        double y = 255 - inks[2];
        return new int[] {clamp(0.299 * c + 0.587 * m + 0.114 * y), clamp(128 - 0.168736 * c - 0.331264 * m + 0.5 * y),
            clamp(128 + 0.5 * c - 0.418688 * m - 0.081312 * y), inks[3]};
    }

    private static int clamp(double value) {
        return Math.clamp(Math.round(value), 0, 255);
    }
}
