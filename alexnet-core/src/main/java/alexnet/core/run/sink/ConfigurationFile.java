package alexnet.core.run.sink;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import alexnet.core.checkpoint.WholeFile;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;

/**
 * Options in YAML: a flat map whose keys are the options' names with underscores, as timm writes them, and whose values are single
 * ones or lists of such. Values are kept as they are written, so that who reads an option from a command line reads it from here, too.
 */
public final class ConfigurationFile {

    /** Its name in a run's folder. */
    public static final String NAME = "config.yaml";

    private static final String TITLE = "# alexnet ";
    /** A thousand times what options take. */
    private static final int LONGEST = 1 << 20;
    private static final YAMLFactory YAML = YAMLFactory.builder().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER, YAMLGenerator.Feature.SPLIT_LINES).build();

    private ConfigurationFile() {
    }

    /** What a file says that cannot be used: one line that begins with its name. */
    public static final class DamagedException extends IOException {

        private static final long serialVersionUID = 1L;

        private DamagedException(String message) {
            super(message);
        }
    }

    /**
     * Writes a file, whole or not at all.
     *
     * @param title   begins with the program that writes and its version
     * @param content a map or a tree
     */
    static void write(Path file, String title, Object content) throws IOException {
        StringWriter text = new StringWriter().append("# ").append(title).append('\n');
        new YAMLMapper(YAML).writeValue(text, content);
        WholeFile.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Whether this program has written a file, or nobody anything. */
    static boolean isOurs(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            String start = new String(in.readNBytes(TITLE.length()), StandardCharsets.ISO_8859_1);
            return start.isEmpty() || start.equals(TITLE);
        }
    }

    /**
     * Reads options.
     *
     * @param name of the file, for messages
     * @return the values as they are written, those of a list with commas between them, by name with underscores
     * @throws DamagedException if it is no such file
     */
    public static Map<String, String> read(InputStream in, String name) throws IOException {
        byte[] bytes = in.readNBytes(LONGEST + 1);
        if (bytes.length > LONGEST) {
            throw new DamagedException(name + " is larger than 1 MiB: it holds no options");
        }
        try (YAMLParser parser = YAML.createParser(bytes)) {
            return new Reading(parser, name).options();
        } catch (JsonProcessingException noYaml) {
            throw new DamagedException(name + ", line " + (noYaml.getLocation() == null ? 1 : noYaml.getLocation().getLineNr()) + ": "
                    + noYaml.getOriginalMessage().lines().findFirst().orElse("it is no YAML"));
        }
    }

    /** A file, token by token: a tree would have lost how a value is written, and followed aliases. */
    private record Reading(YAMLParser parser, String name) {

        Map<String, String> options() throws IOException {
            Map<String, String> options = new LinkedHashMap<>();
            Set<String> keys = new HashSet<>();
            JsonToken first = parser.nextToken();
            if (first == null) {
                return options;
            }
            require(first == JsonToken.START_OBJECT, "it is no map of options (lr: 0.01)");
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                requirePlain(parser.currentName());
                String key = parser.currentName().replace('-', '_');
                Optional<String> value = value(key, parser.nextToken());
                require(keys.add(key), key + " is there twice");
                value.ifPresent(text -> options.put(key, text));
            }
            require(parser.nextToken() == null, "a second document begins");
            return options;
        }

        /** A list without values says nothing. */
        private Optional<String> value(String key, JsonToken token) throws IOException {
            if (token == JsonToken.START_ARRAY) {
                requirePlain(key);
                List<String> values = new ArrayList<>();
                for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                    values.add(single(key, next));
                }
                return values.isEmpty() ? Optional.empty() : Optional.of(String.join(",", values));
            }
            return Optional.of(single(key, token));
        }

        private String single(String key, JsonToken token) throws IOException {
            requirePlain(key);
            require(token.isScalarValue(), key + " is no single value, nor a list of such");
            require(token != JsonToken.VALUE_NULL && !parser.getText().isEmpty(), key + " has no value");
            return parser.getText();
        }

        private void requirePlain(String key) throws IOException {
            require(!parser.isCurrentAlias(), key + " has an alias (*), which options have not");
            require(parser.getTypeId() == null, key + " has a tag (!), which options have not");
        }

        private void require(boolean holds, String otherwise) throws IOException {
            if (!holds) {
                throw new DamagedException(name + ", line " + Math.max(1, parser.currentTokenLocation().getLineNr()) + ": " + otherwise);
            }
        }
    }
}
