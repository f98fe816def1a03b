package alexnet.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.checkpoint.WholeFile;
import alexnet.core.training.Interval;

class CheckpointsTest {

    @TempDir
    private Path folder;

    private final List<String> told = new ArrayList<>();

    /** Pruned behind each, as a run does. */
    private static Set<Long> left(long every, long last, int keep, long keepEvery) {
        List<Long> steps = new ArrayList<>();
        for (long step : LongStream.rangeClosed(1, last / every).map(i -> i * every).toArray()) {
            steps.add(step);
            steps.retainAll(Checkpoints.kept(steps, keep, keepEvery));
        }
        return new TreeSet<>(steps);
    }

    @Test
    void theNewestStayAndTheFirstOfEachStretch() {
        assertEquals(Set.of(900L, 1000L), left(100, 1000, 2, 0));
        assertEquals(Set.of(1000L), left(100, 1000, 1, 0));
        assertEquals(Set.of(250L, 500L, 750L, 950L, 1000L), left(50, 1000, 2, 250));
        assertEquals(Set.of(300L, 500L, 800L, 900L), left(100, 900, 1, 250));
        assertEquals(Set.of(1200L, 2100L, 3000L), left(300, 3000, 1, 1000));
        assertEquals(Set.of(100L, 200L), left(100, 200, 5, 1000));
    }

    @Test
    void epochsBetweenThoseThatStayAreCountedInSteps() {
        assertEquals(30, new CheckpointOptions(Interval.EPOCH, 2, new Interval.Epochs(1.5)).keepEverySteps(20));
        assertEquals(1, new CheckpointOptions(Interval.EPOCH, 2, new Interval.Epochs(0.001)).keepEverySteps(20));
        assertEquals(7, new CheckpointOptions(Interval.EPOCH, 2, new Interval.Steps(7)).keepEverySteps(20));
        assertEquals(0, CheckpointOptions.STANDARD.keepEverySteps(20));
        assertThrows(IllegalArgumentException.class, () -> new CheckpointOptions(Interval.EPOCH, 2, Interval.parse("15m")));
        assertThrows(IllegalArgumentException.class, () -> new CheckpointOptions(Interval.EPOCH, 0, null));
    }

    private Path write(String name, double... top1) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        RunFolderTest.writeCheckpoint(file, RunFolderTest.state(1, top1));
        return file;
    }

    private Optional<Path> newestGood() throws IOException {
        told.clear();
        return file(RunFolder.newestGood(folder, told::add));
    }

    static Optional<Path> file(Optional<OpenSnapshot> opened) {
        opened.ifPresent(OpenSnapshot::close);
        return opened.map(OpenSnapshot::file);
    }

    @ParameterizedTest
    @CsvSource({"cut", "empty", "text", "nan", "folder"})
    void aDamagedNewestIsToldAndTheOneBeforeTaken(String damage) throws IOException {
        Path first = write("checkpoints/step-00000002.safetensors", 0.5);
        Path second = write("checkpoints/step-00000004.safetensors", 0.5, 0.6);
        Path third = write("checkpoints/step-00000006.safetensors", 0.5, 0.6, 0.7);
        WholeFile.link(third, folder.resolve("last.safetensors"));
        assertEquals(Optional.of(third), newestGood());
        assertEquals(List.of(), told);

        if (damage.equals("folder")) {
            Files.delete(folder.resolve("last.safetensors"));
        }
        damage(third, damage);
        assertEquals(Optional.of(second), newestGood());
        assertEquals(1, told.size(), "a file is told of once, whatever names it has");
        assertTrue(told.getFirst().contains(third.toString()), told.toString());
        Files.deleteIfExists(folder.resolve("last.safetensors"));
        damage(second, damage);
        assertEquals(Optional.of(first), newestGood());
        damage(first, damage);
        assertTrue(assertThrows(CheckpointException.class, this::newestGood).getMessage().contains("none of the 3 checkpoints in " + folder));
    }

    /** In place, as a disk does it. */
    private static void damage(Path file, String damage) throws IOException {
        switch (damage) {
            case "cut" -> {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.truncate(channel.size() / 2);
                }
            }
            case "empty" -> Files.write(file, new byte[0]);
            case "text" -> Files.writeString(file, "of something else, but longer than eight bytes");
            case "nan" -> {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.write(ByteBuffer.wrap(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1}), channel.size() / 2);
                }
            }
            default -> {
                Files.delete(file);
                Files.createDirectory(file);
            }
        }
    }

    private void assertStops(String message) {
        String newest = assertThrows(CheckpointException.class, this::newestGood).getMessage();
        assertTrue(newest.startsWith(message), newest);
        assertThrows(CheckpointException.class, () -> new Checkpoints(folder).newestGood(Long.MAX_VALUE, told::add));
        assertEquals(List.of(), told);
    }

    /** A failure of the file system is no damage, nor is a format of later times: the file is not to be passed over, and deleted. */
    @Test
    void whatCannotBeReadIsNotTakenForDamaged() throws IOException {
        Path good = write("checkpoints/step-00000004.safetensors", 0.5, 0.6);
        Path file = folder.resolve("checkpoints/step-00000006.safetensors");
        CheckpointFile later = CheckpointFile.second();
        later.metadata.put("format", "alexnet-jvm-99");
        later.write(file);
        assertStops(file + " is a safetensors file, but no checkpoint of this program (format alexnet-jvm-99");
        Path best = Files.move(file, folder.resolve("best.safetensors"));
        assertThrows(CheckpointException.class, () -> new FolderContents(folder).bestIsForeignTo(new RunStart(good, RunFolderTest.state(1, 0.5, 0.6))));
        Files.delete(best);
        // A link to itself cannot be followed, not even by a superuser, who may read every file.
        Files.createSymbolicLink(file, file);
        assertStops("cannot read " + file);
        Files.delete(file);
        assertEquals(Optional.of(good), newestGood());
    }

    @Test
    void aFolderWithoutACheckpointHasNone() throws IOException {
        assertEquals(Optional.empty(), file(RunFolder.newestGood(folder.resolve("nowhere"), told::add)));
        Files.createDirectories(folder.resolve("checkpoints"));
        Files.writeString(folder.resolve("checkpoints/.step-00000004.safetensors.77.tmp"), "half a checkpoint");
        Files.writeString(folder.resolve("losses.csv"), "step,epoch,lr,loss\n");
        assertEquals(Optional.empty(), newestGood());
    }

    @Test
    void whatHasNoNumberInItsNameIsAsNewAsItSays() throws IOException {
        Path last = write("last.safetensors", 0.5, 0.6);
        Path best = write("best.safetensors", 0.5);
        assertEquals(Optional.of(last), newestGood());
        Files.write(last, new byte[7]);
        assertEquals(Optional.of(best), newestGood());
        Path newer = write("checkpoints/step-00000006.safetensors", 0.5, 0.6, 0.7);
        assertEquals(Optional.of(newer), newestGood());
        write("last.safetensors", 0.5, 0.6, 0.7, 0.8);
        assertEquals(Optional.of(last), newestGood());
    }

    @Test
    void aCheckpointOfATimeWhenEpochsWereCountedIsGoneOnFrom() throws IOException {
        CheckpointFile.first().write(folder.resolve("last.safetensors"));
        assertEquals(Optional.of(folder.resolve("last.safetensors")), newestGood());
    }

    @Test
    void theRunOfACheckpointIsFound() {
        assertEquals(folder, RunFolder.of(folder.resolve("last.safetensors")));
        assertEquals(folder, RunFolder.of(folder.resolve("checkpoints/step-00000006.safetensors")));
    }
}
