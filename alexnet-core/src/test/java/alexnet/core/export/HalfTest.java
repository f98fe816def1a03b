package alexnet.core.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.checkpoint.DataType;
import alexnet.core.checkpoint.SafetensorsReader;
import alexnet.core.model.Model;
import alexnet.core.model.ModelFile;
import alexnet.core.network.Architecture;
import alexnet.core.weights.network.ImportedNetwork;
import alexnet.core.weights.network.ImportedNetworks;
import alexnet.core.weights.network.ParameterNames;

/** Exports of 16-bit floats. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HalfTest {

    private Path folder;
    private TrainedNetwork trained;

    @BeforeAll
    void trainOne(@TempDir Path temporary) throws IOException {
        folder = temporary;
        trained = TrainedNetwork.in(temporary, Architecture.alexnetSmall(7, 3));
    }

    private Path onnx(Path model, Precision precision, String name) throws IOException {
        Path file = folder.resolve(name);
        try (SafetensorsReader reader = SafetensorsReader.open(model)) {
            OnnxExport.write(reader, ModelFile.read(reader), OnnxExport.FIRST_OPSET, precision, file);
        }
        return file;
    }

    private Path weights(Path model, String name) throws IOException {
        Path file = folder.resolve(name);
        try (SafetensorsReader reader = SafetensorsReader.open(model)) {
            WeightsExport.write(reader, ModelFile.read(reader), ParameterNames.OWN, Precision.HALF, file);
        }
        return file;
    }

    private Path imported(Path file, String name) throws IOException {
        Path model = folder.resolve(name);
        try (ImportedNetwork network = ImportedNetworks.open(file)) {
            network.write(model);
        }
        return model;
    }

    private float[] logits(Path onnx) throws OrtException {
        float[] crops = TrainedNetwork.crops(trained.architecture(), trained.pictures());
        try (OrtSession session = OrtEnvironment.getEnvironment().createSession(onnx.toString());
                OnnxTensor input = OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), FloatBuffer.wrap(crops), new long[] {trained.pictures().size(), 3, 28, 28});
                OrtSession.Result result = session.run(Map.of("input", input))) {
            return ((float[][]) result.get("logits").orElseThrow().getValue())[1];
        }
    }

    @Test
    void onnxRuntimeComputesWithTheRoundedWeights() throws IOException, OrtException {
        Path half = onnx(trained.file(), Precision.HALF, "half.onnx");
        float[] rounded = logits(half);
        assertArrayEquals(logits(onnx(imported(half, "rounded.safetensors"), Precision.SINGLE, "rounded.onnx")), rounded, 1e-5f);
        assertArrayEquals(logits(onnx(trained.file(), Precision.SINGLE, "whole.onnx")), rounded, 0.1f);
    }

    @Test
    void bothFormatsHaveTheSameRoundedWeights() throws IOException {
        Path safetensors = weights(trained.file(), "half.safetensors");
        try (SafetensorsReader reader = SafetensorsReader.open(safetensors)) {
            assertEquals(DataType.F16, reader.tensor("conv3.weight").type());
            assertEquals(DataType.F32, reader.tensor("mean").type());
        }
        try (SafetensorsReader first = SafetensorsReader.open(imported(safetensors, "first.safetensors"));
                SafetensorsReader second = SafetensorsReader.open(imported(onnx(trained.file(), Precision.HALF, "other.onnx"), "second.safetensors"))) {
            Model model = ModelFile.read(first);
            for (String name : ModelFile.read(second).architecture().layers().stream().map(layer -> layer.name() + ".weight").filter(first.tensors()::containsKey).toList()) {
                assertArrayEquals(elements(first, name), elements(second, name), name);
            }
            assertEquals(model.architecture(), trained.architecture());
            assertArrayEquals(model.statistics().mean(), ModelFile.read(second).statistics().mean());
        }
    }

    private static float[] elements(SafetensorsReader reader, String name) {
        float[] values = new float[(int) reader.tensor(name).shape().elements()];
        reader.read(name, DataType.F32, reader.tensor(name).shape(), MemorySegment.ofArray(values));
        return values;
    }

    @Test
    void whatIsTooLargeIsRefusedAndLeavesNothing() throws IOException {
        byte[] bytes = Files.readAllBytes(trained.file());
        Path large = folder.resolve("large.safetensors");
        try (SafetensorsReader reader = SafetensorsReader.open(trained.file())) {
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat((int) reader.position(reader.tensor("fc7.bias")), -65520);
        }
        Files.write(large, bytes);
        for (String name : new String[] {"large.onnx", "large-half.safetensors"}) {
            CheckpointException refused = assertThrows(CheckpointException.class,
                    () -> { if (name.endsWith("onnx")) { onnx(large, Precision.HALF, name); } else { weights(large, name); } });
            assertTrue(refused.getMessage().contains("its fc7.bias holds -65520.0, which is too large for 16-bit floats"), refused.getMessage());
            assertFalse(Files.exists(folder.resolve(name)));
        }
    }
}
