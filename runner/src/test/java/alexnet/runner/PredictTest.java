package alexnet.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import alexnet.core.data.ClassName;
import alexnet.core.data.decode.JpegCodecs;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** {@code predict} with a small network that has learnt to tell bright images from dark ones. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SameOnEveryRuntime
class PredictTest {

    private static final double ROUNDING = 1e-5;

    private Path folder;
    private Path images;
    private Path model;

    @BeforeAll
    void train(@TempDir Path temporary) throws IOException {
        folder = temporary;
        images = folder.resolve("images");
        // The JSON must keep what not every terminal can show.
        TrainingTest.noise(images.resolve("helle Bilder über 160"), 160);
        TrainingTest.noise(images.resolve("dark"), 0);
        Path run = folder.resolve("run");
        Execution trained = Execution.of("train", "--data", images, "--architecture", "alexnet-small", "--epochs", 4, "--batch-size", 4,
                "--lr", 0.001, "--lr-scheduler", "constant", "--output", run);
        assertEquals(0, trained.code(), trained.err());
        model = run.resolve("last.safetensors");
    }

    private Execution predict(Object... more) {
        return Execution.of(Stream.concat(Stream.of("predict", "--model", model), Stream.of(more)).toArray());
    }

    private static JsonNode json(Execution execution) throws IOException {
        return new ObjectMapper().readTree(execution.out());
    }

    @Test
    void theDecoderThatIsAskedForIsUsed() {
        assertEquals(0, predict("--decoder", "java", images).code());
        assertEquals("Java " + Runtime.version().feature(), JpegCodecs.decoderName());
        assertEquals(0, predict("--decoder", "auto", images).code());
        TrainingTest.assertFails(ExitCode.USAGE, "--decoder", predict("--decoder", "libpng", images));
    }

    @Test
    void aFolderIsPredictedInTheOrderOfItsFilesWithEachClass() throws IOException {
        Execution result = predict("--json", images);
        assertEquals(0, result.code(), result.err());
        JsonNode all = json(result);
        List<Path> expected;
        try (Stream<Path> walked = Files.walk(images)) {
            expected = walked.filter(Files::isRegularFile).sorted().toList();
        }
        assertEquals(expected.size(), all.size());
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(expected.get(i).toString(), all.get(i).get("file").textValue());
            JsonNode predictions = all.get(i).get("predictions");
            assertEquals(2, predictions.size(), "there are only two classes to list");
            assertEquals(expected.get(i).getParent().getFileName().toString(), predictions.get(0).get("class").textValue());
            double first = predictions.get(0).get("probability").doubleValue();
            double second = predictions.get(1).get("probability").doubleValue();
            assertTrue(first >= second, all.toString());
            assertEquals(1, first + second, ROUNDING);
        }
        assertTrue(result.out().chars().allMatch(character -> character < 128), "no character depends on the terminal's encoding");
    }

    @Test
    void anImageIsPredictedAloneAsInABatch() throws IOException {
        JsonNode together = json(predict("--json", "--batch-size", 7, images));
        for (int i = 0; i < together.size(); i += 6) {
            JsonNode alone = json(predict("--json", together.get(i).get("file").textValue())).get(0);
            assertEquals(together.get(i).get("predictions").get(0).get("probability").doubleValue(),
                    alone.get("predictions").get(0).get("probability").doubleValue(), ROUNDING);
        }
    }

    @Test
    void tenViewsAreNotTheCentreCrop() throws IOException {
        Path image = images.resolve("dark/3.png");
        JsonNode centre = json(predict("--json", image)).get(0).get("predictions").get(0);
        JsonNode ten = json(predict("--json", "--views", 10, image)).get(0).get("predictions").get(0);
        assertEquals(centre.get("class"), ten.get("class"));
        assertNotEquals(centre.get("probability"), ten.get("probability"));
    }

    @Test
    void peopleGetALineForTheFileAndOneForEachOfTheLikeliestClasses() {
        Path image = images.resolve("dark/0.png");
        Execution result = predict("--top", 1, image);
        assertEquals(0, result.code(), result.err());
        List<String> lines = result.out().lines().toList();
        assertEquals(2, lines.size(), result.out());
        assertEquals(image.toString(), lines.getFirst());
        assertTrue(lines.getLast().matches(" +\\d+\\.\\d\\d %  dark"), lines.getLast());
    }

    @Test
    void aListOfPathsIsReadFromStandardInput() throws IOException {
        InputStream real = System.in;
        try {
            System.setIn(new ByteArrayInputStream((images.resolve("dark/1.png") + "\n\n" + images.resolve("dark/0.png") + "\n")
                    .getBytes(Charset.defaultCharset())));
            List<String> files = new ArrayList<>();
            json(predict("--json", "-", images.resolve("dark/2.png"))).forEach(each -> files.add(each.get("file").textValue()));
            assertEquals(Stream.of("1.png", "0.png", "2.png").map(name -> images.resolve("dark/" + name).toString()).toList(), files);
        } finally {
            System.setIn(real);
        }
    }

    @Test
    void aFileThatIsNoImageIsToldAndTheOthersGoOn() throws IOException {
        Path text = Files.writeString(folder.resolve("text.jpg"), "no image");
        Path empty = Files.createDirectories(folder.resolve("nothing"));
        Execution result = predict("--json", text, images.resolve("dark/0.png"), folder.resolve("nowhere.png"), empty);
        TrainingTest.assertFails(ExitCode.DATA, "3 files could not be predicted", result);
        assertEquals(1, json(result).size());
        assertTrue(result.err().contains(text + ": not an image of a known format"), result.err());
        assertTrue(result.err().contains(folder.resolve("nowhere.png") + ": no such file"), result.err());
        assertTrue(result.err().contains("no images in " + empty), result.err());

        Execution nothing = predict("--json", text);
        TrainingTest.assertFails(ExitCode.DATA, "1 file could not be predicted", nothing);
        assertEquals(0, json(nothing).size());
    }

    @Test
    void mistakes() {
        Path image = images.resolve("dark/0.png");
        TrainingTest.assertFails(ExitCode.USAGE, "--top is 0, must be at least 1", predict("--top", 0, image));
        TrainingTest.assertFails(ExitCode.USAGE, "--batch-size is 0", predict("--batch-size", 0, image));
        TrainingTest.assertFails(ExitCode.USAGE, "--views is 2, must be 1 or 10", predict("--views", 2, image));
        TrainingTest.assertFails(ExitCode.USAGE, "IMAGE", predict());
        TrainingTest.assertFails(ExitCode.MODEL, "no such checkpoint", Execution.of("predict", "--model", folder.resolve("none"), image));
        TrainingTest.assertFails(ExitCode.RUNTIME, "there is no device '9:9'", predict("--devices", "9:9", image));
    }

    @Test
    void equallyLikelyClassesKeepTheirOrder() {
        Prediction prediction = Prediction.of("x", new float[] {0.2f, 0.3f, 0.2f, 0.3f}, ClassName.of(List.of("a", "b", "c", "d")), 3);
        assertEquals(List.of("b", "d", "a"), prediction.predictions().stream().map(Prediction.Guess::name).toList());
    }
}
