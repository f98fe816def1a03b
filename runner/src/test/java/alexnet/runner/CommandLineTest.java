package alexnet.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;

import org.junit.jupiter.api.Test;

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
        assertTrue(result.err().startsWith("alexnet: a command is missing: devices, train, test, predict, export"), result.err());
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
        assertEquals("alexnet: too little memory: Java heap space" + System.lineSeparator(), err.toString());
    }
}
