package alexnet.core.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.network.Architecture;
import alexnet.core.network.GroupShapes;
import alexnet.core.network.Layer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An architecture as an entry of a file: the records of {@link Architecture} and {@link Layer} as JSON, where a layer's field
 * {@code kind} says which of them it is.
 */
public final class ArchitectureEntry {

    static final String NAME = "architecture";

    private static final String LAYERS = "layers";
    private static final String KIND = "kind";
    /** Far more than any network of this kind has. */
    private static final int MOST_LAYERS = 1000;
    /** Tensors are called by their layer's name. */
    private static final Pattern LAYER_NAME = Pattern.compile("(?!momentum\\.|data\\.)[A-Za-z0-9_][A-Za-z0-9_./-]{0,99}");
    private static final ObjectNode NOTHING = Entries.constant("{}");

    /** A record, and the fields that may be missing. */
    private record Kind(Class<? extends Layer> type, ObjectNode defaults) {

        static Kind of(Class<? extends Layer> type, String defaults) {
            return new Kind(type, Entries.constant(defaults));
        }
    }

    private static final Map<String, Kind> KINDS = new LinkedHashMap<>();

    static {
        KINDS.put("convolution", Kind.of(Layer.Convolution.class,
                "{\"stride\": 1, \"padding\": 0, \"sees\": \"both_groups\", \"initial\": {\"deviation\": 0.01, \"bias\": 0}}"));
        KINDS.put("normalization", Kind.of(Layer.Normalization.class, "{\"sees\": \"own_group\"}"));
        KINDS.put("max_pool", Kind.of(Layer.MaxPool.class, "{\"ceil\": false}"));
        KINDS.put("fully_connected", Kind.of(Layer.FullyConnected.class, "{\"initial\": {\"deviation\": 0.01, \"bias\": 0}}"));
        KINDS.put("dropout", Kind.of(Layer.Dropout.class, "{\"inverted\": false}"));
    }

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
        String kind = KINDS.entrySet().stream().filter(entry -> entry.getValue().type.isInstance(layer)).findFirst().orElseThrow().getKey();
        ObjectNode tree = Entries.constant("{}").put(KIND, kind);
        return tree.setAll(Entries.tree(layer));
    }

    /** @throws CheckpointException if it is missing, damaged, or an architecture that cannot be */
    static Architecture read(Entries entries) {
        ObjectNode tree = entries.object(NAME, NOTHING);
        JsonNode layers = tree.path(LAYERS);
        if (!layers.isArray() || layers.size() > MOST_LAYERS) {
            throw entries.damaged(NAME, "its " + LAYERS + " are no list of at most " + MOST_LAYERS);
        }
        List<Layer> built = new ArrayList<>();
        layers.forEach(layer -> built.add(layer(entries, layer)));
        // The list cannot be read by its type, which is many.
        Header header = entries.value(NAME, tree, Header.class);
        try {
            Architecture architecture = new Architecture(header.name, header.channels, header.storedSize, header.inputSize, built);
            GroupShapes.whole(architecture, 1);
            return architecture;
        } catch (IllegalArgumentException | ArithmeticException impossible) {
            throw entries.damaged(NAME, impossible.getMessage());
        }
    }

    /** All but the layers. */
    private record Header(String name, int channels, int storedSize, int inputSize) {
    }

    private static Layer layer(Entries entries, JsonNode tree) {
        JsonNode name = tree.path(KIND);
        Kind kind = name.isTextual() ? KINDS.get(name.textValue()) : null;
        if (kind == null) {
            throw entries.damaged(NAME, "it has a layer of the kind " + (name.isMissingNode() ? "none" : name) + "; there are " + String.join(", ", KINDS.keySet()));
        }
        Layer layer = entries.value(NAME, entries.over(NAME, kind.defaults, tree), kind.type);
        if (!LAYER_NAME.matcher(layer.name()).matches()) {
            throw entries.damaged(NAME, "no layer can be called '" + layer.name() + "'");
        }
        return layer;
    }
}
