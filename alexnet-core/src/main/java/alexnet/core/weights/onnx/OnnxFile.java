package alexnet.core.weights.onnx;

import static alexnet.core.weights.protobuf.ProtobufReader.LENGTH;
import static alexnet.core.weights.protobuf.ProtobufReader.NUMBER;
import static alexnet.core.weights.protobuf.ProtobufReader.VARINT;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import alexnet.core.weights.MappedWeights.Contents;
import alexnet.core.weights.WeightsTensor;
import alexnet.core.weights.protobuf.ProtobufReader;

/** A file of ONNX as it is read: {@code ModelProto} with its graph. */
final class OnnxFile {

    private static final int PRODUCER = ModelProto.PRODUCER_NAME_FIELD_NUMBER << NUMBER | LENGTH;
    private static final int OPSET = ModelProto.OPSET_IMPORT_FIELD_NUMBER << NUMBER | LENGTH;
    private static final int GRAPH = ModelProto.GRAPH_FIELD_NUMBER << NUMBER | LENGTH;
    private static final int METADATA = ModelProto.METADATA_PROPS_FIELD_NUMBER << NUMBER | LENGTH;
    private static final int DOMAIN_OF_OPSET = OperatorSetIdProto.DOMAIN_FIELD_NUMBER << NUMBER | LENGTH;
    private static final int VERSION_OF_OPSET = OperatorSetIdProto.VERSION_FIELD_NUMBER << NUMBER | VARINT;
    private static final int KEY = StringStringEntryProto.KEY_FIELD_NUMBER << NUMBER | LENGTH;
    private static final int VALUE = StringStringEntryProto.VALUE_FIELD_NUMBER << NUMBER | LENGTH;
    private static final int NODE = GraphProto.NODE_FIELD_NUMBER << NUMBER | LENGTH;
    private static final int NAME_OF_GRAPH = GraphProto.NAME_FIELD_NUMBER << NUMBER | LENGTH;
    private static final int INITIALIZER = GraphProto.INITIALIZER_FIELD_NUMBER << NUMBER | LENGTH;
    private static final int SPARSE = GraphProto.SPARSE_INITIALIZER_FIELD_NUMBER << NUMBER | LENGTH;
    private static final int INPUT = GraphProto.INPUT_FIELD_NUMBER << NUMBER | LENGTH;

    private final ProtobufReader in;
    private final Map<String, WeightsTensor> tensors = new LinkedHashMap<>();
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final Map<String, String> around = new LinkedHashMap<>();
    private final List<OnnxNode> nodes = new ArrayList<>();
    private final List<OnnxValue> inputs = new ArrayList<>();
    private final Set<String> initializers = new HashSet<>();

    OnnxFile(ProtobufReader in) {
        this.in = in;
    }

    Contents read() throws IOException {
        in.file(this::field);
        if (tensors.isEmpty()) {
            throw in.refused("its graph of " + nodes.size() + " nodes has no weights of floating point");
        }
        inputs.stream().filter(input -> !initializers.contains(input.name()))
                .forEach(input -> around.put("input " + input.name(), input.shape().toString()));
        around.forEach(metadata::putIfAbsent);
        return new Contents(Collections.unmodifiableMap(tensors), Collections.unmodifiableMap(metadata),
                nodes.stream().map(node -> node.node(tensors.keySet())).toList());
    }

    private void field(int tag) throws IOException {
        switch (tag) {
            case PRODUCER -> around.put("producer", in.text());
            case OPSET -> opset();
            case METADATA -> metadata();
            case GRAPH -> in.message(this::graph);
            default -> in.skip(tag);
        }
    }

    private void opset() throws IOException {
        String[] domain = {""};
        long[] version = {0};
        in.message(tag -> {
            switch (tag) {
                case DOMAIN_OF_OPSET -> domain[0] = in.text();
                case VERSION_OF_OPSET -> version[0] = in.integer();
                default -> in.skip(tag);
            }
        });
        around.put(domain[0].isEmpty() ? "opset" : "opset " + domain[0], Long.toString(version[0]));
    }

    private void metadata() throws IOException {
        String[] entry = {"", ""};
        in.message(tag -> {
            switch (tag) {
                case KEY -> entry[0] = in.text();
                case VALUE -> entry[1] = in.text();
                default -> in.skip(tag);
            }
        });
        metadata.put(entry[0], entry[1]);
    }

    private void graph(int tag) throws IOException {
        switch (tag) {
            case NODE -> {
                OnnxNode node = OnnxNode.read(in);
                nodes.add(node);
                if (node.constant().isPresent() && node.tensor().isPresent()) {
                    add(node.constant().get(), node.tensor().get());
                }
            }
            case NAME_OF_GRAPH -> around.put("graph", in.text());
            case INITIALIZER -> {
                OnnxTensor tensor = OnnxTensor.read(in);
                initializers.add(tensor.name());
                add(tensor.name(), tensor);
            }
            case INPUT -> inputs.add(OnnxValue.read(in));
            case SPARSE -> throw in.refused("it has sparse tensors, which are not read");
            default -> in.skip(tag);
        }
    }

    private void add(String name, OnnxTensor tensor) {
        tensor.tensor(name).ifPresent(its -> {
            if (tensors.put(name, its) != null) {
                throw in.damaged("it has two tensors " + name);
            }
        });
    }
}
