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
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two steps an epoch; checkpoints hold zeros. */
class RunFolderTest {

    @TempDir
    private Path temporary;

    private Path run() {
        return temporary.resolve("run");
    }

    /** Epochs of these top-1 accuracies; {@code run} tells apart what else would be the same. */
    private static List<EpochMetrics> epochs(int run, double... top1) {
        return IntStream.range(0, top1.length).mapToObj(i -> new EpochMetrics(i + 1, 0.01, 1, 1, top1[i], 1, 100, run)).toList();
    }

    private static void writeCheckpoint(Path file, List<EpochMetrics> history) throws IOException {
        CheckpointFile content = new CheckpointFile();
        // The file may have a second name, which stays as it is.
        Files.deleteIfExists(file);
        content.metadata.put("history", new ObjectMapper().valueToTree(history).toString());
        content.write(file);
    }

    /** Trains all epochs behind those that it starts with. */
    private static void train(RunFolder folder, RunStart start, List<EpochMetrics> epochs) throws IOException {
        folder.begin();
        for (int epoch = start.epoch() + 1; epoch <= epochs.size(); epoch++) {
            List<EpochMetrics> soFar = epochs.subList(0, epoch);
            folder.step(epoch, 0.01, 2);
            folder.step(epoch, 0.01, 1);
            folder.epoch(soFar, file -> writeCheckpoint(file, soFar));
        }
    }

    private static void train(Path folder, RunStart start, boolean overwrite, List<EpochMetrics> epochs) throws IOException {
        try (RunFolder claimed = RunFolder.claim(folder, start, overwrite)) {
            train(claimed, start, epochs);
        }
    }

