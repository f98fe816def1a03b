package alexnet.core.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import alexnet.core.checkpoint.SafetensorsReader;
import alexnet.core.checkpoint.Tensor;
import alexnet.core.checkpoint.TensorShape;
import alexnet.core.data.Resize;
import alexnet.core.model.Model;
import alexnet.core.model.ModelFile;
import alexnet.core.network.Architecture;
import alexnet.core.weights.WeightsFile;
import alexnet.core.weights.WeightsFormats;
import alexnet.core.weights.WeightsNode;
import alexnet.core.weights.WeightsTensor;
import alexnet.core.network.Architectures;
import alexnet.core.network.Layer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** What is exported computes in ONNX Runtime, an engine of others, what the two groups compute here. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExportTest {

    /** Two engines add the same products in other orders; a wrong weight, map or constant changes probabilities by percents. */
    private static final float TOLERANCE = 1e-4f;

    private Path folder;
    private TrainedNetwork small;

    @BeforeAll
    void trainOne(@TempDir Path temporary) throws IOException {
        folder = temporary;
        small = TrainedNetwork.in(Files.createDirectories(folder.resolve("small")), Architecture.alexnetSmall(7, 1));
    }

    private Path export(TrainedNetwork trained, int opset) throws IOException {
        Path file = folder.resolve("network.onnx");
        try (SafetensorsReader reader = SafetensorsReader.open(trained.file())) {
            OnnxExport.write(reader, ModelFile.read(reader), opset, file);
        }
        return file;
    }

    private static float[][] run(OrtSession session, String output, float[] input, long... shape) throws OrtException {
        try (OnnxTensor tensor = OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), FloatBuffer.wrap(input), shape);
                OrtSession.Result result = session.run(Map.of("input", tensor))) {
            return (float[][]) result.get(output).orElseThrow().getValue();
        }
    }

    @ParameterizedTest
    @CsvSource({"alexnet, 9", "alexnet-small, 2", "alexnet-owt, 3", "alexnet-caffe, 3", "caffenet, 4"})
    void theOnnxGraphGivesOurProbabilities(String name, int classes, @TempDir Path own) throws IOException, OrtException {
        assertSameProbabilities(TrainedNetwork.in(own, Architectures.named(name, classes, 3)));
    }

    @Test
    void theOnnxGraphOfGreyImagesGivesOurProbabilities() throws IOException, OrtException {
        assertSameProbabilities(small);
    }

    @Test
    void imagesAreDividedInTheOnnxGraphAndByATensorOfTheSafetensors(@TempDir Path own) throws IOException, OrtException {
        List<Float> deviation = List.of(1.25f, 2f, 0.75f);
        TrainedNetwork trained = TrainedNetwork.in(own, Architectures.named("alexnet-small", 3, 3), deviation);
        assertSameProbabilities(trained);
        try (OrtSession session = OrtEnvironment.getEnvironment().createSession(export(trained, OnnxExport.FIRST_OPSET).toString())) {
            assertEquals("divided by in the graph", preprocessing(session.getMetadata().getCustomMetadata().get("preprocessing")).get("std").textValue());
        }
        Path file = folder.resolve("divided.safetensors");
        try (SafetensorsReader reader = SafetensorsReader.open(trained.file())) {
            WeightsExport.write(reader, ModelFile.read(reader), file);
        }
        try (SafetensorsReader exported = SafetensorsReader.open(file)) {
            assertArrayEquals(new float[] {1.25f, 2, 0.75f}, elements(exported, exported.tensor("std")));
            assertEquals("the tensor std, divided by after that", preprocessing(exported.metadata("preprocessing")).get("std").textValue());
        }
    }

    private static JsonNode preprocessing(String json) throws IOException {
        return new ObjectMapper().readTree(json);
    }

    @Test
    void theOnnxGraphOfInvertedDropoutHasNone(@TempDir Path own) throws IOException, OrtException {
        Architecture paper = Architecture.alexnetSmall(2, 1);
        List<Layer> layers = paper.layers().stream().map(layer -> layer instanceof Layer.Dropout d ? new Layer.Dropout(d.name(), 0.4f, true) : layer)
                .toList();
        assertSameProbabilities(TrainedNetwork.in(own, new Architecture(paper.name(), paper.channels(), paper.storedSize(), paper.inputSize(), layers)));
    }

    /** All pictures at once, and each alone: the number of images is free. */
    private void assertSameProbabilities(TrainedNetwork trained) throws IOException, OrtException {
        Architecture architecture = trained.architecture();
        int channels = architecture.channels();
        int size = architecture.inputSize();
        float[] crops = TrainedNetwork.crops(architecture, trained.pictures());
        int pictures = trained.pictures().size();
        try (OrtSession session = OrtEnvironment.getEnvironment().createSession(export(trained, OnnxExport.FIRST_OPSET).toString())) {
            float[][] together = run(session, "probabilities", crops, pictures, channels, size, size);
            float[][] logits = run(session, "logits", crops, pictures, channels, size, size);
            Set<Float> largest = new HashSet<>();
            for (int picture = 0; picture < pictures; picture++) {
                float[] ours = trained.probabilities().get(trained.pictures().get(picture).toString());
                assertArrayEquals(ours, together[picture], TOLERANCE, "picture " + picture);
                assertArrayEquals(ours, softmax(logits[picture]), TOLERANCE, "picture " + picture);
                float[] crop = Arrays.copyOfRange(crops, picture * crops.length / pictures, (picture + 1) * crops.length / pictures);
                assertArrayEquals(ours, run(session, "probabilities", crop, 1, channels, size, size)[0], TOLERANCE);
                largest.add(ours[0]);
            }
            assertEquals(pictures, largest.size(), "the network says the same of every picture, which proves nothing");
        }
    }

    private static float[] softmax(float[] logits) {
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit);
        }
        float[] probabilities = new float[logits.length];
        for (int c = 0; c < logits.length; c++) {
            probabilities[c] = (float) (Math.exp(logits[c]) / sum);
        }
        return probabilities;
    }

    @Test
    void everyOperatorSetGivesTheSame() throws IOException, OrtException {
        float[] crop = TrainedNetwork.crops(small.architecture(), small.pictures().subList(0, 1));
        float[] ours = small.probabilities().get(small.pictures().getFirst().toString());
        for (int opset = OnnxExport.FIRST_OPSET; opset <= OnnxExport.LAST_OPSET; opset++) {
            try (OrtSession session = OrtEnvironment.getEnvironment().createSession(export(small, opset).toString())) {
                assertArrayEquals(ours, run(session, "probabilities", crop, 1, 1, 28, 28)[0], TOLERANCE, "opset " + opset);
            }
        }
        assertThrows(IllegalArgumentException.class, () -> export(small, OnnxExport.FIRST_OPSET - 1));
        assertThrows(IllegalArgumentException.class, () -> export(small, OnnxExport.LAST_OPSET + 1));
    }

    @Test
    void theOnnxFileIsReadBackAsItWasWritten() throws IOException {
        Path file = export(small, OnnxExport.FIRST_OPSET);
        try (SafetensorsReader reader = SafetensorsReader.open(small.file()); WeightsFile exported = WeightsFormats.open(file)) {
            assertEquals("ONNX", exported.format());
            assertEquals("alexnet-small", exported.metadata().get("architecture"));
            assertEquals("17", exported.metadata().get("opset"));
            assertEquals("[N, 1, 28, 28]", exported.metadata().get("input input"));
            WeightsNode convolution = exported.nodes().stream().filter(node -> node.type().equals("Conv")).findFirst().orElseThrow();
            assertEquals(List.of("conv1.weight", "conv1.bias"), convolution.tensors());
            for (String name : List.of("conv1.weight", "conv2.bias", "fc8.weight")) {
                WeightsTensor tensor = exported.tensors().get(name);
                assertEquals(reader.tensor(name).shape(), TensorShape.of(tensor.shape()), name);
                assertArrayEquals(elements(reader, reader.tensor(name)), tensor.floats().toArray(ValueLayout.JAVA_FLOAT_UNALIGNED), name);
            }
        }
    }

    @Test
    void theMetadataSayHowImagesArePreparedAndWhatTheClassesAre() throws IOException, OrtException {
        try (OrtSession session = OrtEnvironment.getEnvironment().createSession(export(small, OnnxExport.FIRST_OPSET).toString())) {
            Map<String, String> metadata = session.getMetadata().getCustomMetadata();
            assertEquals("alexnet-small", metadata.get("architecture"));
            ObjectMapper json = new ObjectMapper();
            assertEquals(json.readTree("[\"Größe 0\", \"Größe 1\", \"Größe 2\", \"Größe 3\", \"Größe 4\", \"Größe 5\", \"Größe 6\"]"),
                    json.readTree(metadata.get("classes")));
            JsonNode preprocessing = json.readTree(metadata.get("preprocessing"));
            assertEquals("grey", preprocessing.get("colors").textValue());
            assertEquals(28, preprocessing.get("resize_shorter_side").intValue());
            assertEquals(28, preprocessing.get("center_crop").intValue());
            assertEquals(28, preprocessing.get("input_crop").intValue());
            assertFalse(preprocessing.has("std"));
        }
    }

    @Test
    void theMetadataSayThatImagesAreSquashed() throws IOException {
        Path file = folder.resolve("squashed.safetensors");
        try (SafetensorsReader reader = SafetensorsReader.open(small.file())) {
            Model model = ModelFile.read(reader);
            WeightsExport.write(reader, new Model(model.architecture(), model.classes(), Resize.SQUASH, model.statistics()), file);
        }
        try (SafetensorsReader exported = SafetensorsReader.open(file)) {
            JsonNode preprocessing = new ObjectMapper().readTree(exported.metadata("preprocessing"));
            assertEquals("[28,28]", preprocessing.get("resize").toString());
            assertFalse(preprocessing.has("resize_shorter_side"));
        }
    }

    @Test
    void theSafetensorsAreTheWeightsAloneInPytorchsShapes() throws IOException {
        Path file = folder.resolve("weights.safetensors");
        try (SafetensorsReader reader = SafetensorsReader.open(small.file())) {
            Model model = ModelFile.read(reader);
            WeightsExport.write(reader, model, file);
            try (SafetensorsReader exported = SafetensorsReader.open(file)) {
                assertEquals("pt", exported.metadata("format"));
                assertTrue(exported.metadata("classes").contains("Größe 2"), exported.metadata("classes"));
                assertEquals(Set.of("conv1.weight", "conv1.bias", "conv2.weight", "conv2.bias", "conv3.weight", "conv3.bias",
                        "conv4.weight", "conv4.bias", "conv5.weight", "conv5.bias", "fc6.weight", "fc6.bias", "fc7.weight", "fc7.bias",
                        "fc8.weight", "fc8.bias", "mean"), exported.tensors().keySet());
                assertEquals(List.of(64L, 16L, 5L, 5L), exported.tensor("conv2.weight").shape().dimensions());
                assertEquals(List.of(96L, 64L, 3L, 3L), exported.tensor("conv3.weight").shape().dimensions());
                for (Tensor tensor : exported.tensors().values()) {
                    float[] written = elements(exported, tensor);
                    float[] expected = tensor.name().equals("mean") ? model.statistics().mean() : elements(reader, reader.tensor(tensor.name()));
                    assertArrayEquals(expected, written, tensor.name());
                }
            }
        }
    }

    private static float[] elements(SafetensorsReader reader, Tensor tensor) {
        float[] values = new float[(int) tensor.shape().elements()];
        reader.read(tensor.name(), tensor.type(), tensor.shape(), MemorySegment.ofArray(values));
        return values;
    }

    @Test
    void anExportThatFailsLeavesNothingBehind() throws IOException {
        Path target = Files.createDirectories(folder.resolve("target"));
        Files.createDirectories(target.resolve("network.onnx/in the way"));
        try (SafetensorsReader reader = SafetensorsReader.open(small.file())) {
            Model model = ModelFile.read(reader);
            assertThrows(IOException.class, () -> OnnxExport.write(reader, model, OnnxExport.FIRST_OPSET, target.resolve("network.onnx")));
        }
        try (var files = Files.list(target)) {
            assertEquals(List.of(target.resolve("network.onnx")), files.toList());
        }
    }
}
