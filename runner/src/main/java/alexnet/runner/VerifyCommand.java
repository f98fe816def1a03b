package alexnet.runner;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import alexnet.core.device.Device;
import alexnet.core.device.Devices;
import alexnet.kernels.AlgorithmChoice;
import alexnet.kernels.KernelFamilies;
import alexnet.kernels.KernelFamily;
import alexnet.kernels.check.Case;
import alexnet.kernels.check.Cases;
import alexnet.kernels.check.Comparison;
import alexnet.kernels.check.Verification;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Are the kernels right on these devices? */
@Command(name = "verify", sortOptions = false, mixinStandardHelpOptions = true,
        description = {"Check every kernel that a device can use, forward and backward, by each of its algorithms, against double precision.",
                "A line a kernel tells its cases and the error that came closest to its tolerance. Errors are in units of"
                        + " sqrt(n) 2^-24 M, with n the roundings on the way to a result (the terms of its sum) and M the sum of its"
                        + " terms' magnitudes: about what rounding alone comes to, however long the sum. The tolerance is"
                        + " min(sqrt(n), 8): n roundings cannot come to more than the first, and exceed the second less than once in"
                        + " ten million sums. Minimal filtering (winograd) has a root of the sum of squares of its own in place of sqrt(n) M,"
                        + " which follows from its transforms. 'exact' marks results in which nothing is rounded.",
                "--check-grads compares the gradient of a whole small network, through both groups and every exchange, with how the"
                        + " loss changes when single weights are moved. ERROR is relative; KINKS counts weights that are left out"
                        + " because every step turns a unit on or off or changes what a pooling window takes.",
                "The exit code is 9 if a kernel or a gradient is wrong or a device refuses a kernel."})
@Examples({"alexnet verify",
    "alexnet verify --kernels portable/sgd,convolutionForward/direct --report report.json",
    "alexnet verify --devices 0:0 --check-grads --check-training"})
final class VerifyCommand implements Callable<Integer> {

    /** Failed cases of one kernel that are printed. */
    private static final int SHOWN_FAILURES = 3;
    private static final String LINE = "  %-30s%-12s%6s%9s%11s  %s";

    @Spec
    private CommandSpec spec;

    @Option(names = "--devices", paramLabel = "ID[,ID]",
            description = "The devices, as 'alexnet devices' lists them. Default: those that train would use.")
    private String ids;

    @Option(names = "--kernels", paramLabel = "NAME[,NAME]", split = ",", hideParamSyntax = true,
            description = "Only these: a family (portable), an operation (convolutionForward), an algorithm (direct), or several of these in this"
                    + " order (portable/sgd)."
                    + " Default: the family that the device uses, and portable; with --thorough, all that it can run.")
    private List<String> names = List.of();

    @Option(names = "--convolution", paramLabel = "auto|direct|winograd", defaultValue = "auto",
            description = "How the networks of --check-grads and --check-training compute convolutions, as with train."
                    + " Kernels are checked by all their algorithms. Default: ${DEFAULT-VALUE}.")
    private AlgorithmChoice convolution;

    @Option(names = "--thorough",
            description = "Three times as many data, more odd sizes, and the paper's layers as they are, batches of 128: minutes"
                    + " instead of seconds.")
    private boolean thorough;

    @Option(names = "--quick",
            description = "Products of few images, channels and units instead of the usual ones, for devices that are simulated.")
    private boolean quick;

    @Option(names = "--check-grads",
            description = "Also check the gradient of a whole network on the first two devices, with the kernels that train would use.")
    private boolean checkGradients;

    @Option(names = "--check-training",
            description = "Also train four networks for some steps, at most ten, on the first two devices, three of them with two sizes of batch, and compare with PyTorch's in double precision.")
    private boolean checkTraining;

    @Option(names = "--report", paramLabel = "FILE", description = "Also write everything to this file, as JSON.")
    private Path reportPath;

    @Override
    public Integer call() {
        Devices devices = Devices.ofRuntime();
        List<Device> chosen = (ids == null ? devices.byDefault() : devices.named(ids)).stream().distinct().toList();
        Devices.requireCompilers(chosen);
        if (thorough && quick) {
            throw Usage.mistake(spec, "--thorough and --quick exclude each other");
        }
        List<Case> cases = thorough ? Cases.thorough() : quick ? Cases.quick() : Cases.all();
        KernelSelection selection = new KernelSelection(names.stream().map(String::strip).toList());
        try {
            selection.requireKnown(chosen, cases);
        } catch (IllegalArgumentException unknown) {
            throw Usage.mistake(spec, unknown.getMessage());
        }
        try (Reports reports = new Reports(reportPath)) {
            VerificationReport report = verify(devices, chosen, selection, cases);
            reports.write(reportPath, report::json);
            return report.passed() ? ExitCode.OK.code() : ExitCode.WRONG.code();
        }
    }

