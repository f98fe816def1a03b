package alexnet.runner;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.data.ImageSource;
import alexnet.core.data.Skipped;
import alexnet.core.data.StoredImages;
import alexnet.core.data.TestSet;
import alexnet.core.data.feed.BatchLoader;
import alexnet.core.data.feed.CheckedImages;
import alexnet.core.device.Device;
import alexnet.core.group.TwoGroupNetwork;
import alexnet.core.model.OpenModel;
import alexnet.core.network.Architecture;
import alexnet.core.training.Evaluator;
import alexnet.core.training.Scores;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures a trained network. */
@Command(name = "test", sortOptions = false, mixinStandardHelpOptions = true,
        description = {"Measure a trained network on the validation images of a data set.",
            "A folder with <class>/<image> alone is measured whole, but for the images that the network was trained on. It need not have all of the classes."})
@Examples({"alexnet test --model runs/food/best.safetensors --data food-photographs --views 10",
    "alexnet test --model runs/food/best.safetensors --data more-photos/ --quiet"})
final class TestCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ModelOption model;

    @Mixin
    private DataOptions data;

    @Mixin
    private ViewOptions views;

    @Mixin
    private DeviceOptions devices;

    @Mixin
    private BatchSizeOption batchSize = new BatchSizeOption(32);

    @Option(names = "--limit-batches", paramLabel = "N", defaultValue = "0",
            description = "At most so many batches; 0 is all. Default: ${DEFAULT-VALUE}.")
    private int limitBatches;

    @Mixin
    private LogOptions log;

    @Override
    public void run() {
        int batch = batchSize.images();
        Usage.require(spec, limitBatches >= 0, "--limit-batches is " + limitBatches + ", must be at least 0");
        PrintWriter err = spec.commandLine().getErr();
        try (OpenModel open = model.open()) {
            List<Device> placed = devices.choose();
            try (TestSet set = data.openTest(open.fingerprint(), log.news())) {
                test(open, placed, set, batch, err);
            }
        }
    }

    private void test(OpenModel open, List<Device> placed, TestSet set, int batch, PrintWriter err) {
        ImageSource source = set.labelled(open.labels(set));
        Architecture architecture = open.model().architecture();
        long spareBytes = Memory.require(architecture, batch, placed, BatchLoader.BATCHES);
        StoredImages images;
        try (Meter meter = log.meters().of("reading images", source.size())) {
            images = CheckedImages.of(source, open.model().preprocessing(), DataOptions.decoding(spareBytes, meter));
        }
        List<Skipped> skipped = Stream.concat(set.skipped().stream(), images.skipped().stream()).toList();
        data.check(set.folder(), skipped, images.size(), err);
        try (TwoGroupNetwork network = devices.network(architecture, batch, placed)) {
            open.load(network);
            report(measure(network, images));
        }
        DataOptions.report(skipped, err);
    }

    private Scores measure(TwoGroupNetwork network, StoredImages images) {
        try (Evaluator evaluator = new Evaluator(network, images, views.of(network.architecture()), limitBatches, data.workers());
                Meter meter = log.meters().of("testing", evaluator.batches())) {
            Scores scores = evaluator.evaluate(_ -> { }, done -> meter.at(done, ""));
            if (Double.isNaN(scores.meanLoss())) {
                throw new CheckpointException(model.file() + " makes no sense: its loss is not a number");
            }
            return scores;
        }
    }

    /** What is told of a test, in this order. */
    private record Tested(long images, double loss, double top1, double top5, int views) {
    }

    private void report(Scores scores) {
        String line = String.format(Locale.ROOT, "top-1 %.2f %%, top-5 %.2f %%, loss %.4f: %d images, %s",
                100 * scores.top1Accuracy(), 100 * scores.top5Accuracy(), scores.meanLoss(), scores.images(), views.name());
        Optional<JsonLog> json = log.json();
        json.ifPresent(to -> to.write(new Tested(scores.images(), scores.meanLoss(), scores.top1Accuracy(), scores.top5Accuracy(), views.number())));
        PrintWriter text = json.isPresent() ? log.news() : spec.commandLine().getOut();
        text.println(line);
        text.flush();
    }
}
