package alexnet.core.weights.onnx;

import static alexnet.core.weights.protobuf.ProtobufReader.LENGTH;
import static alexnet.core.weights.protobuf.ProtobufReader.NUMBER;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import ai.onnx.proto.OnnxMl.NodeProto;
import alexnet.core.weights.WeightsNode;
import alexnet.core.weights.protobuf.ProtobufReader;

/** A node of a graph as it is read. */
final class OnnxNode {

    private static final int INPUT = NodeProto.INPUT_FIELD_NUMBER << NUMBER | LENGTH;
    private static final int OUTPUT = NodeProto.OUTPUT_FIELD_NUMBER << NUMBER | LENGTH;
    private static final int NAME = NodeProto.NAME_FIELD_NUMBER << NUMBER | LENGTH;
    private static final int TYPE = NodeProto.OP_TYPE_FIELD_NUMBER << NUMBER | LENGTH;
    private static final int ATTRIBUTE = NodeProto.ATTRIBUTE_FIELD_NUMBER << NUMBER | LENGTH;

    private final ProtobufReader in;
    private final List<String> inputs = new ArrayList<>();
    private final List<String> outputs = new ArrayList<>();
    private final List<OnnxAttribute> attributes = new ArrayList<>();
    private String name = "";
    private String type = "";

    private OnnxNode(ProtobufReader in) {
        this.in = in;
    }

    /** Reads a field that is one. */
    static OnnxNode read(ProtobufReader in) throws IOException {
        OnnxNode node = new OnnxNode(in);
        in.message(node::field);
        return node;
    }

    private void field(int tag) throws IOException {
        switch (tag) {
            case INPUT -> inputs.add(in.text());
            case OUTPUT -> outputs.add(in.text());
            case NAME -> name = in.text();
            case TYPE -> type = in.text();
            case ATTRIBUTE -> attributes.add(OnnxAttribute.read(in));
            default -> in.skip(tag);
        }
    }

    /** The name of what it makes, if that is a tensor that the file holds. */
    Optional<String> constant() {
        return type.equals("Constant") && outputs.size() == 1 ? Optional.of(outputs.getFirst()) : Optional.empty();
    }

    /** The tensor that it holds, if it does. */
    Optional<OnnxTensor> tensor() {
        return attributes.stream().map(OnnxAttribute::tensor).filter(tensor -> tensor != null).findFirst();
    }

    /** What it is, where the file has these tensors. */
    WeightsNode node(Set<String> tensors) {
        Map<String, List<Double>> numbers = new LinkedHashMap<>();
        Map<String, String> texts = new LinkedHashMap<>();
        for (OnnxAttribute attribute : attributes) {
            if (attribute.text() != null) {
                texts.put(attribute.name(), attribute.text());
            }
            if (!attribute.numbers().isEmpty()) {
                numbers.put(attribute.name(), attribute.numbers());
            }
        }
        return new WeightsNode(name, type, inputs.stream().filter(input -> !tensors.contains(input)).toList(), outputs,
                inputs.stream().filter(tensors::contains).toList(), numbers, texts);
    }
}
