package alexnet.core.data.decode;

import alexnet.core.data.TestImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class ImageDecoderTest extends EachDecoder {

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
    void anEmptyFileIsCalledThat() {
        assertEquals("an empty file", refusal(new byte[0]));
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
    void aTextFileIsNoImage() {
        assertEquals("not an image of a known format", refusal("hello, this is no picture".getBytes(StandardCharsets.UTF_8)));
        assertEquals("not an image of a known format", refusal("BMW and other makers of cars".getBytes(StandardCharsets.UTF_8)));
        assertEquals("not an image of a known format", refusal("P3-values of the trial".getBytes(StandardCharsets.UTF_8)));
        assertEquals("not an image of a known format", refusal(new byte[64]));
    }

    @Test
    void aTruncatedJpegIsRefusedButAMissingEndMarkerIsNot() throws IOException {
        byte[] jpeg = TestImages.encode(TestImages.noise(40, 40, 1), "jpeg");

        assertTrue(refusal(Arrays.copyOf(jpeg, jpeg.length / 2)).contains("truncated"));
        assertTrue(refusal(Arrays.copyOf(jpeg, jpeg.length - 10)).contains("truncated"));
        assertArrayEquals(decode(jpeg).pixels(), decode(Arrays.copyOf(jpeg, jpeg.length - 2)).pixels());
    }

    @Test
    void aJpegThatTellsItsPixelsOverAndOverIsRefused() throws IOException {
        byte[] jpeg = Photographs.jpeg(Photographs.picture(64, 48, BufferedImage.TYPE_3BYTE_BGR, 1), 2, true);
        int scan = jpeg.length - 2;
        while (jpeg[scan] != (byte) 0xFF || jpeg[scan + 1] != (byte) 0xDA) {
            scan--;
        }
        int length = jpeg.length - 2 - scan;
        byte[] bomb = Arrays.copyOf(jpeg, jpeg.length + 500 * length);
        for (int i = 0; i <= 500; i++) {
            System.arraycopy(jpeg, scan, bomb, scan + i * length, length);
        }
        assertEquals("damaged JPEG: more than 500 scans", refusal(bomb));
    }

    @Test
    void brokenExifHarmsNoPixel() throws IOException {
        byte[] jpeg = TestImages.encode(TestImages.noise(40, 24, 1), "jpeg");
        byte[] turned = Photographs.turned(jpeg, 6);
        assertEquals("24x40", decode(turned).width() + "x" + decode(turned).height());
        for (int at = 12; at < 34; at++) {
            byte[] broken = turned.clone();
            broken[at] = (byte) 0xFF;
            DecodedImage image = decode(broken);
            assertEquals(40 * 24, image.area());
            if (image.width() == 40) {
                assertArrayEquals(decode(jpeg).pixels(), image.pixels());
            }
        }
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
    void everyNthPixelOfAJpegIsNearTheWhole() throws IOException {
        byte[] jpeg = TestImages.encode(TestImages.plain(60, 45, 0xC83214), "jpeg");

        DecodedImage image = JpegPicture.open(jpeg).decode(3);

        assertEquals("20x15", image.width() + "x" + image.height());
        assertNear(new int[] {200, 50, 20}, pixel(image, 14, 19), 3);
    }

    @Test
    void noDescriptorIsLeftOpen() throws IOException {
        Path descriptors = Path.of("/proc/self/fd");
        assumeTrue(Files.isDirectory(descriptors), "counts descriptors in /proc/self/fd, which this system has not");
        List<Path> sound = new ArrayList<>(List.of(TestImages.write(folder.resolve("sound.webp"), Base64.getDecoder().decode(WEBP))));
        for (String format : List.of("jpeg", "png", "gif", "bmp", "tiff")) {
            sound.add(TestImages.write(folder.resolve("sound." + format), TestImages.encode(TestImages.noise(20, 20, 1), format)));
        }
        Path damaged = TestImages.write(folder.resolve("damaged.png"),
                Arrays.copyOf(TestImages.encode(TestImages.noise(20, 20, 1), "png"), 99));
        Path text = TestImages.write(folder.resolve("text.txt"), "no picture".getBytes(StandardCharsets.UTF_8));
        long before = count(descriptors);
        for (int i = 0; i < 60; i++) {
            for (Path each : sound) {
                ImageDecoder.decode(each);
            }
            assertThrows(ImageException.class, () -> ImageDecoder.decode(damaged));
            assertThrows(ImageException.class, () -> ImageDecoder.decode(text));
        }

        assertTrue(count(descriptors) < before + 20, before + " descriptors before, " + count(descriptors) + " after 480 files");
    }

    private static long count(Path descriptors) throws IOException {
        try (Stream<Path> open = Files.list(descriptors)) {
            return open.count();
        }
    }

    @Test
    void whatTheFileSystemRefusesIsNoFaultOfTheContent() {
        assertThrows(NoSuchFileException.class, () -> ImageDecoder.decode(folder.resolve("missing.png")));
        IOException failure = assertThrows(IOException.class, () -> ImageDecoder.decode(folder));
        assertFalse(failure instanceof ImageException, failure.toString());
    }
}
