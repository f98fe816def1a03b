package alexnet.core.weights.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.data.Resize;
import alexnet.core.model.Model;
import alexnet.core.network.Architecture;
import alexnet.core.network.Architectures;
import alexnet.core.weights.WeightsFile;
import alexnet.core.weights.WeightsTensor;

/**
 * torchvision's {@code alexnet}, in whatever format: a state dictionary, also as a part of a checkpoint ({@code state_dict},
 * {@code model}) and as {@code DataParallel} and {@code compile} name it.
 */
final class Torchvision implements NetworkKind {

    private static final String ARCHITECTURE = "alexnet-owt";
    /** Of torchvision's presets, 0.485, 0.456, 0.406 and 0.229, 0.224, 0.225, on the scale of pixels. */
    private static final float[] MEAN = {123.675f, 116.28f, 103.53f};
    private static final List<Float> DEVIATION = List.of(58.395f, 57.12f, 57.375f);

    /** What wrappers put between the names of modules; the scripts of PyTorch's examples wrap {@code features} alone. */
    private static final Pattern WRAPPERS = Pattern.compile("(?<=^|\\.)(?:module|_orig_mod)\\.");

    @Override
    public String name() {
        return "torchvision's alexnet";
    }

    @Override
    public String theirs(String ours) {
        return ParameterNames.TORCHVISION.theirs(ours);
    }

    @Override
    public NamedTensors tensors(WeightsFile file) {
        Map<String, WeightsTensor> unwrapped = new LinkedHashMap<>();
        file.tensors().forEach((name, tensor) -> {
            String plain = WRAPPERS.matcher(name).replaceAll("");
            WeightsTensor other = unwrapped.putIfAbsent(plain, tensor);
            if (other != null) {
                throw new CheckpointException(file.file() + " has two tensors of one name: " + other.name() + " and " + name);
            }
        });
        Map<String, Integer> prefixes = new LinkedHashMap<>();
        for (String name : unwrapped.keySet()) {
            ParameterNames.TORCHVISION.ours().map(this::theirs).filter(theirs -> name.equals(theirs) || name.endsWith("." + theirs))
                    .forEach(theirs -> prefixes.merge(name.substring(0, name.length() - theirs.length()), 1, Integer::sum));
        }
        // The first of equals: beside a network there may be its average over time.
        String prefix = prefixes.entrySet().stream().reduce((best, next) -> next.getValue() > best.getValue() ? next : best).map(Map.Entry::getKey).orElse("");
        Map<String, WeightsTensor> inside = new LinkedHashMap<>();
        List<String> leftOut = new ArrayList<>();
        unwrapped.forEach((name, tensor) -> {
            if (name.startsWith(prefix)) {
                inside.put(name.substring(prefix.length()), tensor);
            } else {
                leftOut.add(tensor.name());
            }
        });
        NamedTensors named = NamedTensors.of(inside, ParameterNames.TORCHVISION);
        return new NamedTensors(named.parameters(), named.others(), leftOut);
    }

    @Override
    public Model model(WeightsFile file, NamedTensors tensors, ImportOptions options, List<String> notes) {
        options.requireNoMean(file, name());
        options.requireArchitecture(file, ARCHITECTURE);
        Architecture architecture = Architectures.named(ARCHITECTURE, tensors.classes(file.file()), Input.CHANNELS);
        return new Input(Input.constant(MEAN, architecture), DEVIATION, Resize.COVER).numbered(file, architecture, options, notes);
    }
}
