package alexnet.core.run;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.checkpoint.SafetensorsReader;
import alexnet.core.checkpoint.UnreadableCheckpointException;

/**
 * The checkpoints in a run's folder, each under the step that it was written behind.
 *
 * @param run the run's folder, which need not be there
 */
record Checkpoints(Path run) {

    /** Their folder. */
    static final String FOLDER = "checkpoints";
    private static final Pattern NAME = Pattern.compile("step-(\\d{8,18})\\.safetensors");
    private static final Pattern TEMPORARY = Pattern.compile("\\." + NAME + "\\.\\d{1,18}\\.tmp");

    /** The folder of the run that a checkpoint lies in. */
    static Path runOf(Path checkpoint) {
        Path folder = checkpoint.toAbsolutePath().normalize().getParent();
        return folder.endsWith(FOLDER) ? folder.getParent() : folder;
    }

    /** That of a step. */
    Path file(long step) {
        return folder().resolve(String.format(Locale.ROOT, "step-%08d.safetensors", step));
    }

    Path last() {
        return run.resolve(RunFolder.LAST);
    }

    Path best() {
        return run.resolve(RunFolder.BEST);
    }

    private Path folder() {
        return run.resolve(FOLDER);
    }

    /** Makes their folder, and takes away what a run that was killed has left in it. */
    void begin() throws IOException {
        Files.createDirectories(folder());
        for (Path file : files()) {
            if (TEMPORARY.matcher(file.getFileName().toString()).matches()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(folder())) {
            return List.of();
        }
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder())) {
            all.forEach(files::add);
        } catch (DirectoryIteratorException failure) {
            throw failure.getCause();
        }
        return files;
    }

    /** The steps of which there are checkpoints, by the names of the files, and these. */
    NavigableMap<Long, Path> steps() throws IOException {
        NavigableMap<Long, Path> steps = new TreeMap<>();
        for (Path file : files()) {
            Matcher name = NAME.matcher(file.getFileName().toString());
            if (name.matches()) {
                steps.put(Long.parseLong(name.group(1)), file);
            }
        }
        return steps;
    }

    /** The last and the best, where they are no second names of those by step. */
    List<Path> named() throws IOException {
        List<Path> named = new ArrayList<>();
        for (Path file : List.of(last(), best())) {
            if (Files.exists(file) && !isOneOf(file, steps().values())) {
                named.add(file);
            }
        }
        return named;
    }

    /** Deletes those of later steps. */
    void discardBehind(long step) throws IOException {
        for (Path file : steps().tailMap(step, false).values()) {
            Files.deleteIfExists(file);
        }
    }

    /**
     * Deletes those that are not to be kept.
     *
     * @return whether there were some
     */
    boolean prune(int keep, long keepEvery) throws IOException {
        boolean pruned = false;
        NavigableMap<Long, Path> steps = steps();
        Set<Long> kept = kept(steps.navigableKeySet().stream().toList(), keep, keepEvery);
        for (var entry : steps.entrySet()) {
            if (!kept.contains(entry.getKey())) {
                pruned |= Files.deleteIfExists(entry.getValue());
            }
        }
        return pruned;
    }

    /**
     * Which of the checkpoints stay.
     *
     * @param steps     of all, ascending
     * @param keep      so many of the newest stay
     * @param keepEvery of each stretch of so many steps, but the first, its first one stays for ever; 0 is none
     */
    static Set<Long> kept(List<Long> steps, int keep, long keepEvery) {
        Set<Long> kept = new HashSet<>(steps.subList(Math.max(0, steps.size() - keep), steps.size()));
        long stretch = 0;
        for (long step : steps) {
            if (keepEvery > 0 && step / keepEvery > stretch) {
                stretch = step / keepEvery;
                kept.add(step);
            }
        }
        return kept;
    }

    /**
     * Opens the newest checkpoint that can be gone on from.
     *
     * @param tell is told of every one that cannot, in a line
     * @return none if there is none at all; else to be closed
     * @throws CheckpointException if there are some, but all are damaged, or if one cannot be read that may be good
     * @throws IOException         if the folder cannot be read
     */
    Optional<OpenSnapshot> newestGood(Consumer<String> tell) throws IOException {
        List<Path> files = new ArrayList<>(steps().descendingMap().values());
        files.addAll(named());
        OpenSnapshot newest = null;
        int damaged = 0;
        for (Path file : files) {
            // Those by step come first, in their order; of what has another name, the file itself says how new it is.
            if (newest != null && NAME.matcher(file.getFileName().toString()).matches()) {
                continue;
            }
            try {
                if (newest == null || state(file).step() > newest.content().state().step()) {
                    OpenSnapshot newer = OpenSnapshot.open(file);
                    if (newest != null) {
                        newest.close();
                    }
                    newest = newer;
                }
            } catch (UnreadableCheckpointException perhapsGood) {
                if (newest != null) {
                    newest.close();
                }
                throw perhapsGood;
            } catch (CheckpointException unfit) {
                damaged++;
                tell.accept(passedOver(unfit));
            }
        }
        if (newest == null && damaged > 0) {
            throw new CheckpointException("none of the " + damaged + " checkpoints in " + run
                    + " can be used: bring back one of them, or start anew in another folder by --output");
        }
        return Optional.ofNullable(newest);
    }

    /**
     * Where a run would begin from the newest one that can be gone on from, behind that step or before it.
     *
     * @param tell is told of every one that cannot, in a line
     * @throws CheckpointException if one cannot be read that may be good
     */
    Optional<RunStart> newestGood(long step, Consumer<String> tell) throws IOException {
        for (Path file : steps().headMap(step, true).descendingMap().values()) {
            try (OpenSnapshot open = OpenSnapshot.open(file)) {
                return Optional.of(open.start());
            } catch (UnreadableCheckpointException perhapsGood) {
                throw perhapsGood;
            } catch (CheckpointException unfit) {
                tell.accept(passedOver(unfit));
            }
        }
        return Optional.empty();
    }

    private static String passedOver(CheckpointException unfit) {
        return unfit.getMessage() + "; it is passed over";
    }

    private static boolean isOneOf(Path named, Collection<Path> files) throws IOException {
        for (Path file : files) {
            if (Files.isSameFile(named, file)) {
                return true;
            }
        }
        return false;
    }

    /** What a checkpoint stands at; its tensors are not looked at. */
    static RunState state(Path file) {
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            return Snapshot.read(reader).state();
        }
    }
}
