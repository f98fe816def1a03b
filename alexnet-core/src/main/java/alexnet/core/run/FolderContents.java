package alexnet.core.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.checkpoint.UnreadableCheckpointException;
import alexnet.core.run.sink.LossFile;
import alexnet.core.run.sink.MetricsFile;
import alexnet.core.run.sink.ProvenanceFiles;
import alexnet.core.run.sink.WarningFile;

/**
 * What a folder holds when a run is to write to it.
 *
 * @param folder need not be there
 */
record FolderContents(Path folder) {

    /**
     * Makes sure that a run takes nothing away: no table that is no run's, and no checkpoint of another run or of later steps
     * than it begins behind, unless the user says so. Lines of later steps without a checkpoint are lost anyway.
     *
     * @param overwrite whether results may be discarded
     * @throws RunFolderException saying what there is and what to do
     * @throws IOException        if a file cannot be read
     */
    void requireRoom(RunStart start, boolean overwrite) throws IOException {
        requireTable(MetricsFile.NAME, MetricsFile.HEADERS);
        requireTable(LossFile.NAME, LossFile.HEADERS);
        requireTable(WarningFile.NAME, WarningFile.HEADERS);
        for (String name : ProvenanceFiles.NAMES) {
            if (!ProvenanceFiles.isOurs(folder.resolve(name))) {
                throw foreign(folder.resolve(name));
            }
        }
        if (!overwrite) {
            requireNoOtherRun(start);
            requireNoLaterSteps(start);
        }
    }

    private void requireTable(String name, List<String> headers) throws IOException {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            return;
        }
        if (Files.isRegularFile(file)) {
            int longest = headers.stream().mapToInt(String::length).max().orElseThrow();
            try (InputStream in = Files.newInputStream(file)) {
                String start = new String(in.readNBytes(longest + 1), StandardCharsets.ISO_8859_1);
                if (start.isEmpty() || headers.stream().anyMatch(header -> start.startsWith(header + "\n") || start.startsWith(header + "\r"))) {
                    return;
                }
            }
        }
        throw foreign(file);
    }

    private static RunFolderException foreign(Path file) {
        return new RunFolderException(file + " is not a training run's: name another folder by --output, or move it away");
    }

    private void requireNoOtherRun(RunStart start) throws IOException {
        Checkpoints checkpoints = new Checkpoints(folder);
        boolean other = start.isNew() && (MetricsFile.hasLines(folder.resolve(MetricsFile.NAME)) || !checkpoints.steps().isEmpty());
        for (Path file : checkpoints.steps().values()) {
            // One that is damaged may be this run's, as its name says of which step.
            other |= state(file).filter(state -> !start.sharesRunWith(state.history())).isPresent();
        }
        for (Path file : checkpoints.named()) {
            other |= state(file).filter(state -> start.sharesRunWith(state.history())).isEmpty();
        }
        if (other) {
            Path last = checkpoints.last();
            throw new RunFolderException(folder + " holds the results of " + (start.isNew() ? "an earlier" : "another")
                    + " run: name another folder by --output, " + (Files.exists(last) ? "go on by --resume " + last + ", " : "")
                    + "or discard them by --overwrite");
        }
    }

    private void requireNoLaterSteps(RunStart start) throws IOException {
        Checkpoints checkpoints = new Checkpoints(folder);
        long last = checkpoints.steps().isEmpty() ? 0 : checkpoints.steps().lastKey();
        for (Path file : checkpoints.named()) {
            last = Math.max(last, state(file).map(RunState::step).orElse(0L));
        }
        if (last > start.state().step()) {
            throw new RunFolderException(start.checkpoint() + " is of step " + start.state().step() + ", but " + folder + " goes on to step " + last
                    + ": name another folder by --output, or discard what is later by --overwrite");
        }
    }

    /** Whether the best checkpoint is there and of no place that the run has come by. */
    boolean bestIsForeignTo(RunStart start) {
        Path best = new Checkpoints(folder).best();
        return Files.exists(best) && (start.isNew() || state(best).filter(start::includes).isEmpty());
    }

    /**
     * What a checkpoint stands at; none if it isn't there or is damaged.
     *
     * @throws UnreadableCheckpointException if it cannot be read, but may be good
     */
    static Optional<RunState> state(Path checkpoint) {
        try {
            return Optional.of(Checkpoints.state(checkpoint));
        } catch (UnreadableCheckpointException perhapsGood) {
            throw perhapsGood;
        } catch (CheckpointException unusable) {
            return Optional.empty();
        }
    }
}
