package alexnet.core.training;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.checkpoint.DataType;
import alexnet.core.checkpoint.Finite;
import alexnet.core.checkpoint.SafetensorsReader;
import alexnet.core.checkpoint.SafetensorsWriter;
import alexnet.core.checkpoint.TensorShape;
import alexnet.core.data.DatasetStatistics;
import alexnet.core.data.Fingerprint;
import alexnet.core.group.ParameterTensor;
import alexnet.core.group.TwoGroupNetwork;
import alexnet.core.network.Architecture;
import alexnet.core.network.GroupShapes;
import alexnet.core.run.RunState;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * What a checkpoint says besides weights and momenta: which network it is and how far its training is. The file is
 * safetensors; tensors are whole layers in PyTorch's names and shapes ({@code conv2.weight [256, 48, 5, 5]}), momenta are
 * called {@code momentum.} and the parameter's name.
 *
 * @param architecture with the number of classes and channels
 * @param classes      their names; a label is an index into them
 * @param statistics   mean image and colour components of the training images
 * @param options      of the run that made it
 * @param state        what it stands at
 */
public record Checkpoint(Architecture architecture, List<String> classes, DatasetStatistics statistics,
                         TrainingOptions options, RunState state) {

    private static final String FORMAT = "format";
    private static final String FORMAT_VALUE = "alexnet-jvm-1";
    private static final int MAX_FINGERPRINT = 1 << 30;
    private static final String FINGERPRINT = DatasetStatistics.PREFIX + "fingerprint";
    /** Strict, so that what a damaged file leaves out is found here and not by who uses it. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES, DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    public Checkpoint {
        classes = List.copyOf(classes);
    }

    /**
     * Writes the checkpoint with the network's parameters and momenta as it has saved them last; all or nothing.
     *
     * @param images by what the images are known again, {@link Fingerprint#pack}
     * @throws DivergedException if they are not finite; the file is then as it was
     * @throws IOException       if the file cannot be written
     */
    public void write(Path file, TwoGroupNetwork network, byte[] images) throws IOException {
        for (ParameterTensor tensor : network.tensors()) {
            if (!tensor.parts().stream().map(FloatArray::getSegment).allMatch(Finite::all)) {
                throw DivergedException.tensor(state.step(), tensor.name());
            }
        }
        SafetensorsWriter writer = new SafetensorsWriter();
        writer.metadata(FORMAT, FORMAT_VALUE);
        writer.metadata("architecture", architecture.name());
        writer.metadata("classes", json(classes));
        writer.metadata("options", json(options));
        writer.metadata("state", json(state));
        for (ParameterTensor tensor : network.tensors()) {
            writer.add(tensor.name(), DataType.F32, TensorShape.of(tensor.shape()), segments(tensor));
        }
        statistics.writeTo(writer);
        writer.add(FINGERPRINT, DataType.U8, TensorShape.of(images.length), MemorySegment.ofArray(images));
        writer.write(file);
    }

    /**
     * Reads everything but the weights, and checks that the file has all tensors of its network and no others.
     *
     * @throws CheckpointException if it is damaged, of another kind, or does not fit its own description
     */
    public static Checkpoint read(SafetensorsReader reader) {
        String format = reader.metadata().getOrDefault(FORMAT, "none");
        if (!format.equals(FORMAT_VALUE)) {
            throw new CheckpointException(reader.file() + " is a safetensors file, but no checkpoint of this program (format "
                    + format + ", expected " + FORMAT_VALUE + ")");
        }
        DatasetStatistics statistics = DatasetStatistics.readFrom(reader);
        List<String> classes = parse(reader, "classes", new TypeReference<>() { });
        Architecture architecture;
        Map<String, List<Integer>> parameters;
        try {
            architecture = Architecture.named(reader.metadata("architecture"), classes.size(), statistics.channels());
            parameters = new GroupShapes(architecture, 0, 1).parameters();
        } catch (IllegalArgumentException unknown) {
            throw new CheckpointException(reader.file() + ": " + unknown.getMessage(), unknown);
        }
        if (statistics.size().height() != architecture.storedSize() || statistics.size().width() != architecture.storedSize()) {
            throw new CheckpointException(reader.file() + ": its mean image is " + statistics.size() + ", but "
                    + architecture.name() + " stores images of " + architecture.storedSize() + " pixels");
        }
        requireTensors(reader, architecture, parameters);
        return new Checkpoint(architecture, classes, statistics, parse(reader, "options", new TypeReference<>() { }),
                parse(reader, "state", new TypeReference<>() { }));
    }

    private static void requireTensors(SafetensorsReader reader, Architecture architecture, Map<String, List<Integer>> parameters) {
        Set<String> unknown = new HashSet<>(reader.tensors().keySet());
        unknown.removeIf(name -> name.startsWith(DatasetStatistics.PREFIX));
        parameters.forEach((parameter, shape) -> {
            for (String name : List.of(parameter, TwoGroupNetwork.MOMENTUM + parameter)) {
                reader.tensor(name, DataType.F32, TensorShape.of(shape));
                unknown.remove(name);
            }
        });
        if (!unknown.isEmpty()) {
            throw new CheckpointException(reader.file() + " has tensors that " + architecture.name() + " does not know: " + unknown);
        }
    }

    /**
     * Reads the weights and momenta into the network's host arrays.
     *
     * @throws CheckpointException if they cannot be read or are those of another architecture
     */
    public static void readTensors(SafetensorsReader reader, TwoGroupNetwork network) {
        for (ParameterTensor tensor : network.tensors()) {
            reader.read(tensor.name(), DataType.F32, TensorShape.of(tensor.shape()), segments(tensor));
        }
    }

    /**
     * Reads by what the images of the run are known again; empty for a checkpoint of a time when that was not kept.
     *
     * @throws CheckpointException if it is damaged
     */
    public static Optional<Fingerprint> fingerprint(SafetensorsReader reader) {
        if (!reader.tensors().containsKey(FINGERPRINT)) {
            return Optional.empty();
        }
        TensorShape shape = reader.tensor(FINGERPRINT).shape();
        if (shape.dimensions().size() != 1 || shape.elements() > reader.tensor(FINGERPRINT).byteSize() || shape.elements() > MAX_FINGERPRINT) {
            throw new CheckpointException(reader.file() + ": its list of images has the impossible shape " + shape);
        }
        byte[] packed = new byte[(int) shape.elements()];
        reader.read(FINGERPRINT, DataType.U8, shape, MemorySegment.ofArray(packed));
        try {
            return Optional.of(Fingerprint.unpack(packed));
        } catch (IllegalArgumentException damaged) {
            throw new CheckpointException(reader.file() + ": " + damaged.getMessage(), damaged);
        }
    }

    private static MemorySegment[] segments(ParameterTensor tensor) {
        return tensor.parts().stream().map(FloatArray::getSegment).toArray(MemorySegment[]::new);
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static <T> T parse(SafetensorsReader reader, String entry, TypeReference<T> type) {
        String text = reader.metadata(entry);
        try {
            T value = JSON.readValue(text, type);
            if (value == null || value instanceof List<?> list && list.stream().anyMatch(Objects::isNull)) {
                throw new CheckpointException(reader.file() + ": its entry " + entry + ", or a part of it, is empty");
            }
            return value;
        } catch (JsonProcessingException damaged) {
            throw new CheckpointException(reader.file() + ": its entry " + entry + " is damaged: " + damaged.getOriginalMessage(), damaged);
        }
    }
}
