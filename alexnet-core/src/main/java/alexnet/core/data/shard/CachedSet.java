package alexnet.core.data.shard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import alexnet.core.data.DataException;
import alexnet.core.data.Dataset;
import alexnet.core.data.MaxBad;
import alexnet.core.data.Opening;
import alexnet.core.data.Preprocessing;
import alexnet.core.data.Skipped;

/**
 * A set that is too large for memory, prepared once into a folder of the cache and read from there from then on. The folder's name says
 * which images it holds and how they were brought to their size, so that others get another one.
 *
 * @param folder that it is, or will be, prepared in
 */
public record CachedSet(Dataset dataset, Preprocessing preprocessing, Path folder) {

    private static final int NAMED = 40;
    private static final int DIGITS = 12;

    /** Where in a cache a set lies. */
    public static CachedSet in(Path cache, Dataset dataset, Preprocessing preprocessing) {
        String name = dataset.folder().toAbsolutePath().normalize().getFileName().toString().replaceAll("[^A-Za-z0-9._-]", "_");
        return new CachedSet(dataset, preprocessing, cache.resolve("sets").resolve(String.format(Locale.ROOT, "%s-%d-%s-%s", name.substring(0, Math.min(NAMED, name.length())),
                preprocessing.size().height(), preprocessing.resize(), SourceDigest.of(dataset).substring(0, DIGITS))));
    }

    /** Bytes that images of a data set take when they are decoded. */
    public static long bytes(Dataset dataset, Preprocessing preprocessing) {
        return ((long) dataset.training().size() + dataset.validation().size()) * dataset.channels() * preprocessing.size().area();
    }

    /** Whether all of its images are there. */
    public boolean isPrepared() {
        return SetFolder.isPrepared(folder);
    }

    /**
     * Prepares it, or goes on with it, unless it is there.
     *
     * @throws DataException        if too many images cannot be read
     * @throws PreparationException if the disk has no room, or another program prepares it at this moment
     * @throws IOException          if the folder cannot be written
     */
    public void prepare(int workers, MaxBad maxBad, PreparationListener listener) throws IOException {
        Files.createDirectories(folder);
        if (!isPrepared() && !Files.exists(new SetFolder(folder).unfinished())) {
            requireRoom();
        }
        Preparer.prepare(dataset, folder, new PreparationOptions(Encoding.RAW, preprocessing.size().height(), preprocessing.resize(),
                PreparationOptions.QUALITY, PreparationOptions.SHARD_IMAGES, workers, maxBad, false), listener);
    }

    private void requireRoom() throws IOException {
        long bytes = bytes(dataset, preprocessing);
        long usable = Files.getFileStore(folder).getUsableSpace();
        if (bytes > usable) {
            throw new PreparationException(String.format(Locale.ROOT, "%s takes %s and its disk has %s free: make room, name a folder of another disk by --cache,"
                    + " or have images decoded each time by --no-cache", folder, SetSize.text(bytes), SetSize.text(usable)));
        }
    }

    /** The same data set with its images read from the cache. Whoever calls closes it. */
    public Dataset open(Opening opening) {
        Dataset prepared = new PreparedSetForm().open(folder, opening);
        List<Skipped> skipped = new ArrayList<>(dataset.skipped().stream().filter(file -> !file.unreadable()).toList());
        skipped.addAll(prepared.skipped());
        return new Dataset(dataset.folder(), prepared.training(), prepared.validation(), dataset.classNames(), skipped, dataset.notes());
    }
}
