package alexnet.core.training;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/**
 * The folder that a training run writes to:
 *
 * <pre>
 *   last.safetensors   the checkpoint of the last finished epoch; a run resumes from it
 *   best.safetensors   the one with the highest validation top-1
 *   metrics.csv        a line an epoch
 *   losses.csv         a line a step
 * </pre>
 */
public final class RunFolder implements AutoCloseable {

    /** Writes a checkpoint to a path, all or nothing. */
    @FunctionalInterface
    public interface CheckpointWriter {
        void write(Path file) throws IOException;
    }

    /** The name of the checkpoint of the last finished epoch. */
    public static final String LAST = "last.safetensors";

    private static final CSVFormat CSV = CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();

    /** A line of losses.csv: step, epoch, learning rate, loss. */
    private static final Pattern LOSS = Pattern.compile("\\d+,\\d+,[0-9.e+-]+,[0-9.e+-]+");

    private final Path folder;
    private final CSVPrinter losses;
    private long steps;

    /**
     * Makes the folder and proves that it can be written, before any work is done.
     *
     * @param history epochs trained before, whose metrics the new file starts with
     * @param steps   training steps done before
     * @throws IOException if the folder cannot be made or written
     */
    public RunFolder(Path folder, List<EpochMetrics> history, long steps) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.steps = steps;
        writeMetrics(history);
        losses = openLosses();
    }

    /** Keeps the lines of the steps done before, as far as they are there and whole; a run that was cut off may have left more. */
    private CSVPrinter openLosses() throws IOException {
        Path file = folder.resolve("losses.csv");
        List<String> kept = new ArrayList<>(List.of("step,epoch,lr,loss"));
        if (steps > 0 && Files.exists(file)) {
            // Latin-1 takes any bytes, so that a damaged line is one that does not match.
            try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
                lines.skip(1).takeWhile(line -> LOSS.matcher(line).matches()).limit(steps).forEach(kept::add);
            }
        }
        Writer writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
        writer.write(String.join("\n", kept) + "\n");
        writer.flush();
        return new CSVPrinter(writer, CSV);
    }

    /** The checkpoint that resuming takes. */
    public Path last() {
        return folder.resolve(LAST);
    }

    /** The checkpoint with the highest validation top-1. */
    public Path best() {
        return folder.resolve("best.safetensors");
    }

    /** Adds a step to losses.csv. */
    public void step(int epoch, double lr, double loss) throws IOException {
        // Nine digits tell any two floats apart, so two runs can be compared step by step.
        losses.printRecord(++steps, epoch, String.format(Locale.ROOT, "%.6g", lr), String.format(Locale.ROOT, "%.9g", loss));
    }

    /** Writes the epoch's checkpoint and metrics. */
    public void epoch(List<EpochMetrics> history, CheckpointWriter checkpoint) throws IOException {
        losses.flush();
        checkpoint.write(last());
        double newest = history.getLast().top1();
        boolean highest = history.stream().limit(history.size() - 1L).allMatch(metrics -> metrics.top1() < newest);
        if (highest) {
            replaceWithLink(best());
        }
        writeMetrics(history);
    }

    /** A second name for the last checkpoint costs no space; it stays when last is replaced by the next. */
    private void replaceWithLink(Path file) throws IOException {
        Path temporary = folder.resolve(file.getFileName() + ".tmp");
        Files.deleteIfExists(temporary);
        try {
            Files.createLink(temporary, last());
        } catch (UnsupportedOperationException | IOException noLinks) {
            Files.copy(last(), temporary, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The whole file again, so that a resumed run has no lines of epochs that were lost. */
    private void writeMetrics(List<EpochMetrics> history) throws IOException {
        Path file = folder.resolve("metrics.csv");
        Path temporary = folder.resolve("metrics.csv.tmp");
        try (CSVPrinter printer = new CSVPrinter(Files.newBufferedWriter(temporary, StandardCharsets.UTF_8), CSV)) {
            printer.printRecord("epoch", "lr", "train_loss", "val_loss", "val_top1", "val_top5", "images_per_second", "seconds");
            for (EpochMetrics m : history) {
                printer.printRecord(m.epoch(), format(m.lr()), format(m.trainingLoss()), format(m.validationLoss()),
                        format(m.top1()), format(m.top5()), format(m.imagesPerSecond()), format(m.seconds()));
            }
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String format(double value) {
        return String.format(Locale.ROOT, "%.6g", value);
    }

    @Override
    public void close() throws IOException {
        losses.close();
    }
}
