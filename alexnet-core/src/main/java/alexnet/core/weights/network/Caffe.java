package alexnet.core.weights.network;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.data.Resize;
import alexnet.core.model.Model;
import alexnet.core.network.Architecture;
import alexnet.core.network.Architectures;
import alexnet.core.weights.WeightsFile;
import alexnet.core.weights.WeightsNode;
import alexnet.core.weights.WeightsTensor;
import alexnet.core.weights.caffe.MeanImage;

/**
 * Caffe's {@code bvlc_alexnet} and {@code bvlc_reference_caffenet}, told apart by the order of their layers, as Caffe writes them and as
 * ONNX's zoo has them. They see images blue first.
 */
final class Caffe implements NetworkKind {

    private static final String NORMALIZED_FIRST = "alexnet-caffe";
    private static final String POOLED_FIRST = "caffenet";

    private static final Set<String> CONVOLUTIONS = Set.of("Convolution", "Conv");
    private static final Set<String> FULLY_CONNECTED = Set.of("InnerProduct", "Gemm");
    private static final Set<String> POOLING = Set.of("Pooling", "MaxPool");
    private static final String NORMALIZATION = "LRN";
    /** Operations whose tensors are shapes and shares, no weights. */
    private static final Set<String> UNWEIGHTED = Set.of("Reshape", "Dropout");

    /** Of ILSVRC2012's training images as Caffe has them: blue, green, red. */
    private static final float[] MEAN = {104.00699f, 116.66877f, 122.67892f};
    /** So many layers by name make names the thing to go by. */
    private static final int MOST_NAMES = 4;

    @Override
    public String name() {
        return "Caffe's AlexNet or CaffeNet";
    }

    @Override
    public NamedTensors tensors(WeightsFile file) {
        List<WeightsNode> layers = file.nodes().stream().filter(node -> !node.tensors().isEmpty() && isWeighted(node)).toList();
        if (layers.isEmpty()) {
            return NamedTensors.NONE;
        }
        List<Optional<String>> names = names(layers);
        Map<String, WeightsTensor> parameters = new LinkedHashMap<>();
        Map<String, WeightsTensor> others = new LinkedHashMap<>(file.tensors());
        for (int layer = 0; layer < layers.size(); layer++) {
            List<String> its = layers.get(layer).tensors();
            for (int i = 0; names.get(layer).isPresent() && i < Math.min(its.size(), 2); i++) {
                if (parameters.putIfAbsent(names.get(layer).get() + (i == 0 ? ".weight" : ".bias"), file.tensors().get(its.get(i))) == null) {
                    others.remove(its.get(i));
                }
            }
        }
        file.nodes().stream().filter(node -> UNWEIGHTED.contains(node.type())).forEach(node -> node.tensors().forEach(others::remove));
        return new NamedTensors(parameters, others, List.of());
    }

    private static boolean isWeighted(WeightsNode node) {
        return CONVOLUTIONS.contains(node.type()) || FULLY_CONNECTED.contains(node.type());
    }

    /** Our names of layers: by their names where most are ours, else by their order. */
    private static List<Optional<String>> names(List<WeightsNode> layers) {
        Set<String> ours = ParameterNames.OWN.layers().keySet();
        List<String> given = layers.stream().map(WeightsNode::name).toList();
        List<Optional<String>> names = new ArrayList<>();
        if (given.stream().filter(ours::contains).count() >= MOST_NAMES) {
            List<String> free = new ArrayList<>(ours);
            free.removeAll(given);
            for (int i = 0; i < layers.size(); i++) {
                // A last layer for other classes has another name, so that Caffe starts it afresh.
                boolean renamed = i == layers.size() - 1 && !ours.contains(given.get(i)) && free.equals(List.of("fc8"));
                names.add(Optional.of(renamed ? "fc8" : given.get(i)).filter(ours::contains));
            }
            return names;
        }
        List<String> convolutions = new ArrayList<>(ours.stream().filter(name -> name.startsWith("conv")).toList());
        List<String> units = new ArrayList<>(ours.stream().filter(name -> name.startsWith("fc")).toList());
        for (WeightsNode layer : layers) {
            List<String> left = CONVOLUTIONS.contains(layer.type()) ? convolutions : units;
            names.add(left.isEmpty() ? Optional.empty() : Optional.of(left.removeFirst()));
        }
        return names;
    }

