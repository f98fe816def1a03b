package alexnet.core.network;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;

/** A YAML or JSON file as a tree that knows the line of each of its values: Jackson's own trees have forgotten them. */
final class Document {

    /** A path is written as in a JSON pointer: {@code /layers/3/size}. */
    static final String ROOT = "";

    private static final int DEEPEST = 8;
    /** YAML has it as well, but not with tabs. */
    private static final Pattern JSON = Pattern.compile("\\s*\\{\\s*[\"}][\\s\\S]*");

    private static final JsonNodeFactory TREE = JsonNodeFactory.instance;

    private final String name;
    private final Map<String, Integer> lines = new HashMap<>();
    private final JsonNode root;

    /**
     * Reads a file's content.
     *
     * @param name of the file, for messages
     * @throws ArchitectureException if it is neither, or a field is there twice
     */
    Document(String name, byte[] content) {
        this.name = name;
        if (content.length > ArchitectureFile.MOST_BYTES) {
            throw new ArchitectureException(name + " is larger than 1 MiB: it describes no network");
        }
        String text = new String(content, StandardCharsets.UTF_8);
        try (JsonParser parser = (JSON.matcher(text).matches() ? new JsonFactory() : new YAMLFactory()).createParser(text)) {
            if (parser.nextToken() == null) {
                throw at(1, "it is empty");
            }
            root = value(parser, ROOT, 0);
            if (parser.nextToken() != null) {
                throw at(parser, "more follows the network's description");
            }
        } catch (JsonProcessingException damaged) {
            throw at(damaged.getLocation() == null ? 1 : damaged.getLocation().getLineNr(), damaged.getOriginalMessage().lines().findFirst().orElse("it is no YAML"));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    JsonNode root() {
        return root;
    }

    /** A refusal of the value at a path or, where there is none, of what should hold it. */
    ArchitectureException at(String path, String why) {
        String known = path;
        while (!lines.containsKey(known)) {
            known = known.substring(0, known.lastIndexOf('/'));
        }
        return at(lines.get(known), why);
    }

    private ArchitectureException at(JsonParser parser, String why) {
        return at(parser.currentTokenLocation().getLineNr(), why);
    }

    private ArchitectureException at(int line, String why) {
        return new ArchitectureException(name + ", line " + Math.max(1, line) + ": " + why);
    }

    private JsonNode value(JsonParser parser, String path, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw at(parser, "it is nested more deeply than networks are");
        }
        if (parser instanceof YAMLParser ofYaml && (ofYaml.isCurrentAlias() || ofYaml.getTypeId() != null)) {
            throw at(parser, "it has an alias (*) or a tag (!), which descriptions of networks have not");
        }
        lines.putIfAbsent(path, parser.currentTokenLocation().getLineNr());
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, path, depth);
            case START_ARRAY -> {
                ArrayNode list = TREE.arrayNode();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(parser, path + "/" + list.size(), depth + 1));
                }
                yield list;
            }
            case VALUE_STRING -> TREE.textNode(parser.getText());
            case VALUE_NUMBER_INT -> TREE.numberNode(parser.getBigIntegerValue());
            case VALUE_NUMBER_FLOAT -> TREE.numberNode(parser.getDoubleValue());
            case VALUE_TRUE, VALUE_FALSE -> TREE.booleanNode(parser.getBooleanValue());
            default -> TREE.nullNode();
        };
    }

    private ObjectNode object(JsonParser parser, String path, int depth) throws IOException {
        ObjectNode object = TREE.objectNode();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            String place = path + "/" + field;
            if (object.has(field)) {
                throw at(parser, "the field " + field + " is there twice, first in line " + lines.get(place));
            }
            lines.put(place, parser.currentTokenLocation().getLineNr());
            parser.nextToken();
            object.set(field, value(parser, place, depth + 1));
        }
        return object;
    }
}
