package alexnet.core.data.archive.wds;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

import alexnet.core.data.ClassName;
import alexnet.core.data.Names;
import alexnet.core.data.archive.Kept;
import alexnet.core.data.archive.NumberedClasses;

/**
 * What the labels of a set stand for: numbers, or the names of classes.
 *
 * @param classes in their order
 * @param ranks   for each text that is a label its class
 * @param note    that the numbers are others than in the set
 */
record Labels(List<ClassName> classes, Map<String, Integer> ranks, Optional<String> note) {

    private static final Pattern NUMBER = Pattern.compile("-?\\d+");

    private static final int LONGEST = 9;

    /**
     * @param place  what messages call the set
     * @param halves its halves
     * @param said   what numbers stand for, where the set says so
     */
    static Labels of(String place, List<Kept> halves, List<ClassName> said) {
        List<String> texts = halves.stream().map(Kept::texts).flatMap(List::stream).filter(text -> !text.isEmpty()).distinct().toList();
        Map<String, Integer> ranks = new TreeMap<>();
        if (!texts.stream().allMatch(text -> NUMBER.matcher(text).matches())) {
            List<String> names = texts.stream().map(Names::composed).distinct().sorted().toList();
            texts.forEach(text -> ranks.put(text, Collections.binarySearch(names, Names.composed(text))));
            return new Labels(ClassName.completed(ClassName.of(names), said), ranks, Optional.empty());
        }
        NumberedClasses.Builder builder = new NumberedClasses.Builder(place);
        for (Kept half : halves) {
            for (int i = 0; i < half.index().size(); i++) {
                String text = half.text(i);
                if (!text.isEmpty() && !isNone(text)) {
                    builder.add(number(text), half.index().name(i));
                }
            }
        }
        NumberedClasses numbered = builder.build(said);
        texts.forEach(text -> ranks.put(text, isNone(text) ? -1 : numbered.rank(number(text))));
        return new Labels(ClassName.completed(numbered.names(), said), ranks, numbered.note());
    }

    /** Images for a test are often labelled -1. */
    private static boolean isNone(String text) {
        return text.startsWith("-");
    }

    /** What is too large for a number is too large for a class, too. */
    private static int number(String text) {
        return text.length() > LONGEST ? Integer.MAX_VALUE : Integer.parseInt(text);
    }

    /** The class of a label; -1 if it has none. */
    int rank(String text) {
        return ranks.getOrDefault(text, -1);
    }
}
