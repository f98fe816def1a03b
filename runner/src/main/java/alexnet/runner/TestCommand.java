package alexnet.runner;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.data.ClassName;
import alexnet.core.data.ClassNumbers;
import alexnet.core.data.ImageSource;
import alexnet.core.data.Skipped;
import alexnet.core.data.StoredImages;
import alexnet.core.data.TestSet;
import alexnet.core.data.feed.BatchLoader;
import alexnet.core.device.Device;
import alexnet.core.evaluation.MixUp;
import alexnet.core.evaluation.RealLabels;
import alexnet.core.evaluation.RealScores;
import alexnet.core.group.TwoGroupNetwork;
import alexnet.core.model.OpenModel;
import alexnet.core.network.Architecture;
import alexnet.core.run.Snapshot;
import alexnet.core.training.Evaluator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures a trained network. */
@Command(name = "test", sortOptions = false, mixinStandardHelpOptions = true,
        description = {"Measure a trained network on the validation images of a data set.",
            "A folder with <class>/<image> alone is measured whole, but for the images that the network was trained on. It need not have all of the classes.",
            "Of a folder of images without classes nothing can be measured, but --predictions and --submission tell what the network says of them."})
@Examples({"alexnet test --model runs/food/best.safetensors --data food-photographs --views 10",
    "alexnet test --model runs/food/best.safetensors --data more-photos/ --quiet",
    "alexnet test --model best.safetensors --data imagenet --predictions predictions.csv",
    "alexnet test --model best.safetensors --data imagenet/test --submission submission.txt"})
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

    @Mixin
    private TestOutputs outputs;

    @Override
    public void run() {
        Usage.requireAtLeast(spec, "--limit-batches", limitBatches, 0);
        Usage.require(spec, limitBatches == 0 || outputs.submission == null, "--submission needs all images, not those of --limit-batches");
        outputs.requireApart(model.file());
        try (OpenModel open = model.open()) {
            List<Device> placed = devices.choose();
            try (TestSet set = data.openTest(open.fingerprint(), log.news());
                    Reports reports = new Reports(outputs.predictions, outputs.submission, outputs.perClass)) {
                test(open, set, placed, reports);
            }
        }
    }

    private void test(OpenModel open, TestSet set, List<Device> placed, Reports reports) {
        PrintWriter err = spec.commandLine().getErr();
        Architecture architecture = open.model().architecture();
        List<ClassName> classes = outputs.classes(open.model(), set);
        ImageSource source = set.labelled(open.labels(set));
        outputs.requireMeasurable(set.folder(), source);
        if (!set.classes().isEmpty() && ClassNumbers.alone(open.model().classes())) {
            log.news().println("the classes are called by numbers alone: whether a number is the same class to " + model.file() + " and to "
                    + set.folder() + " cannot be told");
        }
        Optional<RealLabels> realLabels = outputs.realLabels(classes.size());
        long spareBytes = devices.requireMemory(architecture, batchSize.images(), placed, BatchLoader.BATCHES);
        StoredImages images = DataOptions.read(source, open.model().preprocessing(), spareBytes, log.meters());
        List<Skipped> skipped = Stream.concat(set.skipped().stream(), images.skipped().stream()).toList();
        data.check(set.folder(), skipped, images.size(), err);
        outputs.requireSubmittable(model.file(), classes, skipped);
        Optional<RealScores> real = realLabels.map(labels -> new RealScores(labels, images.size(), images::name,
                skipped.stream().filter(Skipped::unreadable).map(Skipped::name).toList(), open.model().classes()));
        try (TwoGroupNetwork network = devices.network(architecture, batchSize.images(), placed)) {
            open.load(network);
            report(measure(network, images, classes, real, reports), open);
        }
        DataOptions.report(skipped, err);
    }

    private TestReport measure(TwoGroupNetwork network, StoredImages images, List<ClassName> classes, Optional<RealScores> real, Reports reports) {
        try (Evaluator evaluator = Evaluator.inOrder(network, images, views.of(network.architecture()), limitBatches, data.workers());
                Meter meter = log.meters().of("testing", evaluator.batches())) {
            return new TestMeasurement(model.file(), images, classes, real).measure(evaluator, meter, outputs, reports);
        }
    }

    private void report(TestReport report, OpenModel open) {
        log.json().ifPresent(to -> to.write(report.tested(views.number())));
        PrintWriter text = log.results();
        report.results(views.name(), text);
        if (!log.isQuiet()) {
            report.details(text);
        }
        text.flush();
        MixUp.sign(report.tally(), open.model().classes(), trained(open)).ifPresent(sign -> spec.commandLine().getErr().println("warning: " + sign));
    }

    /** How well the network told the validation images of its training. */
    private static OptionalDouble trained(OpenModel open) {
        try {
            return Snapshot.read(open.reader()).state().best().map(best -> OptionalDouble.of(best.top1())).orElse(OptionalDouble.empty());
        } catch (CheckpointException modelAlone) {
            return OptionalDouble.empty();
        }
    }
}
