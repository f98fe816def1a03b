package alexnet.core.data.archive.parquet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * What Hugging Face's library writes into a parquet file about its columns.
 *
 * @param features by the name of each column what it is: {@code {"_type": "ClassLabel", "names": [...]}}; no object where nothing is said
 */
record Features(JsonNode features) {

    private static final String KEY = "huggingface";

    /** Of a file's metadata; what is damaged says nothing. */
    static Features of(Map<String, String> metadata) {
        try {
            return new Features(new ObjectMapper().readTree(metadata.getOrDefault(KEY, "{}")).path("info").path("features"));
        } catch (JsonProcessingException e) {
            return new Features(new ObjectMapper().createObjectNode());
        }
    }

    /** The first column of a type. */
    Optional<String> ofType(String type) {
        return StreamSupport.stream(((Iterable<Map.Entry<String, JsonNode>>) features::fields).spliterator(), false)
                .filter(column -> column.getValue().path("_type").asText().equals(type)).map(Map.Entry::getKey).findFirst();
    }

    /** What the numbers of a column stand for, in their order; empty if that is not said. */
    List<String> names(String column) {
        List<String> names = new ArrayList<>();
        features.path(column).path("names").forEach(name -> names.add(name.asText()));
        return names;
    }
}
