package alexnet.core.data.decode;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import alexnet.core.data.Preprocessing;
import alexnet.core.data.Resize;
import alexnet.core.data.StoredSize;

/** libjpeg-turbo against the JDK's libjpeg. */
class TurboJpegTest {

    private static final int RGB = BufferedImage.TYPE_3BYTE_BGR;
    private static final int GREY = BufferedImage.TYPE_BYTE_GRAY;

    @BeforeEach
    void require() {
        assumeTrue(JpegCodecs.turboVersion().isPresent(), "libjpeg-turbo is not installed");
    }

    @AfterEach
    void leaveTheChoice() {
        JpegCodecs.use(JpegLibrary.AUTO);
    }

    private static DecodedImage decode(JpegLibrary library, byte[] jpeg) throws IOException {
        JpegCodecs.use(library);
        return ImageDecoder.decode(jpeg, MemoryBudget.SHARED);
    }

    private static byte[] read(JpegLibrary library, byte[] jpeg, Preprocessing preprocessing) throws IOException {
        JpegCodecs.use(library);
        byte[] pixels = new byte[3 * preprocessing.size().area()];
        ImageDecoder.read(jpeg, 3, preprocessing, MemorySegment.ofArray(pixels));
        return pixels;
    }

    @Test
    void saysItsRelease() {
        JpegCodecs.use(JpegLibrary.TURBO);
        assertTrue(JpegCodecs.decoderName().matches("libjpeg-turbo [2-9].*"), JpegCodecs.decoderName());
        assertEquals(JpegCodecs.decoderName(), JpegCodecs.encoder().name());
        JpegCodecs.use(JpegLibrary.JAVA);
        assertEquals("Java " + Runtime.version().feature(), JpegCodecs.decoderName());
        assertEquals(JpegCodecs.decoderName(), JpegCodecs.encoder().name());
    }

