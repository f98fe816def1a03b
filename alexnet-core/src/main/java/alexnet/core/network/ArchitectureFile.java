package alexnet.core.network;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An architecture in YAML or JSON, as a checkpoint's entry has it: the records {@link Architecture} and {@link Layer} with their
 * fields in snake case, where a layer's field {@code kind} says which it is. The number of image channels and of classes, the last
 * layer's units, may be left open. docs/architectures.md has the fields.
 */
public final class ArchitectureFile {

    /** A hundred times what the largest takes. */
    static final int MOST_BYTES = 1 << 20;

    private static final String CHANNELS = "channels";
    private static final String LAYERS = "layers";
    private static final String UNITS = "units";
    private static final String INITIAL = "initial";
    /** Far more than any network of this kind has. */
    private static final int MOST_LAYERS = 1000;
    /** For a look at what a file leaves open. */
    private static final int SOME = 3;

    private final Document document;
    private final Header header;
    private final OptionalInt channels;
    private final OptionalInt classes;
    private final List<Layer> layers = new ArrayList<>();
    /** Layers without start values. */
    private final Set<String> plain = new TreeSet<>();

    /** What no file leaves open. */
    private record Header(String name, int storedSize, int inputSize) {
    }

    /**
     * Reads a file's content.
     *
     * @param origin the file, for messages
     * @throws ArchitectureException naming the line of what cannot be
     */
    ArchitectureFile(String origin, byte[] content) {
        document = new Document(origin, content);
        ObjectNode root = object(Document.ROOT, document.root());
        Map<String, JsonNode> fields = fields(Document.ROOT, root, "an architecture", Header.class, CHANNELS, LAYERS);
        header = record(Document.ROOT, fields, Header.class);
        channels = open(Document.ROOT, fields, CHANNELS);
        JsonNode list = fields.get(LAYERS);
        if (list == null || !list.isArray() || list.isEmpty() || list.size() > MOST_LAYERS) {
            throw document.at("/" + LAYERS, LAYERS + " must be a list of 1 to " + MOST_LAYERS + " layers");
        }
        OptionalInt units = OptionalInt.empty();
        for (int i = 0; i < list.size(); i++) {
            ObjectNode layer = object(path(i), list.get(i));
            LayerKind kind = kind(path(i), layer);
            Map<String, JsonNode> own = fields(path(i), layer, "a layer of the kind " + kind, kind.type(), LayerKind.FIELD);
            if (kind == LayerKind.FULLY_CONNECTED && i == list.size() - 1) {
                units = open(path(i), own, UNITS);
                own.putIfAbsent(UNITS, layer.numberNode(SOME));
            }
            add(path(i), own, kind);
        }
        classes = units;
        requirePositive("stored_size", header.storedSize);
        requirePositive("input_size", header.inputSize);
        requirePositive(CHANNELS, channels.orElse(SOME));
        if (header.inputSize > header.storedSize) {
            throw document.at("/input_size", "a crop of " + header.inputSize + " pixels does not fit into stored images of " + header.storedSize);
        }
        if ((long) header.storedSize * header.storedSize > Integer.MAX_VALUE / channels.orElse(SOME)) {
            throw document.at("/stored_size", "an image of " + header.storedSize + "x" + header.storedSize + " pixels is more than one array holds");
        }
        build(classes.orElse(SOME), channels.orElse(SOME));
    }

    private void requirePositive(String field, int value) {
        if (value < 1) {
            throw document.at("/" + field, field + " is " + value + ", must be at least 1");
        }
    }

    private static String path(int layer) {
        return "/" + LAYERS + "/" + layer;
    }

    private void add(String path, Map<String, JsonNode> fields, LayerKind kind) {
        Layer layer = record(path, fields, kind.type(), kind.defaults());
        if (!LayerKind.allows(layer.name())) {
            throw document.at(path + "/name", "no layer can be called '" + layer.name() + "'");
        }
        if (layers.stream().anyMatch(other -> other.name().equals(layer.name()))) {
            throw document.at(path + "/name", "another layer is called " + layer.name() + " already");
        }
        layers.add(layer);
        if (layer instanceof Layer.Weighted && !fields.containsKey(INITIAL)) {
            plain.add(layer.name());
        }
    }

    /** What the network calls itself. */
    public String name() {
        return header.name;
    }

    /** Rows and columns of a stored image. */
    public int storedSize() {
        return header.storedSize;
    }

    /** What it normalises first, if anything. */
    public Optional<Layer.Normalization> firstNormalization() {
        return NetworkOptions.first(layers);
    }

    /** The network for so many classes and channels where the file leaves them open. */
    public Architecture orOf(int otherClasses, int otherChannels) {
        return of(classes.orElse(otherClasses), channels.orElse(otherChannels));
    }

    /**
     * The architecture for so many classes and image channels.
     *
     * @throws ArchitectureException if the file says others, naming the line
     */
    public Architecture of(int wantedClasses, int wantedChannels) {
        if (channels.orElse(wantedChannels) != wantedChannels) {
            throw document.at("/" + CHANNELS, "the network takes images of " + channels.getAsInt() + " channels, but those given have " + wantedChannels
                    + ": leave " + CHANNELS + " out to take any");
        }
        if (classes.orElse(wantedClasses) != wantedClasses) {
            throw document.at(path(layers.size() - 1) + "/" + UNITS, layers.getLast().name() + " tells " + classes.getAsInt() + " classes apart, but the images have "
                    + wantedClasses + ": leave its " + UNITS + " out to take any");
        }
        return build(wantedClasses, wantedChannels);
    }

