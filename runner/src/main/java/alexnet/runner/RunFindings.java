package alexnet.runner;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.data.DataException;
import alexnet.core.data.Dataset;
import alexnet.core.data.Preprocessing;
import alexnet.core.data.ImageSource;
import alexnet.core.data.StoredImages;
import alexnet.core.data.catalog.Datasets;
import alexnet.core.data.feed.BatchLoader;
import alexnet.core.device.Device;
import alexnet.core.group.TwoGroupNetwork;
import alexnet.core.model.OpenModel;
import alexnet.core.network.Architecture;
import alexnet.core.profile.StepProfile;
import alexnet.core.run.RunFolder;
import alexnet.core.run.RunState;
import alexnet.core.run.Snapshot;
import alexnet.report.Findings;
import alexnet.report.findings.Inspection;
import alexnet.report.findings.LayerTimes;

/** Finds out what the networks of runs have learnt. What cannot be found out is told with the reason. */
final class RunFindings {

    private static final List<String> CHECKPOINTS = List.of(RunFolder.BEST, RunFolder.LAST);

    private final FindingsOptions options;
    private final PrintWriter err;
    private final Meters meters;

    RunFindings(FindingsOptions options, PrintWriter err, Meters meters) {
        this.options = options;
        this.err = err;
        this.meters = meters;
    }

    /**
     * What a run's network has learnt.
     *
     * @param config of the run; a missing node if it has none
     * @throws RuntimeException if what was asked for by an option is not there
     */
    Findings of(Path run, JsonNode config) {
        if (options.curvesOnly) {
            return Findings.none("what the network has learnt: only curves were asked for");
        }
        try (OpenModel open = options.model != null ? OpenModel.open(options.model) : newestGood(run)) {
            return ask(open, config);
        } catch (RuntimeException failure) {
            return Findings.none(told("what the network has learnt", failure));
        }
    }

    /** The best checkpoint, or the last where that is damaged or missing. */
    private OpenModel newestGood(Path run) {
        CheckpointException first = null;
        for (Path checkpoint : CHECKPOINTS.stream().map(run::resolve).filter(Files::exists).toList()) {
            try {
                return OpenModel.open(checkpoint);
            } catch (CheckpointException damaged) {
                err.println(damaged.getMessage());
                first = first == null ? damaged : first;
            }
        }
        throw first != null ? first : new CheckpointException("there is no checkpoint in " + run + " yet");
    }

    private Findings ask(OpenModel open, JsonNode config) {
        Architecture architecture = open.model().architecture();
        List<Device> placed = options.devices.choose();
        int batch = options.batchSize();
        long spareBytes = options.devices.requireMemory(architecture, batch, placed, BatchLoader.BATCHES);
        StepProfile profile = new StepProfile();
        try (TwoGroupNetwork network = TwoGroupNetwork.profiled(architecture, batch, options.devices.placements(placed), profile)) {
            open.load(network);
            return look(open, name(open), network, config, spareBytes).with(LayerTimes.measure(network, profile), String.format(Locale.ROOT,
                    "The times of layers are those of training steps of %d images on %s, the median of three.", batch,
                    placed.stream().map(Device::id).distinct().collect(Collectors.joining(" and "))));
        }
    }

    private static String name(OpenModel open) {
        String file = open.reader().file().getFileName().toString();
        try {
            RunState state = Snapshot.read(open.reader()).state();
            return String.format(Locale.ROOT, "%s of step %,d", file, state.step());
        } catch (CheckpointException modelAlone) {
            return file;
        }
    }

    private Findings look(OpenModel open, String name, TwoGroupNetwork network, JsonNode config, long spareBytes) {
        try (Dataset found = dataset(open, config)) {
            Dataset whole = open.fingerprint().map(learnt -> learnt.halves(found)).orElse(found);
            Dataset dataset = whole.atMost(options.limit());
            List<String> notes = new ArrayList<>();
            StoredImages training = read(dataset.training(), open.model().preprocessing(), spareBytes / 2);
            StoredImages validation = read(dataset.validation(), open.model().preprocessing(), spareBytes / 2);
            bounded(notes, "validation", validation, whole.validation());
            bounded(notes, "training", training, whole.training());
            Inspection inspection = new Inspection(name, network, open.model().classes(), training, validation,
                    Math.min(4, Runtime.getRuntime().availableProcessors()));
            try (Meter meter = meters.of("looking at images", inspection.images())) {
                return inspection.look(done -> meter.at(done, ""), notes);
            }
        } catch (DataException | CheckpointException failure) {
            return Inspection.withoutImages(name, network, told("predictions, neighbours, confused classes and the accuracy of each class", failure));
        }
    }

    private static void bounded(List<String> notes, String half, StoredImages images, ImageSource all) {
        if (images.size() < all.size()) {
            notes.add(String.format(Locale.ROOT, "Looked at are %,d of the %,d %s images, spread evenly over the classes%s.", images.size(), all.size(), half,
                    images.skipped().isEmpty() ? "" : "; " + images.skipped().size() + " cannot be read"));
        }
    }

    /** The images of the run, as they are now. */
    private Dataset dataset(OpenModel open, JsonNode config) {
        Dataset dataset = Datasets.open(options.data != null ? options.data : images(config)
                .orElseThrow(() -> new DataException("the run's folder does not say where its images are: name them by --data")), err::println);
        open.requireFit(dataset);
        return dataset;
    }

    private static Optional<String> images(JsonNode config) {
        String name = config.path("images").path("name").asText("");
        String folder = config.path("images").path("folder").asText("");
        // Fetched sets are found by name wherever they lie now; a folder as it was written is found only from where the run was started.
        return Stream.of(Datasets.NAMES.contains(name) ? name : folder, name).filter(each -> !each.isEmpty()).findFirst();
    }

    private StoredImages read(ImageSource source, Preprocessing preprocessing, long cacheBytes) {
        StoredImages images = DataOptions.read(source, preprocessing, cacheBytes, meters);
        if (images.size() == 0) {
            throw new DataException("none of the images can be read (" + images.skipped().getFirst() + ")");
        }
        return images;
    }

    /** Tells why something is missing, unless it is not the user's to mend, or was asked for. */
    private String told(String what, RuntimeException failure) {
        String reason = Failures.mendable(failure).orElseThrow(() -> failure);
        if (options.insisting()) {
            throw failure;
        }
        String said = what + ": " + reason;
        err.println(said);
        return said;
    }
}
