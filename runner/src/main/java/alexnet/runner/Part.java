package alexnet.runner;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A part of a line that shrinks with the terminal.
 *
 * @param rank      where columns are few, parts with a smaller one are kept
 * @param separator between it and what stands before
 */
record Part(int rank, String separator, String text) {

    /** One behind a comma. */
    Part(int rank, String text) {
        this(rank, ", ", text);
    }

    /** Those of the parts for which there is room behind the beginning of a line of so many columns, in their order. */
    static List<Part> fitting(String beginning, List<Part> parts, int columns) {
        List<Part> kept = new ArrayList<>();
        int room = columns - Columns.width(beginning);
        for (Part part : parts.stream().sorted(Comparator.comparingInt(Part::rank)).toList()) {
            int width = Columns.width(part.separator + part.text);
            if (width <= room) {
                kept.add(part);
                room -= width;
            }
        }
        return parts.stream().filter(kept::contains).toList();
    }

    /** A line of them. */
    static String line(String beginning, List<Part> parts) {
        return parts.stream().map(part -> part.separator + part.text).collect(Collectors.joining("", beginning, ""));
    }
}
