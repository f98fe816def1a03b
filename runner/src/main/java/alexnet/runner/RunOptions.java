package alexnet.runner;

/**
 * The options of a run, as they count, that change nothing of what is learnt unless something goes wrong; they are said anew with every start.
 *
 * @param maxRollbacks of {@code rollback}
 * @param stepTimeout  such as 1800s; 0s waits for ever
 * @param workers      threads that read images ahead
 * @param maxBad       percent of the images that may be left out
 */
record RunOptions(RunFolderOptions.OnDivergence onDivergence, int maxRollbacks, String stepTimeout, int workers, double maxBad) {

    static RunOptions of(RunFolderOptions folder, StepTimeout timeout, DataOptions data) {
        // Six digits of the share, as --max-bad tells them.
        return new RunOptions(folder.onDivergence(), folder.maxRollbacks(), timeout.limit().toSeconds() + "s", data.workers(),
                Math.round(1e6 * data.maxBad().share()) / 1e4);
    }
}
