package alexnet.core.weights.onnx;

import static alexnet.core.weights.protobuf.ProtobufReader.FIXED32;
import static alexnet.core.weights.protobuf.ProtobufReader.FIXED64;
import static alexnet.core.weights.protobuf.ProtobufReader.LENGTH;
import static alexnet.core.weights.protobuf.ProtobufReader.NUMBER;
import static alexnet.core.weights.protobuf.ProtobufReader.VARINT;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import ai.onnx.proto.OnnxMl.TensorProto;
import alexnet.core.checkpoint.DataType;
import alexnet.core.weights.WeightsTensor;
import alexnet.core.weights.protobuf.Elements;
import alexnet.core.weights.protobuf.ProtobufReader;
import alexnet.core.weights.protobuf.ProtobufReader.Span;

/** A tensor of ONNX as it is read: {@code TensorProto}. */
final class OnnxTensor {

    private static final int DIMS = TensorProto.DIMS_FIELD_NUMBER << NUMBER | LENGTH;
    private static final int DIMS_SINGLE = TensorProto.DIMS_FIELD_NUMBER << NUMBER | VARINT;
    private static final int TYPE = TensorProto.DATA_TYPE_FIELD_NUMBER << NUMBER | VARINT;
    private static final int SEGMENT = TensorProto.SEGMENT_FIELD_NUMBER << NUMBER | LENGTH;
    private static final int FLOATS = TensorProto.FLOAT_DATA_FIELD_NUMBER << NUMBER | LENGTH;
    private static final int FLOATS_SINGLE = TensorProto.FLOAT_DATA_FIELD_NUMBER << NUMBER | FIXED32;
    private static final int DOUBLES = TensorProto.DOUBLE_DATA_FIELD_NUMBER << NUMBER | LENGTH;
    private static final int DOUBLES_SINGLE = TensorProto.DOUBLE_DATA_FIELD_NUMBER << NUMBER | FIXED64;
    private static final int INTEGERS = TensorProto.INT32_DATA_FIELD_NUMBER << NUMBER | LENGTH;
    private static final int RAW = TensorProto.RAW_DATA_FIELD_NUMBER << NUMBER | LENGTH;
    private static final int NAME = TensorProto.NAME_FIELD_NUMBER << NUMBER | LENGTH;
    private static final int EXTERNAL = TensorProto.EXTERNAL_DATA_FIELD_NUMBER << NUMBER | LENGTH;

    private final ProtobufReader in;
    private final Elements floats;
    private final Elements doubles;
    private final List<Long> shape = new ArrayList<>();
    private String name = "";
    private long type;
    private Span raw;
    private Span integers;
    private boolean external;
    private boolean segmented;

    private OnnxTensor(ProtobufReader in) {
        this.in = in;
        this.floats = new Elements(in, DataType.F32);
        this.doubles = new Elements(in, DataType.F64);
    }

    /** Reads a field that is one. */
    static OnnxTensor read(ProtobufReader in) throws IOException {
        OnnxTensor tensor = new OnnxTensor(in);
        in.message(tensor::field);
        return tensor;
    }

    private void field(int tag) throws IOException {
        switch (tag) {
            case DIMS -> in.packed(() -> shape.add(in.integer()));
            case DIMS_SINGLE -> shape.add(in.integer());
            case TYPE -> type = in.integer();
            case FLOATS -> floats.packed(in.span());
            case FLOATS_SINGLE -> floats.single(in.span(Float.BYTES));
            case DOUBLES -> doubles.packed(in.span());
            case DOUBLES_SINGLE -> doubles.single(in.span(Double.BYTES));
            case RAW -> raw = in.span();
            case NAME -> name = in.text();
            case INTEGERS -> integers = in.span();
            case EXTERNAL -> {
                external = true;
                in.skip(tag);
            }
            case SEGMENT -> {
                segmented = true;
                in.skip(tag);
            }
            default -> in.skip(tag);
        }
    }

    String name() {
        return name;
    }

    /** The tensor, by what name it may have; none if it is no floating point. */
    Optional<WeightsTensor> tensor(String name) {
        if (type < 0 || type > Integer.MAX_VALUE) {
            throw in.damaged("tensor " + name + " is of type " + type);
        }
        return switch ((int) type) {
            case TensorProto.DataType.FLOAT_VALUE -> Optional.of(tensor(name, DataType.F32, floats));
            case TensorProto.DataType.DOUBLE_VALUE -> Optional.of(tensor(name, DataType.F64, doubles));
            case TensorProto.DataType.FLOAT16_VALUE -> Optional.of(tensor(name, DataType.F16, integers(DataType.F16)));
            case TensorProto.DataType.BFLOAT16_VALUE -> Optional.of(tensor(name, DataType.BF16, integers(DataType.BF16)));
            case TensorProto.DataType.INT8_VALUE, TensorProto.DataType.UINT8_VALUE -> {
                if (shape.size() > 1) {
                    throw in.refused("tensor " + name + " is of 8-bit integers: quantised networks are not read, take the one in floating point");
                }
                yield Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    private Elements integers(DataType elements) {
        Elements halves = new Elements(in, elements);
        if (integers != null) {
            halves.integers(integers);
        }
        return halves;
    }

    private WeightsTensor tensor(String name, DataType elements, Elements typed) {
        if (external) {
            throw in.refused("the elements of tensor " + name + " lie in another file, which is not read: save the network in one file");
        }
        if (segmented) {
            throw in.refused("tensor " + name + " is one of several segments, which are not read");
        }
        if (raw != null) {
            if (!typed.none()) {
                throw in.damaged("tensor " + name + " has its elements twice");
            }
            Elements elementsOfRaw = new Elements(in, elements);
            elementsOfRaw.packed(raw);
            return elementsOfRaw.tensor(name, shape);
        }
        return typed.tensor(name, shape);
    }
}
