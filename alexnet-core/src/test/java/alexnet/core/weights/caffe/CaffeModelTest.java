package alexnet.core.weights.caffe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.weights.WeightsFile;
import alexnet.core.weights.WeightsFormats;
import alexnet.core.weights.WeightsNode;
import alexnet.core.weights.WeightsTensor;
import alexnet.core.weights.protobuf.Message;

/** Files of Caffe are read as Caffe reads them, or refused. */
class CaffeModelTest {

    @TempDir
    private Path folder;

    private Path file(Message network) throws IOException {
        return Files.write(folder.resolve("network.caffemodel"), network.toBytes());
    }

    private WeightsFile open(Message network) throws IOException {
        return WeightsFormats.open(file(network));
    }

    private String refusal(Message network) throws IOException {
        Path file = file(network);
        String message = assertThrows(CheckpointException.class, () -> WeightsFormats.open(file).close()).getMessage();
        assertTrue(message.startsWith(file.toString()), message);
        return message.substring(file.toString().length());
    }

    private static float[] floats(WeightsTensor tensor) {
        return tensor.floats().toArray(ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN));
    }

    private static Message blob(long[] shape, float... data) {
        return CaffeFiles.blob(CaffeDialect.V2, shape).floats(5, data);
    }

    @ParameterizedTest
    @EnumSource(CaffeDialect.class)
    void bothFormsOfLayersAreRead(CaffeDialect dialect) throws IOException {
        try (WeightsFile network = open(CaffeFiles.network(dialect))) {
            assertEquals("Caffe, " + dialect, network.format());
            assertEquals(Map.of("name", "tiny"), network.metadata());
            assertEquals(List.of("conv1/0", "conv1/1", "fc8/0", "fc8/1"), List.copyOf(network.tensors().keySet()));
            WeightsTensor weights = network.tensors().get("conv1/0");
            assertEquals("F32", weights.type());
            assertEquals(List.of(2, 3, 1, 1), weights.shape());
            assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, floats(weights));
            assertEquals(List.of(2), network.tensors().get("conv1/1").shape());
            assertEquals(List.of(1, 2), network.tensors().get("fc8/0").shape());
            assertEquals(List.of(1), network.tensors().get("fc8/1").shape());
        }
    }

    @ParameterizedTest
    @EnumSource(CaffeDialect.class)
    void layersSayWhatTheyAreInTheirOrder(CaffeDialect dialect) throws IOException {
        try (WeightsFile network = open(CaffeFiles.network(dialect))) {
            assertEquals(List.of("Data", "Convolution", "ReLU", "Pooling", "LRN", "Dropout", "InnerProduct"),
                    network.nodes().stream().map(WeightsNode::type).toList());
            Map<String, WeightsNode> nodes = new java.util.HashMap<>();
            network.nodes().forEach(node -> nodes.put(node.name(), node));
            assertEquals(227, nodes.get("data").number("crop_size", 0));
            assertEquals(Map.of("mean_file", "mean.binaryproto"), nodes.get("data").texts());
            WeightsNode convolution = nodes.get("conv1");
            assertEquals(List.of("data"), convolution.inputs());
            assertEquals(List.of("conv1"), convolution.outputs());
            assertEquals(List.of("conv1/0", "conv1/1"), convolution.tensors());
            assertEquals(Map.of("num_output", List.of(2.0), "group", List.of(1.0), "stride", List.of(4.0), "kernel_size", List.of(1.0)),
                    convolution.numbers());
            assertEquals(3, nodes.get("pool1").number("kernel_size", 0));
            assertEquals(1e-4f, (float) nodes.get("norm1").number("alpha", 1));
            assertEquals(1, nodes.get("norm1").number("k", 1));
            assertEquals(0.5, nodes.get("drop1").number("dropout_ratio", 0));
        }
    }

    @Test
    void packedFloatsAreNotCopied() throws IOException {
        Path file = file(CaffeFiles.network(CaffeDialect.V2));
        try (WeightsFile network = WeightsFormats.open(file)) {
            MemorySegment floats = network.tensors().get("conv1/0").floats();
            assertTrue(floats.isMapped());
            assertTrue(floats.isReadOnly());
        }
    }

    @Test
    void whatIsMissingTwiceOrMoreIsRefused() throws IOException {
        Message layer = CaffeFiles.layer(CaffeDialect.V2, "fc", "InnerProduct");
        assertTrue(refusal(new Message().message(100, layer)).contains("its 1 layers have no weights"));
        byte[] whole = CaffeFiles.network(CaffeDialect.V1).toBytes();
        Path cut = Files.write(folder.resolve("cut.caffemodel"), Arrays.copyOf(whole, whole.length - 1));
        assertTrue(assertThrows(CheckpointException.class, () -> WeightsFormats.open(cut)).getMessage().contains("is cut short"));
    }
}
