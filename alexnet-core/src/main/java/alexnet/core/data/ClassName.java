package alexnet.core.data;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a class is called.
 *
 * @param name     by which classes are sorted and numbered: a folder's name, or ImageNet's WNID
 * @param words    what people call it, where the set says so: {@code tench, Tinca tinca}
 * @param ilsvrcId its ILSVRC2012_ID, from 1, where the set says so: the number of submissions, which is not the label
 */
public record ClassName(String name, Optional<String> words, OptionalInt ilsvrcId) {

    /** A class of which nothing else is known. */
    public static ClassName of(String name) {
        return new ClassName(name, Optional.empty(), OptionalInt.empty());
    }

    /** The same of many. */
    public static List<ClassName> of(List<String> names) {
        return names.stream().map(ClassName::of).toList();
    }
}
