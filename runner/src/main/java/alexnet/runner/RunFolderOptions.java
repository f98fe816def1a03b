package alexnet.runner;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import alexnet.core.training.RunFolder;
import alexnet.core.training.RunFolderException;
import alexnet.core.training.RunStart;
import picocli.CommandLine.Option;

/** Where a training run begins, and where its results go. */
final class RunFolderOptions {

    @Option(names = {"-o", "--output"}, paramLabel = "FOLDER",
            description = "Where the results go, those of one run alone. Default: a new folder in runs/; with --resume, the"
                    + " checkpoint's folder, if that is its newest.")
    private Path output;

    @Option(names = "--resume", paramLabel = "FILE",
            description = "Go on from this checkpoint, with its options where none are given.")
    private Path resume;

    @Option(names = "--overwrite",
            description = "Discard what the output folder holds of another run, or of later epochs than the checkpoint's.")
    private boolean overwrite;

    /** The checkpoint to go on from; null for a new run. */
    Path resume() {
        return resume;
    }

    /**
     * Makes sure that the run may write to the folder that the options name, if they do; before the data are read, which may
     * take long.
     *
     * @throws RunFolderException if it may not
     * @throws OutputException    if the folder cannot be read
     */
    void requireRoom(RunStart start) {
        if (isGiven()) {
            try {
                RunFolder.requireRoom(given(), start, overwrite);
            } catch (IOException failure) {
                throw new OutputException(given(), failure);
            }
        }
    }

    /**
     * Claims the folder.
     *
     * @param data what the user calls the data set, for the name of a new folder
     * @throws RunFolderException if the run may not write to it, or another does
     * @throws OutputException    if it cannot be made or written
     */
    RunFolder claim(RunStart start, String data) {
        Path folder = isGiven() ? given() : Path.of("runs", Path.of(data).toAbsolutePath().normalize().getFileName() + "-"
                + LocalDateTime.now().format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT)));
        try {
            return isGiven() ? RunFolder.claim(folder, start, overwrite) : RunFolder.create(folder);
        } catch (IOException failure) {
            throw new OutputException(folder, failure);
        }
    }

    private boolean isGiven() {
        return output != null || resume != null;
    }

    private Path given() {
        return output != null ? output : resume.toAbsolutePath().normalize().getParent();
    }
}
