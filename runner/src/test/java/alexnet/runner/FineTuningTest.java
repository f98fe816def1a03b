package alexnet.runner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import alexnet.core.checkpoint.DataType;
import alexnet.core.checkpoint.SafetensorsReader;
import alexnet.core.checkpoint.SafetensorsWriter;
import alexnet.core.checkpoint.Tensor;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** From a network trained on two classes of bright images to three classes of others. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SameOnEveryRuntime
class FineTuningTest {

    private static final List<String> CONVOLUTIONS = List.of("conv1", "conv2", "conv3", "conv4", "conv5");

    private Path folder;
    private Path images;
    private Path model;

    @BeforeAll
    void trainTheFirst(@TempDir Path temporary) throws IOException {
        folder = temporary;
        TrainingTest.noise(folder.resolve("first/bright"), 160);
        TrainingTest.noise(folder.resolve("first/brighter"), 120);
        images = folder.resolve("second");
        TrainingTest.noise(images.resolve("dark"), 0);
        TrainingTest.noise(images.resolve("darker"), 10);
        TrainingTest.noise(images.resolve("grey"), 80);
        assertEquals(0, Execution.of("train", "--data", folder.resolve("first"), "--architecture", "alexnet-small", "--batch-size", 5, "--lr", 0.001,
                "--lrn-k", 1, "--epochs", 1, "--resize", "squash", "--output", folder.resolve("run")).code());
        model = folder.resolve("run/last.safetensors");
    }

    private Execution tune(String output, Object... more) {
        return Execution.of(Stream.concat(Stream.of("train", "--data", images, "--batch-size", 5, "--lr", 0.001,
                "--output", folder.resolve(output)), Stream.of(more).anyMatch("--epochs"::equals) ? Stream.of(more) : Stream.concat(Stream.of("--epochs", 1), Stream.of(more))).toArray());
    }

    private Path last(String output) {
        return folder.resolve(output).resolve("last.safetensors");
    }

