package alexnet.core.model;

import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

import alexnet.core.checkpoint.CheckpointException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a file of a model says in words: records as JSON objects with names in snake case, each in an entry of its metadata.
 * Fields that are not known are passed over and ones that are missing have the defaults given, so that a file may be of another
 * version of the program; what is there has to be right.
 */
public final class Entries {

    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
            .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES, DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                    DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .build();

    /** How Jackson says so. */
    private static final Pattern MISSING = Pattern.compile("Missing creator property '(\\w+)'.*");

    private final Path file;
    private final Map<String, String> texts;

    /** The texts of a file; the file is for messages. */
    public Entries(Path file, Map<String, String> texts) {
        this.file = file;
        this.texts = texts;
    }

    /** A record as a tree, fields in their order. */
    public static ObjectNode tree(Object value) {
        return JSON.valueToTree(value);
    }

    /** A tree from a program's own text. */
    public static ObjectNode constant(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException wrong) {
            throw new IllegalArgumentException(wrong);
        }
    }

    /** A value as the text of an entry. */
    public static String text(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * A record of a tree that the program has made.
     *
     * @throws IllegalArgumentException saying what is impossible in the record
     */
    public static <T extends Record> T record(ObjectNode tree, Class<T> type) {
        try {
            return JSON.treeToValue(tree, type);
        } catch (ValueInstantiationException impossible) {
            throw impossible.getCause() instanceof IllegalArgumentException why ? why : new IllegalArgumentException(impossible);
        } catch (JsonProcessingException wrong) {
            throw new IllegalArgumentException(wrong);
        }
    }

    /** A number, truth value, text, or list of such. */
    public static Object plain(JsonNode value) {
        return JSON.convertValue(value, Object.class);
    }

    /** Whether the file has an entry. */
    public boolean has(String entry) {
        return texts.containsKey(entry);
    }

    /** A refusal of an entry. */
    public CheckpointException damaged(String entry, String why) {
        return new CheckpointException(file + ": its entry " + entry + " is damaged: " + why);
    }

    /**
     * An entry as a tree.
     *
     * @throws CheckpointException if it is missing or no JSON
     */
    public JsonNode tree(String entry) {
        String text = texts.get(entry);
        if (text == null) {
            throw new CheckpointException(file + " was not written by this program: it lacks the entry " + entry);
        }
        try {
            JsonNode tree = JSON.readTree(text);
            if (tree == null || tree.isMissingNode()) {
                throw damaged(entry, "it is empty");
            }
            return tree;
        } catch (JsonProcessingException noJson) {
            throw damaged(entry, noJson.getOriginalMessage());
        }
    }

    /**
     * An entry as a tree that has to be an object.
     *
     * @param defaults the fields that may be missing
     * @throws CheckpointException if it is missing or no object
     */
    public ObjectNode object(String entry, ObjectNode defaults) {
        return over(entry, defaults, tree(entry));
    }

    /**
     * An entry as a tree that has to be a list.
     *
     * @throws CheckpointException if it is missing or no list
     */
    ArrayNode list(String entry) {
        if (tree(entry) instanceof ArrayNode list) {
            return list;
        }
        throw damaged(entry, "it is no list");
    }

    /** A part of an entry, an object, laid over the fields that may be missing. */
    public ObjectNode over(String entry, ObjectNode defaults, JsonNode part) {
        if (!(part instanceof ObjectNode given)) {
            throw damaged(entry, "it, or a part of it, is no object");
        }
        return defaults.deepCopy().setAll(given);
    }

    /**
     * A part of an entry as a record, or as a list of such, all of whose numbers are finite.
     *
     * @throws CheckpointException if a field is missing, of another type or impossible
     */
    public <T> T value(String entry, JsonNode part, Class<T> type) {
        try {
            T value = JSON.treeToValue(part, type);
            if (value == null) {
                throw damaged(entry, "it, or a part of it, is empty");
            }
            // Looked at as it was understood.
            requireSense(entry, JSON.valueToTree(value));
            return value;
        } catch (ValueInstantiationException impossible) {
            throw damaged(entry, impossible.getCause() instanceof IllegalArgumentException why ? why.getMessage() : impossible.getOriginalMessage());
        } catch (JsonProcessingException damaged) {
            throw damaged(entry, MISSING.matcher(damaged.getOriginalMessage()).replaceFirst("it lacks $1"));
        }
    }

    /** JSON has no infinities, but numbers that are too large, and texts that Jackson takes for them. */
    private void requireSense(String entry, JsonNode value) {
        if (value.isNull()) {
            throw damaged(entry, "it, or a part of it, is empty");
        }
        if (value.isFloatingPointNumber() && !Double.isFinite(value.doubleValue())) {
            throw damaged(entry, "it holds " + value.doubleValue());
        }
        value.forEach(part -> requireSense(entry, part));
    }
}
