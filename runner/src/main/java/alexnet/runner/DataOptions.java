package alexnet.runner;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import alexnet.core.data.DataException;
import alexnet.core.data.Dataset;
import alexnet.core.data.catalog.Datasets;
import alexnet.core.data.feed.CheckedImages;
import alexnet.core.data.feed.Decoding;
import alexnet.core.data.Fingerprint;
import alexnet.core.data.ImageSource;
import alexnet.core.data.MaxBad;
import alexnet.core.data.Preprocessing;
import alexnet.core.data.Progress;
import alexnet.core.data.Skipped;
import alexnet.core.data.StoredImages;
import alexnet.core.data.TestSet;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which images, and how they are read. */
@Section("Data")
final class DataOptions {

    private static final int COLOURS = 3;
    /** So many decode JPEGs of 256 pixels faster than any device is known to train; they wait where they are too many. */
    private static final int MOST_WORKERS = 16;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--data", paramLabel = "NAME|FOLDER", required = true, completionCandidates = Candidates.DataSets.class,
            description = "food-photographs or fashion-mnist, which are fetched on first use; or any folder: with train/<class>/<image>"
                    + " and val/<class>/<image> (Training, seg_train, valid, Testing and the like are known too; test/ counts where there"
                    + " is no val/), with <class>/<image> alone, of which a fifth is held out for validation, or with IDX files; what prepare"
                    + " has written; and all other forms that prepare takes.")
    private String data;

    @Mixin
    private DecoderOption decoder;

    @Mixin
    private MaxBadOption maxBad;

    private int workers = Math.min(MOST_WORKERS, Runtime.getRuntime().availableProcessors());

    @Option(names = {"-j", "--workers"}, paramLabel = "N",
            description = "Threads that read images ahead. Default: one a processor, at most " + MOST_WORKERS + ".")
    private void setWorkers(int number) {
        Usage.requireAtLeast(spec, "--workers", number, 1);
        workers = number;
    }

    /** Opens the data set, telling {@code err} what the user should know. */
    Dataset open(PrintWriter err) {
        decoder.use();
        Dataset dataset = Datasets.open(data, err::println);
        tellDecoder(dataset.training(), err);
        return dataset;
    }

    /** Opens what a network is to be tested on, telling {@code err} what the user should know. */
    TestSet openTest(Optional<Fingerprint> trained, PrintWriter err) {
        decoder.use();
        TestSet set = Datasets.openTest(data, trained, err::println);
        tellDecoder(set.images(), err);
        return set;
    }

    /** Unless images are of a kind that is never held in JPEGs here: all but colours are IDX files. */
    private static void tellDecoder(ImageSource images, PrintWriter err) {
        if (images.channels() == COLOURS) {
            DecoderOption.tell(err);
        }
    }

    /** Tells before the work starts how many images it goes without. */
    static void tellUnreadable(List<Skipped> skipped, int read, PrintWriter err) {
        long bad = skipped.stream().filter(Skipped::unreadable).count();
        if (bad > 0) {
            err.printf(Locale.ROOT, "%d of %d images cannot be read and %s left out, see the list at the end%n", bad, bad + read, bad == 1 ? "is" : "are");
        }
    }

    /** How many images may be left out. */
    MaxBad maxBad() {
        return maxBad.value();
    }

    /**
     * Stops if too many images are left out, or if none is there.
     *
     * @param read images that can be read
     */
    void check(Path folder, List<Skipped> skipped, int read, PrintWriter err) {
        maxBad.value().check(folder, skipped, read);
        if (read == 0) {
            throw new DataException("no images in " + folder + ": none of its files can be read (" + skipped.getFirst() + ")");
        }
        tellUnreadable(skipped, read, err);
    }

    /** What counts of these options, by key. */
    Map<String, Object> resolved() {
        // Six digits of the share, as --max-bad tells them.
        return Map.of("data", Datasets.NAMES.contains(data) ? data : Path.of(data), "workers", workers, "max_bad", Math.round(1e6 * maxBad.value().share()) / 1e4);
    }

    /** What the user calls the data set. */
    String name() {
        return data;
    }

    /** Threads that read images ahead. */
    int workers() {
        return workers;
    }

    /**
     * Reads images for a network that does not learn.
     *
     * @param spareBytes memory that decoded images may take
     * @param meters     show how far it is
     */
    static StoredImages read(ImageSource source, Preprocessing preprocessing, long spareBytes, Meters meters) {
        try (Meter meter = meters.of("reading images", source.size())) {
            return CheckedImages.of(source, preprocessing, decoding(spareBytes, meter));
        }
    }

    /**
     * How images are decoded.
     *
     * @param spareBytes memory that decoded images may take
     * @param meter      shows how far it is
     */
    static Decoding decoding(long spareBytes, Meter meter) {
        Decoding standard = Decoding.standard((done, _) -> meter.at(done, ""));
        return new Decoding(standard.threads(), Math.min(spareBytes, standard.cacheBytes()), standard.progress());
    }

    /** What of so much memory decoded images may take. */
    static long memoryBytes(long spareBytes) {
        return Math.min(spareBytes, Decoding.standard(Progress.NONE).cacheBytes());
    }

    /** Lists the files that were left out, if any. */
    static void report(List<Skipped> skipped, PrintWriter err) {
        if (!skipped.isEmpty()) {
            err.printf(Locale.ROOT, "%d %s left out:%n", skipped.size(), skipped.size() == 1 ? "file was" : "files were");
            skipped.forEach(file -> err.println("  " + file));
        }
    }
}
