package alexnet.kernels.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import alexnet.kernels.DriverErrors;
import alexnet.kernels.KernelFamily;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/**
 * What came of one kernel, one way of a family to compute an operation, on one device.
 *
 * @param family    the family's name
 * @param operation the operation
 * @param algorithm by which it is computed; empty where the operation has no algorithms
 * @param outcomes  one of each case, in the order of the table
 */
public record Verification(String family, String operation, String algorithm, List<Outcome> outcomes) {

    /**
     * What came of one case.
     *
     * @param check       the case
     * @param comparisons one of each array that the operation writes; none where it was refused
     * @param refusal     why the device could not run it
     */
    public record Outcome(Case check, List<Comparison> comparisons, Optional<Throwable> refusal) {

        /** Whether the case ran and all its arrays are right. */
        public boolean passed() {
            return refusal.isEmpty() && comparisons.stream().allMatch(Comparison::passed);
        }
    }

    /**
     * Runs the cases of one operation by each of its algorithms, those that are selected by name; a case that the device refuses is
     * one that failed, and the others go on.
     */
    public static List<Verification> of(KernelFamily family, String operation, List<Case> cases, TornadoDevice device,
                                        Predicate<String> algorithms) {
        Map<String, List<Outcome>> outcomes = new LinkedHashMap<>();
        for (Case check : cases) {
            if (check.operation().equals(operation)) {
                for (Case.Way way : check.ways().apply(family)) {
                    if (algorithms.test(way.algorithm())) {
                        outcomes.computeIfAbsent(way.algorithm(), _ -> new ArrayList<>()).add(of(check, way, device));
                    }
                }
            }
        }
        return outcomes.entrySet().stream()
                .map(algorithm -> new Verification(family.name(), operation, algorithm.getKey(), List.copyOf(algorithm.getValue()))).toList();
    }

    /** Runs one case in one way. */
    static Outcome of(Case check, Case.Way way, TornadoDevice device) {
        try {
            List<Comparison> comparisons = way.run(device);
            DriverErrors.check();
            return new Outcome(check, comparisons, Optional.empty());
        } catch (VirtualMachineError fatal) {
            throw fatal;
        } catch (RuntimeException | Error refusal) {
            // TornadoVM's compilers throw errors of their own as well as exceptions.
            return new Outcome(check, List.of(), Optional.of(refusal));
        }
    }

    /** Its name for users: the operation, and by which algorithm where there are several ways. */
    public String kernel() {
        return algorithm.isEmpty() ? operation : operation + "/" + algorithm;
    }

    /** Whether every case passed. */
    public boolean passed() {
        return outcomes.stream().allMatch(Outcome::passed);
    }

    /** The cases that did not pass. */
    public List<Outcome> failures() {
        return outcomes.stream().filter(outcome -> !outcome.passed()).toList();
    }

    /** The array that came closest to its tolerance, or went furthest beyond; none where every case was refused. */
    public Optional<Comparison> worst() {
        return outcomes.stream().flatMap(outcome -> outcome.comparisons.stream()).max(Comparator.comparingDouble(Comparison::share));
    }
}
