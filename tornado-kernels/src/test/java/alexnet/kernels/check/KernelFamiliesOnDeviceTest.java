package alexnet.kernels.check;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import alexnet.kernels.Compilers;
import alexnet.kernels.KernelFamilies;
import alexnet.kernels.KernelFamily;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/**
 * Every operation of every family, by each of its algorithms, that the default device runs, against the references. Where OpenCL compiles for
 * a processor, a kernel for every case, those that go the same ways through fewer numbers: {@code verify} has them all.
 */
class KernelFamiliesOnDeviceTest {

    private static final TornadoDevice DEVICE = TornadoRuntimeProvider.getTornadoRuntime().getDefaultDevice();

    static Stream<Arguments> ways() {
        List<Case> cases = Compilers.areSlow(DEVICE) ? Cases.quick() : Cases.all();
        return KernelFamilies.supportedBy(DEVICE).stream().flatMap(family -> cases.stream().flatMap(check ->
                check.ways().apply(family).stream().map(way -> Arguments.of(family.name(), check, way.algorithm(), way))));
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @MethodSource("ways")
    void computesWhatTheReferenceComputes(String family, Case check, String algorithm, Case.Way way) {
        List<Comparison> comparisons = way.run(DEVICE);
        assertFalse(comparisons.isEmpty());
        assertAll(comparisons.stream().map(comparison -> () -> assertTrue(comparison.passed(), comparison::toString)));
    }

    @Test
    void everyCaseIsComputedInSomeWay() {
        List<KernelFamily> families = KernelFamilies.supportedBy(DEVICE);
        assumeFalse(TornadoRuntimeProvider.class.getModule().isNamed(), "the host family, which has them all, is the JVM's");
        Cases.all().forEach(check -> assertTrue(families.stream().anyMatch(family -> !check.ways().apply(family).isEmpty()), check::toString));
    }
}
