package alexnet.runner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** {@code import} and {@code info}, of files of the smallest network; which networks are known is tested where they are. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SameOnEveryRuntime
class ImportTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Path folder;
    private Path model;
    private Path exported;

    @BeforeAll
    void train(@TempDir Path temporary) throws IOException {
        folder = temporary;
        TrainingTest.noise(folder.resolve("images/bright"), 160);
        TrainingTest.noise(folder.resolve("images/dark"), 0);
        Execution trained = Execution.of("train", "--data", folder.resolve("images"), "--architecture", "alexnet-small", "--epochs", 1,
                "--batch-size", 4, "--limit-batches", 1, "--lrn-k", 1.5, "--resize", "squash", "--output", folder.resolve("run"));
        assertEquals(0, trained.code(), trained.err());
        model = folder.resolve("run/last.safetensors");
        exported = export("safetensors", "exported.safetensors");
    }

    private Path export(String format, String name, Object... more) {
        Path file = folder.resolve(name);
        Execution done = Execution.of(Stream.concat(Stream.of("export", "--model", model, "--format", format, "--output", file), Stream.of(more)).toArray());
        assertEquals(0, done.code(), done.err());
        return file;
    }

    private Execution imported(Path file, Path output, Object... more) {
        return Execution.of(Stream.concat(Stream.of("import", file, "--output", output), Stream.of(more)).toArray());
    }

    private JsonNode predictions(Path of) throws IOException {
        Execution predicted = Execution.of("predict", "--model", of, "--json", folder.resolve("images"));
        assertEquals(0, predicted.code(), predicted.err());
        return JSON.readTree(predicted.out());
    }

    private JsonNode info(Path file) throws IOException {
        Execution told = Execution.of("info", "--json", file);
        assertEquals(0, told.code(), told.err());
        return JSON.readTree(told.out());
    }

    @ParameterizedTest
    @CsvSource({"safetensors, false", "onnx, false", "safetensors, true", "onnx, true"})
    void whatWasExportedComesBackAsAModel(String format, boolean half) throws IOException {
        Path file = export(format, "back." + half + format, half ? new Object[] {"--half"} : new Object[0]);
        Path output = folder.resolve("back." + half + format + ".safetensors");
        Execution done = imported(file, output);
        assertEquals(0, done.code(), done.err());
        assertTrue(done.err().contains("an export of this program, as alexnet-small: ") && done.err().contains("both sides scaled to 28"), done.err());
        JsonNode expected = predictions(model);
        JsonNode found = predictions(output);
        assertEquals(expected.size(), found.size());
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(expected.get(i).at("/predictions/0/class"), found.get(i).at("/predictions/0/class"));
            assertEquals(expected.get(i).at("/predictions/0/probability").doubleValue(), found.get(i).at("/predictions/0/probability").doubleValue(), half ? 1e-2 : 1e-6);
        }
        assertEquals(info(model).at("/network/architecture"), info(output).at("/network/architecture"));
        assertEquals(file.getFileName().toString(), info(output).at("/imported/file").textValue());
    }

    @Test
    void aCheckpointBecomesAModelAlone() throws IOException {
        Path output = folder.resolve("alone.safetensors");
        assertEquals(0, imported(model, output).code());
        assertTrue(Files.size(output) < 0.6 * Files.size(model));
        assertEquals(predictions(model), predictions(output));
    }

    @Test
    void classesAndResizingAreWhatTheUserSays() throws IOException {
        Path names = Files.writeString(folder.resolve("synset_words.txt"), "n01440764 tench, Tinca tinca\nn01443537 goldfish\n");
        Path output = folder.resolve("named.safetensors");
        Execution done = imported(exported, output, "--classes", names, "--resize", "cover");
        assertEquals(0, done.code(), done.err());
        assertTrue(done.err().contains("the shorter side scaled to 28"), done.err());
        assertEquals("[{\"name\":\"n01440764\",\"words\":\"tench, Tinca tinca\"},{\"name\":\"n01443537\",\"words\":\"goldfish\"}]", info(output).at("/network/classes").toString());
        Path three = Files.writeString(folder.resolve("three.json"), "[\"a\", \"b\", \"c\"]");
        TrainingTest.assertFails(ExitCode.MODEL, "has 2 classes, but --classes names 3", imported(exported, folder.resolve("no"), "--classes", three));
        assertFalse(Files.exists(folder.resolve("no")));
    }

    @Test
    void mistakes() throws IOException {
        Path target = folder.resolve("target");
        Path text = Files.writeString(folder.resolve("notes.txt"), "no weights");
        TrainingTest.assertFails(ExitCode.USAGE, "--output", Execution.of("import", exported));
        TrainingTest.assertFails(ExitCode.MODEL, "notes.txt", imported(text, target));
        TrainingTest.assertFails(ExitCode.MODEL, "is not there", imported(folder.resolve("none"), target));
        TrainingTest.assertFails(ExitCode.MODEL, "there is no " + folder.resolve("none"), imported(exported, target, "--classes", folder.resolve("none")));
        TrainingTest.assertFails(ExitCode.MODEL, "leave out --mean", imported(exported, target, "--mean", text));
        TrainingTest.assertFails(ExitCode.MODEL, "holds the architecture alexnet-small, not caffenet", imported(exported, target, "--as", "caffenet"));
        TrainingTest.assertFails(ExitCode.OUTPUT, "is a folder", imported(exported, folder));
        TrainingTest.assertFails(ExitCode.OUTPUT, "there is no folder", imported(exported, folder.resolve("none/x")));
        assertFalse(Files.exists(target));
        byte[] before = Files.readAllBytes(exported);
        TrainingTest.assertFails(ExitCode.USAGE, "--output is the file itself", imported(exported, exported));
        assertArrayEquals(before, Files.readAllBytes(exported));
    }

    @Test
    void weightsThatAreNoNumbersAreRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(exported);
        ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        file.putFloat((int) file.getLong(0) + Long.BYTES, Float.NaN);
        Path damaged = Files.write(folder.resolve("nan.safetensors"), bytes);
        Path target = Files.writeString(folder.resolve("earlier"), "an earlier file");
        TrainingTest.assertFails(ExitCode.MODEL, "its conv1.weight holds values that are not finite", imported(damaged, target));
        assertEquals("an earlier file", Files.readString(target));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(), files.filter(each -> each.toString().endsWith(".tmp")).toList());
        }
    }

    @Test
    void infoTellsOfACheckpoint() throws IOException {
        Execution told = Execution.of("info", model);
        assertEquals(0, told.code(), told.err());
        for (String line : List.of("format\\s+safetensors", "network\\s+a model of this program, as alexnet-small: [\\d,]+ parameters", "classes\\s+2: bright, dark",
                "trained\\s+1 steps, 1 epochs measured; best top-1 .* % \\(epoch 1\\)", "options\\s+epochs 1.*, batch_size 4, .*lrn_k 1.5.*",
                "momentum.conv1.weight\\s+F32\\s+\\[32, 3, 5, 5]")) {
            assertTrue(told.out().lines().anyMatch(each -> each.matches(line)), line + " in " + told.out());
        }
        JsonNode json = info(model);
        assertEquals(4, json.at("/training/options/batch_size").intValue());
        assertEquals(1, json.at("/training/run/history").size());
        assertEquals(Files.size(model), json.get("bytes").longValue());
        assertEquals("squash", json.at("/network/resize").textValue());
    }

    @Test
    void anImportedNetworkIsTrainedFurtherAndInfoTellsOfIt() throws IOException {
        Path imported = folder.resolve("begin.safetensors");
        assertEquals(0, imported(exported, imported).code());
        Execution tuned = Execution.of("train", "--data", folder.resolve("images"), "--architecture", "alexnet-small", "--epochs", 1, "--batch-size", 4, "--limit-batches", 1,
                "--init-from", imported, "--output", folder.resolve("tuned"));
        assertEquals(0, tuned.code(), tuned.err());
        Path last = folder.resolve("tuned/last.safetensors");
        assertTrue(Execution.of("info", last).out().lines().anyMatch(line -> line.matches("[a-z-]+\\s+taken from begin.safetensors: conv1, .*fc8; nothing is fresh")));
        assertEquals("begin.safetensors", info(last).at("/training/init_from/file").textValue());
    }

    @Test
    void infoTellsOfAnyFileAndWhyItIsNoNetwork() throws IOException {
        String header = "{\"\\u001B[31mred\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,4]}}";
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + header.length() + 4).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length()).put(header.getBytes());
        Path file = Files.write(folder.resolve("other.safetensors"), bytes.array());
        Execution told = Execution.of("info", file);
        assertEquals(0, told.code(), told.err());
        assertTrue(told.out().contains("network  none that can be used: ") && told.out().contains("holds no network that is known"), told.out());
        assertTrue(told.out().contains("\\u001B[31mred") && !told.out().contains("\u001B"), told.out());
        assertEquals("[2]", info(file).at("/tensors/0/shape").toString());
        TrainingTest.assertFails(ExitCode.MODEL, "is not there", Execution.of("info", folder.resolve("none")));
    }
}
