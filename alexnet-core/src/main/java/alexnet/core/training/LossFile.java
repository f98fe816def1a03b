package alexnet.core.training;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

import alexnet.core.checkpoint.WholeFile;

/** losses.csv, a line a step, each of which is out of the process when its step is done. */
final class LossFile implements AutoCloseable {

    static final String HEADER = "step,epoch,lr,loss";
    static final CSVFormat CSV = CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();

    private static final Pattern LINE = Pattern.compile("(\\d{1,18}),\\d+,[0-9.e+-]+,[0-9.e+-]+");

    private final CSVPrinter printer;
    private long steps;

    private LossFile(CSVPrinter printer, long steps) {
        this.printer = printer;
        this.steps = steps;
    }

    /** Keeps the lines of the first {@code steps} steps, as far as they are there and whole; a run that was cut off may have left more. */
    static LossFile open(Path file, long steps) throws IOException {
        List<String> lines = new ArrayList<>(List.of(HEADER));
        if (steps > 0 && Files.exists(file)) {
            lines.addAll(kept(file, steps));
        }
        byte[] content = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.ISO_8859_1);
        WholeFile.write(file, channel -> {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        });
        return new LossFile(new CSVPrinter(Files.newBufferedWriter(file, StandardOpenOption.APPEND), CSV), steps);
    }

    private static List<String> kept(Path file, long steps) throws IOException {
        // Latin-1 takes any bytes, so that a damaged line is one that does not match.
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        List<String> kept = new ArrayList<>();
        // A file of a run that went on in this folder begins with that run's first step.
        long next = -1;
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().skip(1).toList()) {
            Matcher matcher = LINE.matcher(line);
            long step = matcher.matches() ? Long.parseLong(matcher.group(1)) : Long.MAX_VALUE;
            if (step > steps || next >= 0 && step != next) {
                break;
            }
            kept.add(line);
            next = step + 1;
        }
        return kept;
    }

    /** Adds a step. */
    void add(int epoch, double lr, double loss) throws IOException {
        // Nine digits tell any two floats apart, so two runs can be compared step by step.
        printer.printRecord(++steps, epoch, String.format(Locale.ROOT, "%.6g", lr), String.format(Locale.ROOT, "%.9g", loss));
        printer.flush();
    }

    /** Steps of the whole run so far. */
    long steps() {
        return steps;
    }

    @Override
    public void close() throws IOException {
        printer.close();
    }
}
