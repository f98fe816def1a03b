package alexnet.core.group;

import static alexnet.core.network.Layer.Sees.BOTH_GROUPS;
import static alexnet.core.network.Layer.Sees.OWN_GROUP;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import alexnet.core.device.Devices;
import alexnet.core.network.Architecture;
import alexnet.core.network.Architectures;
import alexnet.core.network.Initial;
import alexnet.core.network.Initialization;
import alexnet.core.network.Layer;

/** Small networks whose layers come in other orders than AlexNet's. */
final class MadeUpArchitectures {

    static final int CLASSES = 7;
    /** Rows and columns that a crop leaves out. */
    static final int MARGIN = 3;

    private static final int CHANNELS = 2;
    private static final int SIZE = 13;

    /** TornadoVM compiles kernels for every network, which takes long: there, those orders in which something special happens. */
    private static final Set<String> ON_TORNADO = Set.of("dropout on normalised maps", "inverted dropout",
            "pooling before normalisation across the border");

    private MadeUpArchitectures() {
    }

    private static Layer conv(String name, int filters, Layer.Sees sees) {
        return new Layer.Convolution(name, filters, 3, 1, 1, sees, new Initial(0.02f, 0));
    }

    private static Layer norm(String name) {
        return norm(name, 5, OWN_GROUP);
    }

    private static Layer norm(String name, int size, Layer.Sees sees) {
        // As strong on these maps as the paper's is on its own.
        return new Layer.Normalization(name, size, 1e-3f, 0.75f, 2, sees);
    }

    private static Layer pool(String name) {
        return new Layer.MaxPool(name, 3, 2, false);
    }

    private static Layer fc(String name, int units) {
        return new Layer.FullyConnected(name, units, new Initial(0.02f, 0));
    }

    private static Layer drop(String name, double rate) {
        return new Layer.Dropout(name, (float) rate, false);
    }

    private static Layer inverted(String name, double rate) {
        return new Layer.Dropout(name, (float) rate, true);
    }

