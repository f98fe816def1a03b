package alexnet.runner;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.run.CheckpointOptions;
import alexnet.core.run.OpenSnapshot;
import alexnet.core.run.RunFolder;
import alexnet.core.run.RunFolderException;
import alexnet.core.run.RunStart;
import alexnet.core.training.Interval;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where a training run begins, and where its results go. */
@Section("Output")
final class RunFolderOptions {

    private static final String AUTO = "auto";
    private static final int DEFAULT_MAX_ROLLBACKS = 3;

    /** What {@code --on-divergence} takes. */
    enum OnDivergence {
        STOP, ROLLBACK;

        /** The name as users write it. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = {"-o", "--output"}, paramLabel = "FOLDER",
            description = "Where the results go, those of one run alone. Default: a new folder in runs/; with --resume, the"
                    + " checkpoint's folder, if that is its newest.")
    private Path output;

    @Option(names = "--resume", paramLabel = "FILE|auto",
            description = "Go on from this checkpoint, with its options where none are given; auto: from the newest good one in the"
                    + " output folder, or anew where there is none, so that one command both starts and goes on.")
    private String resume;

    @Option(names = "--overwrite",
            description = "Discard what the output folder holds of another run, or of later steps than the checkpoint's.")
    private boolean overwrite;

    @Option(names = "--checkpoint-every", paramLabel = "INTERVAL", converter = IntervalConverter.class,
            description = "Write a checkpoint after so many steps (500), so much time (15m, 2h) or so many epochs (1e, 0.5e), beside those"
                    + " of the best measurements and of the end. Default: 1e.")
    private Interval checkpointEvery = CheckpointOptions.STANDARD.every();

    @Option(names = "--keep", paramLabel = "K", description = "Keep the newest so many checkpoints, and the best. Default: 2.")
    private int keep = CheckpointOptions.STANDARD.keep();

    @Option(names = "--keep-every", paramLabel = "INTERVAL", converter = IntervalConverter.class,
            description = "Keep for ever the first checkpoint after each so many steps or epochs. Default: none.")
    private Interval keepEvery;

    @Section("Run")
    @Option(names = "--on-divergence", paramLabel = "stop|rollback",
            description = "What to do when a loss or a weight is no longer a number: stop, or go back to the last good checkpoint (without"
                    + " one, to the beginning) with half the rate from then on. Default: ${DEFAULT-VALUE}.")
    private OnDivergence onDivergence = OnDivergence.STOP;

    @Section("Run")
    @Option(names = "--max-rollbacks", paramLabel = "N",
            description = "How often the whole run may go back; then it stops. Default: ${DEFAULT-VALUE}.")
    private int maxRollbacks = DEFAULT_MAX_ROLLBACKS;

    /** Whether to go on where the output folder stands. */
    boolean auto() {
        return AUTO.equals(resume);
    }

    /** Whether an earlier run goes on, or would if there were one. */
    boolean resumes() {
        return resume != null;
    }

    /**
     * Opens the checkpoint to go on from; none for a new run.
     *
     * @param err   is told of damaged ones
     * @param news  is told which one it is
     * @param ranks of which the first looks for it, for all
     * @throws CheckpointException if the one that was named cannot be used, or all are damaged that are in the output folder
     * @throws OutputException     if the folder cannot be read
     */
    Optional<OpenSnapshot> start(PrintWriter err, PrintWriter news, Ranks ranks) {
        return ranks.share(ranks.isFirst() ? start(err, news) : Optional.empty());
    }

    private Optional<OpenSnapshot> start(PrintWriter err, PrintWriter news) {
        if (!auto()) {
            return Optional.ofNullable(resume).map(this::path).map(OpenSnapshot::open);
        }
        Usage.require(spec, output != null, "--resume auto needs --output, where to look for a checkpoint");
        try {
            Optional<OpenSnapshot> newest = RunFolder.newestGood(output, err::println);
            news.println(newest.map(checkpoint -> "going on from " + checkpoint.file()).orElse("no checkpoint in " + output + " yet: starting anew"));
            return newest;
        } catch (IOException failure) {
            throw new OutputException(output, failure);
        }
    }

    private Path path(String file) {
        Usage.require(spec, !file.isEmpty(), "--resume is empty, must be a file or " + AUTO);
        return Path.of(file);
    }

    /** Whether a run that has nothing left to do is no mistake. */
    boolean mayBeComplete() {
        return auto();
    }

    OnDivergence onDivergence() {
        return onDivergence;
    }

    int maxRollbacks() {
        return maxRollbacks;
    }

    /** How often a run that diverges may go back. */
    int rollbacks() {
        Usage.requireAtLeast(spec, "--max-rollbacks", maxRollbacks, 1);
        return onDivergence == OnDivergence.ROLLBACK ? maxRollbacks : 0;
    }

    /** When checkpoints are written, and which stay. */
    CheckpointOptions checkpoints() {
        try {
            return new CheckpointOptions(checkpointEvery, keep, keepEvery);
        } catch (IllegalArgumentException impossible) {
            throw Usage.mistake(spec, impossible.getMessage());
        }
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
                // What is later than the newest good checkpoint are damaged ones alone.
                RunFolder.requireRoom(given(), start, overwrite || auto());
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
            if (auto()) {
                return RunFolder.claimNewest(folder, start);
            }
            return isGiven() ? RunFolder.claim(folder, start, overwrite) : RunFolder.create(folder);
        } catch (IOException failure) {
            throw new OutputException(folder, failure);
        }
    }

    /**
     * Ends what a run that has nothing left to do was killed at.
     *
     * @throws RunFolderException if another run writes to the folder
     * @throws OutputException    if it cannot be written
     */
    void settle(RunStart start) {
        try (RunFolder results = RunFolder.claimNewest(output, start)) {
            results.settle(checkpoints());
        } catch (IOException failure) {
            throw new OutputException(output, failure);
        }
    }

    private boolean isGiven() {
        return output != null || resume != null;
    }

    private Path given() {
        return output != null ? output : RunFolder.of(path(resume));
    }
}
