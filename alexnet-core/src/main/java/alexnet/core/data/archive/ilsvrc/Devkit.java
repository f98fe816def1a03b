package alexnet.core.data.archive.ilsvrc;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import alexnet.core.data.ClassName;
import alexnet.core.data.DataException;
import alexnet.core.data.archive.mat.MatFile;
import alexnet.core.data.archive.mat.MatNumbers;
import alexnet.core.data.archive.mat.MatValue;

/**
 * What the development kit says: {@code meta.mat} of the classes, and {@code ILSVRC2012_validation_ground_truth.txt} of the validation
 * images. Its ILSVRC2012_IDs are no labels: classes are numbered by their sorted WNIDs, as everyone trains.
 *
 * @param file        where it is from
 * @param classes     the synsets without children, sorted by WNID
 * @param wnids       the same by their ILSVRC2012_IDs
 * @param groundTruth for each validation image in the order of their numbers its ILSVRC2012_ID
 */
record Devkit(Path file, List<ClassName> classes, Map<Integer, String> wnids, int[] groundTruth) {

    private static final Pattern ID = Pattern.compile("ILSVRC\\d{4}_ID");
    private static final Pattern IMAGE = Pattern.compile("ILSVRC\\d{4}_val_(\\d{8})");
    private static final Pattern LINE_END = Pattern.compile("\\R");

    /** @throws DataException if one of its files is missing or damaged */
    static Devkit of(DevkitFiles files) {
        List<ClassName> classes = classes(files.meta(), files.place() + "/meta.mat");
        return new Devkit(files.place(), classes, wnids(classes), groundTruth(files));
    }

    /**
     * The classes of {@code meta.mat}.
     *
     * @param name what messages call it
     * @throws DataException if it is damaged
     */
    static List<ClassName> classes(byte[] meta, String name) {
        if (!(MatFile.read(meta, name).get("synsets") instanceof MatValue.Structs synsets)) {
            throw new DataException(name + " has no table synsets: get it anew");
        }
        String id = synsets.fields().stream().filter(field -> ID.matcher(field).matches()).findFirst()
                .orElseThrow(() -> new DataException(name + " has no ILSVRC2012_ID for its synsets: get it anew"));
        Map<Integer, ClassName> byId = new LinkedHashMap<>();
        for (int i = 0; i < synsets.count(); i++) {
            if (number(synsets.get(i, "num_children")).orElse(0) != 0) {
                continue;
            }
            OptionalInt number = number(synsets.get(i, id));
            if (number.isEmpty() || !(synsets.get(i, "WNID") instanceof MatValue.Text(String wnid)) || wnid.isBlank()) {
                throw new DataException(name + ": synset " + (i + 1) + " has no " + id + " or WNID: get it anew");
            }
            Optional<String> words = synsets.get(i, "words") instanceof MatValue.Text(String text) ? Optional.of(text.strip()) : Optional.empty();
            if (byId.put(number.getAsInt(), new ClassName(wnid.strip(), words, number)) != null) {
                throw new DataException(name + " has two classes with the " + id + " " + number.getAsInt() + ": get it anew");
            }
        }
        List<ClassName> classes = byId.values().stream().sorted(Comparator.comparing(ClassName::name)).toList();
        if (classes.isEmpty() || classes.stream().map(ClassName::name).distinct().count() < classes.size()) {
            throw new DataException(name + " has no classes, or one of them twice: get it anew");
        }
        return classes;
    }

    private static Map<Integer, String> wnids(List<ClassName> classes) {
        return classes.stream().collect(Collectors.toMap(each -> each.ilsvrcId().orElseThrow(), ClassName::name));
    }

    private static OptionalInt number(MatValue value) {
        return value instanceof MatNumbers numbers && numbers.count() > 0 ? OptionalInt.of((int) numbers.get(0)) : OptionalInt.empty();
    }

    private static int[] groundTruth(DevkitFiles files) {
        String name = files.place() + "/" + DevkitFiles.GROUND_TRUTH;
        String[] lines = LINE_END.split(files.groundTruth());
        int[] ids = new int[lines.length];
        for (int i = 0; i < lines.length; i++) {
            if (!lines[i].strip().matches("\\d{1,9}")) {
                throw new DataException(name + ": line " + (i + 1) + " is no ILSVRC2012_ID: get it anew");
            }
            ids[i] = Integer.parseInt(lines[i].strip());
        }
        return ids;
    }

    /** The WNID of a validation image by the number in its name, from 1; empty if it has none, or there is none of that number. */
    Optional<String> wnid(String name) {
        Matcher number = IMAGE.matcher(name);
        int image = number.matches() ? Integer.parseInt(number.group(1)) : 0;
        return image < 1 || image > groundTruth.length ? Optional.empty() : Optional.ofNullable(wnids.get(groundTruth[image - 1]));
    }
}
