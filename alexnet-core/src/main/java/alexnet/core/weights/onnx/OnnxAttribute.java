package alexnet.core.weights.onnx;

import static alexnet.core.weights.protobuf.ProtobufReader.FIXED32;
import static alexnet.core.weights.protobuf.ProtobufReader.LENGTH;
import static alexnet.core.weights.protobuf.ProtobufReader.NUMBER;
import static alexnet.core.weights.protobuf.ProtobufReader.VARINT;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import ai.onnx.proto.OnnxMl.AttributeProto;
import alexnet.core.weights.protobuf.ProtobufReader;

/** An attribute of a node as it is read: numbers, text or a tensor. */
final class OnnxAttribute {

    private static final int NAME = AttributeProto.NAME_FIELD_NUMBER << NUMBER | LENGTH;
    private static final int REAL = AttributeProto.F_FIELD_NUMBER << NUMBER | FIXED32;
    private static final int INTEGER = AttributeProto.I_FIELD_NUMBER << NUMBER | VARINT;
    private static final int TEXT = AttributeProto.S_FIELD_NUMBER << NUMBER | LENGTH;
    private static final int TENSOR = AttributeProto.T_FIELD_NUMBER << NUMBER | LENGTH;
    private static final int REALS = AttributeProto.FLOATS_FIELD_NUMBER << NUMBER | LENGTH;
    private static final int REALS_SINGLE = AttributeProto.FLOATS_FIELD_NUMBER << NUMBER | FIXED32;
    private static final int INTEGERS = AttributeProto.INTS_FIELD_NUMBER << NUMBER | LENGTH;
    private static final int INTEGERS_SINGLE = AttributeProto.INTS_FIELD_NUMBER << NUMBER | VARINT;

    private final ProtobufReader in;
    private final List<Double> numbers = new ArrayList<>();
    private String name = "";
    private String text;
    private OnnxTensor tensor;

    private OnnxAttribute(ProtobufReader in) {
        this.in = in;
    }

    /** Reads a field that is one. */
    static OnnxAttribute read(ProtobufReader in) throws IOException {
        OnnxAttribute attribute = new OnnxAttribute(in);
        in.message(attribute::field);
        return attribute;
    }

    private void field(int tag) throws IOException {
        switch (tag) {
            case NAME -> name = in.text();
            case REAL, REALS_SINGLE -> numbers.add((double) in.real());
            case INTEGER, INTEGERS_SINGLE -> numbers.add((double) in.integer());
            case REALS -> in.packed(() -> numbers.add((double) in.real()));
            case INTEGERS -> in.packed(() -> numbers.add((double) in.integer()));
            case TEXT -> text = in.text();
            case TENSOR -> tensor = OnnxTensor.read(in);
            default -> in.skip(tag);
        }
    }

    String name() {
        return name;
    }

    List<Double> numbers() {
        return numbers;
    }

    /** None where it is of another type. */
    String text() {
        return text;
    }

    /** None where it is of another type. */
    OnnxTensor tensor() {
        return tensor;
    }
}
