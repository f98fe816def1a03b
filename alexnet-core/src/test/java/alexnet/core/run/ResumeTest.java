package alexnet.core.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import alexnet.core.device.Compilers;
import alexnet.core.device.Devices;
import alexnet.core.run.event.Metrics;
import alexnet.core.run.event.RunEvent;
import alexnet.core.run.event.RunEvent.Reason;
import alexnet.core.training.Interval;
import alexnet.core.training.TrainingOptions.Scheduler;

/**
 * A run that was stopped amid an epoch and resumed ends where one ends that never stopped: the same file, losses and rates, bit for bit,
 * whatever the schedule and wherever it was stopped. The run that never stops has other numbers of threads.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResumeTest {

    /** Ends amid an epoch, and with an interval of each kind. */
    private static final double EPOCHS = 3.5;
    private static final Interval MEASURED = new Interval.Epochs(0.75);
    private static final int STEPS = 14;
    private static final String LAST = "last.safetensors";

    private Path folder;
    private Path images;

    @BeforeAll
    void trainWithoutStopping(@TempDir Path temporary) throws Exception {
        folder = temporary;
        images = TestRun.noise(folder.resolve("images"));
        if (Devices.onTornado()) {
            main(folder.toString());
        } else {
            withThreeThreads();
        }
    }

    private void withThreeThreads() throws Exception {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-Dtornado.jvm.threads=3", "-cp", System.getProperty("java.class.path"), ResumeTest.class.getName(), folder.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), said);
    }

    /** All; on TornadoVM, which compiles the kernels of every run, only the one that depends on more than a step's place. */
    static List<Scheduler> schedulers() {
        return Devices.onTornado() ? List.of(Scheduler.PLATEAU) : List.of(Scheduler.values());
    }

    /** Trains with every schedule, without a stop. */
    public static void main(String... arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        for (Scheduler scheduler : schedulers()) {
            assertEquals(Reason.COMPLETED, run(folder.resolve("images"), scheduler, 3, Interval.EPOCH).train(whole(folder, scheduler), null));
        }
    }

    private static Path whole(Path folder, Scheduler scheduler) {
        return folder.resolve("whole-" + scheduler);
    }

    private static TestRun run(Path images, Scheduler scheduler, int workers, Interval checkpointEvery) {
        return new TestRun(images, TestRun.options(EPOCHS, TestRun.BATCH, scheduler, MEASURED, 0),
                new CheckpointOptions(checkpointEvery, 2, null), workers);
    }

    private Reason stopped(TestRun run, Path output, Path resumed, long step) throws IOException {
        RunRequest request = new RunRequest();
        return run.train(output, resumed, request, event -> {
            if (event instanceof RunEvent.StepFinished finished && finished.place().step() == step) {
                request.stop();
            }
        });
    }

    private static List<Metrics> history(Path run) {
        return FolderContents.state(run.resolve(LAST)).orElseThrow().history();
    }

    private void assertSameEnd(Scheduler scheduler, Path parts) throws IOException {
        Path whole = whole(folder, scheduler);
        assertEquals(STEPS + 1, Files.readAllLines(whole.resolve("losses.csv")).size());
        assertEquals(losses(whole), losses(parts));
        assertEquals(results(whole), results(parts));
        assertArrayEquals(Files.readAllBytes(whole.resolve(LAST)), Files.readAllBytes(parts.resolve(LAST)));
        assertArrayEquals(Files.readAllBytes(whole.resolve("best.safetensors")), Files.readAllBytes(parts.resolve("best.safetensors")));
    }

    /** Of losses.csv, but for the times. */
    private static List<String> losses(Path run) throws IOException {
        return Files.readAllLines(run.resolve("losses.csv")).stream().map(line -> String.join(",", List.of(line.split(",")).subList(0, 4))).toList();
    }

    /** Of metrics.csv, but for the times. */
    private static List<String> results(Path run) throws IOException {
        return Files.readAllLines(run.resolve("metrics.csv")).stream().map(line -> line.replaceFirst(",[^,]*,[^,]*$", "")).toList();
    }

    @ParameterizedTest
    @MethodSource("schedulers")
    void aRunThatWasStoppedEndsWhereOneThatNeverWasDoes(Scheduler scheduler) throws IOException {
        Path parts = folder.resolve("parts-" + scheduler);
        TestRun run = run(images, scheduler, 2, new Interval.Steps(100));
        assertEquals(Reason.STOPPED, stopped(run, parts, null, 10));
        assertEquals(new RunState(10, 3, 8, 0, 0, List.of(), 0), withoutMeasurements(parts.resolve(LAST)));
        assertEquals(Reason.COMPLETED, run.train(parts, parts.resolve(LAST)));
        assertSameEnd(scheduler, parts);

        List<Metrics> history = history(parts);
        assertEquals(List.of(0.75, 1.5, 2.25, 3.0, 3.5), history.stream().map(Metrics::epochs).toList());
        // Of the rates that metrics.csv tells, so that this is known to have tested drops before and behind the stop.
        List<Double> rates = history.stream().map(metrics -> metrics.lr() / 0.002).toList();
        switch (scheduler) {
            case PLATEAU -> assertTrue(rates.get(2) <= 0.5 && rates.getLast() < rates.get(2), rates.toString());
            case STEP -> assertEquals(List.of(0.6, 0.5, 0.25, 0.25, 0.125), rates);
            case CONSTANT -> assertEquals(List.of(0.6, 1.0, 1.0, 1.0, 1.0), rates);
            case COSINE -> assertEquals(0.5 * (1 + Math.cos(Math.PI * 3.25 / 3.5)), rates.getLast(), 1e-12);
        }
    }

    private static RunState withoutMeasurements(Path checkpoint) {
        RunState state = FolderContents.state(checkpoint).orElseThrow();
        return new RunState(state.step(), state.epoch(), state.images(), 0, 0, List.of(), state.rollbacks());
    }

    /** Behind the first step, at the end of an epoch, before a measurement that is due, and before the last step. */
    @ParameterizedTest
    @ValueSource(longs = {1, 3, 4, 6, 13})
    void whereverItIsStopped(long step) throws IOException {
        Compilers.assumeQuick();
        Path parts = folder.resolve("stopped-" + step);
        TestRun run = run(images, Scheduler.PLATEAU, 1, Interval.EPOCH);
        assertEquals(Reason.STOPPED, stopped(run, parts, null, step));
        assertEquals(step, FolderContents.state(parts.resolve(LAST)).orElseThrow().step());
        assertEquals(step / 3, history(parts).size() + (step % 3 == 0 ? 1 : 0), "a measurement that is due is left to the run that goes on");
        assertEquals(Reason.COMPLETED, run.train(parts, parts.resolve(LAST)));
        assertSameEnd(Scheduler.PLATEAU, parts);
    }

    /** In the middle of measuring, so that neither the line of the measurement nor a checkpoint behind it is there. */
    @Test
    void aStopWhileMeasuringLeavesTheMeasurementToTheRunThatGoesOn() throws IOException {
        Compilers.assumeQuick();
        Path parts = folder.resolve("measuring");
        TestRun run = run(images, Scheduler.PLATEAU, 1, Interval.EPOCH);
        RunRequest request = new RunRequest();
        assertEquals(Reason.STOPPED, run.train(parts, null, request, event -> {
            if (event instanceof RunEvent.ValidationStarted started && started.place().step() == 14) {
                request.stop();
            }
        }));
        assertEquals(4, history(parts).size());
        assertEquals(Reason.COMPLETED, run.train(parts, parts.resolve(LAST)));
        assertSameEnd(Scheduler.PLATEAU, parts);
    }

    @Test
    void stepsBehindTheLastCheckpointOfARunThatDiedAreLostAndDoneAgain() throws IOException {
        Compilers.assumeQuick();
        Path parts = folder.resolve("died");
        TestRun run = run(images, Scheduler.PLATEAU, 1, new Interval.Steps(2));
        assertThrows(CancellationException.class, () -> run.train(parts, null, new RunRequest(), event -> {
            if (event instanceof RunEvent.StepFinished finished && finished.place().step() == 9) {
                throw new CancellationException();
            }
        }));
        assertEquals(8, FolderContents.state(parts.resolve(LAST)).orElseThrow().step());
        assertEquals(9 + 1, Files.readAllLines(parts.resolve("losses.csv")).size());
        assertEquals(Reason.COMPLETED, run.train(parts, parts.resolve(LAST)));
        assertSameEnd(Scheduler.PLATEAU, parts);
    }

    /** Six of fourteen images come in batches of another size; each is shown once. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5, 14})
    void batchesOfAnotherSizeGoOnWithTheVeryNextImage(int batch) throws IOException {
        Compilers.assumeQuick();
        Path parts = folder.resolve("batch-" + batch);
        TestRun run = TestRun.of(images, 2, Interval.EPOCH, Interval.EPOCH);
        stopped(run, parts, null, 2);
        List<Integer> shown = new ArrayList<>();
        List<Double> measured = new ArrayList<>();
        run.with(TestRun.options(2, batch, Scheduler.COSINE, Interval.EPOCH, 0)).train(parts, parts.resolve(LAST), new RunRequest(), event -> {
            switch (event) {
                case RunEvent.StepFinished step -> shown.add(step.images());
                case RunEvent.Validated validated -> measured.add(validated.metrics().epochs());
                default -> { }
            }
        });
        assertEquals(List.of(1.0, 2.0), measured);
        assertEquals(2 * TestRun.IMAGES - 2 * TestRun.BATCH, shown.stream().mapToInt(Integer::intValue).sum());
        assertEquals(Math.ceilDiv(6, batch) + Math.ceilDiv(14, batch), shown.size());
    }
}
