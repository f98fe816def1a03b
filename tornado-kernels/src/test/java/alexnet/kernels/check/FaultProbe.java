package alexnet.kernels.check;

import java.util.function.BinaryOperator;

import alexnet.kernels.KernelFamilies;
import alexnet.kernels.KernelFamily;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/**
 * Looks for a failing case from inside of a program with a fault, whose classes are not those of the tests: only types of the
 * JDK pass between the two.
 */
public final class FaultProbe implements BinaryOperator<String> {

    /** The first failing case of a family's operation on the default device, in words; empty where all pass. */
    @Override
    public String apply(String family, String operation) {
        TornadoDevice device = TornadoRuntimeProvider.getTornadoRuntime().getDefaultDevice();
        KernelFamily kernels = KernelFamilies.named(family, device);
        return Cases.all().stream().filter(check -> check.operation().equals(operation))
                .flatMap(check -> check.ways().apply(kernels).stream().map(way -> Verification.of(check, way, device)))
                .filter(outcome -> !outcome.passed()).findFirst()
                .map(outcome -> outcome.check() + ": " + outcome.comparisons() + outcome.refusal().map(Throwable::toString).orElse(""))
                .orElse("");
    }
}
