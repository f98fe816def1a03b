package alexnet.core.data.decode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever bytes a picture has, it is read or refused: nothing else is thrown, and no more memory is taken than was asked for. */
class ImageFuzzTest {

    private static final MemoryBudget BUDGET = new MemoryBudget(1 << 26);

    @FuzzTest(maxDuration = "5m")
    void picturesAreReadOrRefused(byte[] bytes) throws IOException {
        try {
            DecodedImage image = ImageDecoder.decode(bytes, BUDGET);
            assertEquals(image.channels() * image.area(), image.pixels().length);
        } catch (ImageException refused) {
            assertFalse(refused.getMessage().contains("\n"), refused.getMessage());
        }
    }
}
