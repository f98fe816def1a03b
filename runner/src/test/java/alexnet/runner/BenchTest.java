package alexnet.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import alexnet.core.device.Device;
import alexnet.core.device.Devices;
import alexnet.core.network.Architecture;
import alexnet.core.network.Architectures;
import alexnet.core.network.LayerTraining;
import alexnet.core.network.LayerWork;

/** Workers are processes like this one, started by its own java command. */
class BenchTest {

    private static final Device DEVICE = Devices.ofRuntime().all().getFirst();
    private static final int IMAGES = 2;

    @TempDir
    private Path folder;

    @Test
    void aContestOfTwoIsPrintedReportedAndDrawn() throws IOException {
        Path json = folder.resolve("bench.json");
        Path csv = folder.resolve("bench.csv");
        Path chart = folder.resolve("bench.png");
        Execution result = Execution.of("bench", "network", "-a", TinyNetwork.FILE, "-b", IMAGES, "--devices", DEVICE.id(), "--devices",
                DEVICE.id(), "--kernels", "portable", "--rounds", 2, "--steps", 1, "--warm-up", 1, "--report", json, "--csv", csv, "--chart", chart);
        assertEquals(ExitCode.OK.code(), result.code(), result.err());
        assertTrue(result.out().contains("A training step on " + DEVICE.id()), result.out());

        JsonNode report = new ObjectMapper().readTree(json.toFile());
        JsonNode results = report.get("results");
        assertEquals(4, results.size());
        long operations = LayerWork.training(Architectures.open(TinyNetwork.FILE.toString()).of(10, 3));
        for (JsonNode one : results) {
            assertEquals("alexnet " + DEVICE.id() + " tiny " + IMAGES, one.get("engine").asText() + " " + one.get("device").asText()
                    + " " + one.get("architecture").asText() + " " + one.get("batchSize").asInt());
            double rate = one.get("imagesPerSecond").asDouble();
            assertTrue(one.get("minimum").asDouble() <= rate && rate <= one.get("maximum").asDouble() && rate > 0, one.toString());
            assertTrue(one.get("firstStepSeconds").asDouble() > 0 && one.get("startSeconds").asDouble() > 0, one.toString());
            if (one.get("pass").asText().equals("training")) {
                assertEquals(operations * rate * 1e-9, one.get("gflops").asDouble(), 1e-6 * one.get("gflops").asDouble());
            }
            assertTrue(one.get("peakMemoryBytes").isNull() || one.get("peakMemoryBytes").asLong() > 10_000_000, one.toString());
        }
        assertEquals(2, report.get("limits").size());
        double shares = 0;
        for (JsonNode part : report.get("parts")) {
            shares += part.get("shareOfStep").asDouble();
        }
        assertEquals(2, shares, 0.01, "the parts of both steps are all of them");
        assertEquals(1 + results.size() + report.get("parts").size(), Files.readAllLines(csv).size());
        BufferedImage image = ImageIO.read(chart.toFile());
        assertTrue(image.getWidth() >= 1000 && image.getHeight() >= 500);
    }

    @Test
    @SameOnEveryRuntime
    void layersThatStayAsTheyAreAreToldAndTakeFewerOperations() throws IOException {
        Path json = folder.resolve("frozen.json");
        Execution result = Execution.of("bench", "network", "-a", "alexnet-small", "-b", IMAGES, "--devices", DEVICE.id(), "--pass", "training",
                "--freeze", "conv1-conv5", "--convolution", "direct,auto", "--rounds", 1, "--steps", 1, "--warm-up", 1, "--report", json);
        assertEquals(ExitCode.OK.code(), result.code(), result.err());
        assertTrue(result.out().startsWith("alexnet-small at batch size " + IMAGES + " with conv1, conv2, conv3, conv4, conv5 frozen: "), result.out());
        JsonNode report = new ObjectMapper().readTree(json.toFile());
        assertEquals(5, report.get("frozen").size());
        Set<String> back = new TreeSet<>();
        report.get("parts").forEach(part -> {
            if (part.get("work").asText().equals("backward")) {
                back.add(part.get("name").asText());
            }
        });
        assertEquals(Set.of("loss", "fc8", "drop7", "fc7", "drop6", "fc6"), back);
        assertEquals(List.of("direct", "auto"), report.get("results").findValuesAsText("convolution"));
        assertEquals(2 * 8, report.get("algorithms").size(), "each layer with weights, twice");
        JsonNode first = report.at("/algorithms/0");
        assertEquals("conv1 null null", first.get("layer").asText() + " " + first.get("inputGradient") + " " + first.get("weightGradient"));
        assertEquals("null", report.at("/algorithms/5").get("inputGradient").toString(), "fc6 is the lowest that learns");
        assertTrue(report.at("/algorithms/5").get("weightGradient").isTextual() && report.at("/algorithms/6").get("inputGradient").isTextual());
        assertTrue(result.out().contains("What computes the layers on " + DEVICE.id() + ", by --convolution direct:"), result.out());
        JsonNode training = report.at("/results/0");
        long operations = LayerWork.training(Architecture.alexnetSmall(10, 3), new LayerTraining(Set.of("conv1", "conv2", "conv3", "conv4", "conv5"), Map.of()));
        assertEquals(operations * training.get("imagesPerSecond").asDouble() * 1e-9, training.get("gflops").asDouble(), 1e-6 * training.get("gflops").asDouble());
    }