    private static RunStart after(Path checkpoint, List<EpochMetrics> history) {
        return new RunStart(checkpoint, history, 2L * history.size());
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
            train(first, RunStart.NEW, epochs(1));
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
    @ValueSource(strings = {"metrics.csv", "losses.csv"})
    void aTableOfSomethingElseIsLeftAlone(String name) throws IOException {
        Path table = Files.createDirectories(run()).resolve(name);
        for (String content : List.of("day,rain\n1,0\n", "step\n", "epoch,lr,train_loss,val_loss,val_top1,val_top5,images_per_second,seconds_each\n",
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
        train(run(), RunStart.NEW, false, epochs(1, 0.5, 0.4));
        assertRefused("go on by --resume " + run().resolve("last.safetensors"), RunStart.NEW);
        Files.delete(run().resolve("last.safetensors"));
        assertRefused("holds the results of an earlier run: name another folder by --output, or discard them", RunStart.NEW);
        Files.delete(run().resolve("best.safetensors"));
        assertRefused("holds the results of an earlier run", RunStart.NEW);
        train(run(), RunStart.NEW, true, epochs(2, 0.3));
        assertEquals(List.of(1), column(run().resolve("metrics.csv")));
    }

    @Test
    void aRunThatEndedInItsFirstEpochIsStartedAgainInItsFolder() throws IOException {
        try (RunFolder first = RunFolder.claim(run(), RunStart.NEW, false)) {
            first.begin();
            first.step(1, 0.01, 3);
        }
        train(run(), RunStart.NEW, false, epochs(1, 0.5));
        assertEquals(List.of(1, 2), column(run().resolve("losses.csv")));
    }

    @Test
    void laterEpochsAreNotDiscardedUnasked() throws IOException {
        List<EpochMetrics> all = epochs(1, 0.1, 0.5, 0.4, 0.3);
        train(run(), RunStart.NEW, false, all);
        Path best = run().resolve("best.safetensors");
        RunStart fromBest = after(best, all.subList(0, 2));
        assertRefused(best + " is of epoch 2, but " + run() + " goes on to epoch 4", fromBest);
        Files.delete(run().resolve("last.safetensors"));
        assertRefused("goes on to epoch 4", fromBest);

        train(run(), fromBest, true, epochs(1, 0.1, 0.5, 0.2));
        assertEquals(List.of(1, 2, 3), column(run().resolve("metrics.csv")));
        assertEquals(List.of(1, 2, 3, 4, 5, 6), column(run().resolve("losses.csv")));
        assertEquals(all.subList(0, 2), FolderContents.history(best));
    }

    @Test
    void aRunGoesOnFromItsNewestCheckpointUnderAnyName() throws IOException {
        List<EpochMetrics> all = epochs(1, 0.1, 0.5);
        train(run(), RunStart.NEW, false, all);
        train(run(), after(run().resolve("best.safetensors"), all), false, epochs(1, 0.1, 0.5, 0.6));
        assertEquals(List.of(1, 2, 3), column(run().resolve("metrics.csv")));
    }

    @Test
    void aFolderOfAnotherRunIsNotGoneOnIn() throws IOException {
        train(run(), RunStart.NEW, false, epochs(1, 0.1, 0.5));
        RunStart other = after(temporary.resolve("last.safetensors"), epochs(2, 0.1, 0.5, 0.6));
        assertRefused("holds the results of another run", other);
        Files.writeString(run().resolve("last.safetensors"), "of something else");
        assertRefused("holds the results of another run", after(run().resolve("best.safetensors"), epochs(1, 0.1, 0.5)));
    }

    @Test
    void aBestCheckpointOfEpochsThatWereDiscardedGoesWithTheFirstNewOne() throws IOException {
        train(run(), RunStart.NEW, false, epochs(1, 0.3, 0.2, 0.5));
        Path kept = temporary.resolve("kept.safetensors");
        writeCheckpoint(kept, epochs(1, 0.3, 0.2));
        RunStart start = after(kept, epochs(1, 0.3, 0.2));
        Path best = run().resolve("best.safetensors");
        try (RunFolder folder = RunFolder.claim(run(), start, true)) {
            folder.begin();
            assertTrue(Files.exists(best) && Files.exists(run().resolve("last.safetensors")), "nothing has taken their place yet");
            List<EpochMetrics> now = epochs(1, 0.3, 0.2, 0.1);
            folder.epoch(now, file -> writeCheckpoint(file, now));
            assertFalse(Files.exists(best));
            assertEquals(Optional.empty(), folder.checkpointOf(now.subList(0, 1)));
        }
    }

    @Test
    void theBestCheckpointIsNamedWhereItIs() throws IOException {
        List<EpochMetrics> all = epochs(1, 0.1, 0.5, 0.4);
        train(run(), RunStart.NEW, false, all);
        RunStart start = after(run().resolve("last.safetensors"), all);
        try (RunFolder elsewhere = RunFolder.claim(temporary.resolve("elsewhere"), start, false)) {
            assertEquals(Optional.of(start.checkpoint()), elsewhere.newest());
            List<EpochMetrics> longer = epochs(1, 0.1, 0.5, 0.4, 0.45);
            train(elsewhere, start, longer);
            assertEquals(Optional.of(run().resolve("best.safetensors")), elsewhere.checkpointOf(longer.subList(0, 2)));
            assertEquals(Optional.of(temporary.resolve("elsewhere/last.safetensors")), elsewhere.newest());
        }
        assertEquals(List.of(7, 8), column(temporary.resolve("elsewhere/losses.csv")));
    }

    @Test
    void whatAKilledRunLeftIsSweptWhenTheNextBegins() throws IOException {
        Path left = Files.writeString(Files.createDirectories(run()).resolve(".last.safetensors.1.tmp"), "half a checkpoint");
        Path table = Files.writeString(run().resolve(".metrics.csv." + ProcessHandle.current().pid() + ".tmp"), "");
        Path foreign = Files.writeString(run().resolve(".notes.txt.1.tmp"), "somebody else's");
        try (RunFolder folder = RunFolder.claim(run(), RunStart.NEW, false)) {
            assertTrue(Files.exists(left), "nothing changes before the run begins");
            folder.begin();
        }
        assertFalse(Files.exists(left) || Files.exists(table));
        assertTrue(Files.exists(foreign));
    }

    @Test
    void aLineIsInItsFileWhenItsStepIsDone() throws IOException {
        try (RunFolder folder = RunFolder.claim(run(), RunStart.NEW, false)) {
            folder.begin();
            assertEquals(0, folder.steps());
            folder.step(1, 0.01, 2);
            folder.step(1, 0.01, 1.5);
            assertEquals("step,epoch,lr,loss\n1,1,0.0100000,2.00000000\n2,1,0.0100000,1.50000000\n",
                    Files.readString(run().resolve("losses.csv")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"3,2,0.5,1", "3,2,0.5,1\n4,2,0.5,1.1", "3,2,0.5,1\n4,2,", "5,3,0.5,1\n", "3,2,0.5,1\n4,2,0.5,1\n5,3,0.5,1\n6,3,0.5,1\n"})
    void aTableThatWasCutGoesOnBehindItsLastWholeLineOfTheRun(String more) throws IOException {
        List<EpochMetrics> history = epochs(1, 0.1, 0.2);
        Path losses = Files.createDirectories(run()).resolve("losses.csv");
        Files.writeString(losses, "step,epoch,lr,loss\n1,1,0.5,1\n2,1,0.5,1\n" + more);
        try (RunFolder folder = RunFolder.claim(run(), after(temporary.resolve("x"), history), false)) {
            folder.begin();
            folder.step(3, 0.5, 1);
        }
        List<String> lines = Files.readAllLines(losses);
        assertEquals("5,3,0.500000,1.00000000", lines.getLast());
        List<Integer> steps = column(losses);
        List<Integer> before = steps.subList(0, steps.size() - 1);
        assertEquals(IntStream.rangeClosed(1, before.size()).boxed().toList(), before);
        assertTrue(before.size() <= 4);
    }
}
