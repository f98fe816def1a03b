package alexnet.core.weights.onnx;

import static alexnet.core.weights.protobuf.ProtobufReader.LENGTH;
import static alexnet.core.weights.protobuf.ProtobufReader.NUMBER;
import static alexnet.core.weights.protobuf.ProtobufReader.VARINT;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import alexnet.core.weights.MappedWeights;
import alexnet.core.weights.WeightsFile;
import alexnet.core.weights.WeightsFormat;
import alexnet.core.weights.protobuf.ProtobufHead;
import alexnet.core.weights.protobuf.ProtobufHead.Field;
import alexnet.core.weights.protobuf.ProtobufReader;
import com.google.protobuf.WireFormat;

/** Networks of ONNX, in one file. */
public final class OnnxFormat implements WeightsFormat {

    private static final int IR_VERSION = ModelProto.IR_VERSION_FIELD_NUMBER << NUMBER | VARINT;
    private static final int OPSET = ModelProto.OPSET_IMPORT_FIELD_NUMBER << NUMBER | LENGTH;
    private static final int GRAPH = ModelProto.GRAPH_FIELD_NUMBER << NUMBER | LENGTH;
    private static final Set<Integer> FIELDS = Set.of(IR_VERSION, OPSET, GRAPH, ModelProto.PRODUCER_NAME_FIELD_NUMBER << NUMBER | LENGTH,
            ModelProto.PRODUCER_VERSION_FIELD_NUMBER << NUMBER | LENGTH, ModelProto.DOMAIN_FIELD_NUMBER << NUMBER | LENGTH,
            ModelProto.MODEL_VERSION_FIELD_NUMBER << NUMBER | VARINT, ModelProto.DOC_STRING_FIELD_NUMBER << NUMBER | LENGTH,
            ModelProto.METADATA_PROPS_FIELD_NUMBER << NUMBER | LENGTH, ModelProto.TRAINING_INFO_FIELD_NUMBER << NUMBER | LENGTH,
            ModelProto.FUNCTIONS_FIELD_NUMBER << NUMBER | LENGTH);

    @Override
    public String name() {
        return "ONNX";
    }

    @Override
    public boolean recognises(ByteBuffer head, long size) {
        List<Field> fields = ProtobufHead.fields(head);
        return fields.stream().allMatch(field -> FIELDS.contains(field.tag()))
                && (fields.stream().filter(field -> field.tag() == GRAPH).findFirst().filter(field -> isGraph(field.content())).isPresent()
                || size > head.limit() && has(fields, IR_VERSION) && has(fields, OPSET));
    }

    private static boolean has(List<Field> fields, int tag) {
        return fields.stream().anyMatch(field -> field.tag() == tag);
    }

    private static boolean isGraph(ByteBuffer content) {
        List<Field> fields = ProtobufHead.fields(content);
        return !fields.isEmpty() && fields.stream().allMatch(field -> WireFormat.getTagWireType(field.tag()) == LENGTH
                && WireFormat.getTagFieldNumber(field.tag()) <= GraphProto.METADATA_PROPS_FIELD_NUMBER);
    }

    @Override
    public WeightsFile open(Path file) throws IOException {
        return MappedWeights.open(file, name(), bytes -> {
            try (ProtobufReader in = new ProtobufReader(file, bytes)) {
                return new OnnxFile(in).read();
            }
        });
    }
}
