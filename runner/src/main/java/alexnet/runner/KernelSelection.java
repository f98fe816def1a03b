package alexnet.runner;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import alexnet.core.device.Device;
import alexnet.kernels.KernelFamilies;
import alexnet.kernels.KernelFamily;
import alexnet.kernels.check.Case;

/**
 * Which kernels are verified.
 *
 * @param names families, operations or {@code family/operation}; none selects every kernel
 */
record KernelSelection(List<String> names) {

    /** Whether a family's operation is among them. */
    boolean includes(KernelFamily family, String operation) {
        return names.isEmpty() || names.stream().anyMatch(name -> matches(name, family, operation));
    }

    private static boolean matches(String name, KernelFamily family, String operation) {
        return name.equals(family.name()) || name.equals(operation) || name.equals(family.name() + "/" + operation);
    }

    /**
     * Makes sure that every name selects something.
     *
     * @throws IllegalArgumentException naming the one that does not, and what there is
     */
    void requireKnown(List<Device> devices, List<Case> cases) {
        Set<String> families = new LinkedHashSet<>();
        Set<String> operations = new LinkedHashSet<>();
        devices.forEach(device -> KernelFamilies.supportedBy(device.device()).forEach(family -> families.add(family.name())));
        cases.forEach(check -> operations.add(check.operation()));
        for (String name : names) {
            boolean known = Stream.concat(families.stream(), operations.stream()).anyMatch(name::equals)
                    || families.stream().anyMatch(family -> operations.stream().anyMatch(operation -> name.equals(family + "/" + operation)));
            if (!known) {
                throw new IllegalArgumentException("these devices have no kernel '" + name + "'. Name a family, an operation, or"
                        + " family/operation. Families: " + String.join(", ", families) + ". Operations: " + String.join(", ", operations));
            }
        }
    }
}
