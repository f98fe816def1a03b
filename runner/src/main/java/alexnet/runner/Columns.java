package alexnet.runner;

import java.io.PrintWriter;
import java.util.List;

import org.jline.utils.WCWidth;

/** Text in the columns of a terminal, of which a character takes none, one or two. */
final class Columns {

    private Columns() {
    }

    /** Prints rows of equally many cells, every column but the last as wide as its widest cell. */
    static void print(List<List<String>> rows, PrintWriter out) {
        int[] widths = new int[rows.getFirst().size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], width(row.get(column)));
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < widths.length - 1; column++) {
                line.append(row.get(column)).repeat(' ', widths[column] - width(row.get(column)) + 2);
            }
            out.println(line + row.getLast());
        }
    }

    /** The columns that a text takes. */
    static int width(String text) {
        return text.codePoints().map(Columns::width).sum();
    }

    private static int width(int character) {
        return Math.max(0, WCWidth.wcwidth(character));
    }

    /** As much of the beginning of a text as fits. */
    static String cut(String text, int columns) {
        int used = 0;
        int end = 0;
        while (end < text.length()) {
            int character = text.codePointAt(end);
            used += width(character);
            if (used > columns) {
                break;
            }
            end += Character.charCount(character);
        }
        return text.substring(0, end);
    }
}
