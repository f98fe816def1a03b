package alexnet.core.network;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The kinds of layer as files call them, with the fields that files may leave out. */
public enum LayerKind {
    CONVOLUTION(Layer.Convolution.class, Map.of("stride", 1, "padding", 0, "sees", Layer.Sees.BOTH_GROUPS, "initial", Initial.PAPERS)),
    NORMALIZATION(Layer.Normalization.class, Map.of("sees", Layer.Sees.OWN_GROUP)),
    MAX_POOL(Layer.MaxPool.class, Map.of("ceil", false)),
    FULLY_CONNECTED(Layer.FullyConnected.class, Map.of("initial", Initial.PAPERS)),
    DROPOUT(Layer.Dropout.class, Map.of("inverted", false));

    /** The field that tells it. */
    public static final String FIELD = "kind";
    /** Of all kinds. */
    public static final String NAMES = Stream.of(values()).map(LayerKind::toString).collect(Collectors.joining(", "));

    /** Tensors are called by their layer's name, others of a checkpoint begin so. */
    private static final Pattern LAYER_NAME = Pattern.compile("(?!momentum\\.|data\\.)[A-Za-z0-9_][A-Za-z0-9_./-]{0,99}");

    private final Class<? extends Layer> type;
    private final Map<String, Object> defaults;

    LayerKind(Class<? extends Layer> type, Map<String, Object> defaults) {
        this.type = type;
        this.defaults = defaults;
    }

    /** The record of its layers. */
    public Class<? extends Layer> type() {
        return type;
    }

    /** What fields are where they are left out. */
    public Map<String, Object> defaults() {
        return defaults;
    }

    /** That of a layer. */
    public static LayerKind of(Layer layer) {
        return Stream.of(values()).filter(kind -> kind.type.isInstance(layer)).findFirst().orElseThrow();
    }

    /** Whether a layer can be called so. */
    public static boolean allows(String layerName) {
        return LAYER_NAME.matcher(layerName).matches();
    }

    /** The name as files have it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
