package alexnet.core.weights.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.weights.WeightsFile;
import alexnet.core.weights.WeightsFormats;
import alexnet.core.weights.WeightsNode;
import alexnet.core.weights.WeightsTensor;
import com.google.protobuf.ByteString;

/** Files of ONNX are read, or refused. */
class OnnxFileTest {

    @TempDir
    private Path folder;

    private WeightsFile open(ModelProto model) throws IOException {
        return WeightsFormats.open(Files.write(folder.resolve("network.onnx"), model.toByteArray()));
    }

    private WeightsFile open(GraphProto.Builder graph) throws IOException {
        return open(model(graph));
    }

    private static ModelProto model(GraphProto.Builder graph) {
        return ModelProto.newBuilder().setIrVersion(3).setProducerName("onnx-caffe2").addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(9))
                .setGraph(graph.setName("bvlc_alexnet")).build();
    }

    private String refusal(TensorProto.Builder... initializers) throws IOException {
        GraphProto.Builder graph = GraphProto.newBuilder();
        for (TensorProto.Builder initializer : initializers) {
            graph.addInitializer(initializer);
        }
        return assertThrows(CheckpointException.class, () -> open(graph).close()).getMessage();
    }

    private static TensorProto.Builder tensor(String name, int type, long... shape) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setName(name).setDataType(type);
        for (long length : shape) {
            tensor.addDims(length);
        }
        return tensor;
    }

    private static ByteString raw(float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return ByteString.copyFrom(bytes);
    }

    private static ByteString halves(int... bits) {
        ByteBuffer bytes = ByteBuffer.allocate(bits.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int half : bits) {
            bytes.putShort((short) half);
        }
        return ByteString.copyFrom(bytes.flip());
    }

    private static float[] floats(WeightsTensor tensor) {
        return tensor.floats().toArray(ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN));
    }

    @Test
    void tensorsAreReadInEveryTypeOfFloats() throws IOException {
        GraphProto.Builder graph = GraphProto.newBuilder()
                .addInitializer(tensor("raw", TensorProto.DataType.FLOAT_VALUE, 2, 1).setRawData(raw(1, -2)))
                .addInitializer(tensor("floats", TensorProto.DataType.FLOAT_VALUE, 3).addFloatData(1).addFloatData(2).addFloatData(3))
                .addInitializer(tensor("doubles", TensorProto.DataType.DOUBLE_VALUE, 1).addDoubleData(0.1))
                .addInitializer(tensor("halves", TensorProto.DataType.FLOAT16_VALUE, 2).setRawData(halves(0x3C00, 0xC100)))
                .addInitializer(tensor("upper halves", TensorProto.DataType.BFLOAT16_VALUE, 1).setRawData(halves(0x3F80)))
                .addInitializer(tensor("integers", TensorProto.DataType.FLOAT16_VALUE, 3).addInt32Data(0x3C00).addInt32Data(0xC100).addInt32Data(1))
                .addInitializer(tensor("scalar", TensorProto.DataType.FLOAT_VALUE).addFloatData(0.5f))
                .addInitializer(tensor("none", TensorProto.DataType.FLOAT_VALUE, 0, 3))
                .addInitializer(tensor("shape", TensorProto.DataType.INT64_VALUE, 2).addInt64Data(1).addInt64Data(9216));
        try (WeightsFile file = open(graph)) {
            assertEquals("ONNX", file.format());
            Map<String, WeightsTensor> tensors = file.tensors();
            assertEquals(List.of("raw", "floats", "doubles", "halves", "upper halves", "integers", "scalar", "none"), List.copyOf(tensors.keySet()));
            assertEquals(List.of("F32", "F32", "F64", "F16", "BF16", "F16", "F32", "F32"), tensors.values().stream().map(WeightsTensor::type).toList());
            assertEquals(List.of(2, 1), tensors.get("raw").shape());
            assertTrue(tensors.get("raw").floats().isMapped());
            assertTrue(tensors.get("floats").floats().isMapped());
            assertArrayEquals(new float[] {1, -2}, floats(tensors.get("raw")));
            assertArrayEquals(new float[] {1, 2, 3}, floats(tensors.get("floats")));
            assertArrayEquals(new float[] {0.1f}, floats(tensors.get("doubles")));
            assertArrayEquals(new float[] {1, -2.5f}, floats(tensors.get("halves")));
            assertArrayEquals(new float[] {1}, floats(tensors.get("upper halves")));
            assertArrayEquals(new float[] {1, -2.5f, 0x1p-24f}, floats(tensors.get("integers")));
            assertArrayEquals(new float[] {0.5f}, floats(tensors.get("scalar")));
            assertEquals(List.of(), tensors.get("scalar").shape());
            assertArrayEquals(new float[0], floats(tensors.get("none")));
        }
    }

    @Test
    void nodesSayWhatIsDoneWithTheTensors() throws IOException {
        GraphProto.Builder graph = GraphProto.newBuilder()
                .addNode(NodeProto.newBuilder().setOpType("LRN").setName("norm1").addInput("conv1").addOutput("norm1")
                        .addAttribute(AttributeProto.newBuilder().setName("alpha").setF(1e-4f)).addAttribute(AttributeProto.newBuilder().setName("size").setI(5)))
                .addNode(NodeProto.newBuilder().setOpType("Conv").addInput("norm1").addInput("w").addInput("b").addOutput("conv2")
                        .addAttribute(AttributeProto.newBuilder().setName("pads").addInts(2).addInts(2).addInts(2).addInts(2))
                        .addAttribute(AttributeProto.newBuilder().setName("auto_pad").setS(ByteString.copyFromUtf8("NOTSET")))
                        .addAttribute(AttributeProto.newBuilder().setName("group").setI(2)))
                .addNode(NodeProto.newBuilder().setOpType("Constant").addOutput("b").addAttribute(AttributeProto.newBuilder().setName("value")
                        .setT(tensor("whatever", TensorProto.DataType.FLOAT_VALUE, 1).addFloatData(7))))
                .addInitializer(tensor("w", TensorProto.DataType.FLOAT_VALUE, 1).addFloatData(1));
        try (WeightsFile file = open(graph)) {
            assertArrayEquals(new float[] {7}, floats(file.tensors().get("b")));
            WeightsNode lrn = file.nodes().get(0);
            assertEquals("LRN", lrn.type());
            assertEquals("norm1", lrn.name());
            assertEquals(1e-4f, (float) lrn.number("alpha", 0));
            assertEquals(5, lrn.number("size", 0));
            assertEquals(1, lrn.number("bias", 1));
            WeightsNode convolution = file.nodes().get(1);
            assertEquals(List.of("norm1"), convolution.inputs());
            assertEquals(List.of("w", "b"), convolution.tensors());
            assertEquals(List.of("conv2"), convolution.outputs());
            assertEquals(Map.of("pads", List.of(2.0, 2.0, 2.0, 2.0), "group", List.of(2.0)), convolution.numbers());
            assertEquals(Map.of("auto_pad", "NOTSET"), convolution.texts());
        }
    }

    @Test
    void itsOwnMetadataComeBeforeWhatItSaysElsewhere() throws IOException {
        ModelProto model = model(GraphProto.newBuilder().addInitializer(tensor("w", TensorProto.DataType.FLOAT_VALUE, 1).addFloatData(1))).toBuilder()
                .addMetadataProps(StringStringEntryProto.newBuilder().setKey("graph").setValue("mine")).build();
        try (WeightsFile file = open(model)) {
            assertEquals(Map.of("graph", "mine", "producer", "onnx-caffe2", "opset", "9"), file.metadata());
        }
    }

    /**
     * Written by PyTorch 1.13: {@code torch.onnx.export} of Conv2d(3, 4, 3, 2, 1), ReLU, MaxPool2d(3, 2), Conv2d(4, 2, 1, groups=2),
     * Flatten, Dropout, Linear(18, 3), each parameter {@code torch.arange(n) / 8}; once with its initializers among the inputs, as old
     * operator sets have them.
     */
    @ParameterizedTest
    @ValueSource(strings = {"pytorch.onnx", "pytorch-inputs.onnx"})
    void whatPytorchWroteIsRead(String name) throws Exception {
        try (WeightsFile file = WeightsFormats.open(Path.of(OnnxFileTest.class.getResource(name).toURI()))) {
            assertEquals(List.of("0.weight", "0.bias", "3.weight", "3.bias", "6.weight", "6.bias"), List.copyOf(file.tensors().keySet()));
            assertEquals(List.of(4, 3, 3, 3), file.tensors().get("0.weight").shape());
            float[] linear = floats(file.tensors().get("6.weight"));
            assertEquals(54, linear.length);
            assertEquals(53 / 8f, linear[53]);
            assertEquals(List.of("Conv", "Relu", "MaxPool", "Conv", "Flatten", "Gemm"), file.nodes().stream().map(WeightsNode::type).toList());
            assertEquals(2, file.nodes().get(3).number("group", 1));
            assertEquals(1, file.nodes().getLast().number("transB", 0));
            assertEquals(List.of("6.weight", "6.bias"), file.nodes().getLast().tensors());
            assertEquals("pytorch", file.metadata().get("producer"));
            assertEquals("[1, 3, 16, 16]", file.metadata().get("input image"));
            assertEquals(4, file.metadata().size(), file.metadata().toString());
        }
    }

    @Test
    void tensorsThatAreNotAsTheyShouldBeAreRefusedByName() throws IOException {
        int floats = TensorProto.DataType.FLOAT_VALUE;
        assertTrue(refusal(tensor("w", floats, 2).addFloatData(1)).contains("tensor w of shape [2] has 1 elements"));
        assertTrue(refusal(tensor("w", floats, -1, -1).addFloatData(1)).contains("tensor w is of shape [-1, -1]"));
        assertTrue(refusal(tensor("w", floats, 1L << 31, 1L << 31, 4).addFloatData(1)).contains("tensor w is of shape"));
        assertTrue(refusal(tensor("w", floats, 1 << 30, 1 << 30, 16).addFloatData(1)).contains("has 1 elements"));
        assertTrue(refusal(tensor("w", floats, 1).setRawData(ByteString.copyFrom(new byte[5]))).contains("no whole number of F32"));
        assertTrue(refusal(tensor("w", floats, 1).setRawData(raw(1)).addFloatData(1)).contains("w has its elements twice"));
        assertTrue(refusal(tensor("w", floats, 1).addFloatData(1), tensor("w", floats, 1).addFloatData(1)).contains("two tensors w"));
        assertTrue(refusal(tensor("w", floats, 1).setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(StringStringEntryProto.newBuilder().setKey("location").setValue("w.bin"))).contains("tensor w lie in another file"));
        assertTrue(refusal(tensor("w", floats, 1).setSegment(TensorProto.Segment.newBuilder().setBegin(0).setEnd(1))).contains("segments"));
        assertTrue(refusal(tensor("w", TensorProto.DataType.FLOAT16_VALUE, 3).addInt32Data(1 << 20)).contains("has 1 elements"));
        assertTrue(refusal(tensor("w", TensorProto.DataType.INT64_VALUE, 1).addInt64Data(1)).contains("no weights of floating point"));
        assertTrue(refusal(tensor("w", TensorProto.DataType.INT8_VALUE, 2, 1).addInt32Data(1).addInt32Data(2)).contains("quantised"));
        CheckpointException sparse = assertThrows(CheckpointException.class,
                () -> open(GraphProto.newBuilder().addSparseInitializer(SparseTensorProto.getDefaultInstance())).close());
        assertTrue(sparse.getMessage().contains("sparse tensors"), sparse.getMessage());
    }
}
