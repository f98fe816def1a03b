package alexnet.runner;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.data.DataException;
import alexnet.core.data.folder.ImageFolder;
import alexnet.core.device.Device;
import alexnet.core.group.TwoGroupNetwork;
import alexnet.core.model.Model;
import alexnet.core.model.OpenModel;
import alexnet.core.network.Architecture;
import alexnet.core.training.Predictor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what images show. */
@Command(name = "predict", sortOptions = false, mixinStandardHelpOptions = true,
        description = {"Say what images show.",
                "A file that is no image is told on standard error and the others go on; the exit code is then 3."})
@Examples({"alexnet predict --model runs/food/best.safetensors photo.jpg folder/",
    "alexnet predict --model runs/food/best.safetensors --json --top 1 photos/ > photos.json",
    "find . -name '*.jpg' | alexnet predict --model runs/food/best.safetensors -"})
final class PredictCommand implements Runnable {

    private static final String STANDARD_INPUT = "-";

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "IMAGE", arity = "1..*",
            description = "Image files; folders, of which all files are taken, at any depth; '-' reads such paths from standard"
                    + " input, one a line.")
    private List<String> places;

    @Mixin
    private ModelOption model;

    @Option(names = "--top", paramLabel = "N", defaultValue = "5",
            description = "So many of the likeliest classes. Default: ${DEFAULT-VALUE}.")
    private int top;

    @Option(names = "--json", description = "Print an array of objects: file, predictions (class, words where they are known, probability).")
    private boolean json;

    @Mixin
    private DecoderOption decoder;

    @Mixin
    private ViewOptions views;

    @Mixin
    private DeviceOptions devices;

    @Mixin
    private BatchSizeOption batchSize = new BatchSizeOption(32);

    @Mixin
    private QuietOption quiet;

    private int failures;

    @Override
    public void run() {
        int atMost = batchSize.images();
        Usage.requireAtLeast(spec, "--top", top, 1);
        decoder.use();
        try (OpenModel open = model.open()) {
            List<Path> files = files();
            try (PredictionReport report = json ? new PredictionReport.Json(out()) : new PredictionReport.Text(out())) {
                if (!files.isEmpty()) {
                    predict(open, Math.min(atMost, files.size()), files, report);
                }
            }
            if (failures > 0) {
                throw new DataException(failures + (failures == 1 ? " file" : " files") + " could not be predicted, see above");
            }
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private void predict(OpenModel open, int images, List<Path> files, PredictionReport report) {
        Architecture architecture = open.model().architecture();
        List<Device> placed = devices.choose();
        devices.requireMemory(architecture, images, placed, 1);
        // Where predictions are read as they come, they tell how far it is.
        Meters meters = StandardOutput.terminal().isThere() ? Meters.silent() : quiet.meters();
        try (TwoGroupNetwork network = devices.network(architecture, images, placed); Meter meter = meters.of("predicting", files.size())) {
            open.load(network);
            AtomicInteger done = new AtomicInteger();
            BatchPace pace = new BatchPace(files.size(), images);
            new Predictor(network, open.model().preprocessing(), views.of(architecture)).predict(files, (file, probabilities) -> {
                report.add(prediction(file, probabilities, open.model()));
                meter.at(done.incrementAndGet(), pace.at(done.get()));
            }, file -> {
                failed(file.toString());
                meter.at(done.incrementAndGet(), pace.at(done.get()));
            });
        }
    }

    private Prediction prediction(String file, float[] probabilities, Model trained) {
        Prediction prediction = Prediction.of(file, probabilities, trained.classNames(), top);
        if (prediction.predictions().isEmpty()) {
            throw new CheckpointException(model.file() + " makes no sense: what it says of " + file + " is not a number");
        }
        return prediction;
    }

    private List<Path> files() {
        List<Path> files = new ArrayList<>();
        for (String place : places) {
            if (place.equals(STANDARD_INPUT)) {
                standardInput().forEach(line -> add(line, files));
            } else {
                add(place, files);
            }
        }
        return files;
    }

    private void add(String place, List<Path> files) {
        try {
            Path path = Path.of(place);
            files.addAll(Files.isDirectory(path) ? ImageFolder.filesBelow(path) : List.of(path));
        } catch (DataException | InvalidPathException unusable) {
            failed(unusable.getMessage());
        }
    }

    private static List<String> standardInput() {
        try {
            return new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).lines()
                    .filter(line -> !line.isBlank()).toList();
        } catch (UncheckedIOException failure) {
            throw new DataException("standard input cannot be read: " + failure.getCause().getMessage(), failure);
        }
    }

    private void failed(String problem) {
        failures++;
        PrintWriter err = spec.commandLine().getErr();
        err.println(problem);
        err.flush();
    }
}
