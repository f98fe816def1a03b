package alexnet.core.weights.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import alexnet.core.network.Architecture;
import alexnet.core.network.Architectures;
import alexnet.core.network.Initial;
import alexnet.core.network.Layer;

/**
 * What others call the layers of the paper's network.
 *
 * @param layers their names of layers by ours
 */
public record ParameterNames(Map<String, String> layers) {

    /** As here, and in Caffe. */
    public static final ParameterNames OWN = new ParameterNames(Stream.of("conv1", "conv2", "conv3", "conv4", "conv5", "fc6", "fc7", "fc8")
            .collect(Collectors.toMap(name -> name, name -> name, (a, _) -> a, LinkedHashMap::new)));

    /** Of the network as torchvision has it, by the places of modules in two sequences. */
    public static final ParameterNames TORCHVISION = new ParameterNames(torchvision());

    private static Map<String, String> torchvision() {
        Map<String, String> layers = new LinkedHashMap<>();
        layers.put("conv1", "features.0");
        layers.put("conv2", "features.3");
        layers.put("conv3", "features.6");
        layers.put("conv4", "features.8");
        layers.put("conv5", "features.10");
        layers.put("fc6", "classifier.1");
        layers.put("fc7", "classifier.4");
        layers.put("fc8", "classifier.6");
        return layers;
    }

    /** Torchvision's where an architecture computes what torchvision's network does, else our own. */
    public static ParameterNames of(Architecture architecture) {
        return isTorchvisions(architecture) ? TORCHVISION : OWN;
    }

    /** Whether it has torchvision's layers, of the same shapes, whatever they start from and however much is dropped. */
    public static boolean isTorchvisions(Architecture architecture) {
        Architecture theirs = Architectures.named("alexnet-owt", architecture.classes(), architecture.channels());
        return computing(architecture).equals(computing(theirs)) && Fitting.shapes(architecture).equals(Fitting.shapes(theirs));
    }

    private static List<Layer> computing(Architecture architecture) {
        Initial same = new Initial(1, 0);
        return architecture.layers().stream().filter(layer -> !(layer instanceof Layer.Dropout d && d.testingScale() == 1))
                .map(layer -> layer instanceof Layer.Weighted weighted ? weighted.withInitial(same) : layer).toList();
    }

    /** Their name of a parameter of ours, {@code features.0.weight} of {@code conv1.weight}; ours where they have none. */
    public String theirs(String ours) {
        int dot = ours.lastIndexOf('.');
        String layer = layers.get(ours.substring(0, Math.max(0, dot)));
        return layer == null ? ours : layer + ours.substring(dot);
    }

    /** Our name of a parameter of theirs; empty if it is none. */
    public Optional<String> ours(String theirs) {
        return ours().filter(name -> theirs(name).equals(theirs)).findFirst();
    }

    /** Our names of all parameters, in the order of the layers. */
    public Stream<String> ours() {
        return layers.keySet().stream().flatMap(layer -> List.of(layer + ".weight", layer + ".bias").stream());
    }
}
