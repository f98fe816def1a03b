package alexnet.core.training;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import alexnet.core.checkpoint.WholeFile;

/**
 * The folder that a training run writes to, and no other run at the same time:
 *
 * <pre>
 *   last.safetensors   the checkpoint of the last finished epoch; a run resumes from it
 *   best.safetensors   the one with the highest validation top-1
 *   metrics.csv        a line an epoch
 *   losses.csv         a line a step
 * </pre>
 *
 * <p>It is claimed before the work that a run begins with, and nothing in it changes until {@link #begin}.
 */
public final class RunFolder implements AutoCloseable {

    /** Writes a checkpoint to a path, all or nothing. */
    @FunctionalInterface
    public interface CheckpointWriter {
        void write(Path file) throws IOException;
    }

    /** The checkpoint of the last finished epoch. */
    static final String LAST = "last.safetensors";
    /** The checkpoint with the highest validation top-1. */
    static final String BEST = "best.safetensors";
    /** A line an epoch. */
    static final String METRICS = "metrics.csv";
    /** A line a step. */
    static final String LOSSES = "losses.csv";

    private final Path folder;
    private final boolean made;
    private final RunStart start;
    private final FolderLock lock;
    private LossFile losses;
    private boolean bestIsForeign;
    private Path newest;

    private RunFolder(Path folder, boolean made, RunStart start) throws IOException {
        this.folder = folder;
        this.made = made;
        this.start = start;
        this.newest = start.checkpoint();
        this.lock = FolderLock.take(folder);
    }

    /**
     * Makes sure, without a trace, that a run may write to a folder.
     *
     * @param overwrite whether results of other runs and of later epochs may be discarded
     * @throws RunFolderException if it may not
     * @throws IOException        if the folder cannot be read
     */
    public static void requireRoom(Path folder, RunStart start, boolean overwrite) throws IOException {
        new FolderContents(folder).requireRoom(start, overwrite);
    }

    /**
     * Claims a folder, which is made if it isn't there, and proves that it can be written.
     *
     * @param overwrite whether results of other runs and of later epochs may be discarded
     * @throws RunFolderException if the run may not write to it, or another does
     * @throws IOException        if it cannot be made or written
     */
    public static RunFolder claim(Path folder, RunStart start, boolean overwrite) throws IOException {
        boolean made = !Files.isDirectory(folder);
        if (made) {
            Files.createDirectories(folder);
        }
        RunFolder claimed = new RunFolder(folder, made, start);
        try {
            // Once more: another run may just have ended.
            requireRoom(folder, start, overwrite);
            return claimed;
        } catch (IOException | RuntimeException refused) {
            claimed.close();
            throw refused;
        }
    }

    /**
     * Makes and claims a folder that wasn't there: of that name, or with a number behind it.
     *
     * @throws IOException if it cannot be made
     */
    public static RunFolder create(Path name) throws IOException {
        Files.createDirectories(name.toAbsolutePath().getParent());
        Path folder = name;
        for (int number = 2; ; number++) {
            try {
                return new RunFolder(Files.createDirectory(folder), true, RunStart.NEW);
            } catch (FileAlreadyExistsException taken) {
                folder = name.resolveSibling(name.getFileName() + "-" + number);
            }
        }
    }

    /**
     * Starts the tables, with the epochs and steps done before, and takes away what a run that was killed has left.
     *
     * @throws IOException if they cannot be written
     */
    public void begin() throws IOException {
        for (String name : List.of(LAST, BEST, METRICS, LOSSES)) {
            WholeFile.sweep(folder.resolve(name));
        }
        bestIsForeign = new FolderContents(folder).bestIsForeignTo(start);
        MetricsFile.write(folder.resolve(METRICS), start.history());
        losses = LossFile.open(folder.resolve(LOSSES), start.steps());
    }

    /** Where it is. */
    public Path path() {
        return folder;
    }

    private Path last() {
        return folder.resolve(LAST);
    }

    private Path best() {
        return folder.resolve(BEST);
    }

    /** Adds a step to losses.csv. */
    public void step(int epoch, double lr, double loss) throws IOException {
        losses.add(epoch, lr, loss);
    }

    /** Training steps of the whole run so far. */
    public long steps() {
        return losses.steps();
    }

    /** Writes the epoch's checkpoint and metrics. */
    public void epoch(List<EpochMetrics> history, CheckpointWriter checkpoint) throws IOException {
        checkpoint.write(last());
        newest = last();
        if (bestEpoch(history).equals(history.getLast())) {
            WholeFile.link(last(), best());
        } else if (bestIsForeign) {
            Files.delete(best());
        }
        bestIsForeign = false;
        MetricsFile.write(folder.resolve(METRICS), history);
    }

    /** The last checkpoint of the run: its own or, before there is one, that which it began with; none in a new run's first epoch. */
    public Optional<Path> newest() {
        return Optional.ofNullable(newest).filter(Files::exists);
    }

    /** The epoch with the highest validation top-1; of equal ones the first. */
    public static EpochMetrics bestEpoch(List<EpochMetrics> history) {
        return history.stream().max(Comparator.comparingDouble(EpochMetrics::top1)).orElseThrow();
    }

    /**
     * The checkpoint of an epoch, if there is one: a run that goes on in another folder than it began in has that of its best
     * epoch here, in the folder that it comes from, or nowhere.
     *
     * @param history the epochs up to this one
     */
    public Optional<Path> checkpointOf(List<EpochMetrics> history) {
        Stream<Path> before = start.checkpoint() == null ? Stream.of()
                : Stream.of(start.checkpoint(), start.checkpoint().resolveSibling(BEST));
        return Stream.concat(Stream.of(best()), before)
                .filter(file -> Files.exists(file) && FolderContents.history(file).equals(history)).findFirst();
    }

    /** Ends the run's claim; a folder that was made for it and in which it never began is deleted. */
    @Override
    public void close() {
        try (lock) {
            if (losses != null) {
                losses.close();
            } else if (made) {
                lock.discardFolder();
            }
        } catch (IOException ignored) {
            // Every line has been written when its step was done.
        }
    }
}
