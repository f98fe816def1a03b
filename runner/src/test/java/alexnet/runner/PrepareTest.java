package alexnet.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import alexnet.core.data.shard.Manifest;

class PrepareTest {

    private static final int TRAINING = 12;
    private static final int VALIDATION = 4;

    @TempDir
    private static Path folder;
    private static Path photos;

    @BeforeAll
    static void makePhotographs() throws IOException {
        photos = folder.resolve("photos");
        for (String name : List.of("ant", "bee")) {
            write(photos.resolve("train").resolve(name), TRAINING / 2, name.hashCode());
            write(photos.resolve("val").resolve(name), VALIDATION / 2, name.hashCode() / 3);
        }
        Files.write(photos.resolve("train/bee/torn.jpg"), new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0, 0, 16});
    }

    private static void write(Path target, int count, int seed) throws IOException {
        Files.createDirectories(target);
        for (int i = 0; i < count; i++) {
            var image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
            for (int y = 0; y < 30; y++) {
                for (int x = 0; x < 40; x++) {
                    image.setRGB(x, y, seed * (i + 1) + 1000 * x + 300_000 * y);
                }
            }
            ImageIO.write(image, "jpg", target.resolve("photo " + i + ".jpg").toFile());
        }
    }

    private static Object[] command(Path output, Object... more) {
        return Stream.concat(Stream.of("prepare", "--source", photos, "--output", output, "--size", 32, "--shard-images", 5, "--decoder", "java"), Stream.of(more)).toArray();
    }

    private static Map<String, String> files(Path output) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(output)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(output.relativize(path).toString(), new String(Files.readAllBytes(path), java.nio.charset.StandardCharsets.ISO_8859_1));
            }
        }
        return files;
    }

    @Test
    void verifyTellsWhatIsNotAsPublished() throws IOException {
        Path archives = Files.createDirectories(folder.resolve("archives"));
        Path validation = Files.writeString(archives.resolve("ILSVRC2012_img_val.tar"), "cut off");
        Execution verified = Execution.of("prepare", "--source", archives, "--verify");
        assertEquals(ExitCode.DATA.code(), verified.code());
        assertTrue(verified.err().contains(validation + ": md5 ") && verified.err().contains("29b22e2961454d5413ddabcf34fc5622 is published"), verified.err());

        Execution without = Execution.of("prepare", "--verify", "--source", archives, "--output", folder.resolve("none"));
        assertEquals(ExitCode.USAGE.code(), without.code());
        assertTrue(without.err().contains("leave out --output"), without.err());
    }

    @Test
    void itTellsHowLargeTheSetGetsWhatItHoldsAndWhatCouldNotBeRead() throws IOException {
        Path output = folder.resolve("told");
        Execution prepared = Execution.of(command(output));
        assertEquals(0, prepared.code(), prepared.err());
        assertTrue(prepared.err().contains("17 images take 53.7 kB in " + output), prepared.err());
        assertTrue(prepared.err().contains("JPEGs are decoded by Java"), prepared.err());
        assertEquals(output + ": 12 training and 4 validation images of 2 classes in 4 shards, 49.7 kB\n1 of 17 images could not be read and is left out, see "
                + output.resolve("bad-images.csv") + "\n", prepared.out());
        assertEquals("split,name,reason", Files.readAllLines(output.resolve("bad-images.csv")).getFirst());
        assertTrue(Files.readAllLines(output.resolve("bad-images.csv")).getLast().startsWith("train,bee/torn,damaged or truncated"));
        Execution again = Execution.of(command(output, "--quiet"));
        assertEquals(0, again.code(), again.err());
        assertTrue(again.out().startsWith(output + " is prepared already: 12 training"), again.out());
        assertEquals("", again.err());
    }

    @Test
    void jpegsAreEstimatedAndTheirNumberOfWorkersDoesNotShow() throws IOException {
        Path output = folder.resolve("jpeg");
        Execution prepared = Execution.of(command(output, "--encoding", "jpeg", "--workers", 3, "--log-json"));
        assertEquals(0, prepared.code(), prepared.err());
        assertTrue(prepared.err().contains("17 images take about "), prepared.err());
        List<String> events = prepared.out().lines().map(line -> line.replaceAll(".*\"event\":\"(\\w+)\".*", "$1")).toList();
        assertEquals(List.of("preparation_started", "shard_written", "shard_written", "shard_written", "shard_written", "prepared"), events);
        assertTrue(prepared.out().contains("\"bad\":1"), prepared.out());
        assertEquals(0, Execution.of(command(folder.resolve("alone"), "--encoding", "jpeg", "--workers", 1)).code());
        assertEquals(files(output), files(folder.resolve("alone")));
    }

    @Test
    void aCheckEndsWithTheNameOfWhatIsDamaged() throws IOException {
        Path output = folder.resolve("checked");
        assertEquals(0, Execution.of(command(output)).code());
        Execution sound = Execution.of("prepare", "--output", output, "--check");
        assertEquals(0, sound.code(), sound.err());
        assertEquals(output + ": all files are as they were written\n", sound.out());
        byte[] shard = Files.readAllBytes(output.resolve("val/val-000000.npy"));
        shard[1000] ^= 4;
        Files.write(output.resolve("val/val-000000.npy"), shard);
        Execution damaged = Execution.of("prepare", "--output", output, "--check");
        TrainingTest.assertFails(ExitCode.DATA, "1 thing is wrong", damaged);
        assertTrue(damaged.err().contains("val/val-000000.npy: its image ant/photo 0 has CRC-32C "), damaged.err());
        TrainingTest.assertFails(ExitCode.DATA, "is no prepared set", Execution.of("prepare", "--output", photos, "--check"));
    }

    @Test
    void mistakesAreToldInALine() throws IOException {
        Path output = folder.resolve("none");
        Map<String, List<Object>> mistakes = Map.of("--size is 0", List.of("--size", 0), "--quality is for --encoding jpeg", List.of("--quality", 90),
                "--quality is 101", List.of("--encoding", "jpeg", "--quality", 101), "--shard-images is 0", List.of("--shard-images", 0),
                "--workers is 0", List.of("--workers", 0), "--max-bad is x", List.of("--max-bad", "x"), "leave out --source", List.of("--check"));
        mistakes.forEach((said, options) -> TrainingTest.assertFails(ExitCode.USAGE, said, Execution.of(Stream.concat(
                Stream.of("prepare", "--source", photos, "--output", output), options.stream()).toArray())));
        TrainingTest.assertFails(ExitCode.USAGE, "--source is missing", Execution.of("prepare", "--output", output));
        for (Path inside : List.of(photos, photos.resolve("prepared"), folder)) {
            TrainingTest.assertFails(ExitCode.USAGE, "lie one in the other", Execution.of("prepare", "--source", photos, "--output", inside));
        }
        TrainingTest.assertFails(ExitCode.DATA, "1 of 17 images cannot be read, more than --max-bad 0 %", Execution.of(command(output, "--max-bad", 0)));
        assertEquals(0, Execution.of(command(output)).code());
        TrainingTest.assertFails(ExitCode.OUTPUT, "--size 32, not 33", Execution.of("prepare", "--source", photos, "--output", output, "--size", 33));
        Path mine = Files.createDirectories(folder.resolve("mine"));
        Files.writeString(mine.resolve("letter.txt"), "dear");
        TrainingTest.assertFails(ExitCode.OUTPUT, "is a file; what is there stays, the same command without --overwrite goes on",
                Execution.of(command(mine.resolve("letter.txt"), "--overwrite")));
        TrainingTest.assertFails(ExitCode.OUTPUT, "letter.txt and no prepared set", Execution.of(command(mine, "--overwrite")));
    }

    @Test
    void aSmallDiskIsToldBeforeAndAFullOneLeavesWhatCanBeGoneOnWith() throws Exception {
        Path small = Files.createDirectories(folder.resolve("small"));
        Process mount = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", small.toString()).redirectErrorStream(true).start();
        String refused = new String(mount.getInputStream().readAllBytes()).strip();
        assumeTrue(mount.waitFor() == 0, "a small disk cannot be made here: " + refused);
        try {
            Path output = small.resolve("set");
            TrainingTest.assertFails(ExitCode.OUTPUT, "its disk has 4.2 MB free: make room", Execution.of("prepare", "--source", photos, "--output", output, "--size", 512));
            assertFalse(Files.exists(output));
            // There is room at first, and then somebody else takes it.
            Path other = small.resolve("other");
            Object[] command = {"prepare", "--source", photos, "--output", output, "--size", 128, "--shard-images", 3, "--decoder", "java"};
            Files.write(other, new byte[2_700_000]);
            Execution full = Execution.of(command);
            TrainingTest.assertFails(ExitCode.OUTPUT, "cannot write to " + output + ": No space left on device; what is there stays", full);
            Files.delete(other);
            Execution goesOn = Execution.of(command);
            assertEquals(0, goesOn.code(), goesOn.err());
            assertTrue(goesOn.err().contains("going on behind the "), goesOn.err());
            assertEquals(12, Manifest.read(output).train().images());
        } finally {
            new ProcessBuilder("umount", small.toString()).start().waitFor();
        }
    }

    @Test
    void whoStopsItIsToldHowToGoOn() throws Exception {
        Path output = folder.resolve("interrupted");
        // When the second shard is there, the first is for good. A shell's jobs in the background ignore SIGINT.
        Child.Result stopped = Child.run("\"$@\" & while [ ! -e '" + output.resolve("train/train-000001.npy") + "' ] && kill -0 $!; do :; done; kill -TERM $!; wait $!",
                List.of(), List.of("prepare", "--source", photos.toString(), "--output", output.toString(), "--size", "256", "--shard-images", "1"));
        assertEquals(ExitCode.TERMINATED.code(), stopped.code(), stopped.err());
        assertTrue(stopped.err().contains("stopped: the same command goes on behind the last shard that is whole in " + output), stopped.err());
        Execution goesOn = Execution.of("prepare", "--source", photos, "--output", output, "--size", 256, "--shard-images", 1);
        assertEquals(0, goesOn.code(), goesOn.err());
        assertTrue(goesOn.err().contains("going on behind the "), goesOn.err());
    }
}