    @Override
    public String theirs(String ours) {
        return "a tensor for " + ours;
    }

    @Override
    public Model model(WeightsFile file, NamedTensors tensors, ImportOptions options, List<String> notes) {
        Architecture architecture = Architectures.named(architecture(file, options), tensors.classes(file.file()), Input.CHANNELS);
        LayerCheck.require(file, architecture);
        WeightsNode data = file.nodes().stream().filter(node -> Stream.of("scale", "crop_size", "mean_value").anyMatch(node.numbers()::containsKey)
                || node.texts().containsKey("mean_file")).findFirst().orElse(new WeightsNode("", "", List.of(), List.of(), List.of(), Map.of(), Map.of()));
        List<Float> deviation = Collections.nCopies(Input.CHANNELS, (float) (1 / data.number("scale", 1)));
        int crop = (int) data.number("crop_size", architecture.inputSize());
        if (crop != architecture.inputSize()) {
            notes.add("it was trained on crops of " + crop + " pixels; here it sees " + architecture.inputSize());
        }
        if (options.resize().isEmpty()) {
            notes.add("images keep their proportions; --resize squash makes squares of them, as Caffe's scripts do");
        }
        return new Input(mean(architecture, data, options, notes), deviation, Resize.COVER).numbered(file, architecture, options, notes);
    }

    private static float[] mean(Architecture architecture, WeightsNode data, ImportOptions options, List<String> notes) {
        if (options.mean().isPresent()) {
            return BlueFirst.turned(image(MeanImage.read(options.mean().get()), options.mean().get(), architecture), area(architecture));
        }
        List<Double> own = data.numbers().getOrDefault("mean_value", List.of());
        float[] values = MEAN;
        if (own.size() == 1 || own.size() == Input.CHANNELS) {
            values = new float[Input.CHANNELS];
            for (int channel = 0; channel < values.length; channel++) {
                values[channel] = own.get(channel % own.size()).floatValue();
            }
        } else {
            Optional<String> image = Optional.ofNullable(data.texts().get("mean_file"));
            notes.add(image.map(file -> "it was trained with the mean image " + file).orElse("Caffe's networks are trained with a mean image")
                    + ": --mean takes it; without it, its mean of each channel is subtracted");
        }
        return Input.constant(BlueFirst.turned(values, 1), architecture);
    }

    private static int area(Architecture architecture) {
        return architecture.storedSize() * architecture.storedSize();
    }

    private static float[] image(MeanImage mean, Path file, Architecture architecture) {
        int size = architecture.storedSize();
        boolean constant = mean.height() == 1 && mean.width() == 1;
        if (mean.channels() != Input.CHANNELS || !constant && (mean.height() != size || mean.width() != size)) {
            throw new CheckpointException(file + " has " + mean.channels() + " channels of " + mean.height() + "x" + mean.width() + " pixels, " + architecture.name()
                    + " takes a mean of " + Input.CHANNELS + " channels of " + size + "x" + size + ", or of one value each");
        }
        return constant ? Input.constant(mean.values(), architecture) : mean.values();
    }

    private static String architecture(WeightsFile file, ImportOptions options) {
        Optional<String> first = file.nodes().stream().map(WeightsNode::type).filter(type -> type.equals(NORMALIZATION) || POOLING.contains(type)).findFirst();
        Set<String> known = Set.of(NORMALIZED_FIRST, POOLED_FIRST);
        if (first.isPresent()) {
            String name = first.get().equals(NORMALIZATION) ? NORMALIZED_FIRST : POOLED_FIRST;
            options.requireArchitecture(file, name);
            return name;
        }
        return options.architecture().filter(known::contains).orElseThrow(() -> new CheckpointException(file.file() + " does not say whether pooling or"
                + " normalisation comes first: tell which of Caffe's networks it is by --as " + known.stream().sorted().collect(Collectors.joining(" or "))));
    }

    @Override
    public WeightsTensor converted(String ours, WeightsTensor tensor) {
        return ours.equals("conv1.weight") ? new BlueFirst(tensor) : tensor;
    }
}
