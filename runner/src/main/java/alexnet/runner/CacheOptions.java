package alexnet.runner;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

import alexnet.core.data.Dataset;
import alexnet.core.data.Fingerprint;
import alexnet.core.data.MaxBad;
import alexnet.core.data.Opening;
import alexnet.core.data.Preprocessing;
import alexnet.core.data.shard.CachedSet;
import alexnet.core.data.shard.SetSize;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What becomes of images that do not fit into memory. */
@Section("Data")
final class CacheOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--cache", paramLabel = "FOLDER",
            description = "A set that is too large for memory is decoded once into this folder, which stays for further runs, and read from there."
                    + " What it will take is told before. Default: alexnet in the user's cache folder (XDG_CACHE_HOME, or ~/.cache).")
    private Path folder;

    @Option(names = "--no-cache", description = "Decode images that are too large for memory in each epoch instead.")
    private boolean none;

    /**
     * The data set, from the cache if that is where it has to be.
     *
     * @param memoryBytes for decoded images
     * @param before      the images that the run was begun with, if it goes on: their cache stays what is read, whatever memory there is now,
     *                    and so do the images as they lie
     * @return what was given, or another data set that has to be closed, too
     */
    Dataset hold(Dataset dataset, Preprocessing preprocessing, long memoryBytes, Optional<Fingerprint> before, MaxBad maxBad, LogOptions log) {
        Usage.require(spec, folder == null || !none, "--cache and --no-cache exclude each other");
        long bytes = CachedSet.bytes(dataset, preprocessing);
        boolean asTheyLie = before.map(images -> !images.isWhole()).orElse(bytes <= memoryBytes);
        if (none || asTheyLie || dataset.training().stored(preprocessing).isPresent()) {
            return dataset;
        }
        Opening opening = Opening.standard(log.news()::println);
        CachedSet cached = CachedSet.in(folder == null ? opening.cache() : folder, dataset, preprocessing);
        if (cached.isPrepared()) {
            log.news().println("the images are read from " + cached.folder());
        } else {
            log.news().println(dataset.folder() + " takes " + SetSize.text(bytes) + " decoded" + (bytes > memoryBytes ? ", too much for memory" : "") + ": it is prepared once and kept in " + cached.folder()
                    + " (--cache names another place, --no-cache decodes in each epoch)");
            try (PreparationProgress progress = new PreparationProgress(cached.folder(), "the same command", log)) {
                cached.prepare(Runtime.getRuntime().availableProcessors(), maxBad, progress);
            } catch (IOException failure) {
                throw new OutputException(cached.folder(), failure, "; what is there stays, the same command goes on behind the last shard;"
                        + " --cache names another place, --no-cache needs none");
            }
        }
        return cached.open(opening);
    }
}