    @ParameterizedTest
    @CsvSource({"1, false", "2, false", "1, true", "2, true"})
    void aWholePictureIsTheSame(int sampling, boolean progressive) throws IOException {
        for (int type : new int[] {RGB, GREY}) {
            byte[] jpeg = Photographs.jpeg(Photographs.picture(203, 151, type, 1), type == GREY ? 1 : sampling, progressive);
            DecodedImage java = decode(JpegLibrary.JAVA, jpeg);
            DecodedImage turbo = decode(JpegLibrary.TURBO, jpeg);
            assertEquals(type == GREY ? 1 : 3, turbo.channels());
            assertArrayEquals(java.pixels(), turbo.pixels());
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 56", "2, 56", "2, 100", "2, 150", "1, 200"})
    void aPhotographThatIsDecodedAtAFractionOfItsSizeIsNearlyTheSame(int sampling, int size) throws IOException {
        byte[] jpeg = Photographs.jpeg(Photographs.picture(731, 603, RGB, 2), sampling, false);
        for (Resize resize : Resize.values()) {
            assertNear(jpeg, new Preprocessing(new StoredSize(size, size), resize));
        }
    }

    /** The library says the same of it as of a warning alone, and the pixels behind are those of whatever was decoded before. */
    @Test
    void aFailureBehindAWarningLeavesNoPicture() throws IOException {
        byte[] whole = Photographs.jpeg(Photographs.picture(96, 64, RGB, 3), 2, false);
        decode(JpegLibrary.TURBO, whole);
        // The data end too early, and the header of another scan lies about its length.
        byte[] damaged = inserted(whole, whole.length - 200, new byte[] {(byte) 0xFF, (byte) 0xDA, 0, 12, 9, 1, 1, 1, 1, 1, 1, 1, 1, 1});
        for (JpegLibrary library : new JpegLibrary[] {JpegLibrary.JAVA, JpegLibrary.TURBO}) {
            assertThrows(ImageException.class, () -> decode(library, damaged), library.toString());
            JpegCodecs.use(library);
            assertThrows(ImageException.class, () -> StoredJpegs.read(MemorySegment.ofArray(damaged), 3, new StoredSize(64, 96), MemorySegment.ofArray(new byte[3 * 96 * 64])));
        }
    }

    @Test
    void threadsDoNotDisturbEachOther() throws IOException {
        byte[][] jpegs = {Photographs.jpeg(Photographs.picture(96, 64, RGB, 3), 2, false), Photographs.jpeg(Photographs.picture(61, 130, RGB, 4), 1, true),
            Photographs.jpeg(Photographs.picture(40, 40, GREY, 5), 1, false)};
        byte[][] expected = new byte[jpegs.length][];
        for (int i = 0; i < jpegs.length; i++) {
            expected[i] = read(JpegLibrary.TURBO, jpegs[i], Preprocessing.covering(new StoredSize(32, 32)));
        }
        IntStream.range(0, 600).parallel().forEach(i -> {
            try {
                assertArrayEquals(expected[i % 3], read(JpegLibrary.TURBO, jpegs[i % 3], Preprocessing.covering(new StoredSize(32, 32))));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        });
    }

    /** Bytes behind the last pixel do no harm. */
    @Test
    void whatTheLibraryWarnsOfIsJudgedByTheJdk() throws IOException {
        byte[] whole = Photographs.jpeg(Photographs.picture(96, 64, RGB, 3), 2, false);
        byte[] longer = inserted(whole, whole.length - 2, new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
        assertArrayEquals(decode(JpegLibrary.JAVA, whole).pixels(), decode(JpegLibrary.TURBO, longer).pixels());
    }

    private static byte[] inserted(byte[] file, int at, byte[] more) {
        byte[] longer = Arrays.copyOf(file, file.length + more.length);
        System.arraycopy(more, 0, longer, at, more.length);
        System.arraycopy(file, at, longer, at + more.length, file.length - at);
        return longer;
    }

    /** Whatever the library does, nothing is shifted: the last row and column that are filled in part may be first. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void aTurnedPhotographIsInItsPlace(int orientation) throws IOException {
        byte[] jpeg = Photographs.turned(Photographs.jpeg(Photographs.picture(8 * 60 + 1, 8 * 50 + 1, RGB, 3), 2, false), orientation);
        JpegCodecs.use(JpegLibrary.TURBO);
        assertEquals(orientation > 4, decode(JpegLibrary.TURBO, jpeg).height() > decode(JpegLibrary.TURBO, jpeg).width());
        for (Resize resize : Resize.values()) {
            assertNear(jpeg, new Preprocessing(new StoredSize(25, 25), resize));
        }
    }

    /** The tolerance that docs/training.md states. */
    private static void assertNear(byte[] jpeg, Preprocessing preprocessing) throws IOException {
        byte[] java = read(JpegLibrary.JAVA, jpeg, preprocessing);
        byte[] turbo = read(JpegLibrary.TURBO, jpeg, preprocessing);
        int[] differences = new int[java.length];
        Arrays.setAll(differences, i -> Math.abs((java[i] & 0xFF) - (turbo[i] & 0xFF)));
        Arrays.sort(differences);
        double mean = Arrays.stream(differences).average().orElseThrow();
        assertTrue(mean <= 2, "on average " + mean);
        assertTrue(differences[differences.length * 999 / 1000] <= 8, "of a thousand samples one differs by " + differences[differences.length * 999 / 1000]);
    }

    @ParameterizedTest
    @EnumSource(names = {"JAVA", "TURBO"})
    void whatIsWrittenIsNearlyWhatIsReadAndStraightFromMemory(JpegLibrary library) throws IOException {
        JpegCodecs.use(library);
        var size = new StoredSize(48, 64);
        byte[] planar = planar(size, 3);
        byte[] jpeg = JpegCodecs.encoder().encode(MemorySegment.ofArray(planar), 3, 48, 64, 92);
        byte[] expected = read(library, jpeg, Preprocessing.covering(size));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment file = arena.allocateFrom(ValueLayout.JAVA_BYTE, jpeg);
            MemorySegment pixels = arena.allocate(planar.length);
            StoredJpegs.read(file, 3, size, pixels);
            assertEquals(-1, pixels.mismatch(MemorySegment.ofArray(expected)));
            byte[] fromHeap = new byte[planar.length];
            StoredJpegs.read(MemorySegment.ofArray(jpeg), 3, size, MemorySegment.ofArray(fromHeap));
            assertArrayEquals(expected, fromHeap);
            assertEquals("a JPEG of 48x64 pixels, not of 64x64",
                    assertThrows(ImageException.class, () -> StoredJpegs.read(file, 3, new StoredSize(64, 64), pixels)).getMessage());
            assertThrows(ImageException.class, () -> StoredJpegs.read(file.asSlice(0, jpeg.length / 2), 3, size, pixels));
        }
        int worst = 0;
        for (int i = 0; i < planar.length; i++) {
            worst = Math.max(worst, Math.abs((planar[i] & 0xFF) - (expected[i] & 0xFF)));
        }
        assertTrue(worst > 0 && worst < 24, "differs by " + worst);
    }

    /** Soft shades, {@code [channels][height][width]}. */
    private static byte[] planar(StoredSize size, int channels) {
        byte[] planar = new byte[channels * size.area()];
        for (int i = 0; i < planar.length; i++) {
            int y = i / size.width() % size.height();
            int x = i % size.width();
            planar[i] = (byte) (40 + 2 * y + x + 20 * (i / size.area()));
        }
        return planar;
    }

    @Test
    void greyIsWrittenAsGreyAndReadAsEither() throws IOException {
        var size = new StoredSize(20, 30);
        byte[] planar = planar(size, 1);
        for (JpegLibrary library : new JpegLibrary[] {JpegLibrary.JAVA, JpegLibrary.TURBO}) {
            JpegCodecs.use(library);
            byte[] jpeg = JpegCodecs.encoder().encode(MemorySegment.ofArray(planar), 1, 20, 30, 95);
            assertEquals(1, decode(library, jpeg).channels());
            byte[] one = new byte[size.area()];
            byte[] three = new byte[3 * size.area()];
            StoredJpegs.read(MemorySegment.ofArray(jpeg), 1, size, MemorySegment.ofArray(one));
            StoredJpegs.read(MemorySegment.ofArray(jpeg), 3, size, MemorySegment.ofArray(three));
            for (int i = 0; i < one.length; i++) {
                assertEquals(planar[i] & 0xFF, one[i] & 0xFF, 3);
            }
            for (int channel = 0; channel < 3; channel++) {
                assertArrayEquals(one, Arrays.copyOfRange(three, channel * one.length, (channel + 1) * one.length));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 30, 50, 75, 92, 95, 96, 100})
    void bothWriteTheSameBytes(int quality) {
        Random random = new Random(quality);
        for (int channels : new int[] {1, 3}) {
            byte[] noise = new byte[channels * 37 * 51];
            random.nextBytes(noise);
            JpegCodecs.use(JpegLibrary.JAVA);
            byte[] java = JpegCodecs.encoder().encode(MemorySegment.ofArray(noise), channels, 37, 51, quality);
            JpegCodecs.use(JpegLibrary.TURBO);
            assertArrayEquals(java, JpegCodecs.encoder().encode(MemorySegment.ofArray(noise), channels, 37, 51, quality));
        }
    }
}
