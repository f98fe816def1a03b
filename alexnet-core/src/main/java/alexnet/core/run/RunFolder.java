package alexnet.core.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.checkpoint.FolderLock;
import alexnet.core.checkpoint.WholeFile;
import alexnet.core.run.event.Metrics;
import alexnet.core.run.event.RunSink;
import alexnet.core.run.event.Sinks;
import alexnet.core.run.sink.LossFile;
import alexnet.core.run.sink.MetricsFile;
import alexnet.core.run.sink.ProvenanceFiles;
import alexnet.core.training.Interval;

/**
 * The folder that a training run writes to, and no other run at the same time:
 *
 * <pre>
 *   checkpoints/step-00001200.safetensors   the newest ones, and those that stay for ever
 *   last.safetensors   the newest; a run resumes from it
 *   best.safetensors   the one with the highest validation top-1
 *   metrics.csv        a line a measurement
 *   losses.csv         a line a step
 *   warnings.csv       a line a warning
 *   config.yaml, architecture.yaml, config.json, environment.json, tensorboard    by sinks of {@link alexnet.core.run.sink}
 * </pre>
 *
 * <p>It is claimed before the work that a run begins with, and nothing in it changes until {@link #begin}.
 */
public final class RunFolder implements AutoCloseable {

    /** The newest checkpoint, under a second name. */
    public static final String LAST = "last.safetensors";
    /** That of the highest validation top-1, under a second name. */
    public static final String BEST = "best.safetensors";

    private final Path folder;
    private final Checkpoints checkpoints;
    private final boolean made;
    private final RunStart start;
    private final FolderLock lock;
    private boolean begun;
    /** Written by the thread that saves. */
    private volatile Path newest;
    /** Whether a checkpoint of the run has been deleted because of later ones; written by the thread that saves. */
    private volatile boolean pruned;

    private RunFolder(Path folder, boolean made, RunStart start) throws IOException {
        this.folder = folder;
        this.checkpoints = new Checkpoints(folder);
        this.made = made;
        this.start = start;
        this.newest = start.checkpoint();
        this.lock = FolderLock.take(folder, () -> new RunFolderException("another run is writing to " + folder
                + ": wait until it is over, or name another folder by --output"));
    }

    /** The folder of the run that a checkpoint lies in. */
    public static Path of(Path checkpoint) {
        return Checkpoints.runOf(checkpoint);
    }

    /**
     * Opens the newest checkpoint of a folder, which need not be there, that can be gone on from.
     *
     * @param tell is told of every newer one that is damaged, in a line
     * @return none if there is none at all; else to be closed
     * @throws CheckpointException if there are some, but all are damaged, or if one cannot be read that may be good
     * @throws IOException         if the folder cannot be read
     */
    public static Optional<OpenSnapshot> newestGood(Path folder, Consumer<String> tell) throws IOException {
        return new Checkpoints(folder).newestGood(tell);
    }

    /**
     * Makes sure, without a trace, that a run may write to a folder.
     *
     * @param overwrite whether results of other runs and of later steps may be discarded
     * @throws RunFolderException if it may not
     * @throws IOException        if the folder cannot be read
     */
    public static void requireRoom(Path folder, RunStart start, boolean overwrite) throws IOException {
        new FolderContents(folder).requireRoom(start, overwrite);
    }

