package alexnet.core.weights.caffe;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import alexnet.core.weights.protobuf.ProtobufReader;
import com.google.protobuf.WireFormat;

/** The messages with what a layer of Caffe is told: those that tell one AlexNet from the other, with the fields that do. */
enum CaffeParameters {
    CONVOLUTION(10, 106, Map.ofEntries(Map.entry(1, "num_output"), Map.entry(2, "bias_term"), Map.entry(3, "pad"), Map.entry(4, "kernel_size"),
            Map.entry(5, "group"), Map.entry(6, "stride"), Map.entry(9, "pad_h"), Map.entry(10, "pad_w"), Map.entry(11, "kernel_h"),
            Map.entry(12, "kernel_w"), Map.entry(13, "stride_h"), Map.entry(14, "stride_w"), Map.entry(18, "dilation"))),
    DATA(11, 107, Map.of(2, "scale", 3, "mean_file", 5, "crop_size")),
    DROPOUT(12, 108, Map.of(1, "dropout_ratio")),
    INNER_PRODUCT(17, 117, Map.of(1, "num_output", 2, "bias_term", 5, "axis", 6, "transpose")),
    LRN(18, 118, Map.of(1, "local_size", 2, "alpha", 3, "beta", 4, "norm_region", 5, "k")),
    POOLING(19, 121, Map.ofEntries(Map.entry(1, "pool"), Map.entry(2, "kernel_size"), Map.entry(3, "stride"), Map.entry(4, "pad"),
            Map.entry(5, "kernel_h"), Map.entry(6, "kernel_w"), Map.entry(7, "stride_h"), Map.entry(8, "stride_w"), Map.entry(9, "pad_h"),
            Map.entry(10, "pad_w"), Map.entry(12, "global_pooling"))),
    TRANSFORMATION(36, 100, Map.of(1, "scale", 3, "crop_size", 4, "mean_file", 5, "mean_value"));

    /** The field that is text. */
    private static final String TEXT = "mean_file";
    /** The field that may be several floats. */
    private static final String REALS = "mean_value";

    /** The field of a layer of V1 that holds it. */
    private final int inV1;
    /** The field of a layer of today that holds it. */
    private final int inV2;
    private final Map<Integer, String> fields;

    CaffeParameters(int inV1, int inV2, Map<Integer, String> fields) {
        this.inV1 = inV1;
        this.inV2 = inV2;
        this.fields = fields;
    }

    int number(CaffeDialect dialect) {
        return dialect == CaffeDialect.V1 ? inV1 : inV2;
    }

    /** Reads such a message. */
    void read(ProtobufReader in, Map<String, List<Double>> numbers, Map<String, String> texts) throws IOException {
        in.message(tag -> {
            String name = fields.get(WireFormat.getTagFieldNumber(tag));
            List<Double> values = name == null || name.equals(TEXT) ? new ArrayList<>() : numbers.computeIfAbsent(name, _ -> new ArrayList<>());
            switch (name == null ? -1 : WireFormat.getTagWireType(tag)) {
                case ProtobufReader.VARINT -> values.add((double) in.integer());
                case ProtobufReader.FIXED32 -> values.add((double) in.real());
                case ProtobufReader.LENGTH -> {
                    switch (name) {
                        case TEXT -> texts.put(name, in.text());
                        case REALS -> in.packed(() -> values.add((double) in.real()));
                        default -> in.packed(() -> values.add((double) in.integer()));
                    }
                }
                default -> in.skip(tag);
            }
        });
    }
}
