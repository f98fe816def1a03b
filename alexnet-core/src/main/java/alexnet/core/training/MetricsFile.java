package alexnet.core.training;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.apache.commons.csv.CSVPrinter;

import alexnet.core.checkpoint.WholeFile;

/** metrics.csv, a line an epoch. */
final class MetricsFile {

    static final String HEADER = "epoch,lr,train_loss,val_loss,val_top1,val_top5,images_per_second,seconds";

    private static final Pattern EPOCH = Pattern.compile("(\\d{1,9}),.*");

    private MetricsFile() {
    }

    /** Writes the whole file again, so that a resumed run has no lines of epochs that were lost. */
    static void write(Path file, List<EpochMetrics> history) throws IOException {
        WholeFile.write(file, channel -> {
            CSVPrinter printer = new CSVPrinter(Channels.newWriter(channel, StandardCharsets.UTF_8), LossFile.CSV);
            printer.printRecord((Object[]) HEADER.split(","));
            for (EpochMetrics m : history) {
                printer.printRecord(m.epoch(), format(m.lr()), format(m.trainingLoss()), format(m.validationLoss()),
                        format(m.top1()), format(m.top5()), format(m.imagesPerSecond()), format(m.seconds()));
            }
            printer.flush();
        });
    }

    private static String format(double value) {
        return String.format(Locale.ROOT, "%.6g", value);
    }

    /** The last epoch that the file tells of; 0 if there is none, or no file. */
    static int lastEpoch(Path file) throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return lines.map(EPOCH::matcher).filter(Matcher::matches).mapToInt(line -> Integer.parseInt(line.group(1))).max().orElse(0);
        }
    }
}