    private static float[] tensor(Path file, String name) {
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            Tensor tensor = reader.tensor(name);
            float[] values = new float[(int) tensor.shape().elements()];
            reader.read(name, DataType.F32, tensor.shape(), MemorySegment.ofArray(values));
            return values;
        }
    }

    private JsonNode config(String output) throws IOException {
        return new ObjectMapper().readTree(folder.resolve(output).resolve("config.json").toFile());
    }

    @Test
    void whatFitsIsTakenAndWhatIsFreshIsTold() throws IOException {
        Execution tuned = tune("tuned", "--init-from", model, "--freeze", "conv1-conv5", "--lr-layer", "fc8=10");
        assertEquals(0, tuned.code(), tuned.err());
        assertTrue(tuned.err().contains("architecture alexnet-small, as " + model + " has it"), tuned.err());
        assertTrue(tuned.err().contains("taken from last.safetensors: conv1, conv2, conv3, conv4, conv5, fc6, fc7; fresh: fc8 (2x1024 there, 3x1024 here)"), tuned.err());
        assertEquals(1, tuned.err().split("taken from", -1).length - 1, tuned.err());
        assertFalse(tuned.err().contains("not as they are there"), tuned.err());
        assertTrue(tuned.err().contains("with its first layer come its mean image and --resize squash"), tuned.err());
        for (String layer : CONVOLUTIONS) {
            assertArrayEquals(tensor(model, layer + ".weight"), tensor(last("tuned"), layer + ".weight"), layer);
            assertArrayEquals(tensor(model, layer + ".bias"), tensor(last("tuned"), layer + ".bias"), layer);
        }
        assertArrayEquals(tensor(model, "data.mean"), tensor(last("tuned"), "data.mean"));

        Execution info = Execution.of("info", last("tuned"));
        assertTrue(info.out().contains("taken from last.safetensors: conv1, conv2, conv3, conv4, conv5, fc6, fc7; fresh: fc8 (2x1024 there, 3x1024 here)"), info.out());
        assertTrue(info.out().contains("freeze conv1-conv5, lr_layer fc8=10"), info.out());
        assertTrue(info.out().contains("lr_milestones none"), info.out());
        JsonNode begun = config("tuned").path("init_from");
        assertEquals("last.safetensors", begun.path("file").asText());
        assertEquals(7, begun.path("taken").size());
        assertEquals("2x1024 there, 3x1024 here", begun.path("fresh").path("fc8").asText());
        // Weights presuppose the normalisation that they were trained with.
        assertEquals(1, config("tuned").at("/architecture/layers/1/k").asInt());
        String options = Files.readString(folder.resolve("tuned/config.yaml"));
        assertTrue(options.contains("init_from: \"" + model + "\""), options);
        for (String line : List.of("freeze:\n- \"conv1-conv5\"", "lr_layer:\n- \"fc8=10\"", "lrn_k: 1", "resize: \"squash\"", "architecture: \"alexnet-small\"")) {
            assertTrue(options.contains(line), options);
        }
    }

    @Test
    void theSameOptionsOfAConfigurationMakeTheSameRun() throws IOException {
        assertEquals(0, tune("options", "--init-from", model, "--freeze", "conv1,conv2", "--lr-layer", "fc8=10,fc7=2").code());
        Execution again = Execution.of("train", "--config", folder.resolve("options/config.yaml"), "--output", folder.resolve("again"));
        assertEquals(0, again.code(), again.err());
        assertArrayEquals(Files.readAllBytes(last("options")), Files.readAllBytes(last("again")));
    }

    @Test
    void oneCommandBeginsAndGoesOnWithoutTheFile() throws IOException {
        Path gone = Files.copy(model, folder.resolve("gone.safetensors"));
        assertEquals(0, tune("auto", "--resume", "auto", "--init-from", gone, "--freeze", "conv1").code());
        Files.delete(gone);
        Execution resumed = tune("auto", "--resume", "auto", "--init-from", gone, "--freeze", "conv1", "--epochs", 2);
        assertEquals(0, resumed.code(), resumed.err());
        assertEquals("gone.safetensors", config("auto").path("init_from").path("file").asText());
        assertTrue(Files.readString(folder.resolve("auto/config.yaml")).contains("init_from: \"" + gone + "\""));
        assertArrayEquals(tensor(model, "conv1.weight"), tensor(last("auto"), "conv1.weight"));
        // An earlier run's layers learn again.
        Execution all = Execution.of("train", "--data", images, "--resume", last("auto"), "--epochs", 3, "--freeze", "none");
        assertEquals(0, all.code(), all.err());
        assertFalse(Arrays.equals(tensor(model, "conv1.weight"), tensor(last("auto"), "conv1.weight")));
        assertFalse(Files.readString(folder.resolve("auto/config.yaml")).contains("freeze"));
        assertTrue(Files.readString(folder.resolve("auto/config.yaml")).contains("init_from: \"" + gone + "\""));
    }

    @Test
    void anotherArchitectureTakesWhatFitsIt() {
        Execution tuned = tune("other", "--init-from", model, "--architecture", "alexnet-small", "--lrn-k", 2, "--resize", "cover");
        assertEquals(0, tuned.code(), tuned.err());
        assertFalse(tuned.err().contains("architecture alexnet-small, as"), tuned.err());
        assertTrue(tuned.err().contains("not as they are there, which the weights were trained with: norm1, norm2" + System.lineSeparator()), tuned.err());
        assertTrue(tuned.err().contains(model + " was trained with --resize squash, its layers go on with cover"), tuned.err());
        TrainingTest.assertFails(ExitCode.MODEL, "no layer of " + model + " fits alexnet: conv1 (32x3x5x5 there, 96x3x11x11 here)",
                tune("none", "--init-from", model, "--architecture", "alexnet"));
        assertFalse(Files.exists(folder.resolve("none")));
    }

    @Test
    void aRunThatGoesBackToItsBeginningTakesTheLayersAgain() {
        Execution rolled = Execution.of("train", "--data", images, "--init-from", model, "--freeze", "conv1-conv5", "--batch-size", 5, "--epochs", 1, "--lr", 8,
                "--lr-scheduler", "constant", "--lr-warmup-epochs", 0, "--on-divergence", "rollback", "--max-rollbacks", 60, "--output", folder.resolve("rolled"));
        assertEquals(0, rolled.code(), rolled.err());
        assertTrue(rolled.err().contains("going back to the start values, with half the rate from now on (rollback 2 of at most 60)"), rolled.err());
        for (String layer : CONVOLUTIONS) {
            assertArrayEquals(tensor(model, layer + ".weight"), tensor(last("rolled"), layer + ".weight"), layer);
        }
        assertArrayEquals(tensor(model, "data.mean"), tensor(last("rolled"), "data.mean"));
    }

    private Path rewritten(String name, String spoilt) throws IOException {
        Path file = folder.resolve(name);
        try (SafetensorsReader reader = SafetensorsReader.open(model)) {
            SafetensorsWriter writer = new SafetensorsWriter();
            reader.metadata().forEach((entry, text) -> {
                if (!entry.startsWith("checksum") && !entry.contains("crc")) {
                    writer.metadata(entry, text);
                }
            });
            for (Tensor tensor : reader.tensors().values()) {
                if (tensor.name().equals(spoilt)) {
                    float[] values = tensor(model, spoilt);
                    values[values.length / 2] = Float.NaN;
                    writer.add(spoilt, DataType.F32, tensor.shape(), MemorySegment.ofArray(values));
                } else {
                    writer.add(tensor.name(), reader, tensor);
                }
            }
            writer.write(file);
        }
        return file;
    }

    @Test
    void aFileThatCannotBeUsedIsRefusedBeforeAnythingIsWritten() throws IOException {
        TrainingTest.assertFails(ExitCode.MODEL, "missing.safetensors", tune("refused", "--init-from", folder.resolve("missing.safetensors")));
        TrainingTest.assertFails(ExitCode.MODEL, "fc8.weight", tune("refused", "--init-from", rewritten("nan.safetensors", "fc8.weight")));
        Path cut = Files.write(folder.resolve("cut.safetensors"), Arrays.copyOf(Files.readAllBytes(model), 100_000));
        TrainingTest.assertFails(ExitCode.MODEL, cut.toString(), tune("refused", "--init-from", cut));
        TrainingTest.assertFails(ExitCode.USAGE, "--init-from begins a run, --resume goes on with one",
                tune("refused", "--init-from", model, "--resume", model));
        assertFalse(Files.exists(folder.resolve("refused")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "--freeze   | conv9       | --freeze has conv9, which alexnet-small has no layer with weights of; it has conv1, conv2,",
            "--freeze   | conv1-fc8   | --freeze has all layers of alexnet-small",
            "--lr-layer | fc8         | --lr-layer has 'fc8', must be a layer and a factor of its rate, as fc8=10",
            "--lr-layer | fc9=10      | --lr-layer has fc9",
            "--lr-layer | fc8=1,fc8=2 | --lr-layer has fc8 twice",
    })
    void layersThatCannotBeAreAMistake(String option, String value, String message) {
        TrainingTest.assertFails(ExitCode.USAGE, message, tune("refused", "--init-from", model, option, value));
        assertFalse(Files.exists(folder.resolve("refused")));
    }
}
