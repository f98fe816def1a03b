package alexnet.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** What {@code train}, {@code test} and {@code predict} say where they are asked to be quiet, or to talk to programs. */
@SameOnEveryRuntime
class LogOptionsTest {

    @Test
    void ofATrainingAndATestProgramsGetLinesOfJson(@TempDir Path folder) throws IOException {
        Path images = folder.resolve("images");
        TrainingTest.noise(images.resolve("bright"), 160);
        TrainingTest.noise(images.resolve("dark"), 0);
        Files.writeString(images.resolve("dark/broken.png"), "no image");
        Path run = folder.resolve("run");
        Execution trained = Execution.of("train", "--data", images, "--architecture", "alexnet-small", "--batch-size", 8, "--epochs", 1, "--output", run,
                "--quiet", "--log-json");
        assertEquals(0, trained.code(), trained.err());
        List<String> events = new ArrayList<>();
        for (String line : trained.out().lines().toList()) {
            events.add(new ObjectMapper().readTree(line).get("event").textValue());
        }
        assertTrue(events.containsAll(List.of("started", "step_finished", "validated", "checkpoint_written", "ended")), events.toString());
        assertEquals(List.of("1 of 21 images cannot be read and is left out, see the list at the end", "best top-1 ", "1 file was left out:", "  "),
                trained.err().lines().map(line -> line.replaceFirst("(?<=^best top-1 |^  ).*", "")).toList(), "warnings and the end alone");

        Path model = run.resolve("last.safetensors");
        JsonNode tested = new ObjectMapper().readTree(Execution.of("test", "--model", model, "--data", images, "--log-json").out());
        assertEquals(List.of("tested", 4, 1), List.of(tested.get("event").textValue(), tested.get("images").intValue(), tested.get("views").intValue()));
        Execution quiet = Execution.of("test", "--model", model, "--data", images, "--quiet");
        assertTrue(quiet.out().matches("top-1 .* centre crop\\R"), quiet.out());
        assertFalse(quiet.err().contains("classes:"), quiet.err());
        Execution predicted = Execution.of("predict", "--model", model, "--quiet", images.resolve("dark/0.png"));
        assertEquals("", predicted.err());
        assertEquals(3, predicted.out().lines().count(), predicted.out());
    }
}
