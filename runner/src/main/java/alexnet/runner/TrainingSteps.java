package alexnet.runner;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import alexnet.core.device.Device;
import alexnet.core.group.TrainingCheck;
import alexnet.core.group.TwoGroupNetwork.Placement;
import alexnet.kernels.AlgorithmChoice;
import alexnet.kernels.KernelFamilies;

/**
 * What {@code verify --check-training} found.
 *
 * @param devices of the groups
 * @param results of each trial and kind of number, as far as the check came
 * @param refusal why it went no further
 */
record TrainingSteps(List<Device> devices, List<TrainingCheck.Result> results, Optional<RuntimeException> refusal) {

    private static final String LINE = "  %-18s%5s  %-10s%9s%11s  %s";

    /** Trains the networks, the groups on the first two of the devices, or both on the only one. */
    static TrainingSteps check(List<Device> chosen, AlgorithmChoice convolution, PrintWriter out) {
        List<Device> devices = List.of(chosen.getFirst(), chosen.get(Math.min(1, chosen.size() - 1)));
        List<Placement> placements = devices.stream().map(device -> new Placement(device.device(), KernelFamilies.of(device.device(), convolution))).toList();
        out.println("Steps of training against PyTorch's in double precision, the groups on "
                + devices.stream().map(Device::id).collect(Collectors.joining(" and ")) + ":");
        out.println(LINE.formatted("NETWORK", "STEPS", "NUMBERS", "ERROR", "TOLERANCE", "RESULT"));
        List<TrainingCheck.Result> results = new ArrayList<>();
        try {
            for (TrainingCheck.Trial trial : TrainingCheck.trials()) {
                for (TrainingCheck.Result result : TrainingCheck.run(trial, placements)) {
                    results.add(result);
                    print(result, out);
                }
            }
            return new TrainingSteps(devices, results, Optional.empty());
        } catch (RuntimeException refused) {
            out.println("    refused: " + Failures.message(refused));
            return new TrainingSteps(devices, results, Optional.of(refused));
        } finally {
            out.println();
        }
    }

    /** Prints the line of a kind of number and, where it is wrong, which it is. */
    static void print(TrainingCheck.Result result, PrintWriter out) {
        out.println(LINE.formatted(result.trial(), result.steps(), result.kind(), String.format(Locale.ROOT, "%.1e", result.error()),
                String.format(Locale.ROOT, "%.1e", result.tolerance()), result.passed() ? "pass" : "FAIL"));
        if (!result.passed()) {
            out.println("    " + result.worst());
        }
        out.flush();
    }

    /** Whether all numbers are right. */
    boolean passed() {
        return refusal.isEmpty() && results.stream().allMatch(TrainingCheck.Result::passed);
    }

    /** What is wrong, for a list. */
    List<String> wrong() {
        List<String> wrong = new ArrayList<>(results.stream().filter(result -> !result.passed())
                .map(result -> result.steps() + (result.steps() == 1 ? " step of " : " steps of ") + result.trial() + " (" + result.kind() + ")").toList());
        refusal.ifPresent(_ -> wrong.add("steps of training were refused"));
        return wrong;
    }
}
