package alexnet.core.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import alexnet.core.device.Compilers;
import alexnet.core.group.ParameterTensor;
import alexnet.core.group.TwoGroupNetwork;
import alexnet.core.training.Interval;
import alexnet.core.training.Options;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** What rate and decay of biases do in a run whose biases start at zero. */
class ParameterGroupsOfARunTest {

    @TempDir
    private Path folder;
    private Path images;

    @BeforeEach
    void images() throws IOException {
        images = TestRun.noise(folder.resolve("images"));
    }

    /** All parameters behind one or two steps. */
    private Map<String, float[]> trained(int steps, String options) throws IOException {
        TestRun run = TestRun.of(images, (double) steps / TestRun.STEPS_AN_EPOCH, Interval.EPOCH, Interval.EPOCH);
        Path output = folder.resolve("run" + Math.abs(options.hashCode()) + steps);
        run.with(Options.over(run.options(), options)).train(output, null);
        Map<String, float[]> parameters = new TreeMap<>();
        try (OpenSnapshot snapshot = OpenSnapshot.open(output.resolve("last.safetensors"));
                TwoGroupNetwork network = TestRun.network(snapshot.content().model().architecture(), TestRun.BATCH)) {
            snapshot.load(network);
            for (ParameterTensor tensor : network.parameters()) {
                parameters.put(tensor.name(), values(tensor));
            }
        }
        return parameters;
    }

    private static float[] values(ParameterTensor tensor) {
        float[] values = new float[(int) tensor.length()];
        int end = 0;
        for (FloatArray part : tensor.parts()) {
            for (int i = 0; i < part.getSize(); i++) {
                values[end++] = part.get(i);
            }
        }
        return values;
    }

    private static boolean isBias(String name) {
        return name.endsWith(".bias");
    }

    @Test
    void biasesAloneLearnAtTheirFactorOfTheRate() throws IOException {
        Compilers.assumeQuick();
        Map<String, float[]> once = trained(1, "{}");
        Map<String, float[]> twice = trained(1, "{\"bias_lr\": 2}");
        Map<String, float[]> never = trained(1, "{\"bias_lr\": 0}");
        once.forEach((name, values) -> {
            float[] expected = values.clone();
            if (isBias(name)) {
                for (int i = 0; i < expected.length; i++) {
                    expected[i] *= 2;
                }
                assertArrayEquals(new float[values.length], never.get(name), name);
                assertFalse(Arrays.equals(new float[values.length], values), name + " has not learnt");
            } else {
                assertArrayEquals(values, never.get(name), name);
            }
            assertArrayEquals(expected, twice.get(name), name);
        });
    }

    @Test
    void biasesAloneDecayByTheirFactor() throws IOException {
        Compilers.assumeQuick();
        Map<String, float[]> decayed = trained(2, "{\"weight_decay\": 0.5}");
        Map<String, float[]> kept = trained(2, "{\"weight_decay\": 0.5, \"bias_wd\": 0}");
        int biases = 0;
        for (String name : decayed.keySet()) {
            // The second step's gradient does not depend on the decay of the first.
            boolean same = Arrays.equals(decayed.get(name), kept.get(name));
            assertEquals(!isBias(name), same, name);
            biases += isBias(name) ? 1 : 0;
        }
        assertEquals(8, biases);
    }
}
