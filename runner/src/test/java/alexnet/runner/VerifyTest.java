package alexnet.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import alexnet.core.device.Device;
import alexnet.core.device.Devices;
import alexnet.core.gradient.GradientCheck;
import alexnet.kernels.check.Case;
import alexnet.kernels.check.Cases;
import alexnet.kernels.check.Comparison;
import alexnet.kernels.check.Verification;

class VerifyTest {

    private static final Device DEVICE = Devices.ofRuntime().all().getFirst();

    @TempDir
    private Path folder;

    /** One case whose second element is wrong, and one that the device has refused. */
    private static Verification wrong() {
        Case check = new Case("copy", "length 4", 7, (_, _) -> List.of());
        Comparison.Element second = new Comparison.Element(1, 2, Double.NaN, 0.5);
        Comparison comparison = new Comparison("target", 4, 2, Optional.of(second), second, 8);
        return new Verification("portable", "copy", "", List.of(
                new Verification.Outcome(check, List.of(comparison), Optional.empty()),
                new Verification.Outcome(check, List.of(), Optional.of(new IllegalStateException("no compiler")))));
    }

    @Test
    void rightKernelsPassOnEveryDeviceOfTrainAndEveryFamily() {
        Execution result = Execution.of("verify", "--kernels", "copy, portable/sgd");
        assertEquals(ExitCode.OK.code(), result.code(), result.out() + result.err());
        long cases = Cases.quick().stream().filter(check -> List.of("copy", "sgd").contains(check.operation())).count();
        for (Device device : Devices.ofRuntime().byDefault()) {
            assertTrue(result.out().lines().anyMatch(line -> line.matches(device.id() + " +portable +2 +" + cases + " +0 .* pass")), result.out());
        }
        assertTrue(result.out().endsWith("All kernels are right." + System.lineSeparator()), result.out());
    }

