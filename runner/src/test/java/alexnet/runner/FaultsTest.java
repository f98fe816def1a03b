package alexnet.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What goes wrong around a run that has written checkpoints: it ends with a line and a code of its own, and the last good checkpoint
 * is gone on from.
 */
@EnabledOnOs(OS.LINUX)
@SameOnEveryRuntime
class FaultsTest {

    private static final String PLAIN = "exec \"$@\"";
    /** Even where it is root's, whom permissions do not keep from anything. */
    private static final String WITHOUT_CAPABILITIES = "((UID)) || set -- setpriv --inh-caps=-all --bounding-set=-all \"$@\"; exec \"$@\"";
    /** Kernels of several steps have been started by then. */
    private static final String AT = "at=150";

    @TempDir
    private Path folder;
    private Path images;
    private Path run;

    @BeforeEach
    void makeImages() throws IOException {
        images = LongTraining.images(folder);
        run = folder.resolve("run");
    }

    private LongTraining start(String script, List<String> properties, Object... more) throws IOException {
        return LongTraining.start(images, run, script, properties, Stream.concat(Stream.of("--checkpoint-every", 1, "--validate-every", 1_000_000),
                Stream.of(more)).toArray());
    }

    /** The newest checkpoint is named, whole, and gone on from. */
    private void assertGoesOn(LongTraining training, Object... more) throws IOException {
        Matcher told = Pattern.compile("(?:the last good checkpoint is|the run goes on from) (\\S+?)(:|\n)").matcher(training.err());
        assertTrue(told.find(), training::err);
        long newest = training.checkpoints().getLast();
        assertTrue(told.group(1).endsWith(String.format("checkpoints/step-%08d.safetensors", newest)), training::err);
        Execution resumed = training.goOn(more);
        assertEquals(0, resumed.code(), resumed.err());
        assertFalse(resumed.err().contains("passed over"), resumed.err());
        assertTrue(training.steps() > newest, resumed.err());
    }

    @ParameterizedTest
    @CsvSource({"lost, RUNTIME, a device refused to compute: cuCtxSynchronize -> Returned: 719", "broken, RUNTIME, clFlush -> Returned: -36",
        "memory, MEMORY, too little memory: Unable to allocate 4096 bytes"})
    void aDeviceFails(String fault, ExitCode code, String message) throws Exception {
        try (LongTraining training = start(PLAIN, List.of("fault=" + fault, AT))) {
            training.assertFails(code, message);
            assertGoesOn(training);
        }
    }

    /** The first step may take as long, too. */
    @Test
    void aDeviceHangs() throws Exception {
        try (LongTraining training = start(PLAIN, List.of("fault=hang", AT), "--step-timeout", "25s")) {
            training.assertFails(ExitCode.HANGS, "nothing has gone on for 25.0 s since step ");
            assertTrue(training.err().contains("group 0 on ") && training.err().contains("group 1 on "), training::err);
            Path dump = run.resolve(String.format("hang-%08d.txt", training.steps()));
            String text = Files.readString(dump);
            assertTrue(training.err().contains(dump.toString()), training::err);
            assertTrue(text.contains("alexnet.runner.FaultyMachine.starting") && text.contains("thread group-1") && text.contains("thread main"), text);
            assertTrue(text.contains("The checkpoint to go on from is " + run.resolve("checkpoints")), text);
            assertGoesOn(training);
        }
    }

