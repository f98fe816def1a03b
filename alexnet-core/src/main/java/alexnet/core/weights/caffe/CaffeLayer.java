package alexnet.core.weights.caffe;

import static alexnet.core.weights.protobuf.ProtobufReader.LENGTH;
import static alexnet.core.weights.protobuf.ProtobufReader.NUMBER;
import static alexnet.core.weights.protobuf.ProtobufReader.VARINT;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import alexnet.core.weights.WeightsNode;
import alexnet.core.weights.WeightsTensor;
import alexnet.core.weights.protobuf.ProtobufReader;
import com.google.protobuf.WireFormat;

/** A layer of Caffe as it is read. */
final class CaffeLayer {

    /** What a layer of the year 2012 and 2013 is inside of. */
    private static final int V0 = 1 << NUMBER | LENGTH;

    private final ProtobufReader in;
    private final CaffeDialect dialect;
    private String name = "";
    private String type = "";
    private final List<String> bottoms = new ArrayList<>();
    private final List<String> tops = new ArrayList<>();
    private final List<CaffeBlob> blobs = new ArrayList<>();
    private final Map<String, List<Double>> numbers = new LinkedHashMap<>();
    private final Map<String, String> texts = new LinkedHashMap<>();

    private CaffeLayer(ProtobufReader in, CaffeDialect dialect) {
        this.in = in;
        this.dialect = dialect;
    }

    /** Reads a field that is one. */
    static CaffeLayer read(ProtobufReader in, CaffeDialect dialect) throws IOException {
        CaffeLayer layer = new CaffeLayer(in, dialect);
        in.message(layer::field);
        return layer;
    }

    private void field(int tag) throws IOException {
        int number = WireFormat.getTagFieldNumber(tag);
        int wireType = WireFormat.getTagWireType(tag);
        if (dialect == CaffeDialect.V1 && tag == V0) {
            throw in.refused("its layers are in Caffe's form of 2013, which is not read: Caffe's upgrade_net_proto_binary makes today's of it");
        } else if (dialect == CaffeDialect.V1 && number == dialect.type && wireType == VARINT) {
            type = CaffeDialect.type(in.integer());
        } else if (wireType != LENGTH) {
            in.skip(tag);
        } else if (number == dialect.name) {
            name = in.text();
        } else if (number == dialect.type) {
            type = in.text();
        } else if (number == dialect.bottom) {
            bottoms.add(in.text());
        } else if (number == dialect.top) {
            tops.add(in.text());
        } else if (number == dialect.blobs) {
            blobs.add(CaffeBlob.read(in));
        } else {
            parameters(tag, number);
        }
    }

    private void parameters(int tag, int number) throws IOException {
        for (CaffeParameters parameters : CaffeParameters.values()) {
            if (parameters.number(dialect) == number) {
                parameters.read(in, numbers, texts);
                return;
            }
        }
        in.skip(tag);
    }

    /** Its tensors by their names. */
    List<WeightsTensor> tensors() {
        List<WeightsTensor> tensors = new ArrayList<>();
        for (int i = 0; i < blobs.size(); i++) {
            tensors.add(blobs.get(i).tensor(name + "/" + i, axes(i)));
        }
        return tensors;
    }

    private int axes(int blob) {
        return switch (type) {
            case "Convolution", "Deconvolution" -> blob == 0 ? 4 : 1;
            case "InnerProduct" -> blob == 0 ? 2 : 1;
            default -> Integer.MAX_VALUE;
        };
    }

    /** What it is. */
    WeightsNode node(List<WeightsTensor> tensors) {
        return new WeightsNode(name, type, bottoms, tops, tensors.stream().map(WeightsTensor::name).toList(), numbers, texts);
    }
}
