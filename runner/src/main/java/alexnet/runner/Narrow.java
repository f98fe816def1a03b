package alexnet.runner;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Help whose lines were never broken, for terminals in which two columns of text have no room beside each other. */
final class Narrow {

    /** The left column of a table, and the right one. */
    private static final Pattern ROW = Pattern.compile("( +\\S.*?) {2,}(\\S.*)");
    private static final Pattern INDENTED = Pattern.compile("( *)(.*)");
    private static final String RIGHT = "        ";
    private static final Pattern EXAMPLE = Pattern.compile("^  (alexnet|.* \\| alexnet) ");

    private Narrow() {
    }

    /** Breaks lines between words, and puts the right column of a table below the left one. */
    static String text(String unbroken, int columns) {
        return unbroken.lines().flatMap(line -> lines(line, columns).stream()).map(line -> line + System.lineSeparator()).collect(Collectors.joining());
    }

    private static List<String> lines(String line, int columns) {
        // An example is to be copied: the terminal breaks it without changing it.
        if (Columns.width(line) <= columns || EXAMPLE.matcher(line).find()) {
            return List.of(line);
        }
        Matcher row = ROW.matcher(line);
        if (row.matches()) {
            List<String> both = new ArrayList<>(lines(row.group(1), columns));
            both.addAll(broken(RIGHT, RIGHT, row.group(2), columns));
            return both;
        }
        Matcher indented = INDENTED.matcher(line);
        indented.matches();
        if (indented.group(1).length() > RIGHT.length()) {
            return broken(RIGHT, RIGHT, indented.group(2), columns);
        }
        return broken(indented.group(1), indented.group(1) + (line.startsWith("Usage:") ? "  " : ""), indented.group(2), columns);
    }

    private static List<String> broken(String indent, String indentAfter, String text, int columns) {
        List<String> lines = new ArrayList<>();
        String line = indent;
        boolean begun = false;
        for (String word : text.split(" ")) {
            if (begun && Columns.width(line + " " + word) > columns) {
                lines.add(line);
                line = indentAfter;
                begun = false;
            }
            line += (begun ? " " : "") + word;
            begun = true;
        }
        lines.add(line);
        return lines;
    }
}
