package alexnet.core.run.sink;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import alexnet.core.run.event.Metrics;
import alexnet.core.run.event.RunEvent;
import alexnet.core.run.event.RunSink;

/** metrics.csv, a line a measurement, each of which is out of the process at once. */
public final class MetricsFile implements RunSink {

    /** Its name. */
    public static final String NAME = "metrics.csv";
    private static final String HEADER = "step,epoch,lr,train_loss,val_loss,val_top1,val_top5,images_per_second,seconds";
    /** What a run's table may begin with; the second is from a time when a measurement was an epoch. */
    public static final List<String> HEADERS = List.of(HEADER, HEADER.substring("step,".length()));

    private final Path file;
    private Table table;
    /** Those that the table tells of. */
    private int measurements;

    private MetricsFile(Path file, Table table, int measurements) {
        this.file = file;
        this.table = table;
        this.measurements = measurements;
    }

    /**
     * Begins with the measurements of a run so far; their times, which nothing else knows, are those that the file told before, if it did.
     */
    public static MetricsFile open(Path file, List<Metrics> history) throws IOException {
        return new MetricsFile(file, table(file, history), history.size());
    }

    private static Table table(Path file, List<Metrics> history) throws IOException {
        Map<String, String> times = new HashMap<>();
        if (Files.exists(file)) {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            text.substring(0, text.lastIndexOf('\n') + 1).lines().forEach(line -> {
                int end = Math.max(0, line.lastIndexOf(',', line.lastIndexOf(',') - 1));
                times.put(line.substring(0, end), line.substring(end));
            });
        }
        return Table.open(file, HEADER, history.stream().map(metrics -> {
            String line = String.join(",", results(metrics));
            String withoutStep = line.substring(line.indexOf(',') + 1);
            return line + times.getOrDefault(line, times.getOrDefault(withoutStep, ",,"));
        }).toList());
    }

    /** Whether the file is there and tells of any measurement. */
    public static boolean hasLines(Path file) throws IOException {
        if (!Files.exists(file)) {
            return false;
        }
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return lines.skip(1).anyMatch(line -> !line.isBlank());
        }
    }

    @Override
    public void on(RunEvent event) throws IOException {
        if (event instanceof RunEvent.Validated measured) {
            table.add(Stream.concat(results(measured.metrics()).stream(), Stream.of(format(measured.imagesPerSecond()), format(measured.seconds())))
                    .toArray());
            measurements++;
        } else if (event instanceof RunEvent.Started(_, _, List<Metrics> history) && history.size() < measurements) {
            measurements = history.size();
            table.close();
            table = table(file, history);
        }
    }

    private static List<String> results(Metrics m) {
        return List.of(Long.toString(m.step()), BigDecimal.valueOf(m.epochs()).setScale(6, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString(),
                format(m.lr()), format(m.trainingLoss()), format(m.validationLoss()), format(m.top1()), format(m.top5()));
    }

    private static String format(double value) {
        return String.format(Locale.ROOT, "%.6g", value);
    }

    @Override
    public void close() throws IOException {
        table.close();
    }
}
