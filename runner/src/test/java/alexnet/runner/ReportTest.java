package alexnet.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import alexnet.report.picture.Pictures;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** {@code report} on a run of a dozen small images. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SameOnEveryRuntime
class ReportTest {

    private static final String DATA = "<script type=\"application/json\"";

    private Path folder;
    private Path images;
    private Path run;

    @BeforeAll
    void train(@TempDir Path temporary) throws IOException {
        folder = temporary;
        images = folder.resolve("images");
        TrainingTest.noise(images.resolve("bright"), 160);
        TrainingTest.noise(images.resolve("dark"), 0);
        run = folder.resolve("run");
        Execution trained = Execution.of("train", "--data", images, "--architecture", "alexnet-small", "--batch-size", 5, "--epochs", 1, "--output", run);
        assertEquals(0, trained.code(), trained.err());
    }

    private Execution report(Object... more) {
        return Execution.of(Stream.concat(Stream.of("report", "--batch-size", 4), Stream.of(more)).toArray());
    }

    /** What the page has of its only run's network. */
    private static JsonNode findings(Path page) throws IOException {
        String html = Files.readString(page);
        int from = html.indexOf('>', html.indexOf(DATA)) + 1;
        return new ObjectMapper().readTree(html.substring(from, html.indexOf("</script>", from))).path("runs").path(0).path("findings");
    }

    private static Set<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Test
    void thePageHasWhatWasLearntAndEveryFigureIsAPictureBesideIt() throws IOException {
        Path page = folder.resolve("whole.html");
        Path pictures = folder.resolve("whole");
        Files.createDirectories(pictures);
        Files.writeString(pictures.resolve("2-filters.png"), "of an earlier report");
        Files.writeString(pictures.resolve("mine.png"), "somebody else's");

        Execution report = report(run, "--data", images, "--output", page);

        assertEquals(0, report.code(), report.err());
        JsonNode found = findings(page);
        assertTrue(found.path("model").asText().matches("best.safetensors of step \\d"), found.path("model").asText());
        assertEquals(4, found.path("predictions").size());
        assertEquals(2, found.path("neighbours").size());
        assertEquals(6, found.path("neighbours").path(0).path("nearest").size());
        assertEquals(List.of("bright", "dark"), List.of(found.path("classes").path(0).path("className").asText(), found.path("classes").path(1).path("className").asText()));
        assertEquals(2, found.path("classes").path(0).path("images").asInt());
        assertEquals(32, found.path("filters").path("filters").asInt());
        assertEquals(15, found.path("layers").size());
        assumeTrue(Pictures.possible(), "this machine has no fonts");
        Set<String> written = names(pictures);
        assertTrue(written.containsAll(Set.of("loss.png", "accuracy.png", "rate.png", "filters.png", "predictions.png", "neighbours.png", "classes.png",
                "layers.png", "mine.png")), written.toString());
        assertFalse(written.contains("2-filters.png"), written.toString());
        assertTrue(ImageIO.read(pictures.resolve("filters.png").toFile()).getWidth() > 1000);
    }

    @Test
    void withoutImagesTheReasonIsSaidAndTheRestRemains() throws IOException {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        for (String file : List.of("metrics.csv", "losses.csv", "last.safetensors")) {
            Files.copy(run.resolve(file), elsewhere.resolve(file));
        }
        Execution report = report(elsewhere);
        assertEquals(0, report.code(), report.err());
        String reason = "the run's folder does not say where its images are: name them by --data";
        assertTrue(report.err().contains(reason), report.err());
        JsonNode found = findings(elsewhere.resolve("report.html"));
        assertTrue(found.path("leftOut").path(0).asText().endsWith(reason), found.path("leftOut").toString());
        assertTrue(found.path("model").asText().startsWith("last.safetensors"));
        assertEquals(32, found.path("filters").path("filters").asInt());
        assertEquals(0, found.path("predictions").size());
        assertEquals(15, found.path("layers").size());
    }

