package alexnet.core.training;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.checkpoint.SafetensorsReader;

/**
 * What a folder holds when a run is to write to it.
 *
 * @param folder need not be there
 */
record FolderContents(Path folder) {

    /**
     * Makes sure that a run takes nothing away: no table that is no run's, and no results of another run or of later epochs
     * than it begins behind, unless the user says so.
     *
     * @param overwrite whether results may be discarded
     * @throws RunFolderException saying what there is and what to do
     * @throws IOException        if a file cannot be read
     */
    void requireRoom(RunStart start, boolean overwrite) throws IOException {
        requireTable(RunFolder.METRICS, MetricsFile.HEADER);
        requireTable(RunFolder.LOSSES, LossFile.HEADER);
        if (!overwrite) {
            requireNoOtherRun(start);
            requireNoLaterEpochs(start);
        }
    }

    private void requireTable(String name, String header) throws IOException {
        Path file = folder.resolve(name);
        if (!Files.exists(file)) {
            return;
        }
        if (Files.isRegularFile(file)) {
            try (InputStream in = Files.newInputStream(file)) {
                String start = new String(in.readNBytes(header.length() + 1), StandardCharsets.ISO_8859_1);
                if (start.isEmpty() || start.equals(header + "\n") || start.equals(header + "\r")) {
                    return;
                }
            }
        }
        throw new RunFolderException(file + " is not a training run's: name another folder by --output, or move it away");
    }

    private void requireNoOtherRun(RunStart start) throws IOException {
        boolean other = start.epoch() == 0 && MetricsFile.lastEpoch(folder.resolve(RunFolder.METRICS)) > 0;
        for (Path checkpoint : checkpoints()) {
            other |= !start.sharesRunWith(history(checkpoint));
        }
        if (other) {
            Path last = folder.resolve(RunFolder.LAST);
            throw new RunFolderException(folder + " holds the results of " + (start.epoch() == 0 ? "an earlier" : "another")
                    + " run: name another folder by --output, " + (Files.exists(last) ? "go on by --resume " + last + ", " : "")
                    + "or discard them by --overwrite");
        }
    }

    private void requireNoLaterEpochs(RunStart start) throws IOException {
        int last = MetricsFile.lastEpoch(folder.resolve(RunFolder.METRICS));
        for (Path checkpoint : checkpoints()) {
            last = Math.max(last, history(checkpoint).size());
        }
        if (last > start.epoch()) {
            throw new RunFolderException(start.checkpoint() + " is of epoch " + start.epoch() + ", but " + folder + " goes on to epoch " + last
                    + ": name another folder by --output, or discard what is later by --overwrite");
        }
    }

    /** Whether the best checkpoint is there and of no epoch that the run begins behind. */
    boolean bestIsForeignTo(RunStart start) {
        Path best = folder.resolve(RunFolder.BEST);
        return Files.exists(best) && !start.includes(history(best));
    }

    private List<Path> checkpoints() {
        return List.of(folder.resolve(RunFolder.LAST), folder.resolve(RunFolder.BEST)).stream().filter(Files::exists).toList();
    }

    /** The epochs of a checkpoint; none if it isn't there or cannot be read. */
    static List<EpochMetrics> history(Path checkpoint) {
        try (SafetensorsReader reader = SafetensorsReader.open(checkpoint)) {
            return Checkpoint.read(reader).history();
        } catch (CheckpointException unusable) {
            return List.of();
        }
    }
}
