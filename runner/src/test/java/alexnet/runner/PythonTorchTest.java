package alexnet.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import alexnet.core.device.Devices;

/** PyTorch of the python3 on the path, where there is one. */
class PythonTorchTest {

    @TempDir
    private Path folder;

    private static boolean isThere() {
        try {
            return new ProcessBuilder("python3", "-c", "import torch").redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException missing) {
            return false;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private Execution contest(Path report) {
        return Execution.of("bench", "network", "-a", "alexnet-small", "-b", 2, "--devices", Devices.ofRuntime().all().getFirst().id(),
                "--kernels", "portable", "--rounds", 1, "--steps", 1, "--warm-up", 1, "--no-layers", "--peer", "python-torch", "--report", report);
    }

    @Test
    void itComputesTheSameNetworkAndIsMeasured() throws IOException {
        assumeTrue(isThere(), "the python3 on the path has no PyTorch");
        Path file = folder.resolve("bench.json");
        Execution result = contest(file);
        assertEquals(ExitCode.OK.code(), result.code(), result.err());
        JsonNode report = new ObjectMapper().readTree(file.toFile());
        assertTrue(report.get("comparisons").get(0).get("sameNetwork").asBoolean(), report.toString());
        assertEquals("python-torch", report.get("results").get(2).get("engine").asText());
        assertEquals(0, report.get("limits").size(), "layers and limits were left out");
    }

    @Test
    void whereThereIsNoneItIsToldBeforeAnythingIsMeasured() {
        assumeFalse(isThere(), "there is one");
        TrainingTest.assertFails(ExitCode.RUNTIME, "--peer python-torch: ", contest(folder.resolve("bench.json")));
    }

    @Test
    void theTwoPrecisionsAreAskedForAtOnce() {
        TrainingTest.assertFails(ExitCode.USAGE, "--peer python-torch measures both", Execution.of("bench", "network", "--peer", "python-torch-tf32"));
    }
}
