package alexnet.core.network;

import static alexnet.core.network.Layer.Sees.BOTH_GROUPS;
import static alexnet.core.network.Layer.Sees.OWN_GROUP;

import java.util.ArrayList;
import java.util.List;

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

    /** The names that {@link #named} knows. */
    public static final List<String> NAMES = List.of("alexnet", "alexnet-small");

    public Architecture {
        layers = List.copyOf(layers);
        if (layers.isEmpty() || !(layers.getLast() instanceof Layer.FullyConnected)) {
            throw new IllegalArgumentException(name + ": the last layer must be fully connected, one unit a class");
        }
        if (layers.stream().map(Layer::name).distinct().count() != layers.size()) {
            throw new IllegalArgumentException(name + ": two layers have the same name");
        }
        if (!(layers.getFirst() instanceof Layer.Convolution first && first.sees() == BOTH_GROUPS)) {
            throw new IllegalArgumentException(name + ": the first layer must be a convolution that sees the whole image, as both groups do");
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
                        throw new IllegalArgumentException(name + ": layer " + layer.name()
                                + " needs maps, but comes behind a fully connected layer, which has none");
                    }
                }
            }
        }
    }

    /** The architecture of that name for so many classes and image channels. */
    public static Architecture named(String name, int classes, int channels) {
        return switch (name) {
            case "alexnet" -> alexnet(classes, channels);
            case "alexnet-small" -> alexnetSmall(classes, channels);
            default -> throw new IllegalArgumentException("there is no architecture '" + name + "'; there are " + String.join(", ", NAMES));
        };
    }

    /**
     * The paper's network (section 3.5, figure 2): 60,965,224 parameters with 1000 classes and 3 channels. Weights start
     * from N(0, 0.01), the biases of conv2, conv4, conv5, fc6 and fc7 at one (section 5).
     */
    public static Architecture alexnet(int classes, int channels) {
        Initial zeroBias = new Initial(0.01f, 0);
        Initial oneBias = new Initial(0.01f, 1);
        return new Architecture("alexnet", channels, 256, 224, List.of(
                new Layer.Convolution("conv1", 96, 11, 4, 2, BOTH_GROUPS, zeroBias),
                normalization("norm1"),
                pool("pool1"),
                new Layer.Convolution("conv2", 256, 5, 1, 2, OWN_GROUP, oneBias),
                normalization("norm2"),
                pool("pool2"),
                new Layer.Convolution("conv3", 384, 3, 1, 1, BOTH_GROUPS, zeroBias),
                new Layer.Convolution("conv4", 384, 3, 1, 1, OWN_GROUP, oneBias),
                new Layer.Convolution("conv5", 256, 3, 1, 1, OWN_GROUP, oneBias),
                pool("pool5"),
                new Layer.FullyConnected("fc6", 4096, oneBias),
                new Layer.Dropout("drop6", 0.5f, false),
                new Layer.FullyConnected("fc7", 4096, oneBias),
                new Layer.Dropout("drop7", 0.5f, false),
                new Layer.FullyConnected("fc8", classes, zeroBias)));
    }

    /**
     * A sibling for small images (28 x 28) with the same kinds of layer in the same order and the same two groups, about
     * eleven million multiply-adds an image. It sees them whole: there is no margin to spare for crops.
     */
    public static Architecture alexnetSmall(int classes, int channels) {
        Initial zeroBias = new Initial(0.01f, 0);
        Initial oneBias = new Initial(0.01f, 1);
        return new Architecture("alexnet-small", channels, 28, 28, List.of(
                new Layer.Convolution("conv1", 32, 5, 1, 2, BOTH_GROUPS, zeroBias),
                normalization("norm1"),
                pool("pool1"),
                new Layer.Convolution("conv2", 64, 5, 1, 2, OWN_GROUP, oneBias),
                normalization("norm2"),
                pool("pool2"),
                new Layer.Convolution("conv3", 96, 3, 1, 1, BOTH_GROUPS, zeroBias),
                new Layer.Convolution("conv4", 96, 3, 1, 1, OWN_GROUP, oneBias),
                new Layer.Convolution("conv5", 64, 3, 1, 1, OWN_GROUP, oneBias),
                pool("pool5"),
                new Layer.FullyConnected("fc6", 1024, oneBias),
                new Layer.Dropout("drop6", 0.5f, false),
                new Layer.FullyConnected("fc7", 1024, oneBias),
                new Layer.Dropout("drop7", 0.5f, false),
                new Layer.FullyConnected("fc8", classes, zeroBias)));
    }

    private static Layer.Normalization normalization(String name) {
        return new Layer.Normalization(name, 5, 1e-4f, 0.75f, 2, OWN_GROUP);
    }

    private static Layer.MaxPool pool(String name) {
        return new Layer.MaxPool(name, 3, 2, false);
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
