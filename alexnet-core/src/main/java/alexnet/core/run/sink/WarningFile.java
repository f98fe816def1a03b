package alexnet.core.run.sink;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

import alexnet.core.checkpoint.WholeFile;
import alexnet.core.run.event.RunEvent;
import alexnet.core.run.event.RunSink;

/** warnings.csv, a line for each thing that the user should know of the run; no file where there is none. */
public final class WarningFile implements RunSink {

    /** Its name. */
    public static final String NAME = "warnings.csv";
    private static final String HEADER = "step,message";
    /** What a run's table may begin with. */
    public static final List<String> HEADERS = List.of(HEADER);

    private static final CSVFormat CSV = CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();

    private final Path file;
    private boolean begun;

    /**
     * A warning.
     *
     * @param step behind which it was given
     */
    public record Warning(long step, String message) {
    }

    /** @param folder of the run */
    public WarningFile(Path folder) {
        file = folder.resolve(NAME);
    }

    @Override
    public void on(RunEvent event) throws IOException {
        switch (event) {
            case RunEvent.Started started -> {
                // A run that goes back within itself begins once more, and what made it go back stays.
                if (!begun) {
                    begun = true;
                    cut(started.place().step());
                }
            }
            case RunEvent.Warned warned -> add(new Warning(warned.place().step(), warned.message()));
            default -> { }
        }
    }

    /** Keeps the warnings up to the step that the run begins behind. */
    private void cut(long step) throws IOException {
        List<Warning> kept = step == 0 ? List.of() : read(file.getParent()).stream().filter(warning -> warning.step() <= step).toList();
        if (kept.isEmpty()) {
            Files.deleteIfExists(file);
        } else {
            byte[] content = (HEADER + "\n" + kept.stream().map(WarningFile::line).collect(Collectors.joining())).getBytes(StandardCharsets.UTF_8);
            WholeFile.write(file, content);
        }
    }

    private void add(Warning warning) throws IOException {
        boolean isNew = !Files.exists(file);
        try (BufferedWriter writer = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            writer.write((isNew ? HEADER + "\n" : "") + line(warning));
        }
    }

    private static String line(Warning warning) {
        return CSV.format(warning.step(), warning.message()) + "\n";
    }

    /**
     * The warnings of a run; what is damaged, as where the machine stopped, is passed over.
     *
     * @param folder of the run
     * @throws IOException if the file is there and cannot be read
     */
    public static List<Warning> read(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        List<Warning> warnings = new ArrayList<>();
        if (!Files.exists(file)) {
            return warnings;
        }
        try (Reader reader = new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8); CSVParser parser = CSV.parse(reader)) {
            for (CSVRecord record : parser) {
                if (record.size() == 2 && record.get(0).matches("\\d{1,18}")) {
                    warnings.add(new Warning(Long.parseLong(record.get(0)), record.get(1)));
                }
            }
        } catch (UncheckedIOException damaged) {
            // Its end is missing.
        }
        return warnings;
    }
}
