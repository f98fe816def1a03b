package alexnet.core.weights.protobuf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Whatever bytes a file of protocol buffers has, it is read or refused. */
class ProtobufFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void filesAreReadOrRefused(byte[] bytes) throws IOException {
        Path file = Files.createTempFile("fuzz", ".caffemodel");
        try {
            Refusal.requireOrReading(file, bytes);
        } finally {
            Files.delete(file);
        }
    }
}