    @Test
    @SameOnEveryRuntime
    void aPeerThatComputesAnotherNetworkIsToldAndNotMeasured() throws IOException {
        Path json = folder.resolve("bench.json");
        Execution result = Execution.of("bench", "network", "-a", "alexnet-small", "-b", 3, "--devices", DEVICE.id(), "--peer", "dl4j", "--peer",
                "pytorch", "--pass", "forward", "--rounds", 1, "--steps", 1, "--warm-up", 1, "--report", json);
        assertEquals(ExitCode.WRONG.code(), result.code(), result.err());
        assertTrue(result.err().contains("dl4j computes another network and is not measured"), result.err());
        assertTrue(result.err().contains("pytorch computes the same network"), result.err());
        assertFalse(result.out().contains("dl4j"), result.out());

        JsonNode report = new ObjectMapper().readTree(json.toFile());
        assertEquals(List.of("alexnet", "pytorch"), report.get("results").findValuesAsText("engine"));
        JsonNode wrong = report.at("/comparisons/0");
        assertEquals("dl4j false", wrong.get("engine").asText() + " " + wrong.get("sameNetwork").asBoolean());
        assertTrue(wrong.get("logitsError").asDouble() > 100 * wrong.get("tolerance").asDouble(), wrong.toString());
    }

    @Test
    void aWorkersFailureIsToldInItsWordsAndItsCode() {
        Execution result = Execution.of("bench", "network", "--devices", DEVICE.id().replaceAll("\\d+$", "77"));
        assertEquals(ExitCode.RUNTIME.code(), result.code(), result.err());
        assertTrue(result.err().contains("alexnet: there is no device"), result.err());
        assertEquals("", result.out());
    }

    @Test
    void mistakes() {
        TrainingTest.assertFails(ExitCode.USAGE, "say what to measure", Execution.of("bench"));
        TrainingTest.assertFails(ExitCode.USAGE, "there is no architecture 'lenet'", Execution.of("bench", "network", "-a", "lenet"));
        TrainingTest.assertFails(ExitCode.USAGE, "--batch-size is 0, must be at least 1", Execution.of("bench", "network", "-b", 0));
        TrainingTest.assertFails(ExitCode.USAGE, "--threads is 3", Execution.of("bench", "network", "--threads", 3));
        TrainingTest.assertFails(ExitCode.USAGE, "cannot be on TornadoVM's devices and on the JVM's", Execution.of("bench", "network", "--devices", "0:0,jvm:1"));
        TrainingTest.assertFails(ExitCode.USAGE, "onnxruntime does forward alone",
                Execution.of("bench", "network", "--pass", "training", "--peer", "onnxruntime"));
        TrainingTest.assertFails(ExitCode.USAGE, "--freeze has conv9", Execution.of("bench", "network", "--freeze", "conv9"));
        TrainingTest.assertFails(ExitCode.USAGE, "--peer dl4j trains all layers: leave out --freeze",
                Execution.of("bench", "network", "--freeze", "conv1", "--peer", "dl4j"));
        TrainingTest.assertFails(ExitCode.USAGE, "'(' is no regular expression", Execution.of("bench", "kernels", "("));
        TrainingTest.assertFails(ExitCode.USAGE, "must be at least 1", Execution.of("bench", "kernels", "--seconds", 0));
        TrainingTest.assertFails(ExitCode.USAGE, "scripts/alexnet bench kernels", Execution.of("bench", "kernels"));
        TrainingTest.assertFails(ExitCode.OUTPUT, "cannot write to", Execution.of("bench", "network", "--report", folder));
    }
}
