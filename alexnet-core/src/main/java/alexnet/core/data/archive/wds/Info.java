package alexnet.core.data.archive.wds;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import alexnet.core.data.ClassName;
import alexnet.core.data.DataException;
import alexnet.core.data.Skipped;
import alexnet.core.data.folder.Half;

/**
 * What lies beside the tars and tells of them: {@code _info.json}, as timm writes it, with the files and their numbers of samples, and
 * the names of the classes in {@code classes.json} or a line each in {@code classnames.txt}.
 *
 * @param halves  what each file is for
 * @param samples how many a file has, where that is said
 * @param classes what the numbers stand for; empty if that is not said
 */
record Info(Map<String, Half> halves, Map<String, Integer> samples, List<ClassName> classes) {

    static final String NAME = "_info.json";
    private static final List<String> LISTS = List.of("classnames.txt", "classes.txt");
    private static final List<String> KEYS = List.of("class_names", "classes", "label_names");
    private static final int LIMIT = 1 << 24;

    static Info of(Path folder) {
        JsonNode info = json(folder.resolve(NAME));
        Map<String, Half> halves = new HashMap<>();
        Map<String, Integer> samples = new HashMap<>();
        info.path("splits").properties().forEach(split -> Half.named(split.getKey()).ifPresent(half -> {
            JsonNode files = split.getValue().path("filenames");
            JsonNode lengths = split.getValue().path("shard_lengths");
            for (int i = 0; i < files.size(); i++) {
                String file = files.get(i).asText();
                String name = file.substring(file.lastIndexOf('/') + 1);
                halves.put(name, half);
                if (lengths.path(i).isInt()) {
                    samples.put(name, lengths.get(i).asInt());
                }
            }
        }));
        List<ClassName> classes = new ArrayList<>(names(json(folder.resolve("classes.json"))));
        KEYS.forEach(key -> classes.addAll(classes.isEmpty() ? names(info.path(key)) : List.of()));
        for (String list : LISTS) {
            Path file = folder.resolve(list);
            if (classes.isEmpty() && Files.isRegularFile(file)) {
                text(file).lines().filter(line -> !line.isBlank()).forEach(line -> classes.add(ClassName.of(line.strip())));
            }
        }
        return new Info(halves, samples, classes);
    }

    private static List<ClassName> names(JsonNode classes) {
        List<ClassName> names = new ArrayList<>();
        if (classes.isArray()) {
            classes.forEach(each -> names.add(each.isTextual() ? ClassName.of(each.asText()) : new ClassName(each.path("name").asText(),
                    Optional.of(each.path("words").asText()).filter(words -> !words.isEmpty()),
                    each.path("ilsvrc_id").isInt() ? OptionalInt.of(each.get("ilsvrc_id").asInt()) : OptionalInt.empty())));
        }
        return names;
    }

    private static JsonNode json(Path file) {
        ObjectMapper mapper = new ObjectMapper();
        if (!Files.isRegularFile(file)) {
            return mapper.createObjectNode();
        }
        try {
            return mapper.readTree(text(file));
        } catch (JsonProcessingException e) {
            throw new DataException(file + " is damaged: get it anew, or remove it", e);
        }
    }

    private static String text(Path file) {
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] bytes = stream.readNBytes(LIMIT + 1);
            if (bytes.length > LIMIT) {
                throw new DataException(file + " has more than " + LIMIT + " bytes: remove it");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new DataException("cannot read " + file + ": " + Skipped.reason(e), e);
        }
    }

    /** What a file is for, as far as that is said. */
    Optional<Half> half(String file) {
        return Optional.ofNullable(halves.get(file));
    }

    /** All files that there should be. */
    List<String> files() {
        return halves.keySet().stream().sorted().toList();
    }
}
