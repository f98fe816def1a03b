package alexnet.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import alexnet.core.device.Compilers;
import alexnet.core.run.event.Metrics;
import alexnet.core.run.event.Place;
import alexnet.core.run.event.RunEvent;
import alexnet.core.run.event.RunEvent.Reason;
import alexnet.core.run.event.RunSink;
import alexnet.core.training.Interval;
import alexnet.core.training.TrainingOptions.Scheduler;

/** What a run does when: four steps an epoch. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrainingRunTest {

    private Path folder;
    private Path images;

    @BeforeAll
    void drawImages(@TempDir Path temporary) throws IOException {
        Compilers.assumeQuick();
        folder = temporary;
        images = TestRun.noise(folder.resolve("images"));
    }

    /** Remembers what it was told of, by steps. */
    private static final class Log implements RunSink {
        final List<Long> measured = new ArrayList<>();
        final List<Long> written = new ArrayList<>();
        final List<String> events = new ArrayList<>();
        private final LongConsumer behindStep;

        Log(LongConsumer behindStep) {
            this.behindStep = behindStep;
        }

        @Override
        public void on(RunEvent event) {
            events.add(event.getClass().getSimpleName());
            switch (event) {
                case RunEvent.Validated validated -> measured.add(validated.place().step());
                case RunEvent.CheckpointWritten checkpoint -> written.add(checkpoint.place().step());
                case RunEvent.StepFinished step -> behindStep.accept(step.place().step());
                default -> { }
            }
        }
    }

    private Log trained(String name, TestRun run) throws IOException {
        Log log = new Log(_ -> { });
        assertEquals(Reason.COMPLETED, run.train(folder.resolve(name), null, new RunRequest(), log));
        return log;
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void itIsMeasuredAndSavedBySteps() throws IOException {
        Log log = trained("steps", TestRun.of(images, 2.25, new Interval.Steps(100), new Interval.Steps(4)));
        assertEquals(List.of(9L), log.measured, "the end is measured in any case");
        assertEquals(List.of(4L, 8L, 9L), log.written);
        assertEquals(List.of("step-00000008.safetensors", "step-00000009.safetensors"), names(folder.resolve("steps/checkpoints")));
        assertEquals(List.of(".lock", "best.safetensors", "checkpoints", "last.safetensors", "losses.csv", "metrics.csv"), names(folder.resolve("steps")));
        assertTrue(Files.isSameFile(folder.resolve("steps/last.safetensors"), folder.resolve("steps/checkpoints/step-00000009.safetensors")));
    }

    @Test
    void itIsMeasuredAndSavedByFractionsOfEpochs() throws IOException {
        Log log = trained("epochs", TestRun.of(images, 2, new Interval.Epochs(0.7), new Interval.Epochs(0.5)));
        assertEquals(List.of(3L, 6L, 8L), log.measured);
        assertTrue(log.written.containsAll(List.of(2L, 4L, 6L, 8L)), log.written.toString());
    }

    @Test
    void itIsSavedByTheClock() throws IOException {
        Log log = trained("clock", TestRun.of(images, 1, Interval.EPOCH, new Interval.Time(Duration.ofMillis(1))));
        assertEquals(List.of(1L, 2L, 3L, 4L), log.written);
        log = trained("long", TestRun.of(images, 1, Interval.EPOCH, new Interval.Time(Duration.ofHours(1))));
        assertEquals(List.of(4L), log.written);
    }

    @Test
    void lessThanAStepOfAnEpochIsAStep() throws IOException {
        Log log = trained("short", TestRun.of(images, 0.001, Interval.EPOCH, Interval.EPOCH));
        assertEquals(List.of(1L), log.measured);
        assertEquals(List.of(1L), log.written);
    }

    /** Whether it is a checkpoint's time or not. */
    @Test
    void theBestMeasurementIsSaved() throws IOException {
        TestRun run = TestRun.of(images, 3, Interval.EPOCH, new Interval.Steps(100));
        trained("best", run);
        RunState best = FolderContents.state(folder.resolve("best/best.safetensors")).orElseThrow();
        RunState last = FolderContents.state(folder.resolve("best/last.safetensors")).orElseThrow();
        assertTrue(best.bestIsLast());
        assertEquals(last.best(), best.best());
    }

    /** Images of noise: the accuracy cannot rise for long. */
    @Test
    void patienceEndsARunWhoseAccuracyDoesNotRise() throws IOException {
        TestRun run = TestRun.of(images, 50, Interval.EPOCH, Interval.EPOCH).with(TestRun.options(50, TestRun.BATCH, Scheduler.CONSTANT, new Interval.Steps(1), 3));
        assertEquals(Reason.PATIENCE, run.train(folder.resolve("patient"), null));
        OpenSnapshot end = OpenSnapshot.open(folder.resolve("patient/last.safetensors"));
        end.close();
        List<Metrics> history = end.content().state().history();
        int best = history.indexOf(end.content().state().best().orElseThrow());
        assertEquals(best + 3, history.size() - 1);
        assertEquals(Reason.PATIENCE, end.start().over(run.options()).orElseThrow());
        assertTrue(end.start().over(TestRun.options(50, TestRun.BATCH, Scheduler.CONSTANT, Interval.EPOCH, 4)).isEmpty());
    }

    @Test
    void aSnapshotIsWrittenOnRequestAndTheRunGoesOn() throws IOException {
        RunRequest request = new RunRequest();
        Log log = new Log(step -> {
            if (step == 2) {
                request.snapshot();
            }
        });
        assertEquals(Reason.COMPLETED, TestRun.of(images, 1, Interval.EPOCH, Interval.EPOCH).train(folder.resolve("asked"), null, request, log));
        assertEquals(List.of(2L, 4L), log.written);
    }

    @Test
    void aSnapshotThatIsAskedForBeforeTheFirstStepIsWrittenBehindIt() throws IOException {
        RunRequest request = new RunRequest();
        request.snapshot();
        Log log = new Log(_ -> { });
        assertEquals(Reason.COMPLETED, TestRun.of(images, 1, Interval.EPOCH, Interval.EPOCH).train(folder.resolve("early"), null, request, log));
        assertEquals(List.of(1L, 4L), log.written);
    }

    @Test
    void aRunThatIsOverHasNothingLeftToDo() throws IOException {
        TestRun run = TestRun.of(images, 1, Interval.EPOCH, Interval.EPOCH);
        trained("over", run);
        Path last = folder.resolve("over/last.safetensors");
        try (OpenSnapshot end = OpenSnapshot.open(last)) {
            assertEquals(Reason.COMPLETED, end.start().over(run.options()).orElseThrow());
            assertTrue(end.start().over(TestRun.options(1.25, TestRun.BATCH, Scheduler.COSINE, Interval.EPOCH, 0)).isEmpty());
        }
        byte[] before = Files.readAllBytes(last);
        Log log = new Log(_ -> { });
        assertEquals(Reason.COMPLETED, run.train(folder.resolve("over"), last, new RunRequest(), log));
        assertEquals(List.of("Started", "Ended"), log.events);
        assertEquals(before.length, Files.size(last));
    }

    private void assertFailsBehind(String name, long step, Class<? extends Exception> type, LongConsumer fault) throws IOException {
        TestRun run = TestRun.of(images, 5, Interval.EPOCH, new Interval.Steps(2));
        Log log = new Log(fault);
        IOException failure = assertThrows(IOException.class, () -> run.train(folder.resolve(name), null, new RunRequest(), log));
        assertTrue(type.isInstance(failure), failure.toString());
        long steps = log.events.stream().filter("StepFinished"::equals).count();
        assertTrue(steps >= step && steps <= step + 2, "it went on for " + (steps - step) + " steps");
    }

    private static void unchecked(Fault fault) {
        try {
            fault.happen();
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private interface Fault {
        void happen() throws IOException;
    }

    @Test
    void aFolderThatIsGoneEndsTheRunAtTheNextStep() throws IOException {
        Path moved = folder.resolve("gone-elsewhere");
        assertFailsBehind("gone", 5, FileSystemException.class, step -> unchecked(() -> {
            if (step == 5) {
                Files.move(folder.resolve("gone"), moved);
            }
        }));
        // That of the fourth step may just have been about to get its second name.
        long last = FolderContents.state(moved.resolve("last.safetensors")).orElseThrow().step();
        assertTrue(last == 2 || last == 4, "step " + last);
    }

    /** The failure comes in the thread that writes, and ends the run in the one that trains. */
    @Test
    void aCheckpointThatCannotBeWrittenEndsTheRunAndLeavesTheOneBefore() throws IOException {
        Path output = folder.resolve("blocked");
        assertFailsBehind("blocked", 6, FileSystemException.class, step -> unchecked(() -> {
            if (step == 5) {
                Files.createDirectory(output.resolve("checkpoints/step-00000006.safetensors"));
            }
        }));
        assertEquals(4, FolderContents.state(output.resolve("last.safetensors")).orElseThrow().step());
        assertTrue(names(output.resolve("checkpoints")).stream().noneMatch(name -> name.endsWith(".tmp")));
        Files.delete(output.resolve("checkpoints/step-00000006.safetensors"));
        assertEquals(Reason.COMPLETED, TestRun.of(images, 2, Interval.EPOCH, new Interval.Steps(2)).train(output, output.resolve("last.safetensors")));
    }

    @Test
    void aSinkThatFailsEndsTheRun() throws IOException {
        for (Class<? extends RunEvent> told : List.of(RunEvent.StepFinished.class, RunEvent.ValidationAdvanced.class, RunEvent.CheckpointWritten.class)) {
            IOException failure = assertThrows(IOException.class, () -> TestRun.of(images, 1, Interval.EPOCH, Interval.EPOCH)
                    .train(folder.resolve("sink-" + told.getSimpleName()), null, new RunRequest(), event -> {
                        if (told.isInstance(event)) {
                            throw new IOException("no space left on device");
                        }
                    }));
            assertEquals("no space left on device", failure.getMessage());
        }
    }

    @Test
    void aPlaceIsTheSameWhereverTheRunBegan() {
        Course course = new Course(TestRun.options(2.5, 4, Scheduler.COSINE, Interval.EPOCH, 0), 14);
        assertEquals(new Place(0, 1, 0, 4), course.place(RunState.NEW));
        RunState state = RunState.NEW;
        List<Place> places = new ArrayList<>();
        for (int images : new int[] {4, 4, 4, 2, 4, 4, 4, 2, 4, 4}) {
            assertFalse(course.completed(state));
            assertEquals(10, course.steps(state));
            state = course.behind(state, images, 1);
            places.add(course.place(state));
        }
        assertTrue(course.completed(state));
        assertEquals(new Place(4, 1, 4, 4), places.get(3));
        assertEquals(new Place(5, 2, 1, 4), places.get(4));
        assertEquals(2.5, places.getLast().epochs());
        assertEquals(new RunState(10, 3, 8, 10, 36, List.of(), 0), state);
    }
}
