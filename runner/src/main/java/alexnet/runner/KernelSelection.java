package alexnet.runner;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import alexnet.core.device.Device;
import alexnet.kernels.Algorithm;
import alexnet.kernels.KernelFamilies;
import alexnet.kernels.KernelFamily;
import alexnet.kernels.check.Case;

/**
 * Which kernels are verified.
 *
 * @param names families, operations, algorithms, or several of these in this order, {@code family/operation/algorithm}; none selects
 *              every kernel
 */
record KernelSelection(List<String> names) {

    /** Whether one of a family's operations may be among them, by one of its algorithms at least. */
    boolean includes(KernelFamily family, String operation) {
        return Stream.concat(Stream.of(""), algorithms(family, operation)).anyMatch(algorithm -> includes(family, operation, algorithm));
    }

    /** Whether a family's operation is among them, computed by an algorithm, whose name is empty where there are none. */
    boolean includes(KernelFamily family, String operation, String algorithm) {
        return names.isEmpty() || names.stream().anyMatch(name -> namesOf(family.name(), operation, algorithm).anyMatch(name::equals));
    }

    /** All by which a kernel is selected. */
    private static Stream<String> namesOf(String family, String operation, String algorithm) {
        Stream<String> withoutAlgorithm = Stream.of(family, operation, family + "/" + operation);
        return algorithm.isEmpty() ? withoutAlgorithm : Stream.concat(withoutAlgorithm, Stream.of(algorithm, family + "/" + algorithm,
                operation + "/" + algorithm, family + "/" + operation + "/" + algorithm));
    }

    private static Stream<String> algorithms(KernelFamily family, String operation) {
        List<? extends Algorithm<?>> algorithms = operation.startsWith("convolution") ? family.convolutionAlgorithms()
                : operation.startsWith("fullyConnected") ? family.fullyConnectedAlgorithms() : List.of();
        return algorithms.stream().map(Algorithm::name);
    }

    /**
     * Makes sure that every name selects something.
     *
     * @throws IllegalArgumentException naming the one that does not, and what there is
     */
    void requireKnown(List<Device> devices, List<Case> cases) {
        Set<String> operations = new LinkedHashSet<>();
        cases.forEach(check -> operations.add(check.operation()));
        Set<String> families = new LinkedHashSet<>();
        Set<String> algorithms = new LinkedHashSet<>();
        Set<String> known = new HashSet<>();
        for (Device device : devices) {
            for (KernelFamily family : KernelFamilies.supportedBy(device.device())) {
                families.add(family.name());
                for (String operation : operations) {
                    namesOf(family.name(), operation, "").forEach(known::add);
                    algorithms(family, operation).forEach(algorithm -> {
                        algorithms.add(algorithm);
                        namesOf(family.name(), operation, algorithm).forEach(known::add);
                    });
                }
            }
        }
        for (String name : names) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("these devices have no kernel '" + name + "'. Name a family, an operation, an algorithm, or"
                        + " family/operation/algorithm. Families: " + String.join(", ", families) + ". Operations: "
                        + String.join(", ", operations) + ". Algorithms: " + String.join(", ", algorithms));
            }
        }
    }
}
