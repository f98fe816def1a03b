package alexnet.runner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import alexnet.core.checkpoint.DataType;
import alexnet.core.checkpoint.SafetensorsReader;
import alexnet.core.checkpoint.SafetensorsWriter;
import alexnet.core.checkpoint.Tensor;
import alexnet.core.checkpoint.TensorShape;
import alexnet.core.model.OpenModel;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the commands make of model files that are not this version's checkpoints, or no longer whole. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SameOnEveryRuntime
class ModelFilesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Path folder;
    private Path images;
    private Path model;

    @BeforeAll
    void trainAnEpoch(@TempDir Path temporary) throws IOException {
        folder = temporary;
        images = folder.resolve("images");
        TrainingTest.noise(images.resolve("bright"), 160);
        TrainingTest.noise(images.resolve("dark"), 0);
        assertEquals(0, train("--epochs", 1, "--output", folder.resolve("run")).code());
        model = folder.resolve("run/last.safetensors");
    }

    private Execution train(Object... more) {
        return Execution.of(Stream.concat(Stream.of("train", "--data", images, "--architecture", "alexnet-small", "--batch-size", 5, "--lr", 0.001,
                "--lr-scheduler", "constant"), Stream.of(more)).toArray());
    }

    private Execution resume(Path file, String output) {
        return Execution.of("train", "--data", images, "--resume", file, "--epochs", 2, "--output", folder.resolve(output));
    }

    private Execution predict(Path file) {
        return Execution.of("predict", "--json", "--model", file, images);
    }

    /** The checkpoint written anew, with other entries and with some of its tensors, without a checksum. */
    private Path rewritten(String name, Map<String, String> entries, Predicate<String> tensors) throws IOException {
        Path file = folder.resolve(name);
        try (SafetensorsReader reader = SafetensorsReader.open(model)) {
            SafetensorsWriter writer = new SafetensorsWriter();
            entries.forEach(writer::metadata);
            reader.tensors().values().stream().filter(tensor -> tensors.test(tensor.name())).forEach(tensor -> writer.add(tensor.name(), reader, tensor));
            writer.write(file);
        }
        return file;
    }

    private Map<String, String> entries() {
        try (SafetensorsReader reader = SafetensorsReader.open(model)) {
            Map<String, String> entries = new LinkedHashMap<>(reader.metadata());
            entries.remove("checksum");
            return entries;
        }
    }

    @Test
    void aModelAloneIsUsedAsACheckpointIsButNotResumed() throws IOException {
        Map<String, String> entries = entries();
        entries.keySet().removeAll(List.of("options", "run"));
        Path alone = rewritten("alone.safetensors", entries, name -> !name.startsWith("momentum."));
        assertEquals(JSON.readTree(predict(model).out()), JSON.readTree(predict(alone).out()));
        assertEquals(Execution.of("test", "--data", images, "--model", model).out(), Execution.of("test", "--data", images, "--model", alone).out());
        for (String format : List.of("onnx", "safetensors")) {
            Path ofModel = folder.resolve("whole-exported." + format);
            Path ofAlone = folder.resolve("alone-exported." + format);
            assertEquals(0, Execution.of("export", "--model", model, "--format", format, "--output", ofModel).code());
            assertEquals(0, Execution.of("export", "--model", alone, "--format", format, "--output", ofAlone).code());
            assertArrayEquals(Files.readAllBytes(ofModel), Files.readAllBytes(ofAlone));
        }
        TrainingTest.assertFails(ExitCode.MODEL, alone + " has a trained network alone", resume(alone, "never"));
        assertFalse(Files.exists(folder.resolve("never")));
    }

    @Test
    void imagesAreDividedAsTheFileSaysAlsoWhereTrainingGoesOn() throws IOException {
        Map<String, String> entries = entries();
        int channels = JSON.readTree(entries.get("architecture")).get("channels").intValue();
        entries.put("deviation", Collections.nCopies(channels, 58.395f).toString());
        Path divided = rewritten("divided.safetensors", entries, _ -> true);
        assertNotEquals(JSON.readTree(predict(model).out()), JSON.readTree(predict(divided).out()));
        assertEquals(0, resume(divided, "divided").code());
        try (OpenModel last = OpenModel.open(folder.resolve("divided/last.safetensors"))) {
            assertEquals(Collections.nCopies(channels, 58.395f), last.model().deviation());
        }
    }

    /** As the version before wrote it: its parts here are those that it had. */
    private Path ofTheFirstFormat() throws IOException {
        JsonNode run = JSON.readTree(entries().get("run"));
        ObjectNode options = JSON.createObjectNode();
        JSON.readTree(entries().get("options")).properties().forEach(field -> {
            String[] words = field.getKey().split("_");
            StringBuilder name = new StringBuilder(words[0]);
            for (int i = 1; i < words.length; i++) {
                name.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
            }
            options.set(name.toString(), field.getValue());
        });
        options.remove(List.of("validateEvery", "patience"));
        options.put("epochs", options.get("epochs").intValue());
        for (String constant : List.of("lrScheduler", "initialization")) {
            options.put(constant, options.get(constant).textValue().toUpperCase(Locale.ROOT));
        }
        ArrayNode history = JSON.createArrayNode();
        JsonNode metrics = run.get("history").get(0);
        history.addObject().put("epoch", 1).put("lr", metrics.get("lr").doubleValue()).put("trainingLoss", metrics.get("training_loss").doubleValue())
                .put("validationLoss", metrics.get("validation_loss").doubleValue()).put("top1", metrics.get("top1").doubleValue())
                .put("top5", metrics.get("top5").doubleValue()).put("imagesPerSecond", 100.0).put("seconds", 2.5);
        return rewritten("first.safetensors", Map.of("format", "alexnet-jvm-1", "architecture", "alexnet-small", "classes", entries().get("classes"),
                "options", options.toString(), "history", history.toString(), "steps", run.get("step").toString()), _ -> true);
    }

    @Test
    void aFileOfTheFirstFormatIsUsedAndGoneOnFrom() throws IOException {
        Path first = ofTheFirstFormat();
        assertEquals(JSON.readTree(predict(model).out()), JSON.readTree(predict(first).out()));
        Path whole = folder.resolve("whole");
        assertEquals(0, train("--epochs", 2, "--output", whole).code());
        Execution on = resume(first, "resumed");
        assertEquals(0, on.code(), on.err());
        try (SafetensorsReader expected = SafetensorsReader.open(whole.resolve("last.safetensors"));
                SafetensorsReader actual = SafetensorsReader.open(folder.resolve("resumed/last.safetensors"))) {
            assertEquals(expected.metadata("run"), actual.metadata("run"));
            assertEquals(expected.metadata("options"), actual.metadata("options"));
            assertEquals(expected.tensors(), actual.tensors());
            for (Tensor tensor : expected.tensors().values()) {
                assertArrayEquals(bytes(expected, tensor), bytes(actual, tensor), tensor.name());
            }
        }
    }

    private static byte[] bytes(SafetensorsReader reader, Tensor tensor) {
        byte[] bytes = new byte[(int) tensor.byteSize()];
        reader.read(tensor.name(), tensor.type(), tensor.shape(), MemorySegment.ofArray(bytes));
        return bytes;
    }

    /** Layers that no name stands for: one dropout fewer, and fewer units. */
    @Test
    void anArchitectureThatHasNoNameIsUsedAndTrainedFurther() throws IOException {
        ObjectNode architecture = (ObjectNode) JSON.readTree(entries().get("architecture"));
        architecture.put("name", "home-made");
        ArrayNode layers = (ArrayNode) architecture.get("layers");
        for (int i = 0; i < layers.size(); i++) {
            if (layers.get(i).get("name").textValue().equals("drop6")) {
                layers.remove(i);
            }
            if (layers.get(i).get("name").textValue().equals("fc7")) {
                layers.set(i, ((ObjectNode) layers.get(i)).put("name", "features.7").put("units", 6));
            }
        }
        Map<String, String> entries = entries();
        entries.put("architecture", architecture.toString());
        Path file = folder.resolve("home-made.safetensors");
        try (SafetensorsReader reader = SafetensorsReader.open(model)) {
            SafetensorsWriter writer = SafetensorsWriter.withChecksum();
            entries.forEach(writer::metadata);
            reader.tensors().values().stream().filter(tensor -> !tensor.name().contains("fc7.") && !tensor.name().contains("fc8.weight"))
                    .forEach(tensor -> writer.add(tensor.name(), reader, tensor));
            for (String prefix : List.of("", "momentum.")) {
                int fc6 = reader.tensor("fc6.bias").shape().dimensions().getFirst().intValue();
                writer.add(prefix + "features.7.weight", DataType.F32, TensorShape.of(6, fc6), MemorySegment.ofArray(new float[6 * fc6]));
                writer.add(prefix + "features.7.bias", DataType.F32, TensorShape.of(6), MemorySegment.ofArray(new float[6]));
                writer.add(prefix + "fc8.weight", DataType.F32, TensorShape.of(2, 6), MemorySegment.ofArray(new float[12]));
            }
            writer.write(file);
        }
        assertEquals(0, predict(file).code());
        Execution on = resume(file, "home-made");
        assertEquals(0, on.code(), on.err());
        assertTrue(on.err().contains("training home-made"), on.err());
        try (SafetensorsReader reader = SafetensorsReader.open(folder.resolve("home-made/last.safetensors"))) {
            assertEquals(architecture, JSON.readTree(reader.metadata("architecture")));
        }
    }

    @Test
    void aFlippedBitIsToldByEveryCommand() throws IOException {
        byte[] bytes = Files.readAllBytes(model);
        for (int place : new int[] {200, bytes.length / 2, bytes.length - 1}) {
            byte[] flipped = bytes.clone();
            flipped[place] ^= 4;
            Path damaged = Files.write(folder.resolve("damaged.safetensors"), flipped);
            String message = damaged + " is damaged: its checksum says";
            TrainingTest.assertFails(ExitCode.MODEL, message, predict(damaged));
            TrainingTest.assertFails(ExitCode.MODEL, message, Execution.of("test", "--data", images, "--model", damaged));
            TrainingTest.assertFails(ExitCode.MODEL, message, Execution.of("export", "--model", damaged, "--format", "onnx", "--output", folder.resolve("no.onnx")));
            TrainingTest.assertFails(ExitCode.MODEL, message, resume(damaged, "never"));
        }
    }
}
