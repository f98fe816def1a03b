package alexnet.core.export;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import alexnet.core.model.Model;
import alexnet.core.network.Architecture;
import alexnet.core.network.GroupShapes;
import alexnet.core.network.Layer;
import alexnet.core.weights.network.ExportEntries;
import com.google.protobuf.ByteString;

/**
 * An architecture as the nodes of one ONNX graph, both groups together: what a group computes of its own maps alone is a
 * grouped convolution or a normalisation of half of the maps. Initializers of the parameters are only named, not part of it.
 *
 * <p>The input is {@code input [N][channels][inputSize][inputSize]}, samples of 0 to 255, the outputs
 * {@code logits [N][classes]} and {@code probabilities [N][classes]}. The maps of a layer go by the layer's name.
 */
final class OnnxGraph {

    static final String INPUT = "input";
    static final String LOGITS = "logits";
    static final String PROBABILITIES = "probabilities";

    private static final String BATCH = "N";

    private final Architecture architecture;
    private final GraphProto.Builder graph;
    private String current = INPUT;
    private boolean flat;

    private OnnxGraph(Architecture architecture) {
        this.architecture = architecture;
        this.graph = GraphProto.newBuilder().setName(architecture.name());
    }

    /** The graph of a model. */
    static GraphProto of(Model model, Precision precision) {
        return new OnnxGraph(model.architecture()).build(model, precision);
    }

    /** An initializer of weights, without its elements. */
    static TensorProto weights(String name, List<Integer> shape, Precision precision) {
        return switch (precision) {
            case SINGLE -> tensor(name, shape).build();
            case HALF -> tensor(name + ExportEntries.HALF, shape).setDataType(TensorProto.DataType.FLOAT16_VALUE).build();
        };
    }

    private GraphProto build(Model model, Precision precision) {
        int size = architecture.inputSize();
        graph.addInput(value(INPUT, architecture.channels(), size, size));
        graph.addOutput(value(LOGITS, architecture.classes()));
        graph.addOutput(value(PROBABILITIES, architecture.classes()));
        graph.addInitializer(floats(ExportEntries.MEAN, List.of(architecture.channels(), size, size), centre(model.statistics().mean())));
        if (precision == Precision.HALF) {
            GroupShapes.whole(architecture, 1).parameters().keySet().forEach(name -> graph.addNode(node("Cast", name, name + ExportEntries.HALF)
                    .addAttribute(integer("to", TensorProto.DataType.FLOAT_VALUE))));
        }
        then(node("Sub", "centred", current, ExportEntries.MEAN));
        if (model.divides()) {
            graph.addInitializer(floats(ExportEntries.DEVIATION, List.of(architecture.channels(), 1, 1), model.deviations()));
            then(node("Div", "scaled", current, ExportEntries.DEVIATION));
        }
        GroupShapes.whole(architecture, 1).entries().forEach(this::add);
        then(node("Softmax", PROBABILITIES, current).addAttribute(integer("axis", 1)));
        return graph.build();
    }

    private void add(GroupShapes.Entry entry) {
        switch (entry.layer()) {
            case Layer.Convolution c -> {
                then(node("Conv", c.name() + ".sums", current, c.name() + ".weight", c.name() + ".bias")
                        .addAttribute(integers("kernel_shape", Collections.nCopies(2, c.size())))
                        .addAttribute(integers("strides", Collections.nCopies(2, c.stride())))
                        .addAttribute(integers("pads", Collections.nCopies(4, c.padding())))
                        .addAttribute(integer("group", entry.share().groups())));
                then(node("Relu", c.name(), current));
            }
            case Layer.Normalization n -> {
                if (entry.share().groups() == 1) {
                    then(normalization(n, n.name(), current));
                } else {
                    normalizeGroups(n, entry.output().channels() / Architecture.GROUPS);
                }
            }
            case Layer.MaxPool p -> then(node("MaxPool", p.name(), current)
                    .addAttribute(integers("kernel_shape", Collections.nCopies(2, p.size())))
                    .addAttribute(integers("strides", Collections.nCopies(2, p.stride())))
                    .addAttribute(integer("ceil_mode", p.ceil() ? 1 : 0)));
            case Layer.FullyConnected f -> {
                if (!flat) {
                    then(node("Flatten", "flat", current).addAttribute(integer("axis", 1)));
                    flat = true;
                }
                boolean last = architecture.isLast(f);
                then(node("Gemm", last ? LOGITS : f.name() + ".sums", current, f.name() + ".weight", f.name() + ".bias")
                        .addAttribute(integer("transB", 1)));
                if (!last) {
                    then(node("Relu", f.name(), current));
                }
            }
            case Layer.Dropout d -> {
                if (d.testingScale() != 1) {
                    String scale = d.name() + ".scale";
                    graph.addInitializer(floats(scale, List.of(), d.testingScale()));
                    then(node("Mul", d.name(), current, scale));
                }
            }
        }
    }

