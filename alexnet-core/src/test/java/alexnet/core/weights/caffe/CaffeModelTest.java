package alexnet.core.weights.caffe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
            assertEquals("Caffe", network.format());
            assertEquals(Map.of("name", "tiny", "layers", dialect.name()), network.metadata());
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
            Map<String, WeightsNode> nodes = new HashMap<>();
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
    void floatsOneByOneInPiecesAndTwiceAsWideAreRead() throws IOException {
        Message network = new Message().message(100, CaffeFiles.layer(CaffeDialect.V2, "a", "Scale")
                .message(7, CaffeFiles.blob(CaffeDialect.V2, 5).real(5, 1f).real(5, 2f).real(5, 3f).floats(5, 4, 5))
                .message(7, CaffeFiles.blob(CaffeDialect.V2, 3).floats(5, 1, 2).integer(99, 7).floats(5, 3))
                .message(7, CaffeFiles.blob(CaffeDialect.V2, 2).doubles(8, 0.1, -7))
                .message(7, CaffeFiles.blob(CaffeDialect.V2, 2).real(8, 0.1).real(8, -7.0))
                .message(7, new Message().message(7, new Message().integer(1, 1).integer(1, 2)).floats(5, 8, 9))
                .message(7, new Message().floats(5, 3)));
        try (WeightsFile file = open(network)) {
            assertArrayEquals(new float[] {1, 2, 3, 4, 5}, floats(file.tensors().get("a/0")));
            assertArrayEquals(new float[] {1, 2, 3}, floats(file.tensors().get("a/1")));
            assertArrayEquals(new float[] {0.1f, -7}, floats(file.tensors().get("a/2")));
            assertEquals("F64", file.tensors().get("a/2").type());
            assertArrayEquals(new float[] {0.1f, -7}, floats(file.tensors().get("a/3")));
            assertEquals(List.of(1, 2), file.tensors().get("a/4").shape());
            assertEquals(List.of(), file.tensors().get("a/5").shape());
        }
    }

    @Test
    void parametersThatArePackedAreReadToo() throws IOException {
        Message layer = CaffeFiles.layer(CaffeDialect.V2, "conv", "Convolution").message(7, blob(new long[] {1}, 1))
                .message(106, new Message().integers(3, 1, 2)).message(100, new Message().floats(5, 104, 117, 123));
        try (WeightsFile file = open(new Message().message(100, layer))) {
            assertEquals(List.of(1.0, 2.0), file.nodes().getFirst().numbers().get("pad"));
            assertEquals(List.of(104.0, 117.0, 123.0), file.nodes().getFirst().numbers().get("mean_value"));
        }
    }

    /**
     * Written by OpenCV 4.6 ({@code cv2.dnn.shrinkCaffeModel}) from a network of V1: a convolution of 4 filters [3][3][3] with padding 1 and
     * stride 2, normalisation, 3 units of 256 inputs, each tensor {@code numpy.arange(n) / 8}; with 16-bit floats, and with all as it was.
     */
    @ParameterizedTest
    @CsvSource({"opencv-half.caffemodel, F16", "opencv-single.caffemodel, F32"})
    void whatOpenCvWroteIsRead(String name, String type) throws Exception {
        try (WeightsFile file = WeightsFormats.open(Path.of(CaffeModelTest.class.getResource(name).toURI()))) {
            assertEquals(Map.of("name", "tiny", "layers", "V2"), file.metadata());
            assertEquals(List.of("Convolution", "LRN", "InnerProduct"), file.nodes().stream().map(WeightsNode::type).toList());
            assertEquals(List.of("conv1/0", "conv1/1", "fc8/0", "fc8/1"), List.copyOf(file.tensors().keySet()));
            assertEquals(type, file.tensors().get("conv1/0").type());
            assertEquals(List.of(4, 3, 3, 3), file.tensors().get("conv1/0").shape());
            assertEquals(List.of(4), file.tensors().get("conv1/1").shape());
            assertEquals(List.of(3, 256), file.tensors().get("fc8/0").shape());
            assertEquals(List.of(3), file.tensors().get("fc8/1").shape());
            float[] weights = floats(file.tensors().get("conv1/0"));
            for (int i = 0; i < 108; i++) {
                assertEquals(i / 8f, weights[i]);
            }
            assertArrayEquals(new float[] {0, 1 / 8f, 2 / 8f}, floats(file.tensors().get("fc8/1")));
            assertEquals(2, file.nodes().getFirst().number("stride", 1));
            assertEquals(1, file.nodes().getFirst().number("pad", 0));
        }
    }

    @Test
    void whatIsNotAsItShouldBeIsRefusedByName() throws IOException {
        Message layer = CaffeFiles.layer(CaffeDialect.V2, "fc", "InnerProduct");
        assertTrue(refusal(new Message().message(100, layer)).contains("its 1 layers have no weights"));
        layer.message(7, blob(new long[] {1}, 1));
        assertTrue(refusal(new Message().message(100, layer).message(100, layer)).contains("two tensors fc/0"));
        assertTrue(refusal(one(blob(new long[] {2}, 1))).contains("tensor fc/0 of shape [2] has 1 elements"));
        assertTrue(refusal(one(blob(new long[] {-1}, 1))).contains("tensor fc/0 is of shape [-1]"));
        assertTrue(refusal(one(blob(new long[] {1L << 62, 4}, 1))).contains("tensor fc/0 is of shape"));
        assertTrue(refusal(one(blob(new long[] {1 << 30, 1 << 30, 16, 1 << 30, 0, 1 << 30}, 1))).contains("has 1 elements"));
        assertTrue(refusal(one(blob(new long[] {1 << 16, 1 << 16, 1 << 16, 1 << 16}))).contains("has 0 elements"));
        assertTrue(refusal(one(blob(new long[] {1}).bytes(5, new byte[5]))).contains("no whole number of F32"));
        assertTrue(refusal(one(blob(new long[] {1}, 1).doubles(8, 1))).contains("fc/0 has its elements twice"));
        assertTrue(refusal(one(blob(new long[] {1}).integer(10, 3).bytes(12, new byte[4]))).contains("type 3, which are no floats"));
    }

    private static Message one(Message blob) {
        return new Message().message(100, CaffeFiles.layer(CaffeDialect.V2, "fc", "Scale").message(7, blob));
    }

    @Test
    void layersOf2013AreRefusedWithTheWayOut() throws IOException {
        Message connection = new Message().message(1, new Message().text(1, "conv1").text(2, "conv").message(50, blob(new long[] {1}, 1))).text(2, "data");
        assertTrue(refusal(new Message().text(1, "old").message(2, connection)).contains("upgrade_net_proto_binary"));
    }

    @Test
    void lengthsThatLieAreToldFromAFileThatIsCutShort() throws IOException {
        assertTrue(refusal(new Message().message(100, CaffeFiles.layer(CaffeDialect.V2, "fc", "Scale").claim(7, 9))).contains("is damaged"));
        assertTrue(refusal(new Message().message(100, CaffeFiles.layer(CaffeDialect.V2, "fc", "Scale").claim(7, -1))).contains("is damaged"));
        assertTrue(refusal(new Message().message(100, CaffeFiles.layer(CaffeDialect.V2, "fc", "Scale")).claim(100, 1 << 30)).contains("is cut short"));
        byte[] whole = CaffeFiles.network(CaffeDialect.V1).toBytes();
        Path cut = Files.write(folder.resolve("cut.caffemodel"), Arrays.copyOf(whole, whole.length - 1));
        assertTrue(assertThrows(CheckpointException.class, () -> WeightsFormats.open(cut)).getMessage().contains("is cut short"));
    }

    /** A file of a few megabytes that would be gigabytes of objects. */
    @Test
    void whatFilesSayTakesNoMoreMemoryThanItMay() throws IOException {
        Message network = new Message().message(100, CaffeFiles.layer(CaffeDialect.V2, "fc", "Scale").message(7, blob(new long[] {1}, 1)));
        byte[] emptyLayer = new Message().message(100, new Message()).toBytes();
        ByteBuffer layers = ByteBuffer.allocate(emptyLayer.length << 20);
        while (layers.hasRemaining()) {
            layers.put(emptyLayer);
        }
        Path file = Files.write(folder.resolve("layers.caffemodel"), network.toBytes());
        Files.write(file, layers.array(), StandardOpenOption.APPEND);
        assertTrue(assertThrows(CheckpointException.class, () -> WeightsFormats.open(file)).getMessage().contains("says too much beside its weights"));
    }
}