    /** AlexNet's own order, then others, each called by what is special about it. */
    static Stream<Architecture> all() {
        Map<String, List<Layer>> all = new LinkedHashMap<>();
        Layer conv1 = conv("conv1", 12, BOTH_GROUPS);
        Layer fc8 = fc("fc8", CLASSES);
        all.put("dropout on pooled maps", List.of(conv1, pool("pool1"), drop("drop1", 0.5), fc("fc6", 16), drop("drop6", 0.5), fc8));
        all.put("dropout behind a convolution, before normalisation", List.of(conv1, drop("drop1", 0.3), norm("norm1"), pool("pool1"), fc8));
        all.put("dropout behind a convolution, before pooling", List.of(conv1, drop("drop1", 0.3), pool("pool1"), fc8));
        all.put("dropout before a convolution of the own group", List.of(conv1, pool("pool1"), drop("drop1", 0.25), conv("conv2", 8, OWN_GROUP), fc8));
        all.put("dropout before a convolution of both groups", List.of(conv1, drop("drop1", 0.25), conv("conv2", 8, BOTH_GROUPS), fc8));
        all.put("dropout on normalised maps", List.of(conv1, norm("norm1"), drop("drop1", 0.5), conv("conv2", 8, OWN_GROUP), pool("pool2"), fc8));
        all.put("dropout on normalised maps that both groups see", List.of(conv1, norm("norm1"), drop("drop1", 0.5), fc8));
        all.put("dropout twice", List.of(conv1, norm("norm1"), drop("drop1", 0.2), drop("drop2", 0.3), fc("fc6", 16), drop("drop6", 0.2),
                drop("drop7", 0.1), fc8));
        all.put("inverted dropout", List.of(conv1, norm("norm1"), inverted("drop1", 0.3), pool("pool1"), inverted("drop2", 0.5), fc("fc6", 16),
                inverted("drop6", 0.4), fc8));
        all.put("dropout that drops nothing", List.of(conv1, pool("pool1"), drop("drop1", 0), fc("fc6", 16), drop("drop6", 0), fc8));
        all.put("pooling before normalisation", List.of(conv1, pool("pool1"), norm("norm1"), conv("conv2", 8, OWN_GROUP), pool("pool2"), norm("norm2"), fc8));
        all.put("normalisation twice", List.of(conv1, norm("norm1"), norm("norm2"), pool("pool2"), fc8));
        all.put("normalisation across the border of the groups", List.of(conv1, norm("norm1", 5, BOTH_GROUPS), pool("pool1"),
                conv("conv2", 8, OWN_GROUP), norm("norm2", 3, BOTH_GROUPS), pool("pool2"), fc8));
        all.put("pooling before normalisation across the border", List.of(conv1, pool("pool1"), norm("norm1", 5, BOTH_GROUPS),
                conv("conv2", 8, OWN_GROUP), pool("pool2"), norm("norm2", 5, BOTH_GROUPS), conv("conv3", 12, BOTH_GROUPS), fc("fc6", 16), fc8));
        all.put("sums of more maps than a part has", List.of(conv1, norm("norm1", 9, BOTH_GROUPS), norm("norm2", 9, OWN_GROUP), pool("pool2"), fc8));
        all.put("dropout before and behind normalisation across the border", List.of(conv1, drop("drop1", 0.2), norm("norm1", 5, BOTH_GROUPS),
                drop("drop2", 0.2), conv("conv2", 8, OWN_GROUP), fc8));
        all.put("normalisation of one map alone", List.of(conv1, norm("norm1", 1, BOTH_GROUPS), pool("pool1"), fc8));
        all.put("dropout before each fully connected layer", List.of(conv1, pool("pool1"), conv("conv2", 8, BOTH_GROUPS), pool("pool2"), drop("drop6", 0.5),
                fc("fc6", 16), drop("drop7", 0.5), fc("fc7", 10), fc8));
        all.put("pooling twice", List.of(conv1, pool("pool1"), pool("pool2"), fc8));
        all.put("no pooling at the end", List.of(conv1, pool("pool1"), conv("conv2", 8, OWN_GROUP), fc("fc6", 16), fc8));
        all.put("no normalisation", List.of(conv1, pool("pool1"), conv("conv2", 8, OWN_GROUP), pool("pool2"), fc("fc6", 16), drop("drop6", 0.5), fc8));
        all.put("convolutions of both groups in a row", List.of(conv1, conv("conv2", 8, BOTH_GROUPS), conv("conv3", 12, BOTH_GROUPS), pool("pool3"), fc8));
        all.put("a convolution of both groups behind normalisation", List.of(conv1, norm("norm1"), conv("conv2", 8, BOTH_GROUPS), norm("norm2"), fc8));
        all.put("convolutions of the own group alone", List.of(conv1, conv("conv2", 8, OWN_GROUP), conv("conv3", 12, OWN_GROUP), fc8));
        all.put("one fully connected layer behind one convolution", List.of(conv1, fc8));
        all.put("fully connected layers without dropout", List.of(conv1, pool("pool1"), fc("fc6", 16), fc("fc7", 10), fc8));
        all.put("dropout before the classes alone", List.of(conv1, pool("pool1"), fc("fc6", 16), fc("fc7", 10), drop("drop7", 0.4), fc8));
        all.put("two classes", List.of(conv1, pool("pool1"), drop("drop1", 0.5), fc("fc8", 2)));
        if (Devices.onTornado()) {
            all.keySet().retainAll(ON_TORNADO);
        }
        return Stream.concat(Stream.of(alexnet()), all.entrySet().stream().map(entry -> Initialization.KAIMING.applyTo(
                new Architecture(entry.getKey(), CHANNELS, SIZE + MARGIN, SIZE, entry.getValue()))));
    }

    /** Normalisation that sees both groups, and pooling before it. */
    static Architecture acrossTheBorder() {
        return all().filter(architecture -> architecture.name().equals("pooling before normalisation across the border")).findFirst().orElseThrow();
    }

    /** AlexNet's own order. */
    static Architecture alexnet() {
        Architecture small = Architecture.alexnetSmall(CLASSES, 1);
        return Initialization.KAIMING.applyTo(
                new Architecture("AlexNet", small.channels(), small.inputSize() + MARGIN, small.inputSize(), small.layers()));
    }
}
