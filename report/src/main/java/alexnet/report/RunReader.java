package alexnet.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import alexnet.core.run.event.Metrics;
import alexnet.core.run.sink.ConfigurationFile;
import alexnet.core.run.sink.LossFile;
import alexnet.core.run.sink.MetricsFile;
import alexnet.core.run.sink.ProvenanceFiles;
import alexnet.core.run.sink.WarningFile;
import alexnet.report.RunData.Measured;

/** Reads a run's folder, that of an earlier version of the program and that of a run that goes on as well. */
public final class RunReader {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final StepCurves curves = new StepCurves();
    private final Measurements measured = new Measurements();
    private final List<String> leftOut = new ArrayList<>();
    /** The first step of the epoch that the newest step lies in, and that epoch. */
    private double epoch = Double.NaN;
    private double beforeEpoch;

    private RunReader(Path folder) {
        this.folder = folder;
    }

    /** Whether a folder holds anything of a run that can be shown. */
    public static boolean isRun(Path folder) {
        return Files.exists(folder.resolve(LossFile.NAME)) || Files.exists(folder.resolve(MetricsFile.NAME));
    }

    /**
     * Reads a folder.
     *
     * @param name that the run gets
     * @throws IOException if a file is there and cannot be read
     */
    public static RunData read(Path folder, String name) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new NotDirectoryException(folder.toString());
        }
        return new RunReader(folder).read(name);
    }

    private RunData read(String name) throws IOException {
        JsonNode config = configuration();
        JsonNode environment = json(ProvenanceFiles.ENVIRONMENT);
        table(LossFile.NAME, "the curves of each step", row -> {
            double step = row.get("step");
            if (step >= 1) {
                curves.add((long) step, row.get("loss"), row.get("lr"), row.get("images_per_second"), row.get("waiting"));
                noteEpoch(step, row.get("epoch"));
            }
        });
        double stepsAnEpoch = epoch > 1 ? beforeEpoch / (epoch - 1) : 0;
        table(MetricsFile.NAME, "the measurements", row -> measure(row, stepsAnEpoch));
        List<String> warnings = WarningFile.read(folder).stream().map(warning -> "step " + warning.step() + ": " + warning.message()).toList();
        return new RunData(name, config.path("steps").asLong(0), config.path("steps_an_epoch").asDouble(stepsAnEpoch(stepsAnEpoch)),
                config.path("majority_baseline").asDouble(Double.NaN), "", config, environment, curves, measured.list(), List.of(), warnings, leftOut);
    }

    private void noteEpoch(double step, double ofStep) {
        if (Math.floor(ofStep) != epoch) {
            epoch = Math.floor(ofStep);
            beforeEpoch = step - 1;
        }
    }

    private double stepsAnEpoch(double ofSteps) {
        return measured.list().stream().map(Measured::metrics).filter(m -> m.epochs() > 0 && m.step() > 0).findFirst()
                .map(m -> m.step() / m.epochs()).orElse(ofSteps);
    }

    /** Tables of before had a line an epoch, and no steps. */
    private void measure(Table.Row row, double stepsAnEpoch) {
        double epochs = row.get("epoch");
        double step = row.has("step") ? row.get("step") : epochs * (stepsAnEpoch > 0 ? stepsAnEpoch : 1);
        measured.add(new Measured(new Metrics(Math.round(step), epochs, row.get("lr"), row.get("train_loss"), row.get("val_loss"),
                row.get("val_top1"), row.get("val_top5")), row.get("images_per_second"), row.get("seconds")));
    }

    private void table(String file, String what, Consumer<Table.Row> rows) throws IOException {
        Path path = folder.resolve(file);
        if (!Files.exists(path)) {
            leftOut.add(what + ": there is no " + file + " in the run's folder");
            return;
        }
        long bad = Table.read(path, rows);
        if (bad > 0) {
            leftOut.add(bad + (bad == 1 ? " line of " : " lines of ") + file + ": damaged");
        }
    }

    /** What came of the options, and under {@code options} the options, which were in the same file once. */
    private JsonNode configuration() throws IOException {
        JsonNode config = json(ProvenanceFiles.CONFIGURATION);
        Path options = folder.resolve(ConfigurationFile.NAME);
        if (config instanceof ObjectNode whole && Files.exists(options)) {
            try (InputStream in = Files.newInputStream(options)) {
                whole.set("options", JSON.valueToTree(ConfigurationFile.read(in, ConfigurationFile.NAME)));
            } catch (ConfigurationFile.DamagedException damaged) {
                leftOut.add(damaged.getMessage());
            }
        }
        return config;
    }

    private JsonNode json(String file) throws IOException {
        Path path = folder.resolve(file);
        if (!Files.exists(path)) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(path.toFile());
        } catch (JsonProcessingException damaged) {
            leftOut.add(file + ": it is damaged in line " + damaged.getLocation().getLineNr());
            return MissingNode.getInstance();
        }
    }
}
