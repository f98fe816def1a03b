package alexnet.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import alexnet.core.device.Devices;
import alexnet.core.run.sink.ConfigurationFile;

/** What {@code train} writes of where its results come from. */
@SameOnEveryRuntime
class ProvenanceTest {

    @TempDir
    private Path folder;
    private Path run;

    @BeforeEach
    void images() throws IOException {
        TrainingTest.noise(folder.resolve("images/bright"), 160);
        TrainingTest.noise(folder.resolve("images/dark"), 0);
        run = folder.resolve("run");
    }

    private Execution train(Object... more) {
        return Execution.of(Stream.concat(Stream.of("train", "--data", folder.resolve("images"), "--batch-size", 8, "--output", run), Stream.of(more)).toArray());
    }

    private JsonNode read(String name) throws IOException {
        return new ObjectMapper().readTree(run.resolve(name).toFile());
    }

    private Map<String, String> options() throws IOException {
        try (InputStream in = Files.newInputStream(run.resolve("config.yaml"))) {
            return ConfigurationFile.read(in, "config.yaml");
        }
    }

    private long eventFiles() throws IOException {
        try (Stream<Path> files = Files.list(run.resolve("tensorboard"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("events.out.tfevents.")).count();
        }
    }

    @Test
    void aRunTellsWhatItWasAskedForAndEachTimeThatItBegan() throws IOException {
        Execution begun = train("--architecture", "alexnet-small", "--epochs", 1, "--wd", "1e-3", "--on-divergence", "rollback",
                "--step-timeout", "5m", "--workers", 3, "--max-bad", "7 %");
        assertEquals(0, begun.code(), begun.err());
        JsonNode config = read("config.json");
        assertEquals("1e-3", config.at("/given/--weight-decay").textValue());
        Map<String, String> options = options();
        assertEquals(List.of("0.001", "0.9", "rollback", "3", "300s", "3", "7.0"), Stream.of("weight_decay", "momentum", "on_divergence", "max_rollbacks",
                "step_timeout", "workers", "max_bad").map(options::get).toList());
        assertEquals(Set.of(), options.keySet().stream().filter(Set.of("output", "recipe", "config", "resume", "live_token", "quiet", "help")::contains).collect(Collectors.toSet()));
        assertEquals(16, config.at("/images/training_images").intValue());
        assertEquals(2, config.at("/architecture/layers/14/units").intValue());
        JsonNode start = read("environment.json").path(0);
        assertEquals(Devices.ofRuntime().runtime(), start.path("runtime").textValue());
        assertEquals(Devices.ofRuntime().byDefault().getLast().id(), start.at("/devices/1/id").textValue());
        assertEquals("train", start.at("/command_line/0").textValue());
        assertTrue(Instant.parse(start.path("start").textValue()).isBefore(Instant.now()));
        assertEquals(1, eventFiles());

        Execution resumed = train("--resume", "auto", "--epochs", 2);
        assertEquals(0, resumed.code(), resumed.err());
        assertEquals(List.of(0, 2), StreamSupport.stream(read("environment.json").spliterator(), false).map(entry -> entry.path("step").intValue()).toList());
        assertEquals("0.001", options().get("weight_decay"), "the checkpoint's");
        assertEquals(2, eventFiles());
    }

    @Test
    void anotherProgramsConfigurationIsNotReplaced() throws IOException {
        Path foreign = Files.writeString(Files.createDirectories(run).resolve("config.json"), "{\"model_type\": \"bert\"}");
        TrainingTest.assertFails(ExitCode.OUTPUT, foreign + " is not a training run's: name another folder by --output, or move it away",
                train("--architecture", "alexnet-small", "--overwrite"));
        assertEquals("{\"model_type\": \"bert\"}", Files.readString(foreign));
        assertFalse(Files.exists(run.resolve("tensorboard")));
    }
}
