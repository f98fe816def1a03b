package alexnet.runner;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

import alexnet.core.data.Dataset;
import alexnet.core.data.Datasets;
import alexnet.core.data.Decoding;
import alexnet.core.data.Skipped;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which images, and how they are read. */
final class DataOptions {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--data", paramLabel = "NAME|FOLDER", required = true,
            description = "food-photographs or fashion-mnist, which are fetched on first use; or any folder: with train/<class>/<image>"
                    + " and val/<class>/<image>, with <class>/<image> alone, of which a fifth is held out for validation, or with"
                    + " IDX files.")
    private String data;

    private int workers = Math.min(4, Runtime.getRuntime().availableProcessors());

    @Option(names = {"-j", "--workers"}, paramLabel = "N",
            description = "Threads that read images ahead. Default: one a processor, at most 4.")
    private void setWorkers(int number) {
        if (number < 1) {
            throw Usage.mistake(spec, "--workers is " + number + ", must be at least 1");
        }
        workers = number;
    }

    /** Opens the data set, telling {@code err} what the user should know. */
    Dataset open(PrintWriter err) {
        return Datasets.open(data, err::println);
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
     * How images are decoded.
     *
     * @param spareBytes memory that decoded images may take
     * @param meter      shows how far it is
     */
    static Decoding decoding(long spareBytes, Meter meter) {
        Decoding standard = Decoding.standard((done, _) -> meter.at(done, ""));
        return new Decoding(standard.threads(), Math.min(spareBytes, standard.cacheBytes()), standard.progress());
    }

    /** Lists the files that were left out, if any. */
    static void report(List<Skipped> skipped, PrintWriter err) {
        if (!skipped.isEmpty()) {
            err.printf(Locale.ROOT, "%d %s left out:%n", skipped.size(), skipped.size() == 1 ? "file was" : "files were");
            skipped.forEach(file -> err.println("  " + file));
        }
    }
}
