package alexnet.core.export;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.checkpoint.SafetensorsReader;
import alexnet.core.checkpoint.Tensor;
import alexnet.core.checkpoint.WholeFile;
import alexnet.core.model.ArchitectureEntry;
import alexnet.core.model.Entries;
import alexnet.core.model.Model;
import alexnet.core.network.GroupShapes;
import alexnet.core.weights.network.ExportEntries;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;

/**
 * Writes a trained network as an ONNX model that takes plain pixels, see {@link OnnxGraph}. The weights go from file to file
 * without passing through memory. Metadata: {@code architecture}; {@code network}, all of it in JSON; {@code classes}, a
 * JSON array of their names; {@code preprocessing}, a JSON object.
 */
public final class OnnxExport {

    /** The versions of the operator set that the operators used here mean the same in. */
    public static final int FIRST_OPSET = 17;
    /** The last such version. */
    public static final int LAST_OPSET = 22;

    /** The file format of {@link #FIRST_OPSET}; later ones add nothing that is used here. */
    private static final int IR_VERSION = 8;

    private OnnxExport() {
    }

    /** Weights that are copied into the file: all that comes before the elements, and the elements in the checkpoint. */
    private record Weights(TensorProto head, Tensor elements, Precision precision) {

        /** Bytes of the whole message. */
        long length() {
            long bytes = precision.bytes(elements);
            return head.getSerializedSize() + CodedOutputStream.computeTagSize(TensorProto.RAW_DATA_FIELD_NUMBER)
                    + CodedOutputStream.computeUInt64SizeNoTag(bytes) + bytes;
        }
    }

    /** The same, with the weights as they are. */
    public static void write(SafetensorsReader reader, Model model, int opset, Path file) throws IOException {
        write(reader, model, opset, Precision.SINGLE, file);
    }

    /**
     * Writes the model, whole or not at all.
     *
     * @param reader open on the model's file
     * @param model  what it says
     * @param opset  version of the operator set, {@link #FIRST_OPSET} to {@link #LAST_OPSET}
     * @param precision of the weights as they are stored; the graph computes with 32-bit floats, whatever they are
     * @param file   replaced if it is there
     * @throws CheckpointException if the network is larger than an ONNX file can be, 2 GiB, or its weights are larger than they are to be stored as
     * @throws IOException         if the file cannot be written
     */
    public static void write(SafetensorsReader reader, Model model, int opset, Precision precision, Path file) throws IOException {
        if (opset < FIRST_OPSET || opset > LAST_OPSET) {
            throw new IllegalArgumentException("opset " + opset + " is not in " + FIRST_OPSET + " to " + LAST_OPSET);
        }
        Map<String, List<Integer>> parameters = GroupShapes.whole(model.architecture(), 1).parameters();
        List<Weights> weights = new ArrayList<>();
        parameters.forEach((name, shape) -> weights.add(new Weights(OnnxGraph.weights(name, shape, precision), reader.tensor(name), precision)));
        GraphProto graph = OnnxGraph.of(model, precision);
        ModelProto around = around(model, opset);
        long graphLength = graph.getSerializedSize() + weights.stream().mapToLong(tensor -> embedded(GraphProto.INITIALIZER_FIELD_NUMBER, tensor.length())).sum();
        if (around.getSerializedSize() + embedded(ModelProto.GRAPH_FIELD_NUMBER, graphLength) > Integer.MAX_VALUE) {
            throw new CheckpointException(reader.file() + " is too large for an ONNX file, which holds less than 2 GiB");
        }
        WholeFile.write(file, channel -> {
            CodedOutputStream out = CodedOutputStream.newInstance(Channels.newOutputStream(channel));
            around.writeTo(out);
            begin(ModelProto.GRAPH_FIELD_NUMBER, graphLength, out);
            graph.writeTo(out);
            for (Weights tensor : weights) {
                write(tensor, reader, out, channel);
            }
            out.flush();
        });
    }

    private static void write(Weights tensor, SafetensorsReader reader, CodedOutputStream out, FileChannel channel) throws IOException {
        begin(GraphProto.INITIALIZER_FIELD_NUMBER, tensor.length(), out);
        tensor.head().writeTo(out);
        begin(TensorProto.RAW_DATA_FIELD_NUMBER, tensor.precision().bytes(tensor.elements()), out);
        out.flush();
        tensor.precision().copy(reader, tensor.elements(), channel);
    }

    /** Everything but the graph. */
    private static ModelProto around(Model model, int opset) {
        return ModelProto.newBuilder().setIrVersion(IR_VERSION).setProducerName("alexnet")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(opset))
                .addMetadataProps(text(ExportEntries.ARCHITECTURE, model.architecture().name()))
                .addMetadataProps(text(ExportEntries.NETWORK, Entries.text(ArchitectureEntry.tree(model.architecture()))))
                .addMetadataProps(text(ExportEntries.CLASSES, Preprocessing.classes(model)))
                .addMetadataProps(text(ExportEntries.PREPROCESSING, Preprocessing.of(model, "subtracted by the graph", "divided by in the graph").json()))
                .build();
    }

    private static StringStringEntryProto text(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }

    /** Bytes of a field that has a length, with its tag. */
    private static long embedded(int field, long length) {
        return CodedOutputStream.computeTagSize(field) + CodedOutputStream.computeUInt64SizeNoTag(length) + length;
    }

    private static void begin(int field, long length, CodedOutputStream out) throws IOException {
        out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        out.writeUInt64NoTag(length);
    }
}
