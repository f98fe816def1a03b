package alexnet.core.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import alexnet.core.checkpoint.SafetensorsReader;
import alexnet.core.device.Compilers;
import alexnet.core.group.ParameterTensor;
import alexnet.core.group.Sgd;
import alexnet.core.group.TwoGroupNetwork;
import alexnet.core.training.Interval;
import alexnet.core.training.Options;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Runs some of whose layers stay as they are or learn at a rate of their own; four steps an epoch. */
class FrozenRunTest {

    private static final String LAST = "last.safetensors";

    @TempDir
    private Path folder;
    private Path images;

    @BeforeEach
    void images() throws IOException {
        images = TestRun.noise(folder.resolve("images"));
    }

    private Path train(String output, double epochs, String options, Path resumed) throws IOException {
        TestRun run = TestRun.of(images, epochs, Interval.EPOCH, Interval.EPOCH);
        run.with(Options.over(Options.over(run.options(), "{\"lr_scheduler\": \"constant\"}"), options)).train(folder.resolve(output), resumed);
        return folder.resolve(output).resolve(LAST);
    }

    private static Map<String, List<Float>> tensors(Path file) {
        Map<String, List<Float>> values = new HashMap<>();
        try (OpenSnapshot snapshot = OpenSnapshot.open(file);
                TwoGroupNetwork network = TestRun.network(snapshot.content().model().architecture(), TestRun.BATCH)) {
            snapshot.load(network);
            for (ParameterTensor tensor : network.tensors()) {
                values.put(tensor.name(), tensor.parts().stream().map(FloatArray::toHeapArray).flatMap(part -> {
                    Float[] boxed = new Float[part.length];
                    Arrays.setAll(boxed, i -> part[i]);
                    return Arrays.stream(boxed);
                }).toList());
            }
        }
        return values;
    }

    /** Names of the layers whose weights or biases differ. */
    private static Set<String> changed(Path before, Path after) {
        Map<String, List<Float>> old = tensors(before);
        return tensors(after).entrySet().stream().filter(tensor -> !tensor.getKey().startsWith(Sgd.MOMENTA))
                .filter(tensor -> !tensor.getValue().equals(old.get(tensor.getKey())))
                .map(tensor -> tensor.getKey().substring(0, tensor.getKey().indexOf('.'))).collect(Collectors.toSet());
    }

    private static Set<String> momenta(Path file) {
        try (SafetensorsReader reader = SafetensorsReader.open(file)) {
            return reader.tensors().keySet().stream().filter(name -> name.startsWith(Sgd.MOMENTA) && name.endsWith(".weight"))
                    .map(name -> name.substring(Sgd.MOMENTA.length(), name.lastIndexOf('.'))).collect(Collectors.toSet());
        }
    }

    @Test
    void aRunThatWasStoppedEndsWhereOneEndsThatWasNot() throws IOException {
        Compilers.assumeQuick();
        String options = "{\"freeze\": [\"conv1-conv3\", \"fc6\"], \"lr_layer\": [\"fc8=10\", \"conv4=0.5\"]}";
        Path whole = train("whole", 2, options, null);
        Path half = train("half", 1, options, null);
        Path resumed = train("half", 2, options, half);
        assertArrayEquals(Files.readAllBytes(whole), Files.readAllBytes(resumed));
        assertEquals(Set.of("conv4", "conv5", "fc7", "fc8"), momenta(whole));
        try (OpenSnapshot snapshot = OpenSnapshot.open(whole)) {
            assertEquals(Options.of(options).layers(), snapshot.content().options().layers());
        }
    }

    @Test
    void otherLayersMayBeFrozenWhenARunGoesOn() throws IOException {
        Compilers.assumeQuick();
        Path begun = Files.copy(train("run", 1, "{\"freeze\": [\"conv1-conv5\"]}", null), folder.resolve("begun.safetensors"));
        Path none = Files.copy(train("run", 2, "{}", begun), folder.resolve("none.safetensors"));
        assertEquals(Set.of("conv1", "conv2", "conv3", "conv4", "conv5", "fc6", "fc7", "fc8"), changed(begun, none));
        assertEquals(8, momenta(none).size());
        Path others = train("run", 3, "{\"freeze\": [\"fc6-fc8\"]}", none);
        assertEquals(Set.of("conv1", "conv2", "conv3", "conv4", "conv5"), changed(none, others));
        assertEquals(Set.of("conv1", "conv2", "conv3", "conv4", "conv5"), momenta(others));
    }

    @Test
    void aLayerWithARateOfZeroStaysToo() throws IOException {
        Compilers.assumeQuick();
        Path begun = Files.copy(train("run", 1, "{}", null), folder.resolve("begun.safetensors"));
        Path frozen = train("frozen", 2, "{\"freeze\": [\"conv1\"]}", begun);
        Path still = train("still", 2, "{\"lr_layer\": [\"conv1=0\"], \"momentum\": 0}", begun);
        assertFalse(changed(begun, frozen).contains("conv1"));
        assertFalse(changed(begun, still).contains("conv1"));
        assertTrue(momenta(still).contains("conv1"));
    }
}
