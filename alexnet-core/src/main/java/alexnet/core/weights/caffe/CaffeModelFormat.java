package alexnet.core.weights.caffe;

import static alexnet.core.weights.protobuf.ProtobufReader.LENGTH;
import static alexnet.core.weights.protobuf.ProtobufReader.NUMBER;
import static alexnet.core.weights.protobuf.ProtobufReader.VARINT;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import alexnet.core.weights.MappedWeights;
import alexnet.core.weights.MappedWeights.Contents;
import alexnet.core.weights.WeightsFile;
import alexnet.core.weights.WeightsFormat;
import alexnet.core.weights.WeightsNode;
import alexnet.core.weights.WeightsTensor;
import alexnet.core.weights.protobuf.ProtobufHead;
import alexnet.core.weights.protobuf.ProtobufHead.Field;
import alexnet.core.weights.protobuf.ProtobufReader;
import com.google.protobuf.WireFormat;

/** Networks of Caffe with their weights: {@code NetParameter} in binary form. */
public final class CaffeModelFormat implements WeightsFormat {

    private static final int NAME = 1 << NUMBER | LENGTH;
    /** The fields of a network, but its layers. */
    private static final Set<Integer> OTHERS = Set.of(NAME, 3 << NUMBER | LENGTH, 4 << NUMBER | VARINT, 4 << NUMBER | LENGTH,
            5 << NUMBER | VARINT, 6 << NUMBER | LENGTH, 7 << NUMBER | VARINT, 8 << NUMBER | LENGTH);
    private static final String LAYERS = "layers";

    @Override
    public String name() {
        return "Caffe";
    }

    @Override
    public boolean recognises(ByteBuffer head, long size) {
        List<Field> fields = ProtobufHead.fields(head);
        return fields.stream().allMatch(field -> OTHERS.contains(field.tag()) || dialect(field.tag()) != null)
                && fields.stream().filter(field -> dialect(field.tag()) != null).findFirst()
                        .filter(field -> isLayer(ProtobufHead.fields(field.content()), dialect(field.tag()))).isPresent();
    }

    /** Whether fields may be those of a layer: none beyond the last that any Caffe has, and names among them. */
    private static boolean isLayer(List<Field> fields, CaffeDialect dialect) {
        return fields.stream().allMatch(field -> WireFormat.getTagFieldNumber(field.tag()) <= dialect.last)
                && fields.stream().anyMatch(field -> WireFormat.getTagWireType(field.tag()) == LENGTH);
    }

    private static CaffeDialect dialect(int tag) {
        return Arrays.stream(CaffeDialect.values()).filter(dialect -> tag == (dialect.layer << NUMBER | LENGTH)).findFirst().orElse(null);
    }

    @Override
    public WeightsFile open(Path file) throws IOException {
        return MappedWeights.open(file, name(), bytes -> {
            try (ProtobufReader in = new ProtobufReader(file, bytes)) {
                return read(in);
            }
        });
    }

    private static Contents read(ProtobufReader in) throws IOException {
        Map<String, WeightsTensor> tensors = new LinkedHashMap<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        List<WeightsNode> nodes = new ArrayList<>();
        Set<CaffeDialect> dialects = EnumSet.noneOf(CaffeDialect.class);
        in.file(tag -> {
            CaffeDialect dialect = dialect(tag);
            if (dialect != null) {
                dialects.add(dialect);
                CaffeLayer layer = CaffeLayer.read(in, dialect);
                List<WeightsTensor> its = layer.tensors();
                for (WeightsTensor tensor : its) {
                    if (tensors.put(tensor.name(), tensor) != null) {
                        throw in.damaged("it has two tensors " + tensor.name());
                    }
                }
                nodes.add(layer.node(its));
            } else if (tag == NAME) {
                metadata.put("name", in.text());
            } else {
                in.skip(tag);
            }
        });
        if (tensors.isEmpty()) {
            throw in.refused("its " + nodes.size() + " layers have no weights");
        }
        metadata.put(LAYERS, dialects.stream().map(Enum::name).collect(Collectors.joining(" and ")));
        return new Contents(Collections.unmodifiableMap(tensors), Collections.unmodifiableMap(metadata), Collections.unmodifiableList(nodes));
    }
}
