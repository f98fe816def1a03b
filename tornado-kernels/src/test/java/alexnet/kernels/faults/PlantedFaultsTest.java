package alexnet.kernels.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import alexnet.kernels.KernelFamilies;
import alexnet.kernels.KernelFamily;
import alexnet.kernels.check.Case;
import alexnet.kernels.check.Cases;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/** {@code verify} can fail: it tells every one of these mistakes, planted one at a time. That it passes without is tested elsewhere. */
class PlantedFaultsTest {

    private static final Set<String> FAMILIES = KernelFamilies
            .supportedBy(TornadoRuntimeProvider.getTornadoRuntime().getDefaultDevice()).stream()
            .map(KernelFamily::name).collect(Collectors.toSet());

    /** On TornadoVM, whose compilers take their time, the first of each operation. */
    static Stream<Fault> faults() {
        boolean slow = TornadoRuntimeProvider.class.getModule().isNamed();
        Set<String> seen = new HashSet<>();
        return Faults.all().stream().filter(fault -> FAMILIES.contains(fault.family()))
                .filter(fault -> !slow || seen.add(fault.operation()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void isTold(Fault fault, @TempDir Path classes) throws Exception {
        fault.compileTo(classes);
        assertNotEquals("", new FaultyProgram(classes).failure(fault.family(), fault.operation()), () -> "no case tells that " + fault);
    }

    /** A second program that has no fault passes, so that it is the faults that fail. */
    @ParameterizedTest
    @MethodSource("families")
    void withoutAFaultNothingIsTold(String family, @TempDir Path classes) throws Exception {
        assertEquals("", new FaultyProgram(classes).failure(family, "add"));
    }

    static Set<String> families() {
        return FAMILIES;
    }

    @Test
    void everyOperationHasAFault() {
        Set<String> operations = Cases.all().stream().map(Case::operation).collect(Collectors.toSet());
        Set<String> faulty = Faults.all().stream().map(Fault::operation).collect(Collectors.toSet());
        assertEquals(operations, faulty);
    }
}
