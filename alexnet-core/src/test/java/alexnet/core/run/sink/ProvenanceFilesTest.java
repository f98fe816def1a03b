package alexnet.core.run.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import alexnet.core.network.Architectures;
import alexnet.core.run.event.Place;
import alexnet.core.run.event.RunEvent;
import alexnet.core.run.event.RunPlan;

class ProvenanceFilesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private static final Map<String, Object> OPTIONS = new LinkedHashMap<>();

    static {
        OPTIONS.put("lr", 1e-4);
        OPTIONS.put("lr_scheduler", "cosine");
        OPTIONS.put("validate_every", "0.5e");
        OPTIONS.put("lr_milestones", List.of(2, 30));
        OPTIONS.put("lrn_alpha_over_n", true);
        OPTIONS.put("data", "/Köln: #1 \"a\"\\*b");
        OPTIONS.put("devices", "0:0,0:1");
        OPTIONS.put("seed", Long.MIN_VALUE);
    }

    private ProvenanceFiles files(Path resumedFrom) {
        Configuration configuration = new Configuration("alexnet 1", Map.of("--lr", "0.01"),
                OPTIONS, Architectures.named("alexnet", 1000, 3),
                new Configuration.Images("photos", Path.of("/data/photos"), 100, 20, 3, List.of("cat", "<dog>")));
        Environment.PlacedDevice device = new Environment.PlacedDevice("0:0", "a GPU", "GPU", "OpenCL", "a vendor", "550.1", 1L << 33, "gpu");
        return new ProvenanceFiles(folder, configuration, new Environment(Instant.parse("2026-01-02T03:04:05Z"), "alexnet 1", List.of("train", "--lr", "0.01"),
                Path.of("/home/user"), 7, resumedFrom, "a VM 25", List.of("-Xmx1g"), "an OS", "a host", "a processor", 8, 1L << 34, 1L << 30, "TornadoVM 5", "a decoder 2",
                List.of(device, device), List.of(Map.of("driver_version", "550.1"))));
    }

    private void start(ProvenanceFiles files, long step) throws IOException {
        files.on(new RunEvent.Started(new RunPlan("alexnet", List.of("cat", "<dog>"), 40, 4, 25, 0.5, folder), new Place(step, 1, 0, 4), List.of()));
    }

    private JsonNode read(String name) throws IOException {
        return JSON.readTree(folder.resolve(name).toFile());
    }

    @Test
    void theConfigurationTellsOptionsAsGivenNetworkAndImages() throws IOException {
        start(files(null), 0);
        JsonNode config = read("config.json");
        assertEquals("0.01", config.at("/given/--lr").textValue());
        assertEquals(60_965_224, config.at("/parameters").asLong());
        assertEquals("alexnet", config.at("/architecture/name").textValue());
        assertEquals(JSON.readTree("{\"kind\": \"dropout\", \"name\": \"drop6\", \"rate\": 0.5, \"inverted\": false}"), config.at("/architecture/layers/11"));
        assertEquals(JSON.readTree("{\"name\": \"photos\", \"folder\": \"/data/photos\", \"training_images\": 100, \"validation_images\": 20,"
                + " \"left_out\": 3, \"classes\": [\"cat\", \"<dog>\"]}"), config.at("/images"));
        assertEquals(List.of(40, 4, 0.5), List.of(config.at("/steps").intValue(), config.at("/steps_an_epoch").intValue(),
                config.at("/majority_baseline").doubleValue()));
    }

    @Test
    void theOptionsAreReadAsTheyWereWritten() throws IOException {
        start(files(null), 0);
        Map<String, String> read;
        try (InputStream in = Files.newInputStream(folder.resolve("config.yaml"))) {
            read = ConfigurationFile.read(in, "config.yaml");
        }
        assertEquals(List.of("1.0E-4", "cosine", "0.5e", "2,30", "true", "/Köln: #1 \"a\"\\*b", "0:0,0:1", "-9223372036854775808"), List.copyOf(read.values()));
        assertEquals(List.copyOf(OPTIONS.keySet()), List.copyOf(read.keySet()));
        assertTrue(ProvenanceFiles.isOurs(folder.resolve("config.yaml")));
        assertFalse(ProvenanceFiles.isOurs(Files.writeString(folder.resolve("config.yaml"), "lr: 1\n")));
    }

    @Test
    void theEnvironmentTellsMachineProgramAndDevices() throws IOException {
        start(files(null), 0);
        assertEquals(JSON.readTree("""
                [{"step": 0, "start": "2026-01-02T03:04:05Z", "program": "alexnet 1", "command_line": ["train", "--lr", "0.01"],
                  "working_directory": "/home/user", "seed": 7, "resumed_from": null, "java": "a VM 25", "vm_options": ["-Xmx1g"], "os": "an OS",
                  "host": "a host", "processor": "a processor", "processors": 8, "memory_bytes": 17179869184, "heap_bytes": 1073741824,
                  "runtime": "TornadoVM 5", "decoder": "a decoder 2", "devices": [DEVICE, DEVICE], "gpus": [{"driver_version": "550.1"}]}]
                """.replace("DEVICE", """
                {"id": "0:0", "name": "a GPU", "type": "GPU", "backend": "OpenCL", "platform": "a vendor", "driver": "550.1",
                 "memory_bytes": 8589934592, "kernels": "gpu"}""")), read("environment.json"));
    }

    @Test
    void aResumedRunAddsAnEntryAndANewOneBeginsAnew() throws IOException {
        start(files(null), 0);
        start(files(Path.of("/runs/a/last.safetensors")), 5);
        assertEquals(List.of(0L, 5L), steps());
        assertEquals("/runs/a/last.safetensors", read("environment.json").at("/1/resumed_from").textValue());
        start(files(null), 0);
        assertEquals(List.of(0L), steps());
    }

    @Test
    void aRunThatGoesBackWithinItselfIsOneEntry() throws IOException {
        ProvenanceFiles files = files(null);
        start(files, 0);
        start(files, 3);
        assertEquals(List.of(0L), steps());
    }

    private List<Long> steps() throws IOException {
        return StreamSupport.stream(read("environment.json").spliterator(), false).map(entry -> entry.path("step").longValue()).toList();
    }

    @Test
    void itsOwnFilesAndNoneMayBeReplaced() throws IOException {
        assertTrue(ProvenanceFiles.isOurs(folder.resolve("config.json")));
        start(files(null), 0);
        assertTrue(ProvenanceFiles.isOurs(folder.resolve("config.json")));
        assertTrue(ProvenanceFiles.isOurs(folder.resolve("environment.json")));
        assertFalse(ProvenanceFiles.isOurs(Files.createDirectory(folder.resolve("folder"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"model_type\": \"alexnet\"}", "[]", "[1]", "no JSON", "{\"program\": 1}"})
    void noOtherProgramsFileMayBeReplaced(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("config.json"), content);
        assertFalse(ProvenanceFiles.isOurs(file));
    }
}
