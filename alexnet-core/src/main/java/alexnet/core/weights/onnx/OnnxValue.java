package alexnet.core.weights.onnx;

import static alexnet.core.weights.protobuf.ProtobufReader.LENGTH;
import static alexnet.core.weights.protobuf.ProtobufReader.NUMBER;
import static alexnet.core.weights.protobuf.ProtobufReader.VARINT;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import alexnet.core.weights.protobuf.ProtobufReader;
import alexnet.core.weights.protobuf.ProtobufReader.Fields;

/** A value that a graph takes, as it is read. */
final class OnnxValue {

    private static final int NAME = ValueInfoProto.NAME_FIELD_NUMBER << NUMBER | LENGTH;
    private static final int TYPE = ValueInfoProto.TYPE_FIELD_NUMBER << NUMBER | LENGTH;
    private static final int TENSOR_TYPE = TypeProto.TENSOR_TYPE_FIELD_NUMBER << NUMBER | LENGTH;
    private static final int SHAPE = TypeProto.Tensor.SHAPE_FIELD_NUMBER << NUMBER | LENGTH;
    private static final int DIMENSION = TensorShapeProto.DIM_FIELD_NUMBER << NUMBER | LENGTH;
    private static final int LENGTH_OF_DIMENSION = TensorShapeProto.Dimension.DIM_VALUE_FIELD_NUMBER << NUMBER | VARINT;
    private static final int NAME_OF_DIMENSION = TensorShapeProto.Dimension.DIM_PARAM_FIELD_NUMBER << NUMBER | LENGTH;

    private final ProtobufReader in;
    private final List<String> shape = new ArrayList<>();
    private String name = "";

    private OnnxValue(ProtobufReader in) {
        this.in = in;
    }

    /** Reads a field that is one. */
    static OnnxValue read(ProtobufReader in) throws IOException {
        OnnxValue value = new OnnxValue(in);
        in.message(value::field);
        return value;
    }

    private void field(int tag) throws IOException {
        switch (tag) {
            case NAME -> name = in.text();
            case TYPE -> in.message(only(TENSOR_TYPE, only(SHAPE, only(DIMENSION, this::dimension))));
            default -> in.skip(tag);
        }
    }

    /** Of a message, the one field that is looked at. */
    private Fields only(int field, Fields inside) {
        return tag -> {
            if (tag == field) {
                in.message(inside);
            } else {
                in.skip(tag);
            }
        };
    }

    private void dimension(int tag) throws IOException {
        switch (tag) {
            case LENGTH_OF_DIMENSION -> shape.add(Long.toString(in.integer()));
            case NAME_OF_DIMENSION -> shape.add(in.text());
            default -> in.skip(tag);
        }
    }

    String name() {
        return name;
    }

    /** Lengths and names of lengths. */
    List<String> shape() {
        return shape;
    }
}
