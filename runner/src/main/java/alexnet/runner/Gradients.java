package alexnet.runner;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import alexnet.core.device.Device;
import alexnet.core.gradient.GradientCheck;
import alexnet.core.group.TwoGroupNetwork.Placement;
import alexnet.kernels.AlgorithmChoice;
import alexnet.kernels.KernelFamilies;

/**
 * What {@code verify --check-grads} found.
 *
 * @param devices of the groups
 * @param results one of each weight and bias tensor, as far as the check came
 * @param refusal why it went no further
 */
record Gradients(List<Device> devices, List<GradientCheck.Result> results, Optional<RuntimeException> refusal) {

    private static final String LINE = "  %-14s%9s%8s%12s%14s  %s";
    /** Elements of each tensor and group. */
    private static final int SAMPLES = 8;
    private static final int SAMPLES_THOROUGH = 50;
    private static final long SEED = 1;

    /** Checks the gradient of a whole network, the groups on the first two of the devices, or both on the only one. */
    static Gradients check(List<Device> chosen, AlgorithmChoice convolution, boolean thorough, PrintWriter out) {
        List<Device> devices = List.of(chosen.getFirst(), chosen.get(Math.min(1, chosen.size() - 1)));
        List<Placement> placements = devices.stream().map(device -> new Placement(device.device(), KernelFamilies.of(device.device(), convolution))).toList();
        out.println("Gradients of a whole network, its groups on " + devices.stream()
                .map(device -> device.id() + " (" + KernelFamilies.of(device.device()).name() + ")").collect(Collectors.joining(" and ")) + ":");
        out.println(LINE.formatted("PARAMETER", "CHECKED", "KINKS", "ERROR", "OF TOLERANCE", "RESULT"));
        List<GradientCheck.Result> results = new ArrayList<>();
        try {
            GradientCheck.run(placements, thorough ? SAMPLES_THOROUGH : SAMPLES, SEED, result -> {
                results.add(result);
                print(result, out);
            });
            return new Gradients(devices, results, Optional.empty());
        } catch (RuntimeException refused) {
            Failures.requireMemory(refused);
            out.println("    refused: " + Failures.message(refused));
            return new Gradients(devices, results, Optional.of(refused));
        } finally {
            out.println();
        }
    }

    /** Prints the line of a tensor and, where it is wrong, the worst of its elements. */
    static void print(GradientCheck.Result result, PrintWriter out) {
        out.println(LINE.formatted(result.parameter(), result.checked(), result.kinks(), String.format(Locale.ROOT, "%.1e", result.largestError()),
                String.format(Locale.ROOT, "%.0f %%", 100 * result.share()), result.passed() ? "pass" : "FAIL"));
        if (!result.passed()) {
            out.println("    " + result.worst());
        }
        out.flush();
    }

    /** Whether every tensor's gradient is right. */
    boolean passed() {
        return refusal.isEmpty() && results.stream().allMatch(GradientCheck.Result::passed);
    }

    /** What is wrong, for a list. */
    List<String> wrong() {
        List<String> wrong = new ArrayList<>(results.stream().filter(result -> !result.passed())
                .map(result -> "the gradient of " + result.parameter()).toList());
        refusal.ifPresent(_ -> wrong.add("gradients were refused"));
        return wrong;
    }
}
