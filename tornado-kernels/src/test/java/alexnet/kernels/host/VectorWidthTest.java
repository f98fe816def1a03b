package alexnet.kernels.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import alexnet.kernels.check.Case;
import alexnet.kernels.check.Cases;
import alexnet.kernels.check.FaultProbe;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The host kernels on machines with narrower vectors than this one's, in a Java of their own, as the width is settled once. */
class VectorWidthTest {

    @ParameterizedTest(name = "{0} bits")
    @ValueSource(ints = {128, 256})
    void kernelsAreRightWithNarrowerVectors(int bits) throws IOException, InterruptedException {
        assumeFalse(new FloatArray(1).getSegment().isNative(), "this runtime keeps arrays in native memory");
        assumeTrue(bits < Lanes.COUNT * Float.SIZE, () -> "this machine has no vectors wider than " + bits + " bits");
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules", "jdk.incubator.vector", "-XX:MaxVectorSize=" + bits / Byte.SIZE, "-cp", System.getProperty("java.class.path"),
                Narrow.class.getName()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(bits + " bits" + System.lineSeparator(), printed);
        assertEquals(0, process.waitFor());
    }

    /** Prints the width, then what fails. */
    static final class Narrow {

        private Narrow() {
        }

        public static void main(String[] arguments) {
            System.out.println(Lanes.COUNT * Float.SIZE + " bits");
            var probe = new FaultProbe();
            Cases.all().stream().map(Case::operation).distinct().map(operation -> probe.apply("host", operation))
                    .filter(failure -> !failure.isEmpty()).forEach(System.out::println);
        }
    }
}
