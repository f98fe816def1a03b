package alexnet.core.run.sink;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

import alexnet.core.checkpoint.WholeFile;

/** A CSV file that lines are added to, each of which is out of the process at once. */
final class Table implements AutoCloseable {

    private static final CSVFormat CSV = CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();

    private final CSVPrinter printer;

    private Table(CSVPrinter printer) {
        this.printer = printer;
    }

    /** Writes the file anew, whole or not at all, with the lines that it begins with. */
    static Table open(Path file, String header, List<String> kept) throws IOException {
        List<String> lines = new ArrayList<>(List.of(header));
        lines.addAll(kept);
        byte[] content = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.ISO_8859_1);
        WholeFile.write(file, content);
        return new Table(new CSVPrinter(Files.newBufferedWriter(file, StandardOpenOption.APPEND), CSV));
    }

    void add(Object... values) throws IOException {
        printer.printRecord(values);
        printer.flush();
    }

    @Override
    public void close() throws IOException {
        printer.close();
    }
}
