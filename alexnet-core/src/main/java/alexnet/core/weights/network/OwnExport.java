package alexnet.core.weights.network;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.checkpoint.Finite;
import alexnet.core.data.ClassName;
import alexnet.core.data.DatasetStatistics;
import alexnet.core.data.Resize;
import alexnet.core.data.StoredSize;
import alexnet.core.model.ArchitectureEntry;
import alexnet.core.model.Entries;
import alexnet.core.model.Model;
import alexnet.core.network.Architecture;
import alexnet.core.network.Architectures;
import alexnet.core.weights.WeightsFile;
import alexnet.core.weights.WeightsTensor;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What {@code export} has written, in either format. */
final class OwnExport implements NetworkKind {

    private static final ObjectNode NOTHING = Entries.constant("{}");
    private static final String ONNX = "ONNX";
    /** Samples of one of 4096 by 4096. */
    private static final long LARGEST_IMAGE = 3L << 24;

    @Override
    public String name() {
        return "an export of this program";
    }

    @Override
    public boolean isSaidBy(WeightsFile file) {
        return file.metadata().containsKey(ExportEntries.ARCHITECTURE) && file.metadata().containsKey(ExportEntries.PREPROCESSING);
    }

    @Override
    public NamedTensors tensors(WeightsFile file) {
        if (!isSaidBy(file)) {
            return NamedTensors.NONE;
        }
        Map<String, List<Integer>> shapes = Fitting.shapes(architecture(file));
        ParameterNames names = shapes.keySet().stream().anyMatch(file.tensors()::containsKey) ? ParameterNames.OWN : ParameterNames.TORCHVISION;
        Map<String, WeightsTensor> parameters = new LinkedHashMap<>();
        Map<String, WeightsTensor> others = new LinkedHashMap<>();
        file.tensors().forEach((name, tensor) -> {
            String whole = name.endsWith(ExportEntries.HALF) ? name.substring(0, name.length() - ExportEntries.HALF.length()) : name;
            String ours = names.ours(whole).orElse(whole);
            (shapes.containsKey(ours) ? parameters : others).put(shapes.containsKey(ours) ? ours : name, tensor);
        });
        others.remove(ExportEntries.MEAN);
        others.remove(ExportEntries.DEVIATION);
        // A graph has constants.
        return new NamedTensors(parameters, file.format().startsWith(ONNX) ? Map.of() : others, List.of());
    }

    @Override
    public Model model(WeightsFile file, NamedTensors tensors, ImportOptions options, List<String> notes) {
        Entries entries = entries(file);
        Architecture architecture = architecture(file);
        options.requireNoMean(file, name());
        options.requireArchitecture(file, architecture.name());
        JsonNode preprocessing = entries.object(ExportEntries.PREPROCESSING, NOTHING);
        Resize resize = preprocessing.has(ExportEntries.SQUASHED) ? Resize.SQUASH : Resize.COVER;
        List<ClassName> known = ClassName.of(classes(entries));
        if (known.size() != architecture.classes()) {
            throw entries.damaged(ExportEntries.CLASSES, "it has " + known.size() + " names for " + architecture.classes() + " classes");
        }
        return new Input(mean(file, entries, preprocessing, architecture, notes), deviation(file, entries, preprocessing, architecture.channels()), resize).model(file, architecture, options,
                options.classNames(file, architecture.classes()).orElse(known));
    }

    private static Entries entries(WeightsFile file) {
        return new Entries(file.file(), file.metadata());
    }

    private static List<String> classes(Entries entries) {
        JsonNode list = entries.tree(ExportEntries.CLASSES);
        if (!list.isArray() || !StreamSupport.stream(list.spliterator(), false).allMatch(JsonNode::isTextual)) {
            throw entries.damaged(ExportEntries.CLASSES, "it is no list of names");
        }
        return StreamSupport.stream(list.spliterator(), false).map(JsonNode::textValue).toList();
    }

    private static Architecture architecture(WeightsFile file) {
        Entries entries = entries(file);
        Architecture architecture = entries.has(ExportEntries.NETWORK) ? ArchitectureEntry.read(entries, ExportEntries.NETWORK) : named(file, entries);
        // The mean of each channel is a few bytes of a file, and a whole image here.
        int size = architecture.storedSize();
        if (size > StoredSize.LIMIT || (long) size * size * architecture.channels() > LARGEST_IMAGE) {
            throw entries.damaged(ExportEntries.NETWORK, architecture.channels() + " channels of " + size + "x" + size + " pixels are too large an image");
        }
        return architecture;
    }

