package alexnet.core.checkpoint;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever bytes a safetensors file has, it is read or refused. */
class SafetensorsFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void filesAreReadOrRefused(byte[] bytes) throws IOException {
        Path file = Files.createTempFile("fuzz", ".safetensors");
        try {
            Files.write(file, bytes);
            try (SafetensorsReader reader = SafetensorsReader.open(file)) {
                for (Tensor tensor : reader.tensors().values()) {
                    // A file this small cannot promise a tensor that is large.
                    byte[] target = new byte[Math.toIntExact(tensor.byteSize())];
                    assertTrue(target.length <= bytes.length, tensor.toString());
                    reader.read(tensor.name(), tensor.type(), tensor.shape(), MemorySegment.ofArray(target));
                }
            }
        } catch (CheckpointException refused) {
            assertTrue(refused.getMessage().contains(file.toString()), refused.getMessage());
            assertFalse(refused.getMessage().contains("\n"), refused.getMessage());
        } finally {
            Files.delete(file);
        }
    }
}
