package alexnet.runner;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** A table for people. */
final class Columns {

    private Columns() {
    }

    /** Prints rows of equally many cells, every column but the last as wide as its widest cell. */
    static void print(List<List<String>> rows, PrintWriter out) {
        int columns = rows.getFirst().size();
        StringBuilder format = new StringBuilder();
        for (int column = 0; column < columns - 1; column++) {
            int index = column;
            format.append("%-").append(rows.stream().mapToInt(row -> row.get(index).length()).max().orElseThrow()).append("s  ");
        }
        format.append("%s%n");
        for (List<String> row : rows) {
            out.printf(Locale.ROOT, format.toString(), row.toArray());
        }
    }
}
