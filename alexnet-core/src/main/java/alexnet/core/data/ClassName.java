package alexnet.core.data;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * What a class is called.
 *
 * @param name     by which classes are sorted and numbered: a folder's name, or ImageNet's WNID
 * @param words    what people call it, where the set says so: {@code tench, Tinca tinca}
 * @param ilsvrcId its ILSVRC2012_ID, from 1, where the set says so: the number of submissions, which is not the label
 */
public record ClassName(String name, Optional<String> words, OptionalInt ilsvrcId) {

    private static final Pattern WNID = Pattern.compile("n\\d{8}");

    /** Whether a name is one of WordNet's, by which ImageNet's classes are called: {@code n01440764}. */
    public static boolean isWnid(String name) {
        return WNID.matcher(name).matches();
    }

    /** A class of which nothing else is known. */
    public static ClassName of(String name) {
        return new ClassName(name, Optional.empty(), OptionalInt.empty());
    }

    /** The same of many. */
    public static List<ClassName> of(List<String> names) {
        return names.stream().map(ClassName::of).toList();
    }

    /** The name, and what people call it. */
    public String shown() {
        return words.map(known -> name + " (" + known + ")").orElse(name);
    }

    /** Classes with what others of the same names say of them, as far as nothing is said of it yet. */
    public static List<ClassName> completed(List<ClassName> classes, List<ClassName> others) {
        Map<String, ClassName> byName = new HashMap<>();
        others.forEach(other -> byName.putIfAbsent(Names.composed(other.name), other));
        return classes.stream().map(each -> Optional.ofNullable(byName.get(Names.composed(each.name))).map(other -> new ClassName(each.name,
                each.words.or(other::words), each.ilsvrcId.isPresent() ? each.ilsvrcId : other.ilsvrcId)).orElse(each)).toList();
    }
}