    @Test
    void theRunsConfigurationSaysWhereItsImagesAre() throws IOException {
        Path configured = Files.createDirectories(folder.resolve("configured"));
        for (String file : List.of("metrics.csv", "losses.csv", "best.safetensors")) {
            Files.copy(run.resolve(file), configured.resolve(file));
        }
        ObjectMapper json = new ObjectMapper();
        json.writeValue(configured.resolve("config.json").toFile(), json.createObjectNode().set("images",
                json.createObjectNode().put("name", "as it was called elsewhere").put("folder", images.toString())));
        Execution report = report(configured);
        assertEquals(0, report.code(), report.err());
        assertEquals(4, findings(configured.resolve("report.html")).path("predictions").size());
    }

    @Test
    void withoutACheckpointCurvesRemain() throws IOException {
        Path young = Files.createDirectories(folder.resolve("young"));
        Files.copy(run.resolve("losses.csv"), young.resolve("losses.csv"));
        Execution report = report(young);
        assertEquals(0, report.code(), report.err());
        assertTrue(report.err().contains("there is no checkpoint in " + young + " yet"), report.err());
        assertTrue(findings(young.resolve("report.html")).path("leftOut").path(0).asText().contains("there is no checkpoint"));

        Files.writeString(young.resolve("best.safetensors"), "damaged");
        Execution damaged = report(young);
        assertEquals(0, damaged.code(), damaged.err());
        assertTrue(findings(young.resolve("report.html")).path("leftOut").path(0).asText().contains("best.safetensors"), damaged.err());

        Files.copy(run.resolve("last.safetensors"), young.resolve("last.safetensors"));
        Execution other = report(young);
        assertTrue(other.err().contains("best.safetensors"), other.err());
        assertTrue(findings(young.resolve("report.html")).path("model").asText().startsWith("last.safetensors of step"));
    }

    @Test
    void whatWasAskedForAndIsNotThereIsAFailure() {
        TrainingTest.assertFails(ExitCode.DATA, "no such folder: nowhere", report(run, "--data", "nowhere"));
        TrainingTest.assertFails(ExitCode.MODEL, "nothing.safetensors", report(run, "--data", images, "--model", folder.resolve("nothing.safetensors")));
        TrainingTest.assertFails(ExitCode.USAGE, "--limit-images is -1, must be at least 0", report(run, "--limit-images", -1));
    }

    @Test
    void someImagesOfEachHalfAreSaidToBeSome() throws IOException {
        Path page = folder.resolve("some.html");
        Execution report = report(run, "--data", images, "--limit-images", 2, "--output", page);
        assertEquals(0, report.code(), report.err());
        JsonNode found = findings(page);
        assertEquals(2, found.path("predictions").size());
        assertEquals("Looked at are 2 of the 4 validation images, spread evenly over the classes.", found.path("notes").path(0).asText());
        assertEquals("Looked at are 2 of the 16 training images, spread evenly over the classes.", found.path("notes").path(1).asText());
    }

    @Test
    void curvesAloneAskNoNetwork() throws IOException {
        Path page = folder.resolve("curves.html");
        Execution report = report(run, "--curves-only", "--output", page);
        assertEquals(0, report.code(), report.err());
        assertEquals(0, findings(page).path("classes").size());
        assertFalse(report.err().contains("looking at images"));
    }

    /** As on many servers. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void withoutFontsThePageIsWrittenAndThePicturesAreSaidToBeMissing() throws Exception {
        assumeTrue(new ProcessBuilder("bash", "-c", "unshare -rm true").start().waitFor() == 0, "this user may not hide folders by unshare");
        Path empty = Files.writeString(folder.resolve("fonts.conf"), "<?xml version=\"1.0\"?><fontconfig></fontconfig>");
        String hide = "for fonts in /usr/share/fonts /usr/local/share/fonts /usr/share/X11/fonts; do [ ! -d $fonts ] || mount -t tmpfs none $fonts; done; exec \"$@\"";
        Path page = folder.resolve("wordless.html");
        Child.Result report = Child.run("FONTCONFIG_FILE='" + empty + "' HOME=/nowhere exec unshare -rm bash -c '" + hide + "' child \"$@\"", List.of(),
                List.of("report", run.toString(), "--curves-only", "--output", page.toString()));
        assertEquals(0, report.code(), report.err());
        assertTrue(report.err().contains("this machine has no fonts"), report.err());
        assertTrue(Files.exists(page) && Files.notExists(folder.resolve("wordless")));
    }
}
