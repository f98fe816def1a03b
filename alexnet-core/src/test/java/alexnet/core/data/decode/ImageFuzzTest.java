package alexnet.core.data.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

import com.code_intelligence.jazzer.junit.FuzzTest;

import alexnet.core.data.Preprocessing;
import alexnet.core.data.StoredSize;

/**
 * Whatever bytes a picture has, it is read or refused: nothing else is thrown, and no more memory is taken than was asked for; by
 * libjpeg-turbo, too, where it is installed.
 */
class ImageFuzzTest {

    private static final MemoryBudget BUDGET = new MemoryBudget(1 << 26);
    private static final StoredSize SMALL = new StoredSize(8, 8);

    private interface Reading {
        void read() throws IOException;
    }

    @FuzzTest(maxDuration = "5m")
    void picturesAreReadOrRefused(byte[] bytes) throws IOException {
        readOrRefused(() -> {
            DecodedImage image = ImageDecoder.decode(bytes, BUDGET);
            assertEquals(image.channels() * image.area(), image.pixels().length);
        });
    }

    /** At a fraction of their size, and straight from memory. */
    @FuzzTest(maxDuration = "5m")
    void jpegsAreReadOrRefused(byte[] bytes) throws IOException {
        byte[] jpeg = bytes.clone();
        byte[] head = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF};
        System.arraycopy(head, 0, jpeg, 0, Math.min(head.length, jpeg.length));
        byte[] pixels = new byte[3 * SMALL.area()];
        readOrRefused(() -> ImageDecoder.read(jpeg, 3, Preprocessing.covering(SMALL), MemorySegment.ofArray(pixels)));
        readOrRefused(() -> StoredJpegs.read(MemorySegment.ofArray(jpeg), 3, SMALL, MemorySegment.ofArray(pixels)));
    }

    private static void readOrRefused(Reading reading) throws IOException {
        try {
            reading.read();
        } catch (ImageException refused) {
            assertFalse(refused.getMessage().contains("\n"), refused.getMessage());
        }
    }
}
