package alexnet.core.weights.torch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import com.code_intelligence.jazzer.junit.FuzzTest;

import alexnet.core.weights.OpenedWeights;

/** Whatever bytes a file of weights has, it is read or refused. */
class TorchFuzzTest {

    @FuzzTest(maxDuration = "5m")
    void filesAreReadOrRefused(byte[] bytes) throws IOException {
        Path file = Files.createTempFile("fuzz", ".pth");
        try {
            OpenedWeights.readOrRefuse(file, bytes);
        } finally {
            Files.delete(file);
        }
    }

    /** Chance hardly makes the zip around it. */
    @FuzzTest(maxDuration = "5m")
    void picklesAreReadOrRefused(byte[] pickle) throws IOException {
        filesAreReadOrRefused(new TestZip().add("archive/data.pkl", pickle).floats("archive/data/0", 1, 2, 3, 4).end());
    }
}