    private static Architecture named(WeightsFile file, Entries entries) {
        WeightsTensor mean = file.tensors().get(ExportEntries.MEAN);
        int channels = mean == null || mean.shape().isEmpty() ? Input.CHANNELS : mean.shape().getFirst();
        try {
            return Architectures.named(file.metadata().get(ExportEntries.ARCHITECTURE), classes(entries).size(), channels);
        } catch (IllegalArgumentException unknown) {
            throw entries.damaged(ExportEntries.ARCHITECTURE, unknown.getMessage());
        }
    }

    private static float[] mean(WeightsFile file, Entries entries, JsonNode preprocessing, Architecture architecture, List<String> notes) {
        int channels = architecture.channels();
        int stored = architecture.storedSize();
        int input = architecture.inputSize();
        WeightsTensor tensor = file.tensors().get(ExportEntries.MEAN);
        if (preprocessing.path(ExportEntries.MEAN).isArray()) {
            return Input.constant(numbers(entries, preprocessing.get(ExportEntries.MEAN), channels), architecture);
        } else if (entries.has(ExportEntries.MEAN_IMAGE)) {
            return image(entries, file.metadata().get(ExportEntries.MEAN_IMAGE), channels * stored * stored);
        } else if (tensor == null) {
            throw entries.damaged(ExportEntries.PREPROCESSING, "it has no mean, nor has the file");
        }
        float[] values = finite(file, tensor);
        if (tensor.shape().equals(List.of(channels, stored, stored))) {
            return values;
        } else if (tensor.shape().equals(List.of(channels, input, input))) {
            if (!DatasetStatistics.isConstant(values, input * input)) {
                notes.add("its mean image is of the centre alone, and goes on with its edges beyond: other crops than the centre see a little of that");
            }
            return widened(values, channels, input, stored);
        }
        throw new CheckpointException(file.file() + ": its mean image " + tensor.name() + " has the impossible shape " + tensor.shape());
    }

    private static List<Float> deviation(WeightsFile file, Entries entries, JsonNode preprocessing, int channels) {
        WeightsTensor tensor = file.tensors().get(ExportEntries.DEVIATION);
        if (preprocessing.path(ExportEntries.DEVIATION).isArray()) {
            return Input.list(numbers(entries, preprocessing.get(ExportEntries.DEVIATION), channels));
        } else if (tensor == null) {
            return Model.ones(channels);
        } else if (tensor.shape().stream().filter(size -> size != 1 || channels == 1).findFirst().filter(size -> size == channels).isEmpty()) {
            throw new CheckpointException(file.file() + ": its deviation " + tensor.name() + " has the impossible shape " + tensor.shape());
        }
        return Input.list(finite(file, tensor));
    }

    private static float[] finite(WeightsFile file, WeightsTensor tensor) {
        MemorySegment floats = tensor.floats();
        if (!Finite.all(floats)) {
            throw new CheckpointException(file.file() + " makes no sense: its " + tensor.name() + " holds values that are not finite");
        }
        return floats.toArray(ValueLayout.JAVA_FLOAT_UNALIGNED);
    }

    /** An image of which the centre is known, continued by its edges. */
    private static float[] widened(float[] centre, int channels, int size, int stored) {
        int first = (stored - size) / 2;
        float[] wide = new float[channels * stored * stored];
        for (int i = 0; i < wide.length; i++) {
            int y = Math.clamp(i / stored % stored - first, 0, size - 1);
            int x = Math.clamp(i % stored - first, 0, size - 1);
            wide[i] = centre[(i / (stored * stored) * size + y) * size + x];
        }
        return wide;
    }

    private static float[] image(Entries entries, String base64, int length) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64)).order(ByteOrder.LITTLE_ENDIAN);
            float[] image = new float[length];
            if (bytes.remaining() == length * Float.BYTES) {
                bytes.asFloatBuffer().get(image);
                if (Finite.all(MemorySegment.ofArray(image))) {
                    return image;
                }
            }
        } catch (IllegalArgumentException noBase64) {
            // It is told below.
        }
        throw entries.damaged(ExportEntries.MEAN_IMAGE, "it is no image of " + length + " numbers");
    }

    private static float[] numbers(Entries entries, JsonNode list, int count) {
        List<Float> numbers = new ArrayList<>();
        list.forEach(number -> numbers.add(number.isNumber() ? number.floatValue() : Float.NaN));
        if (numbers.size() != count || !numbers.stream().allMatch(Float::isFinite)) {
            throw entries.damaged(ExportEntries.PREPROCESSING, "a list in it is not of " + count + " numbers");
        }
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = numbers.get(i);
        }
        return values;
    }
}
