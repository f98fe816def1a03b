package alexnet.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import alexnet.core.model.Entries;
import alexnet.core.run.event.Metrics;
import alexnet.core.run.event.Place;
import alexnet.core.run.event.RunEvent;
import alexnet.core.run.event.RunSink;
import alexnet.core.run.event.Sinks;

/** Two steps an epoch, each of which is measured; checkpoints hold zeros. */
class RunFolderTest {

    @TempDir
    private Path temporary;

    private Path run() {
        return temporary.resolve("run");
    }

    /** Behind so many epochs, of two steps each, of these top-1 accuracies; {@code run} tells apart what else would be the same. */
    static RunState state(int run, double... top1) {
        return new RunState(2L * top1.length, top1.length + 1, 0, 0, 0, IntStream.range(0, top1.length)
                .mapToObj(i -> new Metrics(2L * (i + 1), i + 1, 0.01, run, 1, top1[i], 1)).toList(), 0);
    }

    static void writeCheckpoint(Path file, RunState state) throws IOException {
        CheckpointFile content = CheckpointFile.second();
        // The file may have a second name, which stays as it is.
        Files.deleteIfExists(file);
        content.metadata.put("run", Entries.text(state));
        content.write(file);
    }

    private static void step(RunSink tables, long step) throws IOException {
        tables.on(new RunEvent.StepFinished(new Place(step, (int) (step + 1) / 2, (int) (2 - step % 2), 2), 4, 0.01, 2, 1, 0));
    }

    /** Trains all epochs behind those that it starts with. */
    private static void train(RunFolder folder, RunStart start, int run, double... top1) throws IOException {
        try (Sinks tables = new Sinks(folder.begin())) {
            for (int epoch = start.state().history().size() + 1; epoch <= top1.length; epoch++) {
                step(tables, 2L * epoch - 1);
                step(tables, 2L * epoch);
                RunState state = state(run, Arrays.copyOf(top1, epoch));
                tables.on(new RunEvent.Validated(new Place(2L * epoch, epoch, 2, 2), state.history().getLast(), state.bestIsLast(), 100, 3));
                folder.save(state, RunFolderTest::writeCheckpoint, 2, 0);
            }
        }
    }

    private static void train(Path folder, RunStart start, boolean overwrite, int run, double... top1) throws IOException {
        try (RunFolder claimed = RunFolder.claim(folder, start, overwrite)) {
            train(claimed, start, run, top1);
        }
    }

    private static RunStart after(Path checkpoint, RunState state) {
        return new RunStart(checkpoint, state);
    }

