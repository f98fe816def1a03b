package alexnet.core.weights.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.weights.OpenedWeights;
import alexnet.core.weights.WeightsFile;
import alexnet.core.weights.WeightsTensor;

/** Reads what PyTorch 1.13 itself wrote: {@code scripts/judge-weights cases} made the files. */
class TorchFilesTest {

    @TempDir
    Path folder;

    static byte[] resource(String name) throws IOException {
        try (InputStream stream = TorchFilesTest.class.getResourceAsStream(name)) {
            return stream.readAllBytes();
        }
    }

    private WeightsFile open(String name) throws IOException {
        return OpenedWeights.open(folder, resource(name));
    }

    private static float[] eighths(int... numbers) {
        float[] values = new float[numbers.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = numbers[i] / 8f;
        }
        return values;
    }

    @ParameterizedTest
    @ValueSource(strings = {"tensors-zip.pth", "tensors-legacy.pth", "tensors-protocol4.pth", "tensors-legacy-protocol4.pth"})
    void viewsOfAllTypesHaveTheirElements(String name) throws IOException {
        try (WeightsFile file = open(name)) {
            assertEquals(name.contains("legacy") ? "PyTorch legacy" : "PyTorch zip", file.format());
            Map<String, WeightsTensor> tensors = file.tensors();
            assertEquals(List.of("whole", "rows", "columns", "turned", "channels_last", "parameter", "scalar", "nothing", "repeated",
                    "half", "bfloat", "double", "count", "byte", "truth"), List.copyOf(tensors.keySet()));
            assertEquals(List.of(2, 3, 4), tensors.get("whole").shape());
            assertArrayEquals(eighths(IntStream.range(0, 24).toArray()), OpenedWeights.values(tensors.get("whole")));
            assertArrayEquals(eighths(IntStream.range(6, 18).toArray()), OpenedWeights.values(tensors.get("rows")));
            assertEquals(List.of(4, 2), tensors.get("columns").shape());
            assertArrayEquals(eighths(2, 3, 8, 9, 14, 15, 20, 21), OpenedWeights.values(tensors.get("columns")));
            assertArrayEquals(eighths(IntStream.range(0, 24).map(i -> i % 4 * 6 + i / 4).toArray()), OpenedWeights.values(tensors.get("turned")));
            assertArrayEquals(eighths(IntStream.range(0, 24).toArray()), OpenedWeights.values(tensors.get("channels_last")));
            assertArrayEquals(new float[] {-1.5f, 2.5f}, OpenedWeights.values(tensors.get("parameter")));
            assertEquals(List.of(), tensors.get("scalar").shape());
            assertArrayEquals(new float[] {7.25f}, OpenedWeights.values(tensors.get("scalar")));
            assertEquals(0, tensors.get("nothing").floats().byteSize());
        }
    }

    @Test
    void shorterAndLongerFloatsBecomeFloats() throws IOException {
        try (WeightsFile file = open("tensors-zip.pth")) {
            Map<String, WeightsTensor> tensors = file.tensors();
            assertEquals("F16", tensors.get("half").type());
            assertArrayEquals(new float[] {0x1.998p-4f, -65504, 0x1p-24f}, OpenedWeights.values(tensors.get("half")));
            assertEquals("BF16", tensors.get("bfloat").type());
            assertArrayEquals(new float[] {0x1.9ap-4f, -0x1.c4p127f, 1.5f}, OpenedWeights.values(tensors.get("bfloat")));
            assertEquals("F64", tensors.get("double").type());
            assertArrayEquals(new float[] {0.1f, Float.POSITIVE_INFINITY, -2}, OpenedWeights.values(tensors.get("double")));
        }
    }

    @ParameterizedTest
    @CsvSource({"count, I64", "byte, U8", "truth, BOOL"})
    void otherTypesAreListedAndRefusedAsWeights(String name, String type) throws IOException {
        try (WeightsFile file = open("tensors-legacy.pth")) {
            WeightsTensor tensor = file.tensors().get(name);
            assertEquals(type, tensor.type());
            assertTrue(assertThrows(CheckpointException.class, tensor::floats).getMessage()
                    .endsWith("tensor " + name + " is of type " + type + "; weights are F32, F16, BF16 or F64"));
        }
    }

    @Test
    void wholeTensorsAreTheFileItself() throws IOException {
        try (WeightsFile file = open("tensors-zip.pth")) {
            for (String name : List.of("whole", "rows", "parameter")) {
                assertTrue(file.tensors().get(name).floats().isMapped(), name);
            }
        }
    }

    @Test
    void elementsThatAreRepeatedAreNotMultiplied() throws IOException {
        try (WeightsFile file = open("tensors-zip.pth")) {
            assertTrue(assertThrows(CheckpointException.class, file.tensors().get("repeated")::floats).getMessage().contains("repeats elements"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"checkpoint-zip.pth", "checkpoint-legacy.pth"})
    void aCheckpointsNetworkIsFoundWithoutItsWrappers(String name) throws IOException {
        try (WeightsFile file = open(name)) {
            assertEquals(List.of("features.0.weight", "features.0.bias", "features.1.weight", "features.1.bias", "features.1.running_mean",
                    "features.1.running_var", "features.1.num_batches_tracked", "classifier.weight", "classifier.bias"),
                    List.copyOf(file.tensors().keySet()));
            assertArrayEquals(new float[] {5, 5.125f, 5.25f}, OpenedWeights.values(file.tensors().get("classifier.bias")));
            assertEquals(Map.of("epoch", "3", "arch", "alexnet", "best_acc1", "12.5"), file.metadata());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"module-zip.pth", "module-legacy.pth"})
    void aWholeModuleIsRefusedWithAdvice(String name) throws IOException {
        String refusal = OpenedWeights.refusal(folder, resource(name));
        assertTrue(refusal.startsWith("holds a whole module"), refusal);
        assertTrue(refusal.contains("save its weights alone: torch.save(model.state_dict(), ...)"), refusal);
    }

    @Test
    void aProgramIsRefusedWithAdvice() throws IOException {
        String refusal = OpenedWeights.refusal(folder, resource("script.pt"));
        assertTrue(refusal.startsWith("holds a program of TorchScript"), refusal);
    }

    @Test
    void aFileIsGoneWhenItIsClosed() throws IOException {
        WeightsFile file = open("tensors-zip.pth");
        MemorySegment floats = file.tensors().get("whole").floats();
        file.close();
        file.close();
        assertThrows(IllegalStateException.class, () -> floats.get(ValueLayout.JAVA_BYTE, 0));
        Files.delete(file.file());
    }
}
