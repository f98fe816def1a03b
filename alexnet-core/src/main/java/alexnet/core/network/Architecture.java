package alexnet.core.network;

import static alexnet.core.network.Layer.Sees.BOTH_GROUPS;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A network as data: what it sees and its layers from the image to the classes. Two channel groups, as the authors split
 * theirs over two GPUs, compute half of every layer each.
 *
 * @param name       what {@code --architecture} and checkpoints call it
 * @param channels   image channels: 3 for colour, 1 for grey
 * @param storedSize rows and columns of a stored image, from which crops are taken
 * @param inputSize  rows and columns of the crop that the network sees
 * @param layers     in order: a convolution that sees the whole image, others that have maps, then fully connected ones, of which
 *                   the last has as many units as there are classes; dropout anywhere between
 */
public record Architecture(String name, int channels, int storedSize, int inputSize, List<Layer> layers) {

    /** Channel groups of every architecture. */
    public static final int GROUPS = 2;

    public Architecture {
        layers = List.copyOf(layers);
        if (layers.isEmpty()) {
            throw new IllegalArgumentException(name + ": there are no layers; the last layer must be fully connected, one unit a class");
        }
        if (!(layers.getLast() instanceof Layer.FullyConnected)) {
            throw new ImpossibleLayerException(layers.getLast().name(), name + ": the last layer must be fully connected, one unit a class", null);
        }
        if (layers.stream().map(Layer::name).distinct().count() != layers.size()) {
            throw new IllegalArgumentException(name + ": two layers have the same name");
        }
        if (!(layers.getFirst() instanceof Layer.Convolution first && first.sees() == BOTH_GROUPS)) {
            throw new ImpossibleLayerException(layers.getFirst().name(), name + ": the first layer must be a convolution that sees the whole image, as both groups do", null);
        }
        requireUnitsLast(name, layers);
        if (inputSize > storedSize) {
            throw new IllegalArgumentException(name + ": a crop of " + inputSize + " pixels does not fit into stored images of " + storedSize);
        }
    }

    private static void requireUnitsLast(String name, List<Layer> layers) {
        boolean units = false;
        for (Layer layer : layers) {
            switch (layer) {
                case Layer.FullyConnected _ -> units = true;
                case Layer.Dropout _ -> { }
                case Layer.Convolution _, Layer.Normalization _, Layer.MaxPool _ -> {
                    if (units) {
                        throw new ImpossibleLayerException(layer.name(), name + ": layer " + layer.name()
                                + " needs maps, but comes behind a fully connected layer, which has none", null);
                    }
                }
            }
        }
    }

    /** The paper's network (section 3.5, figure 2): 60,965,224 parameters with 1000 classes and 3 channels. */
    public static Architecture alexnet(int classes, int channels) {
        return Architectures.named("alexnet", classes, channels);
    }

    /** Its sibling for small images. */
    public static Architecture alexnetSmall(int classes, int channels) {
        return Architectures.named("alexnet-small", classes, channels);
    }

    /** The same network with other layers. */
    Architecture withLayers(List<Layer> others) {
        return new Architecture(name, channels, storedSize, inputSize, others);
    }

    /** The same network for so many classes. */
    public Architecture withClasses(int classes) {
        List<Layer> others = new ArrayList<>(layers.subList(0, layers.size() - 1));
        Layer.FullyConnected last = (Layer.FullyConnected) layers.getLast();
        others.add(new Layer.FullyConnected(last.name(), classes, last.initial()));
        return withLayers(others);
    }

    /** The same network with the start values of another, where that has such a layer. */
    public Architecture startingAs(Architecture other) {
        return withLayers(layers.stream().map(layer -> layer instanceof Layer.Weighted weighted
                ? other.layers.stream().filter(Layer.Weighted.class::isInstance).map(Layer.Weighted.class::cast)
                        .filter(like -> like.name().equals(layer.name())).findFirst().map(like -> weighted.withInitial(like.initial())).orElse(weighted)
                : layer).toList());
    }

    /** What it normalises first, if anything. */
    public Optional<Layer.Normalization> firstNormalization() {
        return NetworkOptions.first(layers);
    }

    /** The number of classes: the units of the last layer. */
    public int classes() {
        return ((Layer.FullyConnected) layers.getLast()).units();
    }

    /** The layer of that name. */
    public Layer layer(String layerName) {
        return layers.stream().filter(layer -> layer.name().equals(layerName)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + " has no layer " + layerName));
    }

    /** Whether a layer is the classifier, which has no ReLU. */
    public boolean isLast(Layer layer) {
        return layers.getLast().equals(layer);
    }
}
