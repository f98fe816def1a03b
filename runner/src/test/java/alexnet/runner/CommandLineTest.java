package alexnet.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import alexnet.core.device.DeviceException;
import alexnet.core.device.Devices;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

class CommandLineTest {

    @Test
    void helpListsCommandsExitCodesAndTheLaunchersOptions() {
        Execution result = Execution.of("--help");
        assertEquals(ExitCode.OK.code(), result.code());
        for (ExitCode code : ExitCode.values()) {
            assertTrue(result.out().contains(String.valueOf(code.code())), result.out());
        }
        assertTrue(result.out().contains("devices") && result.out().contains("--runtime=tornado|jvm"), result.out());
    }

    @Test
    void devicesListsEveryIdAndTheDefault() {
        Execution result = Execution.of("devices");
        assertEquals(ExitCode.OK.code(), result.code(), result.err());
        Devices devices = Devices.ofRuntime();
        devices.all().forEach(device -> assertTrue(result.out().lines().anyMatch(line -> line.startsWith(device.id() + " ")), result.out()));
        assertTrue(result.out().contains(devices.runtime()), result.out());
    }

    @Test
    void aMissingCommandIsAMistakeOfUsage() {
        Execution result = Execution.of();
        assertEquals(ExitCode.USAGE.code(), result.code());
        assertTrue(result.err().startsWith("alexnet: a command is missing: devices, prepare, train, test, predict, export, import, info"), result.err());
        assertEquals("", result.out());
    }

    @Test
    void anUnknownOptionIsNamedWithASuggestion() {
        Execution result = Execution.of("devices", "--stacktrac");
        assertEquals(ExitCode.USAGE.code(), result.code());
        assertTrue(result.err().contains("--stacktrac") && result.err().contains("Try 'alexnet devices --help'"), result.err());
    }

    @Test
    void aMistakeOfTheUserIsOneLine() {
        StringWriter err = new StringWriter();
        assertEquals(ExitCode.RUNTIME, Failures.report(new DeviceException("there is no device '7:7'"), new PrintWriter(err, true), false));
        assertEquals("alexnet: there is no device '7:7'" + System.lineSeparator(), err.toString());
    }

    @Test
    void anUnexpectedFailureShowsItsStackTraceOnDemand() {
        StringWriter brief = new StringWriter();
        StringWriter full = new StringWriter();
        assertEquals(ExitCode.INTERNAL, Failures.report(new IllegalStateException("broken"), new PrintWriter(brief, true), false));
        assertEquals(1, brief.toString().lines().count());
        assertTrue(brief.toString().contains("IllegalStateException: broken; --stacktrace shows where"), brief.toString());
        Failures.report(new IllegalStateException("broken"), new PrintWriter(full, true), true);
        assertTrue(full.toString().contains("at alexnet.runner.CommandLineTest"), full.toString());
    }

    @Test
    void aFailureOfTornadovmIsOneLineWithoutColoursAndItsStackTrace() {
        StringWriter err = new StringWriter();
        assertEquals(ExitCode.RUNTIME, Failures.report(new TornadoRuntimeException(
                "\u001B[31mBailout is disabled. \nReason: no compiler\u001B[0m\nInternal: none\nStacktrace: [a, b]"),
                new PrintWriter(err, true), false));
        assertEquals("alexnet: Bailout is disabled. Reason: no compiler Internal: none; --stacktrace shows where" + System.lineSeparator(),
                err.toString());
    }

    @Test
    void whenMemoryRunsOutTheUserIsToldSo() {
        StringWriter err = new StringWriter();
        assertEquals(ExitCode.MEMORY, Failures.report(new OutOfMemoryError("Java heap space"), new PrintWriter(err, true), false));
        assertEquals("alexnet: too little memory: Java heap space; ALEXNET_JAVA_OPTS=-Xmx... lets Java use more, a smaller"
                + " --batch-size takes less" + System.lineSeparator(), err.toString());
    }

    @Test
    void memoryThatRunsOutInsideAKernelIsNoFailureOfTheRuntime() {
        StringWriter err = new StringWriter();
        RuntimeException kernel = new TornadoRuntimeException("task forward failed on jvm:0");
        kernel.initCause(new IllegalStateException("a thread failed", new OutOfMemoryError("Java heap space")));
        assertEquals(ExitCode.MEMORY, Failures.report(kernel, new PrintWriter(err, true), false));
        assertTrue(err.toString().startsWith("alexnet: too little memory: Java heap space; "), err.toString());
        assertThrows(OutOfMemoryError.class, () -> Failures.requireMemory(kernel), "it says nothing of the kernel");
        Failures.requireMemory(new TornadoRuntimeException("no compiler"));
    }

    @Test
    void whatFailsToBeReadIsToldAsSuch() {
        StringWriter err = new StringWriter();
        assertEquals(ExitCode.DATA, Failures.report(new UncheckedIOException(new IOException("Input/output error")), new PrintWriter(err, true), false));
        assertEquals(ExitCode.DATA, Failures.report(new UncheckedIOException(new AccessDeniedException("/data/7.jpg")), new PrintWriter(err, true), false));
        assertEquals(List.of("alexnet: cannot read Input/output error", "alexnet: cannot read /data/7.jpg: permission denied"), err.toString().lines().toList());
    }

    @Test
    void anArgumentThatBeginsWithAnAtSignIsNoFileOfArguments(@TempDir Path folder) throws IOException {
        Path list = Files.writeString(folder.resolve("list"), "--help");
        for (Object file : List.of("@" + folder, "@" + list, "@" + folder.resolve("missing"))) {
            TrainingTest.assertFails(ExitCode.USAGE, file.toString(), Execution.of("devices", file));
            TrainingTest.assertFails(ExitCode.DATA, file + "", Execution.of("train", "--data", file));
            TrainingTest.assertFails(ExitCode.MODEL, file + "", Execution.of("predict", "--model", file, file));
        }
    }

    @Test
    void whatIsPrintedCannotSteerTheTerminal() {
        String hostile = "\u001B]0;title\u0007\u202Egpj.exe\n\uD800";
        TrainingTest.assertFails(ExitCode.DATA, "\\u001B]0;title\\u0007\\u202Egpj.exe\\n",
                Execution.of("train", "--data", hostile.replace("\uD800", "")));
        TrainingTest.assertFails(ExitCode.USAGE, "\\u001B]0;title\\u0007\\u202Egpj.exe\\n\\uD800", Execution.of("devices", hostile));
    }
}
