package alexnet.core.data.decode;

import alexnet.core.data.Preprocessing;
import alexnet.core.data.StoredSize;
import alexnet.core.data.TestImages;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Pictures that take, or say that they take, more memory than there is. */
class LargePicturesTest extends EachDecoder {

    @TempDir
    Path folder;

    private static String refusal(byte[] file) {
        return assertThrows(ImageException.class, () -> ImageDecoder.decode(file, MemoryBudget.SHARED)).getMessage();
    }

    /** A PNG of black pixels, of one bit each, which takes hardly any room. */
    private static byte[] blackPng(int width, int height) throws IOException {
        var pixels = new ByteArrayOutputStream();
        try (var deflater = new DeflaterOutputStream(pixels)) {
            byte[] row = new byte[1 + Math.ceilDiv(width, 8)];
            for (int y = 0; y < height; y++) {
                deflater.write(row);
            }
        }
        return png(width, height, pixels.toByteArray());
    }

    private static byte[] png(int width, int height, byte[] pixels) {
        var png = new ByteArrayOutputStream();
        png.writeBytes("\u0089PNG\r\n\u001A\n".getBytes(StandardCharsets.ISO_8859_1));
        writeChunk(png, "IHDR", ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte) 1).array());
        writeChunk(png, "IDAT", pixels);
        writeChunk(png, "IEND", new byte[0]);
        return png.toByteArray();
    }

    private static void writeChunk(ByteArrayOutputStream png, String name, byte[] content) {
        ByteBuffer chunk = ByteBuffer.allocate(12 + content.length).putInt(content.length)
                .put(name.getBytes(StandardCharsets.ISO_8859_1)).put(content);
        var sum = new CRC32();
        sum.update(chunk.array(), 4, 4 + content.length);
        png.writeBytes(chunk.putInt((int) sum.getValue()).array());
    }

    @Test
    void anImageOfImpossibleSizeIsRefusedBeforeMemoryIsTaken() {
        String reason = refusal(png(1_000_000, 1_000_000, new byte[9]));

        assertEquals("too large: 1000000x1000000 pixels, more than 100000000", reason);
    }

    @Test
    void aPictureOfMorePixelsThanAnyPhotographHasIsTooLargeNotDamaged() throws IOException {
        assertEquals("too large: 12000x12000 pixels, more than 100000000", refusal(blackPng(12_000, 12_000)));
    }

    @Test
    void aJpegWhoseHeaderLiesIsRefusedBeforeMemoryIsTaken() throws IOException {
        byte[] jpeg = TestImages.encode(TestImages.noise(20, 20, 1), "jpeg");
        int frame = 0;
        while (jpeg[frame] != (byte) 0xFF || jpeg[frame + 1] != (byte) 0xC0) {
            frame++;
        }
        ByteBuffer.wrap(jpeg).putShort(frame + 5, (short) 60_000).putShort(frame + 7, (short) 60_000);

        assertEquals("too large: 60000x60000 pixels, more than 100000000", refusal(jpeg));
        assertEquals("too large: 60000x60000 pixels, more than 100000000", assertThrows(ImageException.class,
                () -> ImageDecoder.read(jpeg, 3, Preprocessing.covering(new StoredSize(8, 8)), MemorySegment.ofArray(new byte[192]))).getMessage());
        if (library() == JpegLibrary.TURBO) {
            assertThrows(ImageException.class, () -> StoredJpegs.read(MemorySegment.ofArray(jpeg), 3, new StoredSize(20, 20), MemorySegment.ofArray(new byte[1200])));
        }

        ByteBuffer.wrap(jpeg).putShort(frame + 5, (short) 9_000).putShort(frame + 7, (short) 9_000);
        assertTrue(refusal(jpeg).contains("JPEG") || refusal(jpeg).contains("too large"), refusal(jpeg));
    }

    @Test
    void ofAPictureFarLargerThanNeededEveryNthRowAndColumnIsRead() throws IOException {
        DecodedImage image = ImageDecoder.decode(blackPng(5_900, 5_800), MemoryBudget.SHARED);

        assertEquals("2950x2900", image.width() + "x" + image.height());
    }

    @Test
    void aPictureThatTheBudgetCannotHoldIsTooLargeAndSaysWhatItNeeds() throws IOException {
        Path file = TestImages.write(folder.resolve("large.png"), blackPng(3_000, 3_000));

        String reason = assertThrows(ImageException.class, () -> ImageDecoder.decode(file, new MemoryBudget(1 << 20))).getMessage();

        assertTrue(reason.startsWith("too large: 3000x3000 pixels need 55 MB"), reason);
    }

    @Test
    void whoKeepsNothingElseDecodesInHalfOfTheHeap() throws IOException {
        var budget = new MemoryBudget(1 << 20);
        long nearlyHalf = Runtime.getRuntime().maxMemory() / 2 - 1024;
        assertThrows(LittleMemoryException.class, () -> budget.reserve(nearlyHalf, "all"));

        budget.takeHalfOfHeap();
        budget.takeHalfOfHeap();

        budget.reserve(nearlyHalf, "all").close();
        assertThrows(LittleMemoryException.class, () -> budget.reserve(nearlyHalf + 3 * 1024, "more"));
    }

    @Test
    void afterARefusalTheWholeBudgetIsFreeAgain() throws IOException {
        var budget = new MemoryBudget(1 << 20);
        Path large = TestImages.write(folder.resolve("large.png"), blackPng(3_000, 3_000));
        byte[] damaged = TestImages.encode(TestImages.noise(20, 20, 1), "png");
        damaged[60]++;
        Path broken = TestImages.write(folder.resolve("broken.png"), damaged);

        assertThrows(ImageException.class, () -> ImageDecoder.decode(large, budget));
        assertThrows(ImageException.class, () -> ImageDecoder.decode(broken, budget));
        ImageDecoder.decode(TestImages.write(folder.resolve("sound.png"), blackPng(8, 8)), budget);

        budget.reserve(1 << 20, "all").close();
    }

    @Test
    void picturesThatFitOneAtATimeAreAllReadByManyThreads() throws Exception {
        Path file = TestImages.write(folder.resolve("one.png"), blackPng(400, 300));
        var budget = new MemoryBudget(800_000);
        try (var executor = Executors.newFixedThreadPool(8)) {
            List<Future<DecodedImage>> images = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                images.add(executor.submit(() -> ImageDecoder.decode(file, budget)));
            }
            for (Future<DecodedImage> image : images) {
                assertEquals(400, image.get(1, TimeUnit.MINUTES).width());
            }
        }
    }

    @Test
    void aProfileThatBlowsUpIsNeverUnpacked() throws IOException {
        var bomb = new ByteArrayOutputStream();
        bomb.writeBytes("profile\0\0".getBytes(StandardCharsets.ISO_8859_1));
        try (var deflater = new DeflaterOutputStream(bomb)) {
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 64; i++) {
                deflater.write(zeros);
            }
        }
        byte[] plain = blackPng(8, 8);
        for (String name : List.of("iCCP", "zTXt")) {
            var png = new ByteArrayOutputStream();
            png.write(plain, 0, 33);
            writeChunk(png, name, bomb.toByteArray());
            png.write(plain, 33, plain.length - 33);

            assertEquals(8, ImageDecoder.decode(png.toByteArray(), new MemoryBudget(1 << 20)).width());
        }
    }
}
