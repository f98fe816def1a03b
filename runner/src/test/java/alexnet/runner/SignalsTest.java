package alexnet.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import alexnet.core.device.Devices;

/** Signals to a run that trains, in a process of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisabledOnOs(OS.WINDOWS)
class SignalsTest {

    private static final String PLAIN = "exec \"$@\"";

    private Path folder;
    private Path images;

    @BeforeAll
    void makeImages(@TempDir Path temporary) throws IOException {
        folder = temporary;
        images = LongTraining.images(folder);
    }

    /** One that by itself neither measures nor saves for long. */
    private LongTraining start(String name, String script, List<String> properties) throws IOException {
        return LongTraining.start(images, folder.resolve(name), script, properties, "--checkpoint-every", 1_000_000, "--validate-every", 1_000_000);
    }

    @ParameterizedTest
    @EnumSource(value = ExitCode.class, names = {"INTERRUPTED", "TERMINATED"})
    void aStopFinishesTheStepAndLeavesACheckpointToGoOnFrom(ExitCode code) throws Exception {
        assumeTrue(code == ExitCode.TERMINATED || !Devices.onTornado(), "both signals are handled alike, and kernels take long to compile there");
        String signal = code == ExitCode.INTERRUPTED ? "INT" : "TERM";
        try (LongTraining training = start(signal, PLAIN, List.of())) {
            training.awaitSteps(3);
            training.signal(signal);
            assertEquals(code.code(), training.awaitEnd(), training::err);
            assertEquals(1, training.err().lines().filter(line -> line.startsWith("SIG" + signal + ": ")).count(), training::err);
            long steps = training.steps();
            assertEquals(List.of(steps), training.checkpoints());
            Execution resumed = training.goOn();
            assertEquals(0, resumed.code(), resumed.err());
            assertTrue(training.steps() > steps, resumed.err());
        }
    }

    @Test
    @SameOnEveryRuntime
    void aSnapshotIsWrittenAndTheRunGoesOn() throws Exception {
        try (LongTraining training = start("snapshots", PLAIN, List.of())) {
            training.awaitSteps(2);
            training.signal("HUP");
            awaitCheckpoints(training, 1);
            training.signal("USR1");
            awaitCheckpoints(training, 2);
            training.awaitSteps(training.steps() + 2);
            assertTrue(training.err().contains("SIGHUP: writing a checkpoint") && training.err().contains("SIGUSR1: writing a checkpoint"), training::err);
        }
    }

    private static void awaitCheckpoints(LongTraining training, int number) {
        training.await(() -> {
            try {
                return training.checkpoints().size() == number;
            } catch (IOException failure) {
                throw new IllegalStateException(failure);
            } catch (AssertionError beingWritten) {
                return false;
            }
        });
    }

    @Test
    @SameOnEveryRuntime
    void aSecondOneEndsAtOnceWhateverHangs() throws Exception {
        try (LongTraining training = start("twice", PLAIN, List.of("fault=hang", "at=150"))) {
            training.awaitErr("the device fails now");
            training.signal("TERM");
            training.awaitErr("SIGTERM: ");
            training.signal("TERM");
            assertEquals(ExitCode.TERMINATED.code(), training.awaitEnd(), training::err);
            assertEquals(List.of(), training.checkpoints());
        }
    }

    @Test
    @SameOnEveryRuntime
    void whatIsIgnoredFromTheStartStaysIgnored() throws Exception {
        try (LongTraining training = start("nohup", "trap '' HUP; " + PLAIN, List.of())) {
            training.awaitSteps(2);
            training.signal("HUP");
            training.awaitSteps(training.steps() + 5);
            assertFalse(training.err().contains("SIGHUP"), training::err);
            assertEquals(List.of(), training.checkpoints());
            training.signal("TERM");
            assertEquals(ExitCode.TERMINATED.code(), training.awaitEnd(), training::err);
        }
    }

    /** As Ctrl-C does to whoever reads the output of the run. */
    @Test
    @SameOnEveryRuntime
    void readersThatDieOfTheSameSignalDoNotLoseTheCheckpoint() throws Exception {
        try (LongTraining training = start("readers", "exec \"$@\" > >(exec head -c 1 >/dev/null) 2> >(exec head -c 1 >/dev/null)", List.of())) {
            training.awaitSteps(2);
            training.signal("INT");
            assertEquals(ExitCode.INTERRUPTED.code(), training.awaitEnd());
            assertEquals(List.of(training.steps()), training.checkpoints());
        }
    }

    /** As when a terminal is closed, or the pager behind a pipe. */
    @Test
    @SameOnEveryRuntime
    void afterAHangupTheRunGoesOnThoughNobodyReadsItsMeasurements() throws Exception {
        Path reader = folder.resolve("reader");
        try (LongTraining training = LongTraining.start(images, folder.resolve("hangup"), "exec \"$@\" > >(echo $BASHPID >'" + reader + "'; exec sleep 1000)",
                List.of(), "--checkpoint-every", 1_000_000, "--validate-every", 2)) {
            training.awaitSteps(2);
            training.signal("HUP");
            training.awaitErr("SIGHUP: ");
            assertEquals(0, new ProcessBuilder("kill", Files.readString(reader).strip()).start().waitFor());
            training.awaitSteps(training.steps() + 6);
            training.signal("TERM");
            assertEquals(ExitCode.TERMINATED.code(), training.awaitEnd(), training::err);
        }
    }
}
