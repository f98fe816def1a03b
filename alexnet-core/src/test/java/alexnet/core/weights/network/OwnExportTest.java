package alexnet.core.weights.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.data.Resize;
import alexnet.core.model.ArchitectureEntry;
import alexnet.core.model.Model;
import alexnet.core.network.Architecture;
import alexnet.core.network.Architectures;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Exports of earlier versions, too: they name their architecture and nothing else of it. */
class OwnExportTest {

    private static StubWeights exported() {
        StubWeights file = new StubWeights().says("architecture", "alexnet-small").says("classes", "[\"a\", \"b\", \"c\"]").says("preprocessing", "{\"resize\": [28, 28]}");
        Fitting.shapes(Architectures.named("alexnet-small", 3, 1)).forEach((name, shape) -> file.tensor(name, shape.toArray(Integer[]::new)));
        return file.tensor("mean", 1, 28, 28);
    }

    private static Model model(StubWeights file) {
        return ImportedNetworks.of(file, ImportOptions.NONE).model();
    }

    @Test
    void theNameOfItsArchitectureIsEnough() {
        Model model = model(exported());
        assertEquals(Architectures.named("alexnet-small", 3, 1), model.architecture());
        assertEquals(List.of("a", "b", "c"), model.classes());
        assertEquals(Resize.SQUASH, model.resize());
        assertEquals(List.of(1f), model.deviation());
        assertEquals(List.of(2f), model(exported().tensor("std", List.of(1), 2)).deviation());
    }

    @Test
    void theCentreOfAMeanImageIsContinued() {
        Architecture architecture = Architectures.named("alexnet", 3, 1);
        StubWeights file = new StubWeights().says("architecture", "alexnet").says("classes", "[\"a\", \"b\", \"c\"]").says("preprocessing", "{}");
        Fitting.shapes(architecture).forEach((name, shape) -> file.tensor(name, shape.toArray(Integer[]::new)));
        float[] centre = new float[224 * 224];
        for (int i = 0; i < centre.length; i++) {
            centre[i] = i;
        }
        ImportedNetwork network = ImportedNetworks.of(file.tensor("mean", List.of(1, 224, 224), centre), ImportOptions.NONE);
        float[] mean = network.model().statistics().mean();
        assertEquals(centre[0], mean[0]);
        assertEquals(centre[0], mean[16 * 256 + 16]);
        assertEquals(centre[225], mean[17 * 256 + 17]);
        assertEquals(centre[224 * 224 - 1], mean[256 * 256 - 1]);
        assertTrue(network.notes().getFirst().contains("goes on with its edges"), network.notes().toString());
        Arrays.fill(centre, 7);
        assertEquals(List.of(), ImportedNetworks.of(file.tensor("mean", List.of(1, 224, 224), centre), ImportOptions.NONE).notes());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "architecture | vgg | there is no architecture 'vgg'", "classes | [1] | it is no list of names", "classes | nonsense | its entry classes is damaged",
        "preprocessing | [] | its entry preprocessing is damaged", "preprocessing | {\"mean\": [1, 2]} | a list in it is not of 1 numbers",
        "preprocessing | {\"std\": [0]} | images cannot be divided", "mean_image | AAAA | it is no image of 784 numbers", "mean_image | ? | it is no image of 784 numbers",
        "network | {\"name\": \"x\"} | its entry network is damaged"})
    void whatIsDamagedIsTold(String entry, String text, String message) {
        CheckpointException refused = assertThrows(CheckpointException.class, () -> model(exported().says(entry, text)));
        assertTrue(refused.getMessage().contains("weights.file") && refused.getMessage().contains(message), refused.getMessage());
    }

    @Test
    void whatItSaysOfSizesTakesNoMemory() {
        ObjectNode network = ArchitectureEntry.tree(Architectures.named("alexnet-small", 3, 1));
        for (int size : new int[] {100_000, Integer.MAX_VALUE}) {
            StubWeights file = exported().says("preprocessing", "{\"mean\": [1]}").says("network", network.put("stored_size", size).toString());
            CheckpointException refused = assertThrows(CheckpointException.class, () -> model(file));
            assertTrue(refused.getMessage().contains("its entry network is damaged"), refused.getMessage());
        }
    }

    @Test
    void itHasNoOtherTensors() {
        assertTrue(assertThrows(CheckpointException.class, () -> model(exported().tensor("conv9.weight", 1))).getMessage().contains("one tensor too many: conv9.weight [1]"));
        assertTrue(assertThrows(CheckpointException.class, () -> model(exported().without("mean"))).getMessage().contains("it has no mean, nor has the file"));
    }
}
