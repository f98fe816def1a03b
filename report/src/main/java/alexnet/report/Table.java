package alexnet.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** A table of numbers in a run's folder. It may still be written to, and its run may have been cut off in the middle of a line. */
final class Table {

    /** A line of numbers, by the names in the table's first line. */
    static final class Row {

        private final List<String> columns;
        private final double[] values;

        private Row(List<String> columns, double[] values) {
            this.columns = columns;
            this.values = values;
        }

        boolean has(String column) {
            return columns.contains(column);
        }

        /** NaN if there is no such column. */
        double get(String column) {
            int index = columns.indexOf(column);
            return index < 0 ? Double.NaN : values[index];
        }
    }

    private Table() {
    }

    /**
     * Hands on every whole line, of any number of lines.
     *
     * @return lines passed over since they are not so many numbers, but for a last one that has no end
     * @throws IOException if the file cannot be read
     */
    static long read(Path file, Consumer<Row> rows) throws IOException {
        // Latin-1 takes any bytes, so that a damaged line is one without numbers.
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            String header = reader.readLine();
            if (header == null) {
                return 0;
            }
            List<String> columns = List.of(header.split(",", -1));
            long bad = 0;
            boolean lastIsBad = false;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                double[] values = numbers(line, columns.size());
                lastIsBad = values == null;
                if (lastIsBad) {
                    bad++;
                } else {
                    rows.accept(new Row(columns, values));
                }
            }
            return lastIsBad ? bad - 1 : bad;
        }
    }

    private static double[] numbers(String line, int count) {
        String[] cells = line.split(",", -1);
        if (cells.length != count) {
            return null;
        }
        try {
            return Arrays.stream(cells).mapToDouble(cell -> cell.isEmpty() ? Double.NaN : Double.parseDouble(cell)).toArray();
        } catch (NumberFormatException damaged) {
            return null;
        }
    }
}