    /**
     * Claims a folder, which is made if it isn't there, and proves that it can be written.
     *
     * @param overwrite whether results of other runs and of later steps may be discarded
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
     * Claims a folder for a run that goes on from its newest good checkpoint, or begins anew where there is none; all else in it
     * may be discarded.
     *
     * @throws RunFolderException if the run may not write to it, another does, or another has written checkpoints meanwhile
     * @throws IOException        if it cannot be made or written
     */
    public static RunFolder claimNewest(Path folder, RunStart start) throws IOException {
        RunFolder claimed = claim(folder, start, true);
        // Where there is none, null needs no closing.
        try (OpenSnapshot newest = newestGood(folder, _ -> { }).orElse(null)) {
            if (!start.state().equals(newest == null ? RunState.NEW : newest.content().state())) {
                throw new RunFolderException("another run has just ended in " + folder + ": call again");
            }
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
     * Begins the run: keeps under its step what it begins from, wherever that lies, takes away what is later, what is another run's
     * and what a run that was killed has left, and cuts the tables behind the step.
     *
     * @return what writes the tables
     * @throws IOException if they cannot be written
     */
    public List<RunSink> begin() throws IOException {
        begun = true;
        for (Path file : List.of(checkpoints.last(), checkpoints.best(), folder.resolve(MetricsFile.NAME), folder.resolve(LossFile.NAME))) {
            WholeFile.sweep(file);
        }
        for (String name : ProvenanceFiles.NAMES) {
            WholeFile.sweep(folder.resolve(name));
        }
        checkpoints.begin();
        standAt(start);
        return List.of(MetricsFile.open(folder.resolve(MetricsFile.NAME), start.state().history()),
                LossFile.open(folder.resolve(LossFile.NAME), start.state().step()));
    }

    /** Makes the place that the run begins behind the newest that there is a checkpoint of. */
    private void standAt(RunStart place) throws IOException {
        // The further names go first: if the run is killed in between, what is to go must not be found there as the newest.
        if (new FolderContents(folder).bestIsForeignTo(place)) {
            Files.delete(checkpoints.best());
        }
        if (place.isNew()) {
            Files.deleteIfExists(checkpoints.last());
            checkpoints.discardBehind(-1);
            newest = null;
            return;
        }
        long step = place.state().step();
        List<Path> names = new ArrayList<>(List.of(checkpoints.file(step), checkpoints.last()));
        // A run that was killed may have come to its best and not to this name.
        if (place.state().bestIsLast()) {
            names.add(checkpoints.best());
        }
        for (Path name : names) {
            if (!Files.exists(name) || !Files.isSameFile(name, place.checkpoint())) {
                WholeFile.link(place.checkpoint(), name);
            }
        }
        newest = checkpoints.file(step);
        checkpoints.discardBehind(step);
    }

    /**
     * Goes back to the newest checkpoint that can be gone on from, behind a step or before it, and takes away what is later. Where there
     * is none, a run that began anew and of which no checkpoint has been pruned goes back to its beginning, and another to the first
     * checkpoint that there is: the beginning of a long run would be too far back.
     *
     * @param step {@link Long#MAX_VALUE} for the newest of all
     * @param tell is told of every checkpoint that is damaged, in a line
     * @throws CheckpointException if one cannot be read that may be good
     * @throws IOException         if the folder cannot be read or written
     */
    RunStart goBack(long step, Consumer<String> tell) throws IOException {
        Optional<RunStart> earlier = checkpoints.newestGood(step, tell);
        for (long first : checkpoints.steps().keySet()) {
            if (earlier.isEmpty() && (pruned || !start.isNew())) {
                earlier = checkpoints.newestGood(first, _ -> { });
            }
        }
        RunStart place = earlier.orElse(start);
        standAt(place);
        return place;
    }

    /**
     * Ends what a run that has nothing left to do was killed at: gives its end its names, and deletes what is not to be kept.
     *
     * @throws IOException if the folder cannot be written
     */
    public void settle(CheckpointOptions options) throws IOException {
        new Sinks(begin()).close();
        // Without the images nobody knows the steps of an epoch.
        if (!(options.keepEvery() instanceof Interval.Epochs)) {
            checkpoints.prune(options.keep(), options.keepEverySteps(1));
        }
    }

    /** Where it is. */
    public Path path() {
        return folder;
    }

    /**
     * Writes a checkpoint and gives it its further names; then deletes those that are not to be kept.
     *
     * @return its file
     */
    Path save(RunState state, Saving.Content content, int keep, long keepEvery) throws IOException {
        Path file = checkpoints.file(state.step());
        // A checkpoint that is on the disk shall find the lines of its steps there.
        force(folder.resolve(LossFile.NAME));
        force(folder.resolve(MetricsFile.NAME));
        content.write(file, state);
        newest = file;
        WholeFile.link(file, checkpoints.last());
        if (state.bestIsLast()) {
            WholeFile.link(file, checkpoints.best());
        }
        pruned |= checkpoints.prune(keep, keepEvery);
        return file;
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(false);
        }
    }

    /**
     * Makes sure that the folder is still there and this run's.
     *
     * @throws IOException if it was deleted, moved or replaced
     */
    void requireHeld() throws IOException {
        lock.requireHeld();
    }

    /** Whether the run has had a checkpoint, which need not be there any more. */
    public boolean hadCheckpoint() {
        return newest != null;
    }

    /** The last checkpoint of the run: its own or, before there is one, that which it began with; none before a new run's first. */
    public Optional<Path> newest() {
        return Optional.ofNullable(newest).filter(Files::exists);
    }

    /**
     * The checkpoint of a run's best measurement, if there is one: a run that goes on in another folder than it began in has it
     * here, in the folder that it comes from, or nowhere.
     */
    public Optional<Path> checkpointOf(Metrics best) {
        Stream<Path> before = start.isNew() ? Stream.of() : Stream.of(start.checkpoint(), new Checkpoints(of(start.checkpoint())).best());
        return Stream.concat(Stream.of(checkpoints.best()), before).filter(Files::exists)
                .filter(file -> isOf(file, best)).findFirst();
    }

    private static boolean isOf(Path checkpoint, Metrics best) {
        try {
            RunState state = Checkpoints.state(checkpoint);
            return state.bestIsLast() && state.history().getLast().equals(best);
        } catch (CheckpointException unusable) {
            return false;
        }
    }

    /** Ends the run's claim; a folder that was made for it and in which it never began is deleted. */
    @Override
    public void close() {
        try (lock) {
            if (!begun && made) {
                lock.discardFolder();
            }
        } catch (IOException ignored) {
            // Every line has been written when its step was done.
        }
    }
}
