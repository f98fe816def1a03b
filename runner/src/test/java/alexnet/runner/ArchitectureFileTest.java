package alexnet.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

import alexnet.core.model.OpenModel;
import alexnet.core.network.Architecture;
import alexnet.core.network.Architectures;
import alexnet.core.network.Layer;
import alexnet.core.run.sink.ConfigurationFile;

/** Networks that users describe, from the command line to the checkpoint. */
@SameOnEveryRuntime
class ArchitectureFileTest {

    @TempDir
    private Path folder;
    private Path images;

    @BeforeEach
    void images() throws IOException {
        images = folder.resolve("images");
        TrainingTest.noise(images.resolve("bright"), 160);
        TrainingTest.noise(images.resolve("dark"), 0);
    }

    /** The documented example. */
    private static String documented() throws IOException {
        String text = Files.readString(Path.of("../docs/architectures.md"));
        int start = text.indexOf("```yaml\n") + "```yaml\n".length();
        return text.substring(start, text.indexOf("```", start));
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("mine.yaml"), text);
    }

    private Execution train(String run, Object... more) {
        return Execution.of(Stream.concat(Stream.of("train", "--data", images, "--output", folder.resolve(run), "-b", 2, "--limit-batches", 2), Stream.of(more))
                .toArray());
    }

    private static void assertOk(Execution execution) {
        assertEquals(0, execution.code(), execution.err());
    }

    private Path last(String run) {
        return folder.resolve(run).resolve("last.safetensors");
    }

    private Architecture trained(String run) {
        try (OpenModel model = OpenModel.open(last(run))) {
            return model.model().architecture();
        }
    }

    private Map<String, String> options(String run) throws IOException {
        try (InputStream in = Files.newInputStream(folder.resolve(run).resolve("config.yaml"))) {
            return ConfigurationFile.read(in, "config.yaml");
        }
    }

    @Test
    void theDocumentedNetworkTrainsGoesOnAndIsDoneAgainFromItsFolder() throws IOException {
        Path file = write(documented());
        assertOk(train("a", "--architecture", file, "--epochs", 1));
        assertEquals(Architectures.open(file.toString()).of(2, 3), trained("a"));
        assertOk(train("a", "--architecture", file, "--epochs", 2, "--resume", "auto"));
        Files.delete(file);
        assertOk(train("b", "--config", folder.resolve("a").resolve("config.yaml"), "--epochs", 1));
        assertEquals(trained("a"), trained("b"));
        assertOk(Execution.of("test", "--model", last("b"), "--data", images, "--views", 10));
        assertOk(Execution.of("export", "--model", last("b"), "--format", "onnx", "--output", folder.resolve("b.onnx")));
    }

    @Test
    void aNetworkThatIsAnotherThanItWasIsRefusedWithResume() throws IOException {
        Path file = write(documented());
        assertOk(train("a", "--architecture", file, "--epochs", 1));
        write(documented().replace("filters: 64", "filters: 60"));
        TrainingTest.assertFails(ExitCode.MODEL, "is not what it was when", train("a", "--architecture", file, "--epochs", 2, "--resume", last("a")));
        TrainingTest.assertFails(ExitCode.MODEL, "is a checkpoint of mine, not of caffenet", train("a", "-a", "caffenet", "--epochs", 2, "--resume", last("a")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "padding: 1 | pading: 1 | mine.yaml, line 9: a layer of the kind convolution has no field pading; it has name, filters, size, stride, padding, sees, initial, kind",
        "size: 5, stride: 2, padding: 2 | size: 61, padding: 2 | mine.yaml, line 6: mine with 56x56 images, layer conv1: ",
        "units: 256 | units: 255 | mine.yaml, line 12: mine with 56x56 images, layer fc3: 255 units cannot be shared evenly by 2 groups",
        "filters: 64 | filters: 63 | mine.yaml, line 9: mine",
        "name: fc4 | name: fc4, units: 9 | mine.yaml, line 13: fc4 tells 9 classes apart, but the images have 2",
        "rate: 0.5 | rate: 1 | mine.yaml, line 11: mine with 56x56 images, layer drop3: a dropout rate of 1.0 is not in [0, 1)",
    })
    void whatCannotBeIsALineThatNamesTheFileAndItsLine(String text, String instead, String message) throws IOException {
        Path file = write(documented().replace(text, instead));
        Execution refused = train("a", "--architecture", file);
        TrainingTest.assertFails(ExitCode.USAGE, "alexnet: " + file.resolveSibling(message), refused);
        assertFalse(Files.exists(folder.resolve("a")));
        if (!message.contains("classes")) {
            TrainingTest.assertFails(ExitCode.USAGE, "alexnet: " + file.resolveSibling(message), Execution.of("bench", "network", "--architecture", file));
        }
    }

    @Test
    void aNameThatIsNoneIsRefused() {
        for (String command : List.of("train --data " + images, "bench network")) {
            TrainingTest.assertFails(ExitCode.USAGE, "there is no architecture 'vgg', nor a file of that name; there are alexnet, alexnet-small, ",
                    Execution.of(Stream.of((command + " -a vgg").split(" ")).toArray()));
            TrainingTest.assertFails(ExitCode.USAGE, "there is no architecture ''", Execution.of(Stream.concat(Stream.of(command.split(" ")), Stream.of("-a", "")).toArray()));
        }
    }

    @Test
    void normalisationIsTheNetworksOwnButForWhatIsGiven() throws IOException {
        String two = documented().replace("- {kind: dropout", "- {kind: normalization, name: norm2, size: 3, alpha: 0.001, beta: 0.5, k: 3}\n- {kind: dropout");
        Path file = write(two);
        assertOk(train("a", "--architecture", file, "--epochs", 0.1));
        assertOk(train("b", "--architecture", file, "--epochs", 0.1, "--lrn-k", 2, "--init", "paper"));
        assertEquals(List.of(new Layer.Normalization("norm1", 5, 2e-5f, 0.75f, 1, Layer.Sees.BOTH_GROUPS),
                new Layer.Normalization("norm2", 3, 1e-3f, 0.5f, 3, Layer.Sees.OWN_GROUP)), normalizations("a"));
        assertEquals(List.of(new Layer.Normalization("norm1", 5, 2e-5f, 0.75f, 2, Layer.Sees.BOTH_GROUPS),
                new Layer.Normalization("norm2", 3, 1e-3f, 0.5f, 2, Layer.Sees.OWN_GROUP)), normalizations("b"));
        assertEquals(0.01f, ((Layer.Weighted) trained("b").layer("conv2")).initial().deviation());
        assertEquals("architecture", options("a").get("init"));
        TrainingTest.assertFails(ExitCode.USAGE, "--lrn-k is 3.0, but", train("b", "--resume", last("b"), "--lrn-k", 3, "--epochs", 1));
    }

    private List<Layer> normalizations(String run) {
        return trained(run).layers().stream().filter(Layer.Normalization.class::isInstance).toList();
    }

    @Test
    void anOptionOfANormalisationThatIsNotThereIsRefused() throws IOException {
        Path file = write(documented().lines().filter(line -> !line.contains("norm1")).collect(Collectors.joining("\n")));
        TrainingTest.assertFails(ExitCode.USAGE, "--lrn-k is of the normalisation, which mine has not: leave it out", train("a", "-a", file, "--lrn-k", 2));
        assertOk(train("a", "-a", file, "--recipe", "caffe", "--epochs", 0.1));
    }

    @ParameterizedTest
    @FieldSource("alexnet.core.network.Architectures#NAMES")
    void theDefaultsOfAnArchitectureAreItsOwnNormalisation(String name) {
        Architecture architecture = Architectures.named(name, 10, 3);
        Architecture begun = TrainingKeys.defaults(Architectures.open(name)).network().applyTo(architecture);
        assertEquals(architecture.layers().stream().filter(Layer.Normalization.class::isInstance).toList(),
                begun.layers().stream().filter(Layer.Normalization.class::isInstance).toList());
        assertTrue(Recipe.defaults(name).containsKey("lr"));
    }
}
