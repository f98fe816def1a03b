package alexnet.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;

import alexnet.core.run.event.Metrics;
import alexnet.report.StepCurves.Quantity;

class RunReaderTest {

    private static final String MEASURED = "step,epoch,lr,train_loss,val_loss,val_top1,val_top5,images_per_second,seconds\n";

    @TempDir
    private Path folder;

    private void write(String file, String content) throws IOException {
        Files.writeString(folder.resolve(file), content);
    }

    @Test
    void theOptionsAreShownWithWhatCameOfThem() throws IOException {
        write("config.json", "{\"steps\": 40, \"training\": {\"lr\": 0.5}}");
        write("config.yaml", "lr: 0.25\nlr_milestones:\n- 2\n- 3\n");
        JsonNode config = RunReader.read(folder, "a run").config();
        assertEquals("0.25", config.at("/options/lr").asText());
        assertEquals("2,3", config.at("/options/lr_milestones").asText());
        assertEquals(0.5, config.at("/training/lr").doubleValue(), "of an earlier version");
        write("config.yaml", "lr: [\n");
        RunData damaged = RunReader.read(folder, "a run");
        assertTrue(damaged.config().path("options").isMissingNode());
        assertTrue(damaged.leftOut().getFirst().startsWith("config.yaml, line "), damaged.leftOut().toString());
    }

    @Test
    void readsARun() throws IOException {
        write("losses.csv", "step,epoch,lr,loss\n1,1,0.001,2.5\n2,1,0.002,2.25\n3,1,0.002,NaN\n4,1,0.002,2\n");
        write("metrics.csv", MEASURED + "2,0.5,0.002,2.4,2.3,0.25,0.75,100,1.5\n4,1,0.001,2.2,2.1,0.5,0.875,110,1.25\n");
        write("config.json", "{\"steps\": 40, \"steps_an_epoch\": 4, \"majority_baseline\": 0.125}");
        write("warnings.csv", "step,message\n3,\"dead, \"\"all\"\" of it\"\n4,\"cut o");
        write("environment.json", "[{\"jdk\": \"25\"}]");
        assertTrue(RunReader.isRun(folder));
        RunData run = RunReader.read(folder, "name");
        assertEquals(4, run.curves().size());
        assertEquals(2.25, run.curves().mean(Quantity.LOSS, 1));
        assertTrue(Double.isNaN(run.curves().mean(Quantity.LOSS, 2)));
        assertEquals(new Metrics(4, 1, 0.001, 2.2, 2.1, 0.5, 0.875), run.measured().get(1).metrics());
        assertEquals(110, run.measured().get(1).imagesPerSecond());
        assertEquals(4, run.stepsAnEpoch());
        assertEquals(40, run.steps());
        assertEquals(0.125, run.baseline());
        assertEquals("25", run.environment().path(0).path("jdk").asText());
        assertEquals(List.of("step 3: dead, \"all\" of it"), run.warnings());
        assertEquals(List.of(), run.leftOut());
    }

    @Test
    void readsFoldersFromATimeWhenAMeasurementWasAnEpoch() throws IOException {
        write("losses.csv", "step,epoch,lr,loss\n1,1,0.1,3\n2,1,0.1,3\n3,1,0.1,3\n4,2,0.1,3\n5,2,0.1,3\n6,2,0.1,3\n");
        write("metrics.csv", "epoch,lr,train_loss,val_loss,val_top1,val_top5,images_per_second,seconds\n1,0.1,3,2,0.5,0.75,10,4\n2,0.1,2,1,0.5,1,10,4\n");
        RunData run = RunReader.read(folder, "old");
        assertEquals(3, run.stepsAnEpoch());
        assertEquals(List.of(3L, 6L), run.measured().stream().map(m -> m.metrics().step()).toList());
        assertTrue(run.config().isMissingNode());
        assertEquals(List.of(), run.leftOut());
    }

    @Test
    void readsARunThatWasCutOffAndSaysWhatIsDamaged() throws IOException {
        write("losses.csv", "step,epoch,lr,loss\n1,1,0.1,3\n2,1,\u0000\u0000\n3,1,0.1,2\n4,1,0.");
        write("config.json", "{\"steps\": ");
        RunData run = RunReader.read(folder, "cut");
        assertEquals(2, run.curves().size());
        assertEquals(3, run.step());
        assertEquals(List.of("config.json: it is damaged in line 1", "1 line of losses.csv: damaged", "the measurements: there is no metrics.csv in the run's folder"),
                run.leftOut());
    }

    @Test
    void aFolderWithoutTablesIsNoRun() throws IOException {
        assertFalse(RunReader.isRun(folder));
        write("losses.csv", "");
        assertEquals(0, RunReader.read(folder, "empty").step());
    }

    @Test
    void namesTellRunsApart() {
        assertEquals(List.of("b"), RunNames.of(List.of(Path.of("/a/b"))));
        assertEquals(List.of("b", "c"), RunNames.of(List.of(Path.of("/a/b"), Path.of("/a/c/"))));
        assertEquals(List.of("a/run", "b/run"), RunNames.of(List.of(Path.of("/x/a/run"), Path.of("/x/b/run"))));
        assertEquals(List.of("run", "run"), RunNames.of(List.of(Path.of("/x/run"), Path.of("/x/../x/run"))));
    }
}