    private static List<String> contents(Path folder) throws IOException {
        List<String> contents = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(file -> !file.endsWith(".lock")).sorted().toList()) {
                contents.add(file.getFileName() + " " + Files.size(file) + " " + Files.getLastModifiedTime(file));
            }
        }
        return contents;
    }

    private static List<Integer> column(Path table) throws IOException {
        return Files.readAllLines(table).stream().skip(1).map(line -> Integer.valueOf(line.substring(0, line.indexOf(',')))).toList();
    }

    private void assertRefused(String message, RunStart start) throws IOException {
        List<String> before = contents(run());
        String early = assertThrows(RunFolderException.class, () -> RunFolder.requireRoom(run(), start, false)).getMessage();
        assertTrue(early.contains(message), early);
        assertEquals(early, assertThrows(RunFolderException.class, () -> RunFolder.claim(run(), start, false)).getMessage());
        assertEquals(before, contents(run()));
    }

    @Test
    void aSecondRunInAFolderIsRefusedUntilTheFirstIsOver() throws IOException {
        try (RunFolder first = RunFolder.claim(run(), RunStart.NEW, false)) {
            for (int attempt = 0; attempt < 2; attempt++) {
                assertTrue(assertThrows(RunFolderException.class, () -> RunFolder.claim(temporary.resolve("run/../run"), RunStart.NEW, false))
                        .getMessage().startsWith("another run is writing to "));
            }
            train(first, RunStart.NEW, 1);
        }
        RunFolder.claim(run(), RunStart.NEW, false).close();
    }

    @Test
    void anotherProcessIsRefusedToo() throws Exception {
        try (RunFolder first = RunFolder.claim(run(), RunStart.NEW, false)) {
            // What was refused in this process must not have given up what keeps others out.
            assertThrows(RunFolderException.class, () -> RunFolder.claim(run(), RunStart.NEW, false));
            assertEquals("refused", claimInAnotherProcess());
        }
        assertEquals("claimed", claimInAnotherProcess());
    }

    private String claimInAnotherProcess() throws Exception {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), Claim.class.getName(), run().toString()).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        process.waitFor();
        return said.strip();
    }

    /** A process that claims a folder. */
    static final class Claim {
        public static void main(String[] arguments) throws IOException {
            try (RunFolder claimed = RunFolder.claim(Path.of(arguments[0]), RunStart.NEW, true)) {
                System.out.println("claimed");
            } catch (RunFolderException taken) {
                System.out.println("refused");
            }
        }
    }

    @Test
    void newFoldersNeverCollide() throws IOException {
        Path name = temporary.resolve("runs/food-20250101-000000");
        try (RunFolder first = RunFolder.create(name); RunFolder second = RunFolder.create(name); RunFolder third = RunFolder.create(name)) {
            assertEquals(List.of(name, name.resolveSibling(name.getFileName() + "-2"), name.resolveSibling(name.getFileName() + "-3")),
                    List.of(first.path(), second.path(), third.path()));
        }
    }

    @Test
    void aRunThatNeverBeginsLeavesNoFolder() throws IOException {
        RunFolder.create(run()).close();
        RunFolder.claim(run(), RunStart.NEW, false).close();
        assertFalse(Files.exists(run()));
        Files.createDirectories(run());
        RunFolder.claim(run(), RunStart.NEW, false).close();
        assertTrue(Files.exists(run()), "it was there before");
    }

    @ParameterizedTest
    @ValueSource(strings = {"metrics.csv", "losses.csv", "warnings.csv"})
    void aTableOfSomethingElseIsLeftAlone(String name) throws IOException {
        Path table = Files.createDirectories(run()).resolve(name);
        for (String content : List.of("day,rain\n1,0\n", "step\n", "step,epoch,lr,train_loss,val_loss,val_top1,val_top5,images_per_second,seconds_each\n",
                "step,epoch,lr,loss,accuracy\n", "x")) {
            Files.writeString(table, content);
            assertRefused(name + " is not a training run's", RunStart.NEW);
            assertThrows(RunFolderException.class, () -> RunFolder.claim(run(), RunStart.NEW, true));
            assertEquals(content, Files.readString(table));
        }
        Files.delete(table);
        Files.createDirectory(table);
        assertRefused(name + " is not a training run's", RunStart.NEW);
    }

    @Test
    void aNewRunDoesNotDiscardAnEarlierOneUnasked() throws IOException {
        train(run(), RunStart.NEW, false, 1, 0.5, 0.4);
        assertRefused("go on by --resume " + run().resolve("last.safetensors"), RunStart.NEW);
        for (String name : List.of("last.safetensors", "best.safetensors", "checkpoints/step-00000002.safetensors", "checkpoints/step-00000004.safetensors")) {
            Files.delete(run().resolve(name));
            assertRefused("holds the results of an earlier run: name another folder by --output", RunStart.NEW);
        }
        train(run(), RunStart.NEW, true, 2, 0.3);
        assertEquals(List.of(2), column(run().resolve("metrics.csv")));
    }

    @Test
    void anEarlierRunIsDiscardedAsAWholeWhenAnotherBegins() throws IOException {
        train(run(), RunStart.NEW, false, 1, 0.3, 0.4);
        try (RunFolder other = RunFolder.claim(run(), RunStart.NEW, true); Sinks tables = new Sinks(other.begin())) {
            assertEquals(Optional.empty(), CheckpointsTest.file(RunFolder.newestGood(run(), message -> { })), "or it would be gone on from, if this one died now");
            assertEquals(List.of("checkpoints", "losses.csv", "metrics.csv"), names(run()));
        }
    }

    /** Or a run that is killed between the two would leave, as the newest, what it was to discard. */
    @Test
    void theFurtherNamesOfWhatIsDiscardedGoBeforeItsFiles() throws IOException {
        train(run(), RunStart.NEW, false, 1, 0.3, 0.4);
        Files.createDirectories(run().resolve("checkpoints/step-00000001.safetensors/cannot-be-deleted"));
        try (RunFolder other = RunFolder.claim(run(), RunStart.NEW, true)) {
            assertThrows(FileSystemException.class, other::begin);
        }
        assertEquals(List.of("checkpoints", "losses.csv", "metrics.csv"), names(run()));
    }

    @Test
    void aRunThatEndedBeforeItsFirstCheckpointIsStartedAgainInItsFolder() throws IOException {
        try (RunFolder first = RunFolder.claim(run(), RunStart.NEW, false); Sinks tables = new Sinks(first.begin())) {
            step(tables, 1);
        }
        train(run(), RunStart.NEW, false, 1, 0.5);
        assertEquals(List.of(1, 2), column(run().resolve("losses.csv")));
    }

    @Test
    void laterCheckpointsAreNotDiscardedUnasked() throws IOException {
        train(run(), RunStart.NEW, false, 1, 0.1, 0.5, 0.4, 0.3);
        Path best = run().resolve("best.safetensors");
        RunStart fromBest = after(best, state(1, 0.1, 0.5));
        assertRefused(best + " is of step 4, but " + run() + " goes on to step 8", fromBest);
        Files.delete(run().resolve("last.safetensors"));
        assertRefused("goes on to step 8", fromBest);

        train(run(), fromBest, true, 1, 0.1, 0.5, 0.2);
        assertEquals(List.of(2, 4, 6), column(run().resolve("metrics.csv")));
        assertEquals(List.of(1, 2, 3, 4, 5, 6), column(run().resolve("losses.csv")));
        assertEquals(state(1, 0.1, 0.5), FolderContents.state(best).orElseThrow());
        assertEquals(List.of("step-00000004.safetensors", "step-00000006.safetensors"), names(run().resolve("checkpoints")));
    }

    /** It is not taken for another run's. */
    @Test
    void aLaterCheckpointThatIsDamagedIsNotDiscardedUnasked() throws IOException {
        train(run(), RunStart.NEW, false, 1, 0.1, 0.5, 0.4);
        Files.write(run().resolve("last.safetensors"), new byte[9]);
        assertRefused("goes on to step 6", after(run().resolve("checkpoints/step-00000004.safetensors"), state(1, 0.1, 0.5)));
    }

    /** A run that was killed has told of steps, and perhaps of a measurement, that no checkpoint knows. */
    @Test
    void laterLinesWithoutACheckpointAreLostSteps() throws IOException {
        train(run(), RunStart.NEW, false, 1, 0.1, 0.5, 0.4);
        Files.delete(run().resolve("last.safetensors"));
        Files.delete(run().resolve("checkpoints/step-00000006.safetensors"));
        List<String> metrics = Files.readAllLines(run().resolve("metrics.csv"));
        RunStart start = after(run().resolve("checkpoints/step-00000004.safetensors"), state(1, 0.1, 0.5));
        try (RunFolder again = RunFolder.claim(run(), start, false); Sinks tables = new Sinks(again.begin())) {
            assertEquals(metrics.subList(0, 3), Files.readAllLines(run().resolve("metrics.csv")), "with the times that only the table knows");
            assertEquals(List.of(1, 2, 3, 4), column(run().resolve("losses.csv")));
        }
    }

    /** Of a time when a measurement was an epoch. */
    @Test
    void aTableWithoutStepsIsGoneOnWith() throws IOException {
        Path start = temporary.resolve("start.safetensors");
        writeCheckpoint(start, state(1, 0.1, 0.5));
        Path metrics = Files.createDirectories(run()).resolve("metrics.csv");
        Files.writeString(metrics, """
                epoch,lr,train_loss,val_loss,val_top1,val_top5,images_per_second,seconds
                1,0.0100000,1.00000,1.00000,0.100000,1.00000,123.000,4.56000
                2,0.0100000,1.00000,1.00000,0.500000,1.00000,124.000,4.""");
        try (RunFolder folder = RunFolder.claim(run(), after(start, state(1, 0.1, 0.5)), false); Sinks tables = new Sinks(folder.begin())) {
            assertEquals(List.of("2,1,0.0100000,1.00000,1.00000,0.100000,1.00000,123.000,4.56000", "4,2,0.0100000,1.00000,1.00000,0.500000,1.00000,,"),
                    Files.readAllLines(metrics).subList(1, 3));
        }
    }

    @Test
    void aMeasurementWhoseLineWasLostIsToldWithoutItsTimes() throws IOException {
        train(run(), RunStart.NEW, false, 1, 0.1, 0.5);
        Files.delete(run().resolve("metrics.csv"));
        try (RunFolder again = RunFolder.claim(run(), after(run().resolve("last.safetensors"), state(1, 0.1, 0.5)), false);
                Sinks tables = new Sinks(again.begin())) {
            assertEquals("4,2,0.0100000,1.00000,1.00000,0.500000,1.00000,,", Files.readAllLines(run().resolve("metrics.csv")).getLast());
        }
    }

    @Test
    void aRunGoesOnFromItsNewestCheckpointUnderAnyName() throws IOException {
        train(run(), RunStart.NEW, false, 1, 0.1, 0.5);
        train(run(), after(run().resolve("best.safetensors"), state(1, 0.1, 0.5)), false, 1, 0.1, 0.5, 0.6);
        train(run(), after(run().resolve("checkpoints/step-00000006.safetensors"), state(1, 0.1, 0.5, 0.6)), false, 1, 0.1, 0.5, 0.6, 0.7);
        assertEquals(List.of(2, 4, 6, 8), column(run().resolve("metrics.csv")));
    }

    @Test
    void aFolderOfAnotherRunIsNotGoneOnIn() throws IOException {
        train(run(), RunStart.NEW, false, 1, 0.1, 0.5);
        RunStart other = after(temporary.resolve("last.safetensors"), state(2, 0.1, 0.5, 0.6));
        assertRefused("holds the results of another run", other);
        Files.delete(run().resolve("last.safetensors"));
        Files.writeString(run().resolve("last.safetensors"), "of something else");
        assertRefused("holds the results of another run", after(run().resolve("best.safetensors"), state(1, 0.1, 0.5)));
    }

    @Test
    void theBestCheckpointOfStepsThatAreDiscardedGoesWithThem() throws IOException {
        train(run(), RunStart.NEW, false, 1, 0.3, 0.2, 0.5);
        Path kept = temporary.resolve("kept.safetensors");
        writeCheckpoint(kept, state(1, 0.3, 0.2));
        RunStart start = after(kept, state(1, 0.3, 0.2));
        try (RunFolder folder = RunFolder.claim(run(), start, true); Sinks tables = new Sinks(folder.begin())) {
            assertEquals(List.of("step-00000004.safetensors"), names(run().resolve("checkpoints")));
            assertEquals(List.of("checkpoints", "last.safetensors", "losses.csv", "metrics.csv"), names(run()));
            assertEquals(Optional.empty(), folder.checkpointOf(start.state().best().orElseThrow()));
        }
    }

    /** It was killed when the file was in its place and had no further names yet. */
    @Test
    void aBestCheckpointThatIsNotYetCalledSoIsCalledSoWhenTheRunGoesOn() throws IOException {
        train(run(), RunStart.NEW, false, 1, 0.3, 0.2);
        Path newest = run().resolve("checkpoints/step-00000006.safetensors");
        writeCheckpoint(newest, state(1, 0.3, 0.2, 0.5));
        train(run(), after(newest, state(1, 0.3, 0.2, 0.5)), true, 1, 0.3, 0.2, 0.5, 0.4, 0.1);
        assertFalse(Files.exists(newest));
        assertEquals(Optional.of(state(1, 0.3, 0.2, 0.5)), FolderContents.state(run().resolve("best.safetensors")));
        assertEquals(10, FolderContents.state(run().resolve("last.safetensors")).orElseThrow().step());
    }

    @Test
    void aRunThatGoesBackToItsBestCallsItSo() throws IOException {
        try (RunFolder folder = RunFolder.claim(run(), RunStart.NEW, false)) {
            train(folder, RunStart.NEW, 1, 0.3, 0.5);
            assertEquals(2, folder.goBack(3, _ -> { }).state().step());
            assertEquals(Optional.of(state(1, 0.3)), FolderContents.state(run().resolve("best.safetensors")));
        }
    }

    @Test
    void howeverOftenARunGoesBackItsFirstCheckpointStays() throws IOException {
        try (RunFolder folder = RunFolder.claim(run(), RunStart.NEW, false)) {
            train(folder, RunStart.NEW, 1, 0.3, 0.5, 0.4);
            for (long step : new long[] {Long.MAX_VALUE, 5, 3, 3}) {
                long expected = step > 5 ? 6 : 4;
                assertEquals(expected, folder.goBack(step, _ -> { }).state().step());
                assertEquals(expected, FolderContents.state(run().resolve("last.safetensors")).orElseThrow().step());
            }
            assertEquals(List.of("step-00000004.safetensors"), names(run().resolve("checkpoints")));
        }
    }

    /** Then that is what comes before the first checkpoint. */
    @Test
    void aRunWithoutAPrunedCheckpointGoesBackToItsBeginning() throws IOException {
        try (RunFolder folder = RunFolder.claim(run(), RunStart.NEW, false)) {
            train(folder, RunStart.NEW, 1, 0.3, 0.5);
            assertEquals(RunStart.NEW, folder.goBack(1, _ -> { }));
            assertEquals(List.of("checkpoints"), names(run()).stream().filter(name -> !name.endsWith(".csv")).toList());
        }
    }

    @Test
    void aDamagedCheckpointIsToldWhenARunGoesBack() throws IOException {
        try (RunFolder folder = RunFolder.claim(run(), RunStart.NEW, false)) {
            train(folder, RunStart.NEW, 1, 0.3, 0.5);
            Path damaged = run().resolve("checkpoints/step-00000004.safetensors");
            Files.write(damaged, new byte[7]);
            List<String> told = new ArrayList<>();
            assertEquals(2, folder.goBack(Long.MAX_VALUE, told::add).state().step());
            assertEquals(1, told.size());
            assertTrue(told.getFirst().startsWith(damaged + " ") && told.getFirst().endsWith("; it is passed over"), told.toString());
        }
    }

    @Test
    void aCheckpointThatAnotherRunHasWrittenMeanwhileIsNotDiscarded() throws IOException {
        train(run(), RunStart.NEW, false, 1, 0.3, 0.5);
        RunStart seen = after(run().resolve("checkpoints/step-00000004.safetensors"), state(1, 0.3, 0.5));
        RunFolder.claimNewest(run(), seen).close();
        train(run(), seen, false, 1, 0.3, 0.5, 0.4);
        for (RunStart earlier : List.of(seen, RunStart.NEW)) {
            assertEquals("another run has just ended in " + run() + ": call again",
                    assertThrows(RunFolderException.class, () -> RunFolder.claimNewest(run(), earlier)).getMessage());
        }
        RunFolder.claimNewest(run(), after(run().resolve("checkpoints/step-00000006.safetensors"), state(1, 0.3, 0.5, 0.4))).close();
    }

    /** Even if it dies before its first own checkpoint, it is gone on with from its own folder. */
    @Test
    void aRunThatGoesOnElsewhereTakesItsCheckpointAlong() throws IOException {
        train(run(), RunStart.NEW, false, 1, 0.1, 0.5, 0.4);
        RunStart start = after(run().resolve("last.safetensors"), state(1, 0.1, 0.5, 0.4));
        Path folder = temporary.resolve("elsewhere");
        try (RunFolder elsewhere = RunFolder.claim(folder, start, false)) {
            assertEquals(Optional.of(start.checkpoint()), elsewhere.newest());
            try (Sinks tables = new Sinks(elsewhere.begin())) {
                assertEquals(Optional.of(folder.resolve("checkpoints/step-00000006.safetensors")), CheckpointsTest.file(RunFolder.newestGood(folder, message -> { })));
            }
        }
        Path taken = folder.resolve("checkpoints/step-00000006.safetensors");
        RunStart again = after(taken, state(1, 0.1, 0.5, 0.4));
        try (RunFolder elsewhere = RunFolder.claim(folder, again, false)) {
            train(elsewhere, again, 1, 0.1, 0.5, 0.4, 0.45);
            assertEquals(Optional.of(folder.resolve("checkpoints/step-00000008.safetensors")), elsewhere.newest());
        }
        assertEquals(List.of(7, 8), column(folder.resolve("losses.csv")));
        assertEquals(List.of(1, 2, 3, 4, 5, 6), column(run().resolve("losses.csv")));
    }

    @Test
    void theBestCheckpointIsNamedWhereItIs() throws IOException {
        train(run(), RunStart.NEW, false, 1, 0.1, 0.5, 0.4);
        for (String name : List.of("last.safetensors", "checkpoints/step-00000006.safetensors")) {
            RunStart start = after(run().resolve(name), state(1, 0.1, 0.5, 0.4));
            try (RunFolder elsewhere = RunFolder.claim(temporary.resolve(name.substring(0, 4)), start, false)) {
                assertEquals(Optional.of(run().resolve("best.safetensors")), elsewhere.checkpointOf(start.state().best().orElseThrow()));
            }
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> !name.equals(".lock")).sorted().toList();
        }
    }

    @Test
    void aFolderThatIsGoneOrAnothersIsNoticed() throws IOException {
        try (RunFolder folder = RunFolder.claim(run(), RunStart.NEW, false); Sinks tables = new Sinks(folder.begin())) {
            folder.requireHeld();
            Files.move(run(), temporary.resolve("moved"));
            assertTrue(assertThrows(FileSystemException.class, folder::requireHeld).getMessage().contains("was deleted or moved"));
            Files.writeString(Files.createDirectory(run()).resolve(".lock"), "");
            assertTrue(assertThrows(FileSystemException.class, folder::requireHeld).getMessage().contains("was replaced by another"));
        }
    }

    @Test
    void whatAKilledRunLeftIsSweptWhenTheNextBegins() throws IOException {
        Path left = Files.writeString(Files.createDirectories(run()).resolve(".last.safetensors.1.tmp"), "half a checkpoint");
        Path table = Files.writeString(run().resolve(".metrics.csv." + ProcessHandle.current().pid() + ".tmp"), "");
        Path configuration = Files.writeString(run().resolve(".config.json." + ProcessHandle.current().pid() + ".tmp"), "");
        Path half = Files.writeString(Files.createDirectories(run().resolve("checkpoints")).resolve(".step-00000004.safetensors.77.tmp"), "half");
        Path foreign = Files.writeString(run().resolve(".notes.txt.1.tmp"), "somebody else's");
        try (RunFolder folder = RunFolder.claim(run(), RunStart.NEW, false)) {
            assertTrue(Files.exists(left), "nothing changes before the run begins");
            new Sinks(folder.begin()).close();
        }
        assertFalse(Files.exists(left) || Files.exists(table) || Files.exists(configuration) || Files.exists(half));
        assertTrue(Files.exists(foreign));
    }

    @Test
    void aLineIsInItsFileWhenItsStepIsDone() throws IOException {
        try (RunFolder folder = RunFolder.claim(run(), RunStart.NEW, false); Sinks tables = new Sinks(folder.begin())) {
            step(tables, 1);
            step(tables, 2);
            assertEquals("step,epoch,lr,loss,images_per_second,waiting\n1,1,0.0100000,2.00000000,4.000,0.000\n2,1,0.0100000,2.00000000,4.000,0.000\n",
                    Files.readString(run().resolve("losses.csv")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"3,2,0.5,1", "3,2,0.5,1\n4,2,0.5,1.1", "3,2,0.5,1\n4,2,", "5,3,0.5,1\n", "3,2,0.5,1\n4,2,0.5,1\n5,3,0.5,1\n6,3,0.5,1\n"})
    void aTableThatWasCutGoesOnBehindItsLastWholeLineOfTheRun(String more) throws IOException {
        Path start = temporary.resolve("start.safetensors");
        writeCheckpoint(start, state(1, 0.1, 0.2));
        Path losses = Files.createDirectories(run()).resolve("losses.csv");
        Files.writeString(losses, "step,epoch,lr,loss\n1,1,0.5,1\n2,1,0.5,1\n" + more);
        try (RunFolder folder = RunFolder.claim(run(), after(start, state(1, 0.1, 0.2)), false); Sinks tables = new Sinks(folder.begin())) {
            step(tables, 5);
        }
        List<String> lines = Files.readAllLines(losses);
        assertEquals("5,3,0.0100000,2.00000000,4.000,0.000", lines.getLast());
        assertTrue(lines.stream().allMatch(line -> line.chars().filter(c -> c == ',').count() == 5), lines.toString());
        List<Integer> steps = column(losses);
        List<Integer> before = steps.subList(0, steps.size() - 1);
        assertEquals(IntStream.rangeClosed(1, before.size()).boxed().toList(), before);
        assertTrue(before.size() <= 4);
    }
}
