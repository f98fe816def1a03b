package alexnet.runner;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** One command line that both starts a run and goes on with it; four steps an epoch. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SameOnEveryRuntime
class ResumeAutoTest {

    private Path folder;
    private Path images;

    @BeforeAll
    void drawImages(@TempDir Path temporary) throws IOException {
        folder = temporary;
        images = folder.resolve("images");
        TrainingTest.noise(images.resolve("bright"), 160);
        TrainingTest.noise(images.resolve("dark"), 0);
    }

    private Execution auto(Path output, Object... more) {
        return Execution.of(Stream.concat(Stream.of("train", "--data", images, "--architecture", "alexnet-small", "--batch-size", 5, "--lr", 0.001,
                "--checkpoint-every", 3, "--output", output, "--resume", "auto"), Stream.of(more)).toArray());
    }

    private static Path step(Path output, int step) {
        return output.resolve("checkpoints/step-%08d.safetensors".formatted(step));
    }

    private static List<String> steps(Path output) throws IOException {
        return Files.readAllLines(output.resolve("losses.csv")).stream().skip(1).map(line -> line.substring(0, line.indexOf(','))).toList();
    }

    @Test
    void theSameCommandStartsGoesOnAndSaysThatTheRunIsComplete() throws IOException {
        Path output = folder.resolve("run");
        Execution first = auto(output, "--epochs", 1.5);
        assertEquals(0, first.code(), first.err());
        assertTrue(first.err().contains("no checkpoint in " + output + " yet: starting anew"), first.err());
        assertEquals(List.of("1", "2", "3", "4", "5", "6"), steps(output));

        Execution complete = auto(output, "--epochs", 1.5);
        assertEquals(0, complete.code(), complete.err());
        assertTrue(complete.err().contains(step(output, 6) + " has been trained for 1.50 epochs already: ask for more by --epochs"), complete.err());
        assertEquals(6, steps(output).size());

        Execution more = auto(output, "--epochs", 2);
        assertEquals(0, more.code(), more.err());
        assertTrue(more.err().contains("going on from " + step(output, 6)), more.err());
        assertEquals(8, steps(output).size());
    }

    /** Between the name of its last checkpoint and all that comes behind it. */
    @Test
    void aRunThatWasKilledAtItsEndIsPutInOrder() throws IOException {
        Path output = folder.resolve("killed-at-its-end");
        assertEquals(0, auto(output, "--epochs", 1).code());
        Path last = output.resolve("last.safetensors");
        Files.move(step(output, 3), step(output, 2));
        Files.copy(step(output, 2), step(output, 3));
        Files.delete(last);
        Files.delete(output.resolve("best.safetensors"));
        Files.copy(step(output, 3), last);
        Path half = Files.writeString(output.resolve("checkpoints/.step-00000004.safetensors.4711.tmp"), "half a checkpoint");
        Execution complete = auto(output, "--epochs", 1);
        assertEquals(0, complete.code(), complete.err());
        assertTrue(complete.err().contains("has been trained for 1 epochs already"), complete.err());
        assertTrue(Files.isSameFile(step(output, 4), last));
        assertTrue(Files.isSameFile(step(output, 4), output.resolve("best.safetensors")), "the only measurement");
        assertFalse(Files.exists(half) || Files.exists(step(output, 2)));
        assertTrue(Files.exists(step(output, 3)));
    }

    @Test
    void aRunThatDiedBeforeItsFirstCheckpointIsStartedAnew() throws IOException {
        Path output = folder.resolve("died");
        Files.createDirectories(output.resolve("checkpoints"));
        Files.writeString(output.resolve("checkpoints/.step-00000003.safetensors.4711.tmp"), "half a checkpoint");
        Files.writeString(output.resolve("losses.csv"), "step,epoch,lr,loss\n1,1,0.001,0.7\n2,1,0.0");
        Files.writeString(output.resolve("metrics.csv"), "step,epoch,lr,train_loss,val_loss,val_top1,val_top5,images_per_second,seconds\n2,0.5,1,1,1,1,1,1,1\n");
        Execution again = auto(output, "--epochs", 0.5);
        assertEquals(0, again.code(), again.err());
        assertEquals(List.of("1", "2"), steps(output));
        try (Stream<Path> files = Files.list(output.resolve("checkpoints"))) {
            assertEquals(List.of(step(output, 2)), files.toList());
        }
    }

    private static void damage(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {42}), channel.size() - 1000);
        }
    }

    /** One bit of a weight tells nobody anything but the checksum. */
    @Test
    void aDamagedNewestCheckpointIsToldAndTheOneBeforeTaken() throws IOException {
        Path output = folder.resolve("damaged");
        assertEquals(0, auto(output, "--epochs", 1.75).code());
        byte[] end = Files.readAllBytes(output.resolve("last.safetensors"));
        damage(step(output, 7));
        Execution again = auto(output, "--epochs", 1.75);
        assertEquals(0, again.code(), again.err());
        assertTrue(again.err().lines().anyMatch(line -> line.startsWith(step(output, 7) + " ") && line.endsWith("; it is passed over")), again.err());
        assertTrue(again.err().contains("going on from " + step(output, 6)), again.err());
        assertArrayEquals(end, Files.readAllBytes(output.resolve("last.safetensors")));

        Files.delete(output.resolve("best.safetensors"));
        damage(step(output, 6));
        damage(step(output, 7));
        TrainingTest.assertFails(ExitCode.MODEL, "none of the 2 checkpoints in " + output + " can be used", auto(output, "--epochs", 2));
        assertEquals(7, steps(output).size(), "nothing is begun anew over it");
    }

    @Test
    void optionsThatMakeNoSenseAreRefused() {
        Execution without = Execution.of("train", "--data", images, "--resume", "auto");
        TrainingTest.assertFails(ExitCode.USAGE, "--resume auto needs --output", without);
        TrainingTest.assertFails(ExitCode.USAGE, "'soon' is no interval: it must be a number of steps (500)", auto(folder, "--validate-every", "soon"));
        TrainingTest.assertFails(ExitCode.USAGE, "--validate-every is 900s, must be steps or epochs", auto(folder.resolve("never"), "--validate-every", "15m"));
        TrainingTest.assertFails(ExitCode.USAGE, "--keep-every is 900s, must be steps or epochs", auto(folder, "--keep-every", "15m"));
        TrainingTest.assertFails(ExitCode.USAGE, "--keep is 0, must be at least 1", auto(folder, "--keep", 0));
        TrainingTest.assertFails(ExitCode.USAGE, "--epochs is 0.0, must be above 0", auto(folder.resolve("never"), "--epochs", 0));
        TrainingTest.assertFails(ExitCode.USAGE, "--patience is -1, must be at least 0", auto(folder.resolve("never"), "--patience", -1));
    }

    @Test
    void aFolderThatVanishesIsToldWithTheLastGoodCheckpoint() throws Exception {
        Path output = folder.resolve("vanishing");
        Path moved = folder.resolve("vanished");
        Thread mover = Thread.ofPlatform().start(() -> {
            while (!Files.exists(step(output, 3))) {
                Thread.onSpinWait();
            }
            output.toFile().renameTo(moved.toFile());
        });
        Execution gone = auto(output, "--epochs", 1000);
        mover.join();
        TrainingTest.assertFails(ExitCode.OUTPUT, "cannot write to " + output, gone);
        assertTrue(gone.err().contains("its checkpoints are no longer in " + output), gone.err());
        assertTrue(Files.exists(step(moved, 3)));
    }
}
