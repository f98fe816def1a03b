package alexnet.kernels.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Path;
import java.util.stream.Stream;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import uk.ac.manchester.tornado.api.runtime.TornadoRuntimeProvider;

/**
 * What kernels may not be written like, although it means the same in Java: TornadoVM 5.2 compiles it into something else. The
 * cases tell; where a later release passes, the workaround may go.
 */
class TornadoWorkaroundsTest {

    static Stream<Fault> workarounds() {
        return Stream.of(
                new Fault("portable", "dropout", "an unsigned shift of a negative number", "CounterRandom", "mix",
                        "(hash >> 16) & 0xFFFF", "hash >>> 16"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("workarounds")
    void isToldOnTornadoAndPassesOnTheJvm(Fault fault, @TempDir Path classes) throws Exception {
        fault.compileTo(classes);
        String failure = new FaultyProgram(classes).failure(fault.family(), fault.operation());
        if (TornadoRuntimeProvider.class.getModule().isNamed()) {
            assertNotEquals("", failure);
        } else {
            assertEquals("", failure);
        }
    }
}