    private VerificationReport verify(Devices devices, List<Device> chosen, KernelSelection selection, List<Case> cases) {
        PrintWriter out = spec.commandLine().getOut();
        VerificationReport report = new VerificationReport(devices.runtime(), thorough, quick);
        List<String> operations = cases.stream().map(Case::operation).distinct().toList();
        for (Device device : chosen) {
            for (KernelFamily family : families(device)) {
                List<String> selected = operations.stream().filter(operation -> selection.includes(family, operation)).toList();
                if (!selected.isEmpty()) {
                    out.println("Kernels of the family " + family.name() + " on " + device.id() + " (" + device.name() + ", "
                            + device.backend() + ", " + devices.runtime() + "):");
                    out.println(LINE.formatted("KERNEL", "ALGORITHM", "CASES", "ERROR", "TOLERANCE", "RESULT"));
                    report.add(device, verify(device, family, selected, selection, cases, out));
                }
            }
        }
        if (checkGradients) {
            report.add(Gradients.check(chosen, convolution, thorough, out));
        }
        if (checkTraining) {
            report.add(TrainingSteps.check(chosen, convolution, out));
        }
        summarize(report, out);
        return report;
    }

    /** Kernels compile for long on OpenCL, so a family that the device does not use is run where it is asked for. */
    private List<KernelFamily> families(Device device) {
        List<KernelFamily> supported = KernelFamilies.supportedBy(device.device());
        boolean all = thorough || !names.isEmpty();
        return supported.stream().filter(family -> all || family.equals(supported.getFirst()) || family.name().equals("portable")).toList();
    }

    private static VerificationReport.Family verify(Device device, KernelFamily family, List<String> operations,
                                                    KernelSelection selection, List<Case> cases, PrintWriter out) {
        long start = System.nanoTime();
        List<Verification> kernels = new ArrayList<>();
        for (String operation : operations) {
            for (Verification kernel : Verification.of(family, operation, cases, device.device(),
                    algorithm -> selection.includes(family, operation, algorithm))) {
                kernel.failures().forEach(failure -> failure.refusal().ifPresent(Failures::requireMemory));
                kernels.add(kernel);
                print(kernel, out);
            }
        }
        out.println();
        return new VerificationReport.Family(family.name(), kernels, (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1));
    }

    /** Prints the line of a kernel and, where it is wrong, the first of its failed cases. */
    static void print(Verification kernel, PrintWriter out) {
        out.println(LINE.formatted(kernel.operation(), kernel.algorithm(), kernel.outcomes().size(), kernel.worst().map(VerifyCommand::error).orElse("-"),
                kernel.worst().map(VerifyCommand::tolerance).orElse("-"), kernel.passed() ? "pass" : "FAIL"));
        List<Verification.Outcome> failures = kernel.failures();
        for (Verification.Outcome failure : failures.subList(0, Math.min(SHOWN_FAILURES, failures.size()))) {
            failure.refusal().ifPresent(refusal -> out.println("    " + failure.check().shape() + ", seed " + failure.check().seed()
                    + ": refused: " + Failures.message(refusal)));
            failure.comparisons().stream().filter(comparison -> !comparison.passed()).forEach(comparison -> out.println("    "
                    + failure.check().shape() + ", seed " + failure.check().seed() + ": " + comparison));
        }
        if (failures.size() > SHOWN_FAILURES) {
            out.println("    and " + (failures.size() - SHOWN_FAILURES) + " more of its cases; --report FILE tells all");
        }
        out.flush();
    }

    private static String error(Comparison worst) {
        return worst.error() == 0 ? "0" : Double.isInfinite(worst.error()) ? "inf" : String.format(Locale.ROOT, "%.2f", worst.error());
    }

    private static String tolerance(Comparison worst) {
        return worst.limit() == 0 ? "exact" : String.format(Locale.ROOT, "%.2f", worst.limit());
    }

    private static void summarize(VerificationReport report, PrintWriter out) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("DEVICE", "FAMILY", "KERNELS", "CASES", "FAILED", "CLOSEST TO ITS TOLERANCE", "SECONDS", "RESULT"));
        report.families((device, family) -> rows.add(List.of(device.id(), family.name(), String.valueOf(family.kernels().size()),
                String.valueOf(family.cases()), String.valueOf(family.failedCases()), closest(family),
                String.format(Locale.ROOT, "%.1f", family.seconds()), family.passed() ? "pass" : "FAIL")));
        Columns.print(rows, out);
        List<String> wrong = new ArrayList<>();
        report.families((device, family) -> family.kernels().stream().filter(kernel -> !kernel.passed())
                .forEach(kernel -> wrong.add(family.name() + "/" + kernel.kernel() + " on " + device.id())));
        report.gradients().ifPresent(gradients -> wrong.addAll(gradients.wrong()));
        report.training().ifPresent(training -> wrong.addAll(training.wrong()));
        List<String> checked = new ArrayList<>(List.of("kernels"));
        report.gradients().ifPresent(_ -> checked.add("gradients"));
        report.training().ifPresent(_ -> checked.add("training steps"));
        String right = "All " + String.join(" and ", checked) + " are right.";
        out.println(wrong.isEmpty() ? right : "WRONG: " + String.join(", ", wrong));
        out.flush();
    }

    private static String closest(VerificationReport.Family family) {
        return family.kernels().stream().filter(kernel -> kernel.worst().isPresent())
                .max(Comparator.comparingDouble(kernel -> kernel.worst().orElseThrow().share()))
                .map(kernel -> String.format(Locale.ROOT, "%s, %.0f %%", kernel.kernel(), 100 * kernel.worst().orElseThrow().share()))
                .orElse("-");
    }
}
