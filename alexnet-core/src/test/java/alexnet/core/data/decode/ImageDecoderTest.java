package alexnet.core.data.decode;

import alexnet.core.data.TestImages;
import com.twelvemonkeys.imageio.color.ColorSpaces;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ImageDecoderTest {

    /** 3 × 2 pixels, lossless, written by Pillow. */
    private static final String WEBP = "UklGRkIAAABXRUJQVlA4TDUAAAAvAkAAAC9AmG20Qdz3/C2nQSZtk78e5t/lCLJtNpHfn3LzH2jkkaz7BgQClLHigW0i+h/jBQA=";

    @TempDir
    Path folder;

    private DecodedImage decode(byte[] bytes) throws IOException {
        return ImageDecoder.decode(TestImages.write(folder.resolve("picture.JPEG"), bytes));
    }

    private String refusal(byte[] bytes) {
        return assertThrows(ImageException.class, () -> decode(bytes)).getMessage();
    }

    private static int[] pixel(DecodedImage image, int row, int column) {
        int[] pixel = new int[image.channels()];
        for (int channel = 0; channel < pixel.length; channel++) {
            pixel[channel] = image.pixels()[channel * image.area() + row * image.width() + column] & 0xFF;
        }
        return pixel;
    }

    private static void assertNear(int[] expected, int[] actual, int tolerance) {
        assertEquals(expected.length, actual.length);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual[i], tolerance, Arrays.toString(actual));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp", "gif", "tiff"})
    void theContentDecidesTheFormatNotTheName(String format) throws IOException {
        BufferedImage picture = TestImages.plain(4, 3, 0x0A141E);
        picture.setRGB(3, 0, 0xFF8000);

        DecodedImage image = decode(TestImages.encode(picture, format));

        assertEquals(3, image.channels());
        assertEquals(3, image.height());
        assertEquals(4, image.width());
        assertArrayEquals(new int[] {255, 128, 0}, pixel(image, 0, 3));
        assertArrayEquals(new int[] {10, 20, 30}, pixel(image, 2, 0));
    }

    @Test
    void readsColourJpegs() throws IOException {
        DecodedImage image = decode(TestImages.encode(TestImages.plain(20, 10, 0xC83214), "jpeg"));

        assertNear(new int[] {200, 50, 20}, pixel(image, 5, 5), 3);
    }

    @Test
    void readsWebp() throws IOException {
        DecodedImage image = decode(Base64.getDecoder().decode(WEBP));

        assertArrayEquals(new int[] {0, 0, 255}, pixel(image, 0, 2));
        assertArrayEquals(new int[] {10, 20, 30}, pixel(image, 1, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpeg"})
    void greyKeepsItsValuesAndItsOneChannel(String format) throws IOException {
        var picture = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
        Arrays.fill(((DataBufferByte) picture.getRaster().getDataBuffer()).getData(), (byte) 100);

        DecodedImage image = decode(TestImages.encode(picture, format));

        assertEquals(1, image.channels());
        assertNear(new int[] {100}, pixel(image, 4, 4), 1);
    }

    @Test
    void sixteenBitSamplesKeepTheirUpperByte() throws IOException {
        var picture = new BufferedImage(2, 2, BufferedImage.TYPE_USHORT_GRAY);
        picture.getRaster().setSample(1, 0, 0, 0xABCD);

        assertArrayEquals(new int[] {0xAB}, pixel(decode(TestImages.encode(picture, "png")), 0, 1));
    }

    @Test
    void transparentPixelsLieOverWhite() throws IOException {
        var picture = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
        picture.setRGB(0, 0, 0x00123456);
        picture.setRGB(1, 0, 0xFF123456);
        picture.setRGB(2, 0, 0x80000000);

        DecodedImage image = decode(TestImages.encode(picture, "png"));

        assertArrayEquals(new int[] {255, 255, 255}, pixel(image, 0, 0));
        assertArrayEquals(new int[] {0x12, 0x34, 0x56}, pixel(image, 0, 1));
        assertArrayEquals(new int[] {127, 127, 127}, pixel(image, 0, 2));
    }

    @Test
    void readsCmykJpegs() throws IOException {
        byte[] bytes = cmykJpeg(16, 16, 0, 255, 255, 0);

        DecodedImage image = decode(bytes);

        assertEquals(3, image.channels());
        int[] red = pixel(image, 8, 8);
        assertTrue(red[0] > 200 && red[1] < 70 && red[2] < 70, "no ink but magenta and yellow is red: " + Arrays.toString(red));
    }

    /** A JPEG with four components, as print shops write them, of one mixture of inks. */
    private static byte[] cmykJpeg(int width, int height, int... inks) throws IOException {
        WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, height, 4, null);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                raster.setPixel(x, y, inks);
            }
        }
        ColorSpace cmyk = ColorSpaces.getColorSpace(
                ColorSpaces.CS_GENERIC_CMYK);
        var model = ImageTypeSpecifier.createInterleaved(cmyk, new int[] {0, 1, 2, 3}, DataBuffer.TYPE_BYTE, false, false).getColorModel();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        var output = new ByteArrayOutputStream();
        try (var stream = ImageIO.createImageOutputStream(output)) {
            writer.setOutput(stream);
            writer.write(new IIOImage(new BufferedImage(model, raster, false, null), null, null));
        } finally {
            writer.dispose();
        }
        return output.toByteArray();
    }

    /** Where the top left corner of an upright picture is stored, for each EXIF orientation. */
    @ParameterizedTest
    @CsvSource({"1, 0, 0", "2, 0, 1", "3, 1, 1", "4, 1, 0", "5, 0, 0", "6, 1, 0", "7, 1, 1", "8, 0, 1"})
    void jpegsAreTurnedAsTheirExifOrientationSays(int orientation, int storedRow, int storedColumn) throws IOException {
        // Quarters of 16 pixels, wider than high; the one that belongs to the top left is red, its row neighbour when
        // upright is green.
        boolean turned = orientation > 4;
        BufferedImage picture = TestImages.plain(48, 32, 0x0000FF);
        paint(picture, storedRow, storedColumn, 0xFF0000);
        paint(picture, turned ? 1 - storedRow : storedRow, turned ? storedColumn : 1 - storedColumn, 0x00FF00);

        DecodedImage image = decode(withExifOrientation(TestImages.encode(picture, "jpeg"), orientation));

        assertEquals(turned ? 48 : 32, image.height());
        assertEquals(turned ? 32 : 48, image.width());
        assertNear(new int[] {255, 0, 0}, pixel(image, 3, 3), 20);
        assertNear(new int[] {0, 255, 0}, pixel(image, 3, image.width() - 4), 20);
        assertNear(new int[] {0, 0, 255}, pixel(image, image.height() - 4, 3), 20);
    }

    private static void paint(BufferedImage picture, int row, int column, int rgb) {
        for (int y = 0; y < picture.getHeight() / 2; y++) {
            for (int x = 0; x < picture.getWidth() / 2; x++) {
                picture.setRGB(column * picture.getWidth() / 2 + x, row * picture.getHeight() / 2 + y, rgb);
            }
        }
    }

    private static byte[] withExifOrientation(byte[] jpeg, int orientation) {
        ByteBuffer exif = ByteBuffer.allocate(jpeg.length + 36);
        exif.put(jpeg, 0, 2);
        exif.putShort((short) 0xFFE1).putShort((short) 34).put("Exif\0\0MM\0*".getBytes(StandardCharsets.ISO_8859_1));
        exif.putInt(8).putShort((short) 1);
        exif.putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) orientation).putShort((short) 0).putInt(0);
        return exif.put(jpeg, 2, jpeg.length - 2).array();
    }

    @Test
    void aTextFileIsNoImage() {
        assertEquals("not an image of a known format", refusal("hello, this is no picture".getBytes(StandardCharsets.UTF_8)));
        assertEquals("not an image of a known format", refusal(new byte[0]));
        assertEquals("not an image of a known format", refusal(new byte[64]));
    }

    @Test
    void aTruncatedJpegIsRefusedButAMissingEndMarkerIsNot() throws IOException {
        byte[] jpeg = TestImages.encode(TestImages.noise(40, 40, 1), "jpeg");

        assertTrue(refusal(Arrays.copyOf(jpeg, jpeg.length / 2)).contains("truncated"));
        assertTrue(refusal(Arrays.copyOf(jpeg, jpeg.length - 10)).contains("truncated"));
        assertArrayEquals(decode(jpeg).pixels(), decode(Arrays.copyOf(jpeg, jpeg.length - 2)).pixels());
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "bmp", "gif", "tiff", "jpeg"})
    void wheneverAFileIsCutItIsReadOrRefusedWithAReason(String format) throws IOException {
        byte[] whole = TestImages.encode(TestImages.noise(6, 5, 1), format);
        for (int length = 0; length < whole.length / 2; length++) {
            String reason = refusal(Arrays.copyOf(whole, length));
            assertTrue(reason != null && !reason.contains("\n"), reason);
        }
    }

    @Test
    void anImageOfImpossibleSizeIsRefusedBeforeMemoryIsTaken() throws IOException {
        byte[] png = TestImages.encode(TestImages.plain(2, 2, 0), "png");
        ByteBuffer.wrap(png).putInt(16, 1_000_000).putInt(20, 1_000_000);

        assertTrue(refusal(png).contains("1000000x1000000"));
    }
}
