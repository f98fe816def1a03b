package alexnet.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import alexnet.core.run.event.Metrics;
import alexnet.core.run.event.Place;
import alexnet.core.run.event.RunEvent;
import alexnet.core.run.event.RunPlan;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class TrainingProgressTest {

    private static final Path FOLDER = Path.of("run");
    private static final Path BEST = FOLDER.resolve("best.safetensors");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Command
    private static final class Progress {

        @Mixin
        private LogOptions log;
    }

    /** Nothing of it is a terminal, so that only the lines of measurements know of columns. */
    private TrainingProgress progress(int columns, Optional<Path> best, String... options) {
        Progress command = new Progress();
        new CommandLine(command).setOut(new PrintableWriter(out)).setErr(new PrintableWriter(err)).parseArgs(options);
        return new TrainingProgress(_ -> best, command.log, () -> columns);
    }

    private TrainingProgress loud(int columns) {
        return progress(columns, Optional.of(BEST));
    }

    /** All of a run, which is measured in the midst of its second epoch, at its end and in its last step. */
    private void tell(TrainingProgress progress) throws IOException {
        progress.on(new RunEvent.Started(Events.plan(FOLDER), Events.place(0), List.of()));
        for (int step = 1; step <= Events.STEPS; step++) {
            progress.on(Events.step(step, 0.7));
            if (step == 6 || step == 8 || step == Events.STEPS) {
                progress.on(new RunEvent.ValidationStarted(Events.place(step), 1));
                progress.on(new RunEvent.ValidationAdvanced(1));
                progress.on(Events.validated(step, 2, step == 8 ? 0.75 : 0.5));
                progress.on(new RunEvent.CheckpointWritten(Events.place(step), FOLDER.resolve("checkpoints/" + step), 0.1));
            }
        }
        progress.on(new RunEvent.Warned(Events.place(9), "the loss stays at ln(2)"));
        progress.on(new RunEvent.Ended(Events.place(Events.STEPS), RunEvent.Reason.COMPLETED,
                List.of(Events.metrics(6, 0.5), Events.metrics(8, 0.75), Events.metrics(10, 0.75))));
        progress.close();
    }

    @Test
    void aMeasurementIsALineByItsEpochOrItsStep() throws IOException {
        tell(loud(Integer.MAX_VALUE));
        String rest = ": loss 0.700, validation loss 0.600, top-1 %.1f %%, top-5 100.0 %% (majority baseline 50.0 %%), 10.0 images/s, 20 %% waiting, 0:03";
        assertEquals(List.of("epoch 1.50/2.50, step 6" + rest.formatted(50.0), "epoch 2/2.50" + rest.formatted(75.0), "epoch 2.50/2.50, step 10" + rest.formatted(50.0)),
                out.toString().lines().toList());
    }

    @Test
    void ofManyCheckpointsTheFirstIsTold() throws IOException {
        tell(loud(80));
        assertEquals(1, err.toString().lines().filter(line -> line.startsWith("checkpoint of step")).count(), err.toString());
        assertTrue(err.toString().startsWith("checkpoint of step 6: " + FOLDER.resolve("checkpoints/6")), err.toString());
    }

    @Test
    void theEndSaysWhereTheBestCheckpointIs() throws IOException {
        tell(loud(80));
        assertTrue(err.toString().endsWith("best top-1 75.0 % in epoch 2: " + BEST + System.lineSeparator()), err.toString());
        tell(progress(80, Optional.empty()));
        assertTrue(err.toString().endsWith("in epoch 2: its checkpoint is no longer there" + System.lineSeparator()), err.toString());
    }

    @Test
    void aNarrowTerminalGetsNarrowLines() throws IOException {
        tell(loud(40));
        assertEquals("epoch 2/2.50: loss 0.700, top-1 75.0 %", out.toString().lines().toList().get(1));
    }

    @Test
    void whoWantsQuietGetsWarningsAndTheEnd() throws IOException {
        tell(progress(80, Optional.of(BEST), "--quiet"));
        assertEquals("", out.toString());
        assertEquals(List.of("warning: epoch 2.25/2.50, step 9: the loss stays at ln(2)",
                "best top-1 75.0 % in epoch 2: " + BEST), err.toString().lines().toList());
    }

    @Test
    void programsGetStandardOutputForThemselves() throws IOException {
        tell(progress(80, Optional.of(BEST), "--log-json"));
        assertEquals("", out.toString());
        assertEquals(3, err.toString().lines().filter(line -> line.startsWith("epoch ")).count(), err.toString());
    }

    @Test
    void aRunThatWasStoppedSaysWhere() throws IOException {
        TrainingProgress progress = loud(80);
        progress.on(new RunEvent.Started(Events.plan(FOLDER), Events.place(5), List.of()));
        progress.on(Events.step(6, 0.7));
        progress.on(new RunEvent.Ended(Events.place(6), RunEvent.Reason.STOPPED, List.of()));
        assertEquals(List.of("going on behind epoch 1.25/2.50, step 5", "stopped behind epoch 1.50/2.50, step 6",
                "the run was not measured yet"), err.toString().lines().toList());
    }

    /** Five steps of 20 images, then batches of 10: the steps of the whole run are fewer than four epochs of those. */
    @Test
    void aRunMayGoOnWithSmallerBatches() throws IOException {
        TrainingProgress progress = loud(Integer.MAX_VALUE);
        RunPlan plan = new RunPlan("alexnet-small", List.of("bright", "dark"), 11, 4, 10, 0.5, FOLDER);
        progress.on(new RunEvent.Started(plan, new Place(5, 3, 2, 4), List.of()));
        for (int step = 6; step <= 11; step++) {
            Place place = new Place(step, step < 8 ? 3 : 4, step < 8 ? step - 3 : step - 7, 4);
            progress.on(new RunEvent.StepFinished(place, 10, 0.01, 0.7, 1, 0));
            if (step == 7 || step == 11) {
                progress.on(new RunEvent.ValidationStarted(place, 1));
                progress.on(new RunEvent.Validated(place, new Metrics(step, place.epochs(), 0.01, 0.7, 0.6, 0.5, 1), true, 10, 3));
            }
        }
        assertEquals(List.of("epoch 3/4", "epoch 4/4"), out.toString().lines().map(line -> line.split(":")[0]).toList());
        assertTrue(err.toString().startsWith("going on behind epoch 2.50/4, step 5" + System.lineSeparator()), err.toString());
    }

    @Test
    void aRunMayGoBack() throws IOException {
        TrainingProgress progress = loud(80);
        tell(progress);
        progress.on(new RunEvent.Started(Events.plan(FOLDER), Events.place(8), List.of()));
        progress.on(Events.step(9, 0.7));
        progress.on(Events.step(10, 0.7));
        assertTrue(err.toString().endsWith("going on behind epoch 2/2.50" + System.lineSeparator()), err.toString());
    }

    @Test
    void timesOfDaysAreToldInDays() {
        assertEquals(List.of("0:09", "1:00", "1:00:00", "47:59:59", "2 d 0 h", "5 d 23 h"),
                List.of(TrainingProgress.clock(9.4), TrainingProgress.clock(59.6), TrainingProgress.clock(3600), TrainingProgress.clock(172_799),
                        TrainingProgress.clock(172_800), TrainingProgress.clock(517_000)));
    }
}
