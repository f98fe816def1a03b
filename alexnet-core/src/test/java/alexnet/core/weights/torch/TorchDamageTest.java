package alexnet.core.weights.torch;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import alexnet.core.weights.OpenedWeights;

/** Whatever is done to PyTorch's files, they are read or refused in a line. */
class TorchDamageTest {

    private static final int MUTATIONS = 300;

    @TempDir
    Path folder;

    private boolean readOrRefuse(byte[] bytes) throws IOException {
        return OpenedWeights.readOrRefuse(folder.resolve("weights"), bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tensors-zip.pth", "tensors-legacy.pth", "checkpoint-legacy.pth"})
    void aFileThatIsCutAnywhereIsRefused(String name) throws IOException {
        byte[] whole = TorchFilesTest.resource(name);
        for (int length = 0; length < whole.length; length++) {
            assertFalse(readOrRefuse(Arrays.copyOf(whole, length)), name + " cut at " + length);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tensors-zip.pth", "tensors-legacy.pth"})
    void aFlippedByteDoesNoHarm(String name) throws IOException {
        byte[] bytes = TorchFilesTest.resource(name);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] ^= (byte) 0xFF;
            readOrRefuse(bytes);
            bytes[i] ^= (byte) 0xFF;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tensors-zip.pth", "tensors-legacy.pth", "checkpoint-zip.pth", "checkpoint-legacy.pth"})
    void chanceDoesNoHarm(String name) throws IOException {
        byte[] whole = TorchFilesTest.resource(name);
        Random random = new Random(name.hashCode());
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] bytes = whole.clone();
            for (int change = random.nextInt(8); change >= 0; change--) {
                int at = random.nextInt(bytes.length);
                switch (random.nextInt(3)) {
                    case 0 -> bytes[at] = (byte) random.nextInt();
                    case 1 -> bytes[at] = (byte) new int[] {0, 1, 0x7F, 0x80, 0xFF, 'R', 'Q', 'u', '(', 't', 'h', 'r'}[random.nextInt(12)];
                    default -> {
                        int from = random.nextInt(bytes.length);
                        System.arraycopy(whole, from, bytes, at, Math.min(random.nextInt(32), bytes.length - Math.max(from, at)));
                    }
                }
            }
            readOrRefuse(bytes);
        }
    }
}
