package alexnet.core.data.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.data.ClassName;
import alexnet.core.data.Skipped;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * A file that names the classes of a network in the order of its outputs: a line each, as {@link Synsets} reads them; a JSON list of
 * names, or of objects as a prepared set's {@code classes.json} has them; or a JSON object by number, from 0, of names or of
 * {@code ["n01440764", "tench"]}, as Keras has it.
 */
public final class ClassNamesFile {

    private static final JsonMapper JSON = JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
    private static final String IN_A_SET = "classes.json";

    private ClassNamesFile() {
    }

    /**
     * Reads one, or that of a prepared set's folder.
     *
     * @throws CheckpointException if it cannot be read, or what it says makes no sense
     */
    public static List<ClassName> read(Path place) {
        Path file = Files.isDirectory(place) ? place.resolve(IN_A_SET) : place;
        try {
            String text = Synsets.text(file).strip();
            List<ClassName> classes = text.startsWith("[") || text.startsWith("{") ? named(file, JSON.readTree(text)) : Synsets.lines(text);
            if (classes.isEmpty()) {
                throw senseless(file, "it names none");
            }
            return classes;
        } catch (JsonProcessingException noJson) {
            throw senseless(file, noJson.getOriginalMessage().lines().findFirst().orElse("no JSON"));
        } catch (NoSuchFileException missing) {
            throw new CheckpointException("there is no " + file + " with the names of classes", missing);
        } catch (IOException failure) {
            throw new CheckpointException("cannot read the classes of " + file + ": " + Skipped.reason(failure), failure);
        }
    }

    private static List<ClassName> named(Path file, JsonNode classes) {
        List<ClassName> named = new ArrayList<>();
        for (int number = 0; number < classes.size(); number++) {
            JsonNode one = classes.isArray() ? classes.get(number) : classes.get(Integer.toString(number));
            if (one == null) {
                throw senseless(file, "it has " + classes.size() + " names by number, but none of number " + number);
            }
            named.add(name(file, one));
        }
        return named;
    }

    private static ClassName name(Path file, JsonNode one) {
        JsonNode name = one.isArray() ? one.path(0) : one.isObject() ? one.path("name") : one;
        JsonNode words = one.isArray() ? one.path(1) : one.path("words");
        if (!name.isTextual() || name.textValue().isBlank()) {
            throw senseless(file, "a class has no name: " + one);
        }
        JsonNode id = one.path("ilsvrc_id");
        return new ClassName(name.textValue(), Optional.ofNullable(words.textValue()).filter(text -> !text.isBlank()),
                id.isInt() && id.intValue() > 0 ? OptionalInt.of(id.intValue()) : OptionalInt.empty());
    }

    private static CheckpointException senseless(Path file, String why) {
        return new CheckpointException("the classes of " + file + " make no sense: " + why);
    }
}
