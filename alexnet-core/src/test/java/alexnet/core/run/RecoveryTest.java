package alexnet.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import alexnet.core.device.Compilers;
import alexnet.core.group.TwoGroupNetwork;
import alexnet.core.run.event.RunEvent;
import alexnet.core.training.DivergedException;
import alexnet.core.training.Interval;
import alexnet.core.training.Options;
import alexnet.core.training.TrainingOptions;

/** Runs whose rate is far too large. */
class RecoveryTest {

    private static final double LR = 8;
    private static final double EPOCHS = 1.5;

    @TempDir
    private static Path images;

    @TempDir
    private Path folder;

    @BeforeAll
    static void makeNoise() throws IOException {
        TestRun.noise(images);
    }

    private static TrainingOptions options(double epochs, double lr) {
        return Options.of("{\"epochs\": " + epochs + ", \"lr\": " + lr + ", \"lr_gamma\": 1, \"seed\": 7, \"validate_every\": \"2\"}");
    }

    /** A checkpoint every two steps. */
    private static TestRun run(double lr) {
        return TestRun.of(images, EPOCHS, Interval.EPOCH, new Interval.Steps(2)).with(options(EPOCHS, lr));
    }

    private static RunState state(Path file) {
        try (OpenSnapshot open = OpenSnapshot.open(file)) {
            return open.content().state();
        }
    }

    private static List<String> column(Path table, int column) throws IOException {
        return Files.readAllLines(table).stream().skip(1).map(line -> line.split(",")[column]).toList();
    }

    @Test
    void aRunThatMayGoBackComesToItsEnd() throws IOException {
        Compilers.assumeQuick();
        List<RunEvent> events = new ArrayList<>();
        assertEquals(RunEvent.Reason.COMPLETED, run(LR).train(folder, null, new RunRequest(), events::add, 20));

        RunState end = state(folder.resolve("last.safetensors"));
        List<String> warnings = events.stream().filter(RunEvent.Warned.class::isInstance).map(event -> ((RunEvent.Warned) event).message())
                .filter(message -> message.contains("going back")).toList();
        assertTrue(end.rollbacks() > 2, "went back " + end.rollbacks() + " times");
        assertEquals(end.rollbacks(), warnings.size());
        assertTrue(warnings.getFirst().matches("step \\d+ \\(epoch 1\\): the (training|validation) loss is (not a number|infinite) at learning rate 8.00000; "
                + "the first layer with a value that is not finite is .*; going back to the start values, with half the rate from now on \\(rollback 1 of"
                + " at most 20\\)"), warnings.getFirst());
        // Every step once, although most were done more often.
        assertEquals(LongStream.rangeClosed(1, 6).mapToObj(Long::toString).toList(), column(folder.resolve("losses.csv"), 0));
        assertEquals(List.of("2", "4", "6"), column(folder.resolve("metrics.csv"), 0));
        assertEquals(3, end.history().size());
        double last = Double.parseDouble(column(folder.resolve("losses.csv"), 2).getLast());
        assertEquals(LR * Math.pow(0.5, end.rollbacks()), last, 1e-5 * last);
        assertTrue(events.stream().filter(RunEvent.Started.class::isInstance).count() > 1);
    }

    /** What goes on keeps the rate, and the count. */
    @Test
    void aResumedRunKeepsTheHalvedRate() throws IOException {
        Compilers.assumeQuick();
        run(0.002).train(folder, null);
        Path wentBack = folder.resolve("went-back.safetensors");
        try (OpenSnapshot open = OpenSnapshot.open(folder.resolve("last.safetensors"));
                TwoGroupNetwork network = TestRun.network(open.content().model().architecture(), TestRun.BATCH)) {
            open.load(network);
            Snapshot content = open.content();
            new Snapshot(content.model(), content.options(), open.start().withRollbacks(2).state()).write(wentBack, network.tensors(), new byte[0]);
        }
        Path next = folder.resolve("next");
        run(0.002).with(options(3, 0.002)).train(next, wentBack);
        assertEquals(2, state(next.resolve("last.safetensors")).rollbacks());
        assertEquals(0.0005, Double.parseDouble(column(next.resolve("losses.csv"), 2).getLast()), 1e-9);
    }

    /** A run that is killed right after it has gone back goes on with the smaller rate, too. */
    @Test
    void aRollbackIsCountedInItsCheckpointBeforeItsFirstStep() throws IOException {
        Compilers.assumeQuick();
        run(0.002).train(folder, null);
        Path good = folder.resolve("last.safetensors");
        List<RunEvent> events = new ArrayList<>();
        assertThrows(DivergedException.class, () -> run(0.002).with(options(4, 1e10)).train(folder, good, new RunRequest(), events::add, 1));
        assertEquals(6, state(good).step());
        assertEquals(1, state(good).rollbacks());
        List<String> kinds = events.stream().map(event -> event.getClass().getSimpleName()).toList();
        int again = kinds.lastIndexOf("Started");
        assertEquals(List.of("Started", "Warned", "CheckpointWritten"), kinds.subList(again, again + 3));
    }

    @Test
    void theNumberOfRollbacksIsBounded() {
        DivergedException diverged = assertThrows(DivergedException.class, () -> run(LR).train(folder, null, new RunRequest(), _ -> { }, 2));
        assertTrue(diverged.getMessage().endsWith("; the run has gone back 2 times already"), diverged.getMessage());
    }

    @Test
    void aRunThatMayNotGoBackEndsAndLeavesTheGoodCheckpoint() throws IOException {
        Compilers.assumeQuick();
        run(0.002).train(folder, null);
        Path good = folder.resolve("last.safetensors");
        byte[] before = Files.readAllBytes(good);
        DivergedException diverged = assertThrows(DivergedException.class, () -> run(0.002).with(options(4, 1e10)).train(folder, good));
        assertTrue(diverged.getMessage().matches("step (7|8) \\(epoch 2\\): .* at learning rate 1.00000e\\+10; the first layer .*"), diverged.getMessage());
        assertEquals(6, state(good).step());
        assertEquals(before.length, Files.size(good));
        assertFalse(Files.exists(folder.resolve("checkpoints/step-00000008.safetensors")));
    }
}
