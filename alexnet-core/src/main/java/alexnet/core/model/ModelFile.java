package alexnet.core.model;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.checkpoint.DataType;
import alexnet.core.checkpoint.SafetensorsReader;
import alexnet.core.checkpoint.SafetensorsWriter;
import alexnet.core.checkpoint.TensorShape;
import alexnet.core.checkpoint.UnreadableCheckpointException;
import alexnet.core.data.Fingerprint;
import alexnet.core.data.Resize;
import alexnet.core.group.ParameterTensor;
import alexnet.core.network.Architecture;
import alexnet.core.network.GroupShapes;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * The file of a model, safetensors: what {@link Model} holds as entries of its metadata and as tensors {@code data.*}; each
 * parameter as one tensor in PyTorch's name and shape ({@code conv2.weight [256, 48, 5, 5]}). docs/training.md has the table.
 */
public final class ModelFile {

    static final String RESIZE = "resize";
    static final String DEVIATION = "deviation";

    private static final String FORMAT = "format";
    private static final String ANY_VERSION = "alexnet-jvm-";
    private static final String FORMAT_VALUE = ANY_VERSION + "2";
    private static final String FINGERPRINT = StatisticsTensors.PREFIX + "fingerprint";
    private static final int MAX_FINGERPRINT = 1 << 30;

    private ModelFile() {
    }

    /**
     * Writes a model and its parameters, whole or not at all.
     *
     * @param parameters all of its architecture's, as they are in their host arrays
     * @throws IOException if the file cannot be written
     */
    public static void write(Path file, Model model, List<ParameterTensor> parameters) throws IOException {
        writer(model, parameters).write(file);
    }

    /** A writer that holds a model and tensors, to which more may be added. */
    public static SafetensorsWriter writer(Model model, List<ParameterTensor> tensors) {
        SafetensorsWriter writer = SafetensorsWriter.withChecksum();
        writer.metadata(FORMAT, FORMAT_VALUE);
        writer.metadata(ArchitectureEntry.NAME, ArchitectureEntry.text(model.architecture()));
        ClassEntries.write(model.classNames(), writer);
        writer.metadata(RESIZE, Entries.text(model.resize()));
        if (model.divides()) {
            writer.metadata(DEVIATION, Entries.text(model.deviation()));
        }
        for (ParameterTensor tensor : tensors) {
            writer.add(tensor.name(), DataType.F32, TensorShape.of(tensor.shape()), segments(tensor));
        }
        StatisticsTensors.write(model.statistics(), writer);
        return writer;
    }

    /** Adds by what the training images are known again, {@link Fingerprint#pack}. */
    public static void addFingerprint(SafetensorsWriter writer, byte[] packed) {
        writer.add(FINGERPRINT, DataType.U8, TensorShape.of(packed.length), MemorySegment.ofArray(packed));
    }

    /** Whether text of a file says that it is a model of this program, of whatever version. */
    public static boolean isOne(Map<String, String> metadata) {
        return metadata.getOrDefault(FORMAT, "").startsWith(ANY_VERSION);
    }

    /**
     * The entries of a file, in today's form.
     *
     * @throws CheckpointException if it is of another program, or of a version that is not known
     */
    public static Entries entries(SafetensorsReader reader) {
        String format = reader.metadata().getOrDefault(FORMAT, "none");
        return new Entries(reader.file(), switch (format) {
            case FORMAT_VALUE -> reader.metadata();
            case FirstFormat.VALUE -> FirstFormat.translate(reader);
            default -> throw new UnreadableCheckpointException(reader.file() + " is a safetensors file, but no checkpoint of this program (format "
                    + format + ", expected " + FORMAT_VALUE + ")" + (format.startsWith(ANY_VERSION) ? "" : "; import makes a model of what others, or export, have written"));
        });
    }

    /**
     * Reads everything but the weights, and checks that the file has all that belong to its architecture.
     *
     * @throws CheckpointException if it is damaged, of another kind, or does not fit its own description
     */
    public static Model read(SafetensorsReader reader) {
        return read(reader, entries(reader));
    }

    /** The same, of entries that have been looked at. */
    public static Model read(SafetensorsReader reader, Entries entries) {
        Architecture architecture = ArchitectureEntry.read(entries);
        requireTensors(reader, architecture, "", _ -> true);
        try {
            return new Model(architecture, resize(entries), StatisticsTensors.read(reader), deviation(entries, architecture.channels()),
                    ClassEntries.read(entries, architecture.classes()));
        } catch (IllegalArgumentException unfit) {
            throw new CheckpointException(reader.file() + ": " + unfit.getMessage(), unfit);
        }
    }

    /** The paper's where nothing is said. */
    private static Resize resize(Entries entries) {
        return entries.has(RESIZE) ? entries.value(RESIZE, entries.tree(RESIZE), Resize.class) : Resize.COVER;
    }

    /** Ones where nothing is said. */
    private static List<Float> deviation(Entries entries, int channels) {
        return entries.has(DEVIATION) ? List.of(entries.value(DEVIATION, entries.list(DEVIATION), Float[].class)) : Model.ones(channels);
    }

    /**
     * Makes sure that the file has all tensors that training goes on from.
     *
     * @param states what the names begin with of the tensors that training keeps with each parameter
     * @param layers those that it keeps them of
     * @throws CheckpointException naming the one that is missing or of another shape
     */
    public static void requireTrainable(SafetensorsReader reader, Architecture architecture, List<String> states, Predicate<String> layers) {
        states.forEach(state -> requireTensors(reader, architecture, state, layers));
        StatisticsTensors.requireColours(reader);
    }

    private static void requireTensors(SafetensorsReader reader, Architecture architecture, String prefix, Predicate<String> layers) {
        GroupShapes.whole(architecture, 1).parameters().forEach((name, shape) -> {
            if (layers.test(name.substring(0, name.lastIndexOf('.')))) {
                reader.tensor(prefix + name, DataType.F32, TensorShape.of(shape));
            }
        });
    }

    /**
     * Reads tensors into their host arrays.
     *
     * @throws CheckpointException if they cannot be read or are those of another architecture
     */
    public static void readTensors(SafetensorsReader reader, List<ParameterTensor> tensors) {
        for (ParameterTensor tensor : tensors) {
            reader.read(tensor.name(), DataType.F32, TensorShape.of(tensor.shape()), segments(tensor));
        }
    }

    private static MemorySegment[] segments(ParameterTensor tensor) {
        return tensor.parts().stream().map(FloatArray::getSegment).toArray(MemorySegment[]::new);
    }

    /**
     * Reads by what the images are known again that the model was trained on; empty where that was not kept.
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
}
