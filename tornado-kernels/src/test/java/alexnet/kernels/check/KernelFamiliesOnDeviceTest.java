package alexnet.kernels.check;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import alexnet.kernels.KernelFamilies;
import alexnet.kernels.KernelFamily;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/** Every operation of every family, by each of its algorithms, that the default device runs, against the references. */
class KernelFamiliesOnDeviceTest {

    private static final TornadoDevice DEVICE = TornadoRuntimeProvider.getTornadoRuntime().getDefaultDevice();

    static Stream<Arguments> familiesAndCases() {
        return KernelFamilies.supportedBy(DEVICE).stream()
                .flatMap(family -> Cases.all().stream().filter(check -> !check.ways().apply(family).isEmpty()).map(check -> Arguments.of(family.name(), check, family)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("familiesAndCases")
    void computesWhatTheReferenceComputes(String name, Case check, KernelFamily family) {
        List<Case.Way> ways = check.ways().apply(family);
        assertAll(ways.stream().flatMap(way -> {
            List<Comparison> comparisons = way.run(DEVICE);
            assertFalse(comparisons.isEmpty());
            return comparisons.stream().map(comparison -> () -> assertTrue(comparison.passed(), () -> way.algorithm() + " " + comparison));
        }));
    }
}
