package alexnet.runner;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import alexnet.bench.LoaderBenchmark;
import alexnet.bench.LoaderBenchmark.What;
import alexnet.bench.Spread;
import alexnet.core.data.Dataset;
import alexnet.core.data.Preprocessing;
import alexnet.core.data.StoredImages;
import alexnet.core.data.StoredSize;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How fast do images come? */
@Command(name = "data", sortOptions = false, mixinStandardHelpOptions = true,
        description = {"Measure how fast the training images of a data set come, where no device has to be waited for: batches as training"
                + " gets them; the same images read by as many threads without a loader; as many bytes copied in memory.",
            "They are measured in turns, and told are the medians. A round goes before that is not measured; what it reads comes from the"
                + " operating system's cache afterwards, as far as it fits there."})
@Examples({"alexnet bench data --data prepared/",
    "alexnet bench data --data prepared/ --workers 8 --batch-size 512",
    "alexnet bench data --data prepared/ --epochs 3    # and memory"})
final class BenchDataCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataOptions data;

    @Mixin
    private BatchSizeOption batchSize = new BatchSizeOption(128);

    @Option(names = "--size", paramLabel = "PIXELS", defaultValue = "256",
            description = "Rows and columns that images are brought to. Default: ${DEFAULT-VALUE}, as alexnet wants them.")
    private int size;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "3", description = "How often each is measured. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "3", description = "How long each is measured. Default: ${DEFAULT-VALUE}.")
    private double seconds;

    @Option(names = "--epochs", paramLabel = "N", defaultValue = "0",
            description = "Read so many whole epochs instead, and tell how long the order and the first batch took and the memory behind each.")
    private int epochs;

    @Mixin
    private LogOptions log;

    @Override
    public void run() {
        Usage.requireWithin(spec, "--size", size, 1, StoredSize.LIMIT);
        Usage.requireAtLeast(spec, "--rounds", rounds, 1);
        Usage.require(spec, seconds > 0 && seconds <= 3600, "--seconds is " + seconds + ", must be more than 0 and at most 3600");
        Usage.requireAtLeast(spec, "--epochs", epochs, 0);
        int images = batchSize.images();
        PrintWriter out = spec.commandLine().getOut();
        try (Dataset dataset = data.open(log.news())) {
            StoredImages training = DataOptions.read(dataset.training(), new Preprocessing(new StoredSize(size, size), dataset.training().resize()),
                    Long.MAX_VALUE, log.meters());
            data.check(dataset.folder(), training.skipped(), training.size(), spec.commandLine().getErr());
            out.printf(Locale.ROOT, "%,d images of %dx%s, batches of %d, %d %s%n", training.size(), training.channels(), training.storedSize(), images,
                    data.workers(), data.workers() == 1 ? "thread" : "threads");
            LoaderBenchmark benchmark = new LoaderBenchmark(training, images, data.workers(), (long) (seconds * 1e9));
            if (epochs > 0) {
                benchmark.epochs(epochs, epoch -> out.printf(Locale.ROOT, "epoch %d: %,.0f images/s, order %.2f s, first batch %.2f s, %,.0f MB%n", epoch.epoch(),
                        epoch.imagesPerSecond(), epoch.orderSeconds(), epoch.firstSeconds(), epoch.residentBytes() / 1e6));
            } else {
                measure(benchmark, training.imageLength(), out);
            }
        }
    }

    private void measure(LoaderBenchmark benchmark, int imageLength, PrintWriter out) {
        Map<What, List<Double>> rates = new EnumMap<>(What.class);
        for (What what : What.values()) {
            rates.put(what, new ArrayList<>());
        }
        try (Meter meter = log.meters().of("measuring", (rounds + 1L) * What.values().length)) {
            int done = 0;
            for (int round = -1; round < rounds; round++) {
                for (What what : What.values()) {
                    double rate = benchmark.rate(what, round + 1);
                    if (round >= 0) {
                        rates.get(what).add(rate);
                    }
                    meter.at(++done, "");
                }
            }
        }
        double copying = Spread.of(rates.get(What.COPYING)).median();
        double reading = Spread.of(rates.get(What.READING)).median();
        for (What what : What.values()) {
            double rate = Spread.of(rates.get(what)).median();
            List<String> shares = switch (what) {
                case COPYING -> List.of();
                case READING -> List.of(share(rate / copying, What.COPYING));
                case BATCHES -> List.of(share(rate / copying, What.COPYING), share(rate / reading, What.READING));
            };
            out.println(String.format(Locale.ROOT, "  %-18s%,10.0f images/s%,9.0f MB/s  %s", what, rate, rate * imageLength / 1e6, String.join(", ", shares)).stripTrailing());
        }
        out.flush();
    }

    private static String share(double share, What of) {
        return String.format(Locale.ROOT, "%.0f %% of %s", 100 * share, of);
    }
}
