package alexnet.core.data.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import com.code_intelligence.jazzer.junit.FuzzTest;

import alexnet.core.data.DataException;

/** Whatever bytes a NumPy file has, it is read or refused. */
class NpyFuzzTest {

    @FuzzTest(maxDuration = "1m")
    void arraysAreReadOrRefused(byte[] bytes) throws IOException {
        Path file = Files.createTempFile("fuzz", ".npy");
        try {
            Files.write(file, bytes);
            assertEquals(6, NpyFile.readFloats(file, 2, 3).length);
        } catch (DataException refused) {
            assertTrue(refused.getMessage().contains(file.toString()), refused.getMessage());
            assertFalse(refused.getMessage().contains("\n"), refused.getMessage());
        } finally {
            Files.delete(file);
        }
    }
}
