package alexnet.core.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.network.Architecture;
import alexnet.core.network.GroupShapes;
import alexnet.core.network.Layer;
import alexnet.core.network.LayerKind;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An architecture as an entry of a file: the records of {@link Architecture} and {@link Layer} as JSON, where a layer's field
 * {@code kind} says which of them it is.
 */
public final class ArchitectureEntry {

    static final String NAME = "architecture";

    private static final String LAYERS = "layers";
    /** Far more than any network of this kind has. */
    private static final int MOST_LAYERS = 1000;
    private static final ObjectNode NOTHING = Entries.constant("{}");

    private ArchitectureEntry() {
    }

    static String text(Architecture architecture) {
        return Entries.text(tree(architecture));
    }

    /** As files have it. */
    public static ObjectNode tree(Architecture architecture) {
        ObjectNode tree = Entries.tree(architecture);
        tree.putArray(LAYERS).addAll(architecture.layers().stream().map(ArchitectureEntry::tree).toList());
        return tree;
    }

    private static ObjectNode tree(Layer layer) {
        return Entries.constant("{}").put(LayerKind.FIELD, LayerKind.of(layer).toString()).setAll(Entries.tree(layer));
    }

    /** That of a model's file. */
    static Architecture read(Entries entries) {
        return read(entries, NAME);
    }

    /** @throws CheckpointException if the entry is missing, damaged, or an architecture that cannot be */
    public static Architecture read(Entries entries, String entry) {
        ObjectNode tree = entries.object(entry, NOTHING);
        JsonNode layers = tree.path(LAYERS);
        if (!layers.isArray() || layers.size() > MOST_LAYERS) {
            throw entries.damaged(entry, "its " + LAYERS + " are no list of at most " + MOST_LAYERS);
        }
        List<Layer> built = new ArrayList<>();
        layers.forEach(layer -> built.add(layer(entries, entry, layer)));
        // The list cannot be read by its type, which is many.
        Header header = entries.value(entry, tree, Header.class);
        try {
            Architecture architecture = new Architecture(header.name, header.channels, header.storedSize, header.inputSize, built);
            GroupShapes.whole(architecture, 1);
            return architecture;
        } catch (IllegalArgumentException | ArithmeticException impossible) {
            throw entries.damaged(entry, impossible.getMessage());
        }
    }

    /** All but the layers. */
    private record Header(String name, int channels, int storedSize, int inputSize) {
    }

    private static Layer layer(Entries entries, String entry, JsonNode tree) {
        JsonNode name = tree.path(LayerKind.FIELD);
        LayerKind kind = Stream.of(LayerKind.values()).filter(each -> each.toString().equals(name.textValue())).findFirst()
                .orElseThrow(() -> entries.damaged(entry, "it has a layer of the kind " + (name.isMissingNode() ? "none" : name) + "; there are " + LayerKind.NAMES));
        Layer layer = entries.value(entry, entries.over(entry, Entries.tree(kind.defaults()), tree), kind.type());
        if (!LayerKind.allows(layer.name())) {
            throw entries.damaged(entry, "no layer can be called '" + layer.name() + "'");
        }
        return layer;
    }
}
