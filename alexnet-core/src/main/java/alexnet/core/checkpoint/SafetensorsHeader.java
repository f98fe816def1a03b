package alexnet.core.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the header of a safetensors file says, after every rule of the format has been checked.
 *
 * @param metadata text by name
 * @param tensors  tensors by name
 */
record SafetensorsHeader(Map<String, String> metadata, Map<String, Tensor> tensors) {

    /** Deeper than {@code {"name": {"shape": [1]}}} no header goes. */
    private static final int NESTING_LIMIT = 4;
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(NESTING_LIMIT)
                    .maxStringLength(SafetensorsReader.HEADER_LIMIT).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** Parses and checks a header; {@code dataLength} is what the file holds behind it. */
    static SafetensorsHeader parse(Path file, ByteBuffer utf8, long dataLength) {
        return new Parser(file, dataLength).parse(utf8);
    }

    /** A header being checked; every refusal names the file. */
    private record Parser(Path file, long dataLength) {

        private SafetensorsHeader parse(ByteBuffer utf8) {
            if (utf8.get(0) != '{') {
                throw new CheckpointException(file + " is not a safetensors file: its header is no JSON object");
            }
            Map<String, String> metadata = new LinkedHashMap<>();
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> entry : json(utf8).properties()) {
                if (entry.getKey().equals(SafetensorsReader.METADATA)) {
                    readMetadata(entry.getValue(), metadata);
                } else {
                    tensors.put(entry.getKey(), tensor(entry.getKey(), entry.getValue()));
                }
            }
            requireContiguous(tensors);
            return new SafetensorsHeader(Collections.unmodifiableMap(metadata), Collections.unmodifiableMap(tensors));
        }

        private JsonNode json(ByteBuffer utf8) {
            try {
                return JSON.readTree(StandardCharsets.UTF_8.newDecoder().decode(utf8).toString());
            } catch (CharacterCodingException e) {
                throw new CheckpointException(file + " is damaged or not a safetensors file: its header is not UTF-8", e);
            } catch (JsonProcessingException e) {
                throw new CheckpointException(file + " is damaged or not a safetensors file: its header is not JSON ("
                        + e.getOriginalMessage().lines().findFirst().orElse("") + ")", e);
            }
        }

        private void readMetadata(JsonNode node, Map<String, String> metadata) {
            require(node.isObject(), SafetensorsReader.METADATA + " is no JSON object");
            for (Map.Entry<String, JsonNode> entry : node.properties()) {
                require(entry.getValue().isTextual(), "the metadata " + entry.getKey() + " is no text");
                metadata.put(entry.getKey(), entry.getValue().textValue());
            }
        }

        private Tensor tensor(String name, JsonNode node) {
            require(node.isObject() && node.size() == 3 && node.has("dtype") && node.has("shape") && node.has("data_offsets"),
                    "the tensor " + name + " has not just dtype, shape and data_offsets");
            DataType type = type(name, node.get("dtype"));
            var shape = new TensorShape(sizes(name, "shape", node.get("shape")));
            List<Long> offsets = sizes(name, "data_offsets", node.get("data_offsets"));
            require(offsets.size() == 2, "the data_offsets of tensor " + name + " are not two numbers");
            long begin = offsets.get(0);
            long end = offsets.get(1);
            require(begin <= end, "tensor " + name + " ends before it begins");
            var tensor = new Tensor(name, type, shape, begin);
            long bytes;
            try {
                bytes = tensor.byteSize();
            } catch (ArithmeticException e) {
                throw damaged("tensor " + name + " of shape " + shape + " is larger than any file");
            }
            require(bytes == end - begin, "tensor " + name + " of shape " + shape + " takes " + bytes + " bytes, its data_offsets "
                    + (end - begin));
            return tensor;
        }

        private DataType type(String name, JsonNode node) {
            require(node.isTextual(), "the dtype of tensor " + name + " is no text");
            return Arrays.stream(DataType.values()).filter(type -> type.name().equals(node.textValue())).findFirst()
                    .orElseThrow(() -> new CheckpointException(file + ": tensor " + name + " is of type " + node.textValue()
                            + "; only " + Arrays.stream(DataType.values()).map(Enum::name).collect(Collectors.joining(", "))
                            + " can be read"));
        }

        private List<Long> sizes(String name, String field, JsonNode node) {
            require(node.isArray(), "the " + field + " of tensor " + name + " is no list");
            List<Long> sizes = new ArrayList<>();
            for (JsonNode size : node) {
                require(size.isIntegralNumber() && size.canConvertToLong() && size.longValue() >= 0,
                        "the " + field + " of tensor " + name + " holds something else than natural numbers");
                sizes.add(size.longValue());
            }
            return sizes;
        }

        /** The tensors must fill the file behind the header: no gap, no overlap, nothing missing, nothing left over. */
        private void requireContiguous(Map<String, Tensor> tensors) {
            List<Tensor> ordered = new ArrayList<>(tensors.values());
            ordered.sort(Comparator.comparingLong(Tensor::offset).thenComparingLong(Tensor::byteSize));
            long end = 0;
            for (Tensor tensor : ordered) {
                require(tensor.offset() == end, "tensor " + tensor.name() + " begins at byte " + tensor.offset() + ", not at " + end
                        + " where the one before it ends");
                end += tensor.byteSize();
            }
            if (end > dataLength) {
                throw new CheckpointException(file + " is truncated: its tensors take " + end + " bytes, " + dataLength + " are there");
            }
            require(end == dataLength, "its tensors take " + end + " bytes, but " + dataLength + " are there");
        }

        private void require(boolean condition, String otherwise) {
            if (!condition) {
                throw damaged(otherwise);
            }
        }

        private CheckpointException damaged(String what) {
            return new CheckpointException(file + " is damaged: " + what);
        }
    }
}