    @Test
    void theDiskIsFull() throws Exception {
        Path small = Files.createDirectories(folder.resolve("small"));
        Process mount = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", small.toString()).redirectErrorStream(true).start();
        String refused = new String(mount.getInputStream().readAllBytes()).strip();
        assumeTrue(mount.waitFor() == 0, "a small disk cannot be made here: " + refused);
        try {
            run = small.resolve("run");
            // Three checkpoints fit, all are to be kept.
            try (LongTraining training = start("exec \"$@\" 2>'" + folder.resolve("full.err") + "'", List.of(), "--keep", 100)) {
                assertEquals(ExitCode.OUTPUT.code(), training.awaitEnd());
                String err = Files.readString(folder.resolve("full.err"));
                assertTrue(err.contains("alexnet: cannot write to " + run) && err.contains("No space left on device") && !err.contains("\tat "), err);
                List<Long> kept = training.checkpoints();
                assertEquals(List.of(1L, 2L, 3L), kept);
                assertTrue(err.contains(String.format("step-%08d.safetensors", kept.getLast())), err);
                Files.delete(run.resolve("checkpoints/step-00000001.safetensors"));
                Execution resumed = training.goOn("--keep", 1);
                assertEquals(0, resumed.code(), resumed.err());
            }
        } finally {
            new ProcessBuilder("umount", small.toString()).start().waitFor();
        }
    }

    @Test
    void theFolderMayNotBeWritten() throws Exception {
        Files.createDirectories(folder.resolve("readable"), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-xr-xr-x")));
        Child.Result refused = Child.run(WITHOUT_CAPABILITIES, List.of(), List.of("train", "--data", images.toString(), "--architecture",
                "alexnet-small", "--output", folder.resolve("readable/run").toString()));
        assertEquals(ExitCode.OUTPUT.code(), refused.code(), refused.err());
        assertEquals(List.of("alexnet: cannot write to " + folder.resolve("readable/run") + ": " + folder.resolve("readable/run") + " may not be written"),
                refused.err().lines().filter(line -> line.startsWith("alexnet: ")).toList());
    }

    @Test
    void theFolderMayNoLongerBeWritten() throws Exception {
        try (LongTraining training = start(WITHOUT_CAPABILITIES, List.of())) {
            training.awaitSteps(4);
            Path checkpoints = run.resolve("checkpoints");
            Files.setPosixFilePermissions(checkpoints, PosixFilePermissions.fromString("r-xr-xr-x"));
            training.assertFails(ExitCode.OUTPUT, "cannot write to " + run);
            Files.setPosixFilePermissions(checkpoints, PosixFilePermissions.fromString("rwxr-xr-x"));
            // What was being written at that moment could not be removed any more.
            try (Stream<Path> left = Files.list(checkpoints)) {
                for (Path file : left.filter(each -> each.getFileName().toString().endsWith(".tmp")).toList()) {
                    Files.delete(file);
                }
            }
            assertGoesOn(training);
        }
    }

    @Test
    void theFolderIsMovedAway() throws Exception {
        try (LongTraining training = start(PLAIN, List.of())) {
            training.awaitSteps(4);
            Path moved = Files.move(run, folder.resolve("moved"));
            training.assertFails(ExitCode.OUTPUT, "cannot write to " + run);
            assertTrue(Files.notExists(run), "something was written");
            Execution resumed = Execution.of("train", "--data", images, "--resume", "auto", "--output", moved, "--epochs", training.steps() + 1000, "--limit-batches", 1);
            assertEquals(0, resumed.code(), resumed.err());
        }
    }

    @Test
    void anImageVanishes() throws Exception {
        try (LongTraining training = start(PLAIN, List.of("fault=none"))) {
            training.awaitSteps(4);
            Path away = folder.resolve("away.png");
            Path image = images.resolve("dark/3.png");
            Files.move(image, away);
            training.assertFails(ExitCode.DATA, "3.png can no longer be read (no such file): the data set was changed during the run");
            Files.move(away, image);
            assertGoesOn(training);
        }
    }

    @Test
    void aSecondRunIsRefusedUntilTheFirstIsKilled() throws Exception {
        try (LongTraining training = start(PLAIN, List.of())) {
            training.awaitSteps(4);
            TrainingTest.assertFails(ExitCode.OUTPUT, "another run is writing to " + run, training.goOn());
            training.signal("KILL");
            training.awaitEnd();
            Execution resumed = training.goOn();
            assertEquals(0, resumed.code(), resumed.err());
        }
    }
}
