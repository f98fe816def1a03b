package alexnet.core.run.sink;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import alexnet.core.checkpoint.WholeFile;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;

/** Records as JSON: names in snake case, enums in lower case, times and paths as people write them. */
final class RunJson {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .addModule(new SimpleModule().addSerializer(Path.class, ToStringSerializer.instance).addSerializer(Instant.class, ToStringSerializer.instance))
            .build();

    private RunJson() {
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /** A record or a map. */
    static ObjectNode tree(Object value) {
        return JSON.valueToTree(value);
    }

    /** The fields of a record that are single values: numbers, truth values and texts. */
    static Map<String, Object> scalars(Object value) {
        Map<String, Object> scalars = new LinkedHashMap<>();
        tree(value).properties().forEach(field -> {
            JsonNode node = field.getValue();
            if (node.isValueNode() && !node.isNull()) {
                scalars.put(field.getKey(), node.isNumber() ? node.numberValue() : node.isBoolean() ? node.booleanValue() : node.textValue());
            }
        });
        return scalars;
    }

    /** @throws IOException if the file cannot be read, or is no JSON */
    static JsonNode read(Path file) throws IOException {
        return JSON.readTree(file.toFile());
    }

    static void write(Path file, JsonNode content) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(content);
        WholeFile.write(file, channel -> {
            var out = Channels.newOutputStream(channel);
            out.write(bytes);
            out.write('\n');
        });
    }
}
