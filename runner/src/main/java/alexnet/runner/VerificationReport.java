package alexnet.runner;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import alexnet.bench.Machine;
import alexnet.core.device.Device;
import alexnet.core.gradient.GradientCheck;
import alexnet.kernels.check.Comparison;
import alexnet.kernels.check.Verification;

/** What {@code verify} found, and where. */
final class VerificationReport {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String KEY_AND_VALUE = "\\s*:\\s+";

    /**
     * The kernels of one family on one device.
     *
     * @param name    the family
     * @param kernels one of each operation
     * @param seconds what they took, references included
     */
    record Family(String name, List<Verification> kernels, double seconds) {

        int cases() {
            return kernels.stream().mapToInt(kernel -> kernel.outcomes().size()).sum();
        }

        int failedCases() {
            return kernels.stream().mapToInt(kernel -> kernel.failures().size()).sum();
        }

        boolean passed() {
            return kernels.stream().allMatch(Verification::passed);
        }
    }

    private final Instant start = Instant.now();
    private final String runtime;
    private final boolean thorough;
    private final boolean quick;
    private final Map<Device, List<Family>> devices = new LinkedHashMap<>();
    private Gradients gradients;
    private TrainingSteps training;

    VerificationReport(String runtime, boolean thorough, boolean quick) {
        this.runtime = runtime;
        this.thorough = thorough;
        this.quick = quick;
    }

    /** Adds a family of a device. */
    void add(Device device, Family family) {
        devices.computeIfAbsent(device, _ -> new ArrayList<>()).add(family);
    }

    /** Adds the check of a whole network's gradients. */
    void add(Gradients checked) {
        gradients = checked;
    }

    /** The check of a whole network's gradients, if there was one. */
    Optional<Gradients> gradients() {
        return Optional.ofNullable(gradients);
    }

    /** Adds the comparison with PyTorch. */
    void add(TrainingSteps checked) {
        training = checked;
    }

    /** The comparison with PyTorch, if there was one. */
    Optional<TrainingSteps> training() {
        return Optional.ofNullable(training);
    }

    /** Visits every family of every device, in order. */
    void families(BiConsumer<Device, Family> visitor) {
        devices.forEach((device, families) -> families.forEach(family -> visitor.accept(device, family)));
    }

    /** Whether every kernel is right, and every gradient and every step that was checked. */
    boolean passed() {
        return devices.values().stream().flatMap(List::stream).allMatch(Family::passed) && gradients().map(Gradients::passed).orElse(true)
                && training().map(TrainingSteps::passed).orElse(true);
    }

    /** All of it. Infinite and undefined numbers are the strings {@code Infinity}, {@code -Infinity} and {@code NaN}. */
    byte[] json() {
        ObjectNode root = JSON.createObjectNode();
        root.put("passed", passed());
        root.put("thorough", thorough);
        root.put("quick", quick);
        root.put("start", start.toString());
        root.put("program", Version.program());
        root.put("runtime", runtime);
        Machine.describe(root);
        root.put("errorUnit", "sqrt(n) 2^-24 M, n roundings, M the sum of the terms' magnitudes");
        ArrayNode list = root.putArray("devices");
        devices.forEach((device, families) -> {
            ObjectNode node = list.addObject();
            describe(device, node);
            ArrayNode kernels = node.putArray("kernels");
            families.forEach(family -> family.kernels.forEach(kernel -> describe(kernel, kernels.addObject())));
        });
        gradients().ifPresent(checked -> describe(checked, root.putObject("gradients")));
        training().ifPresent(checked -> describe(checked, root.putObject("training")));
        return (root.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static void describe(TrainingSteps checked, ObjectNode node) {
        node.put("passed", checked.passed());
        checked.refusal().ifPresent(refusal -> node.put("refusal", refusal.toString()));
        ArrayNode groups = node.putArray("groups");
        checked.devices().forEach(device -> groups.add(device.id()));
        ArrayNode results = node.putArray("results");
        checked.results().forEach(result -> results.addObject().put("trial", result.trial()).put("steps", result.steps()).put("numbers", result.kind())
                .put("passed", result.passed()).put("relativeError", result.error()).put("tolerance", result.tolerance()).put("worst", result.worst()));
    }

    private static void describe(Gradients checked, ObjectNode node) {
        node.put("passed", checked.passed());
        checked.refusal().ifPresent(refusal -> node.put("refusal", refusal.toString()));
        ArrayNode groups = node.putArray("groups");
        checked.devices().forEach(device -> groups.add(device.id()));
        ArrayNode parameters = node.putArray("parameters");
        for (GradientCheck.Result result : checked.results()) {
            ObjectNode parameter = parameters.addObject();
            parameter.put("name", result.parameter());
            parameter.put("passed", result.passed());
            parameter.put("checked", result.checked());
            parameter.put("kinks", result.kinks());
            parameter.put("relativeError", result.largestError());
            parameter.put("shareOfTolerance", result.share());
            parameter.put("worst", result.worst());
        }
    }

    private static void describe(Device device, ObjectNode node) {
        node.put("id", device.id());
        node.put("name", device.name());
        node.put("type", device.type().name());
        node.put("backend", device.backend());
        node.put("platform", device.platform());
        node.put("memoryBytes", device.memoryBytes());
        // The runtime tells the driver's version only in its text for people: lines of 'key : value'.
        ObjectNode driver = node.putObject("driver");
        String.valueOf(device.device().getDeviceInfo()).lines().map(line -> line.strip().split(KEY_AND_VALUE, 2))
                .filter(parts -> parts.length == 2).forEach(parts -> driver.put(parts[0], parts[1]));
    }

    private static void describe(Verification kernel, ObjectNode node) {
        node.put("family", kernel.family());
        node.put("operation", kernel.operation());
        if (!kernel.algorithm().isEmpty()) {
            node.put("algorithm", kernel.algorithm());
        }
        node.put("passed", kernel.passed());
        node.put("cases", kernel.outcomes().size());
        kernel.worst().ifPresent(worst -> {
            node.put("maxError", worst.error());
            node.put("tolerance", worst.limit());
        });
        ArrayNode failures = node.putArray("failures");
        for (Verification.Outcome outcome : kernel.failures()) {
            ObjectNode failure = failures.addObject();
            failure.put("shape", outcome.check().shape());
            failure.put("seed", outcome.check().seed());
            outcome.refusal().ifPresent(refusal -> failure.put("refusal", refusal.toString()));
            ArrayNode arrays = failure.putArray("arrays");
            outcome.comparisons().stream().filter(comparison -> !comparison.passed())
                    .forEach(comparison -> describe(comparison, arrays.addObject()));
        }
    }

    private static void describe(Comparison comparison, ObjectNode node) {
        Comparison.Element first = comparison.first().orElseThrow();
        node.put("array", comparison.array());
        node.put("elements", comparison.elements());
        node.put("wrong", comparison.wrong());
        node.put("firstWrong", first.index());
        node.put("expected", first.expected());
        node.put("actual", first.actual());
        node.put("tolerance", first.tolerance());
    }
}