    private Architecture build(int ofClasses, int ofChannels) {
        List<Layer> whole = new ArrayList<>(layers);
        if (layers.getLast() instanceof Layer.FullyConnected last) {
            whole.set(layers.size() - 1, new Layer.FullyConnected(last.name(), ofClasses, last.initial()));
        }
        try {
            Architecture built = new Architecture(header.name, ofChannels, header.storedSize, header.inputSize, whole);
            Architecture started = Initialization.KAIMING.applyTo(built);
            return built.withLayers(whole.stream().map(layer -> plain.contains(layer.name()) ? started.layer(layer.name()) : layer).toList());
        } catch (ImpossibleLayerException impossible) {
            int index = layers.stream().map(Layer::name).toList().indexOf(impossible.layer());
            throw document.at(path(index), impossible.getMessage());
        } catch (IllegalArgumentException | ArithmeticException impossible) {
            throw document.at("/" + LAYERS, impossible.getMessage());
        }
    }

    private ObjectNode object(String path, JsonNode node) {
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw document.at(path, "there must be fields (name: value)");
    }

    private LayerKind kind(String path, ObjectNode layer) {
        JsonNode kind = layer.get(LayerKind.FIELD);
        if (kind == null) {
            throw document.at(path, "the layer lacks its " + LayerKind.FIELD + ", one of " + LayerKind.NAMES);
        }
        return Stream.of(LayerKind.values()).filter(each -> each.toString().equals(kind.textValue())).findFirst()
                .orElseThrow(() -> document.at(path + "/" + LayerKind.FIELD, "there are no layers of the kind " + kind.asText() + "; there are " + LayerKind.NAMES));
    }

    /** The fields of an object, none of which a record has not. */
    private Map<String, JsonNode> fields(String path, ObjectNode object, String what, Class<?> type, String... more) {
        List<String> known = Stream.concat(Stream.of(type.getRecordComponents()).map(ArchitectureFile::key), Stream.of(more)).toList();
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        object.properties().forEach(field -> {
            if (!known.contains(field.getKey())) {
                throw document.at(path + "/" + field.getKey(), what + " has no field " + field.getKey() + "; it has " + String.join(", ", known));
            }
            fields.put(field.getKey(), field.getValue());
        });
        return fields;
    }

    private static String key(RecordComponent component) {
        return SnakeCaseStrategy.INSTANCE.translate(component.getName());
    }

    /** A number that may be left out. */
    private OptionalInt open(String path, Map<String, JsonNode> fields, String field) {
        return fields.containsKey(field) ? OptionalInt.of((int) value(path + "/" + field, field, fields.get(field), int.class)) : OptionalInt.empty();
    }

    private <T> T record(String path, Map<String, JsonNode> fields, Class<T> type) {
        return record(path, fields, type, Map.of());
    }

    private <T> T record(String path, Map<String, JsonNode> fields, Class<T> type, Map<String, Object> defaults) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = Stream.of(components).map(component -> {
            String key = key(component);
            if (!fields.containsKey(key) && !defaults.containsKey(key)) {
                throw document.at(path, "the field " + key + " is missing");
            }
            return fields.containsKey(key) ? value(path + "/" + key, key, fields.get(key), component.getType()) : defaults.get(key);
        }).toArray();
        try {
            return type.getDeclaredConstructor(Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new)).newInstance(values);
        } catch (InvocationTargetException impossible) {
            throw document.at(path, impossible.getCause().getMessage());
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private Object value(String path, String field, JsonNode node, Class<?> type) {
        if (type == int.class) {
            require(node.isIntegralNumber() && node.canConvertToInt(), path, field, node, "a whole number");
            return node.intValue();
        } else if (type == float.class) {
            require(node.isNumber() && Float.isFinite((float) node.asDouble()), path, field, node, "a number");
            return (float) node.asDouble();
        } else if (type == boolean.class) {
            require(node.isBoolean(), path, field, node, "true or false");
            return node.booleanValue();
        } else if (type == String.class) {
            require(node.isTextual() && !node.textValue().isBlank(), path, field, node, "a text");
            return node.textValue();
        } else if (type.isEnum()) {
            Map<String, Object> constants = Stream.of(type.getEnumConstants()).collect(Collectors.toMap(each -> each.toString().toLowerCase(Locale.ROOT), each -> each,
                    (one, _) -> one, LinkedHashMap::new));
            require(constants.containsKey(node.asText()), path, field, node, String.join(" or ", constants.keySet()));
            return constants.get(node.asText());
        }
        return record(path, fields(path, object(path, node), field, type), type);
    }

    private void require(boolean holds, String path, String field, JsonNode node, String wanted) {
        if (!holds) {
            throw document.at(path, field + " is " + (node.isValueNode() ? node : "a list or a map") + ", must be " + wanted);
        }
    }
}