    @Test
    void aReportTellsWhatRanWhere() throws IOException {
        Path file = folder.resolve("report.json");
        Files.writeString(file, "an older report");
        Execution result = Execution.of("verify", "--kernels", "portable/copy", "--devices", DEVICE.id(), "--report", file);
        assertEquals(ExitCode.OK.code(), result.code(), result.out() + result.err());
        JsonNode report = new ObjectMapper().readTree(file.toFile());
        assertTrue(report.get("passed").asBoolean());
        assertEquals(Version.program(), report.get("program").asText());
        assertEquals(Devices.ofRuntime().runtime(), report.get("runtime").asText());
        JsonNode device = report.get("devices").get(0);
        assertEquals(DEVICE.name(), device.get("name").asText());
        JsonNode kernel = device.get("kernels").get(0);
        assertEquals("portable copy 4 0.0", kernel.get("family").asText() + " " + kernel.get("operation").asText() + " "
                + kernel.get("cases").asText() + " " + kernel.get("maxError").asText());
        assertEquals(List.of(file), files());
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.toList();
        }
    }

    @Test
    void algorithmsAreToldAndSelected() throws IOException {
        Path file = folder.resolve("report.json");
        for (String name : List.of("portable/fullyConnectedForward/direct", "portable/fullyConnectedForward")) {
            Execution result = Execution.of("verify", "--quick", "--devices", DEVICE.id(), "--kernels", name, "--report", file);
            assertEquals(ExitCode.OK.code(), result.code(), result.out() + result.err());
            assertTrue(result.out().lines().anyMatch(line -> line.matches("  fullyConnectedForward +direct +\\d+ .* pass")), result.out());
            assertEquals("direct", new ObjectMapper().readTree(file.toFile()).at("/devices/0/kernels/0/algorithm").asText());
        }
        Execution result = Execution.of("verify", "--kernels", "portable/sgd/direct");
        assertEquals(ExitCode.USAGE.code(), result.code(), result.out());
        assertTrue(result.err().contains("Algorithms: ") && result.err().contains("direct"), result.err());
    }

    @Test
    void aReportThatCannotBeWrittenIsFoundBeforeTheWork() throws IOException {
        for (Path place : List.of(folder, folder.resolve("none/report.json"))) {
            Execution result = Execution.of("verify", "--report", place);
            assertEquals(ExitCode.OUTPUT.code(), result.code(), result.err());
            assertEquals("", result.out());
            assertTrue(result.err().startsWith("alexnet: cannot write to " + place), result.err());
        }
        assertEquals(List.of(), files());
    }

    @Test
    void anUnknownKernelIsNamedWithThoseThatThereAre() {
        for (String name : List.of("cuda", "sgdd", "portable/", "cuda/sgd", "")) {
            Execution result = Execution.of("verify", "--kernels", name);
            assertEquals(ExitCode.USAGE.code(), result.code(), result.out());
            assertTrue(result.err().contains("no kernel '" + name + "'") && result.err().contains("convolutionForward"), result.err());
        }
    }

    @Test
    void quickTakesFewerCasesOfProductsAndSaysSoInItsReport() throws IOException {
        Path file = folder.resolve("report.json");
        Execution result = Execution.of("verify", "--quick", "--kernels", "portable/fullyConnectedForward", "--report", file);
        assertEquals(ExitCode.OK.code(), result.code(), result.out() + result.err());
        JsonNode report = new ObjectMapper().readTree(file.toFile());
        assertTrue(report.get("quick").asBoolean());
        long cases = Cases.quick().stream().filter(check -> check.operation().equals("fullyConnectedForward")).count();
        assertEquals(cases, report.at("/devices/0/kernels/0/cases").asLong());
    }

    @Test
    void quickAndThoroughExcludeEachOther() {
        Execution result = Execution.of("verify", "--quick", "--thorough");
        assertEquals(ExitCode.USAGE.code(), result.code());
        assertTrue(result.err().contains("--thorough and --quick exclude each other"), result.err());
    }

    @Test
    void anUnknownDeviceIsRefused() {
        assertEquals(ExitCode.RUNTIME.code(), Execution.of("verify", "--devices", "7:7").code());
    }

    @Test
    void aWrongKernelIsPrintedWithShapeSeedAndFirstWrongElement() {
        StringWriter text = new StringWriter();
        VerifyCommand.print(wrong(), new PrintWriter(text));
        List<String> lines = text.toString().lines().toList();
        assertTrue(lines.get(0).matches("  copy +2 +inf +8.00  FAIL"), lines.get(0));
        assertEquals("    length 4, seed 7: target: element 1 is NaN, expected 2.00000000 within 0.500; 2 are wrong of 4", lines.get(1));
        assertEquals("    length 4, seed 7: refused: no compiler", lines.get(2));
    }

    @Test
    void aWrongKernelIsReported() throws IOException {
        VerificationReport report = new VerificationReport("runtime", false, false);
        report.add(DEVICE, new VerificationReport.Family("portable", List.of(wrong()), 1));
        assertFalse(report.passed());
        JsonNode failures = new ObjectMapper().readTree(report.json()).at("/devices/0/kernels/0/failures");
        assertEquals("length 4", failures.at("/0/shape").asText());
        assertEquals("NaN", failures.at("/0/arrays/0/actual").asText());
        assertEquals(1, failures.at("/0/arrays/0/firstWrong").asInt());
        assertTrue(failures.at("/1/refusal").asText().contains("no compiler"));
    }

    @Test
    @SameOnEveryRuntime
    void gradientsOfAWholeNetworkAreCheckedWhenAsked() throws IOException {
        Path file = folder.resolve("report.json");
        Execution result = Execution.of("verify", "--kernels", "portable/copy", "--check-grads", "--report", file);
        assertEquals(ExitCode.OK.code(), result.code(), result.out() + result.err());
        assertTrue(result.out().lines().anyMatch(line -> line.matches("  fc8.bias +5 +0 +\\d\\.\\de-\\d+ +\\d+ %  pass")), result.out());
        assertTrue(result.out().endsWith("All kernels and gradients are right." + System.lineSeparator()), result.out());
        JsonNode gradients = new ObjectMapper().readTree(file.toFile()).get("gradients");
        assertTrue(gradients.get("passed").asBoolean());
        assertEquals(16, gradients.get("parameters").size());
    }

    @Test
    void aWrongGradientIsPrintedWithItsWorstElementAndReported() throws IOException {
        GradientCheck.Result wrong = new GradientCheck.Result("fc7.bias", 16, 1, 0.5, 12, "element 3 of group 1: wrong");
        StringWriter text = new StringWriter();
        Gradients.print(wrong, new PrintWriter(text));
        assertTrue(text.toString().lines().toList().getFirst().matches("  fc7.bias +16 +1 +5.0e-01 +1200 %  FAIL"), text.toString());
        assertEquals("    element 3 of group 1: wrong", text.toString().lines().toList().getLast());

        VerificationReport report = new VerificationReport("runtime", false, false);
        Gradients gradients = new Gradients(List.of(DEVICE, DEVICE), List.of(wrong), Optional.empty());
        report.add(gradients);
        assertFalse(report.passed());
        assertEquals(List.of("the gradient of fc7.bias"), gradients.wrong());
        assertEquals(12, new ObjectMapper().readTree(report.json()).at("/gradients/parameters/0/shareOfTolerance").asDouble());
    }
}
