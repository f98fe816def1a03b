package alexnet.core.weights.caffe;

import static alexnet.core.weights.protobuf.ProtobufReader.FIXED32;
import static alexnet.core.weights.protobuf.ProtobufReader.FIXED64;
import static alexnet.core.weights.protobuf.ProtobufReader.LENGTH;
import static alexnet.core.weights.protobuf.ProtobufReader.NUMBER;
import static alexnet.core.weights.protobuf.ProtobufReader.VARINT;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import alexnet.core.checkpoint.DataType;
import alexnet.core.weights.WeightsTensor;
import alexnet.core.weights.protobuf.Elements;
import alexnet.core.weights.protobuf.ProtobufHead;
import alexnet.core.weights.protobuf.ProtobufHead.Field;
import alexnet.core.weights.protobuf.ProtobufReader;
import alexnet.core.weights.protobuf.ProtobufReader.Span;

/** A tensor of Caffe: {@code BlobProto}, with the 16-bit floats that NVIDIA's and OpenCV's Caffe add. */
final class CaffeBlob {

    private static final int NUM = 1 << NUMBER | VARINT;
    private static final int CHANNELS = 2 << NUMBER | VARINT;
    private static final int HEIGHT = 3 << NUMBER | VARINT;
    private static final int WIDTH = 4 << NUMBER | VARINT;
    private static final int DATA = 5 << NUMBER | LENGTH;
    private static final int DATA_SINGLE = 5 << NUMBER | FIXED32;
    private static final int SHAPE = 7 << NUMBER | LENGTH;
    private static final int DOUBLES = 8 << NUMBER | LENGTH;
    private static final int DOUBLES_SINGLE = 8 << NUMBER | FIXED64;
    private static final int RAW_TYPE = 10 << NUMBER | VARINT;
    private static final int RAW = 12 << NUMBER | LENGTH;
    private static final int DIM = 1 << NUMBER | LENGTH;
    private static final int DIM_SINGLE = 1 << NUMBER | VARINT;

    private static final Set<Integer> SHAPES = Set.of(NUM, CHANNELS, HEIGHT, WIDTH, SHAPE);
    private static final Set<Integer> ELEMENTS = Set.of(DATA, DATA_SINGLE, DOUBLES, DOUBLES_SINGLE, RAW);
    /** With the gradients that it may hold, and the types of what is raw. */
    private static final Set<Integer> FIELDS = Stream.of(SHAPES, ELEMENTS, Set.of(6 << NUMBER | LENGTH, 9 << NUMBER | LENGTH, RAW_TYPE,
            11 << NUMBER | VARINT, 13 << NUMBER | LENGTH)).flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());

    /** What {@code raw_data} is, by the number that stands for it. */
    private static final List<DataType> RAW_TYPES = List.of(DataType.F64, DataType.F32, DataType.F16);

    private final ProtobufReader in;
    private final Elements floats;
    private final Elements doubles;
    private final long[] oldShape = new long[4];
    private boolean old;
    private final List<Long> newShape = new ArrayList<>();
    private long rawType;
    private Span raw;

    private CaffeBlob(ProtobufReader in) {
        this.in = in;
        this.floats = new Elements(in, DataType.F32);
        this.doubles = new Elements(in, DataType.F64);
    }

    /** Whether a file with these first bytes is one: a shape, and elements behind it. */
    static boolean recognises(ByteBuffer head) {
        List<Field> fields = ProtobufHead.fields(head);
        return fields.stream().allMatch(field -> FIELDS.contains(field.tag()))
                && fields.stream().anyMatch(field -> SHAPES.contains(field.tag())) && fields.stream().anyMatch(field -> ELEMENTS.contains(field.tag()));
    }

    /** Reads a field that is one. */
    static CaffeBlob read(ProtobufReader in) throws IOException {
        CaffeBlob blob = new CaffeBlob(in);
        in.message(blob::field);
        return blob;
    }

    /** Reads a file that is one. */
    static CaffeBlob readFile(ProtobufReader in) throws IOException {
        CaffeBlob blob = new CaffeBlob(in);
        in.file(blob::field);
        return blob;
    }

    private void field(int tag) throws IOException {
        switch (tag) {
            case NUM -> old(0);
            case CHANNELS -> old(1);
            case HEIGHT -> old(2);
            case WIDTH -> old(3);
            case DATA -> floats.packed(in.span());
            case DATA_SINGLE -> floats.single(in.span(Float.BYTES));
            case DOUBLES -> doubles.packed(in.span());
            case DOUBLES_SINGLE -> doubles.single(in.span(Double.BYTES));
            case SHAPE -> in.message(this::dimension);
            case RAW_TYPE -> rawType = in.integer();
            case RAW -> raw = in.span();
            default -> in.skip(tag);
        }
    }

    private void old(int dimension) throws IOException {
        oldShape[dimension] = in.integer();
        old = true;
    }

    private void dimension(int tag) throws IOException {
        switch (tag) {
            case DIM -> in.packed(() -> newShape.add(in.integer()));
            case DIM_SINGLE -> newShape.add(in.integer());
            default -> in.skip(tag);
        }
    }

    /**
     * The tensor.
     *
     * @param axes how many dimensions such a tensor has in Caffe: leading ones above that are left out
     */
    WeightsTensor tensor(String name, int axes) {
        List<Long> shape = shape();
        while (shape.size() > axes && shape.getFirst() == 1) {
            shape = shape.subList(1, shape.size());
        }
        return elements(name).tensor(name, shape);
    }

    private List<Long> shape() {
        return old ? Arrays.stream(oldShape).boxed().toList() : newShape;
    }

    private Elements elements(String name) {
        Elements rawElements = new Elements(in, DataType.F32);
        if (raw != null) {
            if (rawType < 0 || rawType >= RAW_TYPES.size()) {
                throw in.refused("tensor " + name + " has elements of type " + rawType + ", which are no floats");
            }
            rawElements = new Elements(in, RAW_TYPES.get((int) rawType));
            rawElements.packed(raw);
        }
        List<Elements> kinds = Stream.of(floats, doubles, rawElements).filter(elements -> !elements.none()).toList();
        if (kinds.size() > 1) {
            throw in.damaged("tensor " + name + " has its elements twice");
        }
        return kinds.isEmpty() ? floats : kinds.getFirst();
    }
}
