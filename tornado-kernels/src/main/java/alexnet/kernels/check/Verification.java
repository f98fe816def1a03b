package alexnet.kernels.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import alexnet.kernels.DriverErrors;
import alexnet.kernels.KernelFamily;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/**
 * What came of one kernel, an operation of one family, on one device.
 *
 * @param family    the family's name
 * @param operation the operation
 * @param outcomes  one of each case, in the order of the table
 */
public record Verification(String family, String operation, List<Outcome> outcomes) {

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

    /** Runs the cases of one operation; a case that the device refuses is one that failed, and the others go on. */
    public static Verification of(KernelFamily family, String operation, List<Case> cases, TornadoDevice device) {
        List<Outcome> outcomes = new ArrayList<>();
        for (Case check : cases) {
            if (check.operation().equals(operation)) {
                outcomes.add(of(family, check, device));
            }
        }
        return new Verification(family.name(), operation, List.copyOf(outcomes));
    }

    /** Runs one case. */
    static Outcome of(KernelFamily family, Case check, TornadoDevice device) {
        try {
            List<Comparison> comparisons = check.run(family, device);
            DriverErrors.check();
            return new Outcome(check, comparisons, Optional.empty());
        } catch (VirtualMachineError fatal) {
            throw fatal;
        } catch (RuntimeException | Error refusal) {
            // TornadoVM's compilers throw errors of their own as well as exceptions.
            return new Outcome(check, List.of(), Optional.of(refusal));
        }
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
