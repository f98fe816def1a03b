package alexnet.core.weights.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.data.ClassName;
import alexnet.core.data.Resize;
import alexnet.core.network.Architecture;
import alexnet.core.network.Architectures;

class TorchvisionTest {

    private static ImportedNetwork imported(StubWeights file) {
        return ImportedNetworks.of(file, ImportOptions.NONE);
    }

    private static void assertRefused(String message, StubWeights file) {
        CheckpointException refused = assertThrows(CheckpointException.class, () -> imported(file));
        assertTrue(refused.getMessage().startsWith("weights.file") && refused.getMessage().contains(message), refused.getMessage());
    }

    @Test
    void itsTensorsGetOurNames() {
        ImportedNetwork network = imported(StubWeights.torchvision("", 1000));
        assertEquals(Architectures.named("alexnet-owt", 1000, 3), network.model().architecture());
        assertEquals(61_100_840, network.parameters());
        assertEquals("features.10.weight", ((RenamedTensor) network.tensors().get("conv5.weight")).tensor().name());
        assertEquals("classifier.4.bias", ((RenamedTensor) network.tensors().get("fc7.bias")).tensor().name());
        assertEquals(List.of(4096, 9216), network.tensors().get("fc6.weight").shape());
    }

    @Test
    void imagesArePreparedAsItsPresetsDo() {
        ImportedNetwork network = imported(StubWeights.torchvision("", 1000));
        assertEquals(Resize.COVER, network.model().resize());
        float[] mean = network.model().statistics().mean();
        assertEquals(3 * 256 * 256, mean.length);
        assertEquals(123.675, mean[0], 1e-4);
        assertEquals(116.28, mean[256 * 256], 1e-4);
        assertEquals(103.53, mean[mean.length - 1], 1e-4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"module.", "model.", "state_dict.", "state_dict.module.", "_orig_mod.", "model.module."})
    void whatIsBeforeItsNamesIsTakenOff(String prefix) {
        assertEquals(10, imported(StubWeights.torchvision(prefix, 10)).model().architecture().classes());
    }

    @Test
    void aPartThatIsWrappedAloneIsUnwrapped() {
        StubWeights file = new StubWeights();
        StubWeights.torchvision("", 5).tensors().forEach((name, tensor) -> file.tensor(name.replace("features.", "features.module."), tensor.shape().toArray(Integer[]::new)));
        assertEquals(5, imported(file).model().architecture().classes());
    }

    @Test
    void whatStandsBesideItIsLeftOutAndTold() {
        ImportedNetwork network = imported(StubWeights.torchvision("state_dict.", 10).tensor("optimizer.state.0.momentum_buffer", 64, 3, 11, 11));
        assertTrue(network.notes().contains("left out, as no part of the network: optimizer.state.0.momentum_buffer"), network.notes().toString());
    }

    @Test
    void theFirstTensorThatDoesNotFitIsTold() {
        assertRefused("but without features.3.bias [192]", StubWeights.torchvision("", 10).without("features.3.bias").without("classifier.1.bias"));
        assertRefused("but without classifier.6.weight [10, 4096]", StubWeights.torchvision("", 10).without("classifier.6.weight"));
        assertRefused("but one tensor too many: features.11.weight [256]", StubWeights.torchvision("", 10).tensor("features.11.weight", 256));
        assertRefused("but its features.6.weight is [384, 96, 3, 3], not [384, 192, 3, 3]",
                StubWeights.torchvision("", 10).tensor("features.6.weight", 384, 96, 3, 3).tensor("classifier.1.weight", 4096, 1));
        assertRefused("but its classifier.6.weight is [11, 4096], not [10, 4096]", StubWeights.torchvision("", 10).tensor("classifier.6.weight", 11, 4096));
        assertRefused("but its module.features.0.weight is [64, 1, 11, 11], not [64, 3, 11, 11]",
                StubWeights.torchvision("module.", 10).tensor("module.features.0.weight", 64, 1, 11, 11));
        assertRefused("its last layer's classifier.6.bias is [1], which are not 2 to", StubWeights.torchvision("", 1));
        assertRefused("its last layer's classifier.6.bias is [1000000000], which are not 2 to", StubWeights.torchvision("", 1_000_000_000));
        assertRefused("has two tensors of one name: features.0.weight and module.features.0.weight",
                StubWeights.torchvision("", 10).tensor("module.features.0.weight", 64, 3, 11, 11));
    }

    @Test
    void anotherNetworkIsNoDamagedOne() {
        assertRefused("holds no network that is known: its 2 tensors begin with conv1.weight [64, 3, 7, 7]",
                new StubWeights().tensor("conv1.weight", 64, 3, 7, 7).tensor("layer1.0.conv1.weight", 64, 64, 3, 3));
        assertRefused("holds no network that is known: it has no tensors", new StubWeights());
    }

    @Test
    void optionsCompleteOrContradict() {
        StubWeights file = StubWeights.torchvision("", 3);
        List<ClassName> names = ClassName.of(List.of("apple", "bread", "cake"));
        ImportedNetwork network = ImportedNetworks.of(file, new ImportOptions(Optional.of("alexnet-owt"), Optional.empty(), Optional.of(Resize.SQUASH), Optional.of(names)));
        assertEquals(names, network.model().classNames());
        assertEquals(Resize.SQUASH, network.model().resize());
        assertEquals(List.of("0", "1", "2"), imported(file).model().classes());
        for (ImportOptions wrong : List.of(new ImportOptions(Optional.of("caffenet"), Optional.empty(), Optional.empty(), Optional.empty()),
                new ImportOptions(Optional.empty(), Optional.of(Path.of("mean.npy")), Optional.empty(), Optional.empty()),
                new ImportOptions(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(names.subList(0, 2))))) {
            assertThrows(CheckpointException.class, () -> ImportedNetworks.of(file, wrong));
        }
        assertEquals(IntStream.range(0, 3).mapToObj(Integer::toString).toList(), imported(file).model().classes());
    }

    /** Its first units would see 7x7 pixels of each map, and no state dictionary of torchvision's has such. */
    @Test
    void theSameLayersOfLargerImagesHaveOurNames() {
        Architecture theirs = Architectures.named("alexnet-owt", 10, 3);
        assertEquals(ParameterNames.TORCHVISION, ParameterNames.of(theirs));
        assertEquals(ParameterNames.OWN, ParameterNames.of(new Architecture("larger", 3, 288, 256, theirs.layers())));
    }
}
