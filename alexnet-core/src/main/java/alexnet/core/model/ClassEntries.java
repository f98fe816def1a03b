package alexnet.core.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.checkpoint.SafetensorsWriter;
import alexnet.core.data.ClassName;
import com.fasterxml.jackson.databind.JsonNode;

/** The classes of a model as entries of its file: lists of names, of words and of ILSVRC2012_IDs, the latter two where any is known. */
final class ClassEntries {

    static final String NAMES = "classes";

    private static final String WORDS = "class_words";
    private static final String IDS = "ilsvrc2012_ids";
    private static final int NO_ID = 0;

    private ClassEntries() {
    }

    static void write(List<ClassName> classes, SafetensorsWriter writer) {
        writer.metadata(NAMES, Entries.text(classes.stream().map(ClassName::name).toList()));
        if (classes.stream().anyMatch(each -> each.words().isPresent())) {
            writer.metadata(WORDS, Entries.text(classes.stream().map(each -> each.words().orElse("")).toList()));
        }
        if (classes.stream().anyMatch(each -> each.ilsvrcId().isPresent())) {
            writer.metadata(IDS, Entries.text(classes.stream().map(each -> each.ilsvrcId().orElse(NO_ID)).toList()));
        }
    }

    /**
     * Reads them; they are called by their numbers where they have no names.
     *
     * @param count how many there are
     * @throws CheckpointException if an entry is damaged
     */
    static List<ClassName> read(Entries entries, int count) {
        List<String> names = entries.has(NAMES) ? list(entries, NAMES, JsonNode::isTextual).stream().map(JsonNode::textValue).toList()
                : IntStream.range(0, count).mapToObj(Integer::toString).toList();
        if (names.size() != count) {
            // Which the model says more of.
            return ClassName.of(names);
        }
        List<Optional<String>> words = list(entries, WORDS, count, JsonNode::isTextual, text -> Optional.of(text.textValue()).filter(known -> !known.isEmpty()),
                Optional.empty());
        List<OptionalInt> ids = list(entries, IDS, count, id -> id.isInt() && id.intValue() >= NO_ID,
                id -> id.intValue() == NO_ID ? OptionalInt.empty() : OptionalInt.of(id.intValue()), OptionalInt.empty());
        return IntStream.range(0, count).mapToObj(c -> new ClassName(names.get(c), words.get(c), ids.get(c))).toList();
    }

    /** {@code missing} for all where the file lacks the entry. */
    private static <T> List<T> list(Entries entries, String entry, int count, Predicate<JsonNode> sound, Function<JsonNode, T> value, T missing) {
        if (!entries.has(entry)) {
            return Collections.nCopies(count, missing);
        }
        List<JsonNode> list = list(entries, entry, sound);
        if (list.size() != count) {
            throw entries.damaged(entry, "it has " + list.size() + " parts for " + count + " classes");
        }
        return list.stream().map(value).toList();
    }

    private static List<JsonNode> list(Entries entries, String entry, Predicate<JsonNode> sound) {
        List<JsonNode> list = new ArrayList<>();
        for (JsonNode part : entries.list(entry)) {
            if (!sound.test(part)) {
                throw entries.damaged(entry, "it, or a part of it, is of the wrong type");
            }
            list.add(part);
        }
        return list;
    }
}