    /** ONNX divides alpha by the number of maps in the sum, the paper does not. */
    private static NodeProto.Builder normalization(Layer.Normalization n, String output, String input) {
        return node("LRN", output, input)
                .addAttribute(integer("size", n.size()))
                .addAttribute(real("alpha", n.alpha() * n.size()))
                .addAttribute(real("beta", n.beta()))
                .addAttribute(real("bias", n.k()));
    }

    /** Each group normalises over its own maps alone. */
    private void normalizeGroups(Layer.Normalization n, int channelsOfGroup) {
        String sizes = n.name() + ".channels";
        List<String> parts = names(n.name() + ".input");
        List<String> results = names(n.name() + ".output");
        graph.addInitializer(longs(sizes, Collections.nCopies(Architecture.GROUPS, (long) channelsOfGroup)));
        graph.addNode(NodeProto.newBuilder().setOpType("Split").setName(sizes).addInput(current).addInput(sizes).addAllOutput(parts)
                .addAttribute(integer("axis", 1)));
        for (int group = 0; group < Architecture.GROUPS; group++) {
            graph.addNode(normalization(n, results.get(group), parts.get(group)));
        }
        then(node("Concat", n.name(), results.toArray(String[]::new)).addAttribute(integer("axis", 1)));
    }

    private static List<String> names(String prefix) {
        return IntStream.range(0, Architecture.GROUPS).mapToObj(group -> prefix + group).toList();
    }

    /** Adds a node whose only output the next layer sees. */
    private void then(NodeProto.Builder node) {
        graph.addNode(node);
        current = node.getOutput(0);
    }

    /** The mean of the crop that is seen, of that of the stored images, {@code [channels][storedSize][storedSize]}. */
    private float[] centre(float[] mean) {
        int stored = architecture.storedSize();
        int size = architecture.inputSize();
        int first = (stored - size) / 2;
        float[] centre = new float[architecture.channels() * size * size];
        for (int channel = 0; channel < architecture.channels(); channel++) {
            for (int y = 0; y < size; y++) {
                System.arraycopy(mean, (channel * stored + first + y) * stored + first, centre, (channel * size + y) * size, size);
            }
        }
        return centre;
    }

    private static NodeProto.Builder node(String operator, String output, String... inputs) {
        return NodeProto.newBuilder().setOpType(operator).setName(output).addAllInput(List.of(inputs)).addOutput(output);
    }

    private static AttributeProto integer(String name, long value) {
        return AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INT).setI(value).build();
    }

    private static AttributeProto integers(String name, List<Integer> values) {
        return AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.INTS)
                .addAllInts(values.stream().map(Integer::longValue).toList()).build();
    }

    private static AttributeProto real(String name, float value) {
        return AttributeProto.newBuilder().setName(name).setType(AttributeProto.AttributeType.FLOAT).setF(value).build();
    }

    /** A tensor of 32-bit floats without its elements. */
    static TensorProto.Builder tensor(String name, List<Integer> shape) {
        return TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT_VALUE)
                .addAllDims(shape.stream().map(Integer::longValue).toList());
    }

    private static TensorProto floats(String name, List<Integer> shape, float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return tensor(name, shape).setRawData(ByteString.copyFrom(bytes)).build();
    }

    private static TensorProto longs(String name, List<Long> values) {
        return TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.INT64_VALUE).addDims(values.size())
                .addAllInt64Data(values).build();
    }

    /** A value with any number of images. */
    private static ValueInfoProto value(String name, int... dimensionsOfImage) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam(BATCH));
        for (int dimension : dimensionsOfImage) {
            shape.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(dimension));
        }
        return ValueInfoProto.newBuilder().setName(name).setType(TypeProto.newBuilder().setTensorType(
                TypeProto.Tensor.newBuilder().setElemType(TensorProto.DataType.FLOAT_VALUE).setShape(shape))).build();
    }
}
