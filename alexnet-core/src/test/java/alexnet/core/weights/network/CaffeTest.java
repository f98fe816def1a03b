package alexnet.core.weights.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import alexnet.core.checkpoint.CheckpointException;
import alexnet.core.network.Architectures;
import alexnet.core.weights.WeightsTensor;

class CaffeTest {

    private static final ImportOptions AS_CAFFENET = new ImportOptions(Optional.of("caffenet"), Optional.empty(), Optional.empty(), Optional.empty());

    private static void assertRefused(String message, StubWeights file, ImportOptions options) {
        CheckpointException refused = assertThrows(CheckpointException.class, () -> ImportedNetworks.of(file, options));
        assertTrue(refused.getMessage().startsWith("weights.file") && refused.getMessage().contains(message), refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"false, alexnet-caffe", "true, caffenet"})
    void theOrderOfLayersTellsWhichItIs(boolean pooledFirst, String name) {
        ImportedNetwork network = ImportedNetworks.of(StubWeights.caffe(pooledFirst, "fc8", 1000), ImportOptions.NONE);
        assertEquals(Architectures.named(name, 1000, 3), network.model().architecture());
        assertEquals(60_965_224, network.parameters());
        assertEquals(List.of(256, 48, 5, 5), network.tensors().get("conv2.weight").shape());
    }

    @Test
    void aRenamedLastLayerIsTheLast() {
        ImportedNetwork network = ImportedNetworks.of(StubWeights.caffe(true, "fc8_flickr", 20), ImportOptions.NONE);
        assertEquals(20, network.model().architecture().classes());
    }

    @Test
    void withoutLayersOnlyTheUserKnows() {
        StubWeights file = StubWeights.caffe(false, "fc8", 1000);
        file.nodes().removeIf(node -> node.tensors().isEmpty());
        assertRefused("tell which of Caffe's networks it is by --as alexnet-caffe or caffenet", file, ImportOptions.NONE);
        assertEquals("caffenet", ImportedNetworks.of(file, AS_CAFFENET).model().architecture().name());
        assertRefused("holds the architecture alexnet-caffe, not caffenet", StubWeights.caffe(false, "fc8", 1000), AS_CAFFENET);
    }

    @Test
    void oldFilesHaveFourDimensionsAlways() {
        StubWeights file = StubWeights.caffe(false, "fc8", 1000).tensor("conv1/1", 1, 1, 1, 96).tensor("fc6/0", 1, 1, 4096, 9216).tensor("fc8/1", 1, 1, 1, 1000);
        ImportedNetwork network = ImportedNetworks.of(file, ImportOptions.NONE);
        assertEquals(List.of(4096, 9216), network.tensors().get("fc6.weight").shape());
        assertEquals(List.of(96), network.tensors().get("conv1.bias").shape());
    }

    @Test
    void theFirstFiltersSeeRedFirst() {
        float[] filters = new float[96 * 3 * 121];
        for (int i = 0; i < filters.length; i++) {
            filters[i] = i;
        }
        WeightsTensor turned = ImportedNetworks.of(StubWeights.caffe(false, "fc8", 1000).tensor("conv1/0", List.of(96, 3, 11, 11), filters), ImportOptions.NONE)
                .tensors().get("conv1.weight");
        float[] ours = turned.floats().toArray(ValueLayout.JAVA_FLOAT);
        assertEquals(2 * 121, ours[0]);
        assertEquals(121 + 5, ours[121 + 5]);
        assertEquals(0, ours[2 * 121]);
        assertEquals(filters[95 * 363 + 363 - 1], ours[95 * 363 + 120]);
    }

    @Test
    void theMeanIsTurnedToo() {
        float[] mean = ImportedNetworks.of(StubWeights.caffe(false, "fc8", 1000), ImportOptions.NONE).model().statistics().mean();
        assertArrayEquals(new float[] {122.679f, 116.669f, 104.007f}, new float[] {mean[0], mean[65536], mean[2 * 65536]}, 1e-3f);
        StubWeights own = StubWeights.caffe(false, "fc8", 1000).node("data", "Data", Map.of("mean_value", List.of(1d, 2d, 3d)));
        mean = ImportedNetworks.of(own, ImportOptions.NONE).model().statistics().mean();
        assertArrayEquals(new float[] {3, 2, 1}, new float[] {mean[0], mean[65536], mean[2 * 65536]});
    }

    @Test
    void aMeanOrScaleThatIsNoNumberIsRefused() {
        assertRefused("its mean holds values that are not finite", StubWeights.caffe(false, "fc8", 1000).node("data", "Data", Map.of("mean_value", List.of(Double.NaN))), ImportOptions.NONE);
        assertRefused("images cannot be divided by the deviation", StubWeights.caffe(false, "fc8", 1000).node("data", "Data", Map.of("scale", List.of(0d))), ImportOptions.NONE);
    }

    /** As ONNX's zoo has it: its operations have no names. */
    @Test
    void aGraphIsToldByItsOrder() {
        StubWeights graph = new StubWeights();
        StubWeights.caffe(false, "fc8", 1000).nodes().forEach(node -> {
            String type = Map.of("Convolution", "Conv", "InnerProduct", "Gemm", "Pooling", "MaxPool").getOrDefault(node.type(), node.type());
            String[] tensors = Stream.of(0, 1).map(i -> node.name() + (i == 0 ? "_w_0" : "_b_0")).toArray(String[]::new);
            graph.node("", type, type.equals("Gemm") ? Map.of("transB", List.of(1d)) : Map.of(), node.tensors().isEmpty() ? new String[0] : tensors);
        });
        StubWeights.caffe(false, "fc8", 1000).tensors().forEach((name, tensor) ->
                graph.tensor(name.replace("/0", "_w_0").replace("/1", "_b_0"), tensor.shape().toArray(Integer[]::new)));
        graph.tensor("OC2_DUMMY_1", 2).node("", "Reshape", Map.of(), "OC2_DUMMY_1");
        ImportedNetwork network = ImportedNetworks.of(graph, ImportOptions.NONE);
        assertEquals("alexnet-caffe", network.model().architecture().name());
        assertEquals(List.of(384, 192, 3, 3), network.tensors().get("conv4.weight").shape());
    }

    @Test
    void theFirstTensorThatDoesNotFitIsTold() {
        StubWeights without = StubWeights.caffe(false, "fc8", 1000);
        without.nodes().removeIf(node -> node.name().equals("conv4"));
        assertRefused("without a tensor for conv4.weight [384, 192, 3, 3]", without.without("conv4/0").without("conv4/1"), ImportOptions.NONE);
        assertRefused("its conv2/0 is [256, 96, 5, 5], not [256, 48, 5, 5]", StubWeights.caffe(false, "fc8", 1000).tensor("conv2/0", 256, 96, 5, 5), ImportOptions.NONE);
        assertRefused("one tensor too many: conv1/2 [96]", StubWeights.caffe(false, "fc8", 1000).tensor("conv1/2", 96), ImportOptions.NONE);
    }

    @Test
    void otherStridesAndNormalisationAreAnotherFunction() {
        assertChangeRefused("another stride of conv1: 2.0, not 4.0", "conv1", "Convolution", Map.of("stride", List.of(2d)));
        assertChangeRefused("another dilation of conv3: 2.0, not 1.0", "conv3", "Convolution", Map.of("pad", List.of(1d), "dilation", List.of(2d)));
        assertChangeRefused("another padding of conv3: 0.0, not 1.0", "conv3", "Conv", Map.of("pads", List.of(1d, 1d, 0d, 0d)));
        assertChangeRefused("another alpha of norm2: 5.0E-4, not 1.0E-4", "norm2", "LRN", Map.of("local_size", List.of(5d), "alpha", List.of(5e-4)));
        assertChangeRefused("another region of norm2: 1.0, not 0.0", "norm2", "LRN", Map.of("alpha", List.of(1e-4), "norm_region", List.of(1d)));
        assertChangeRefused("another method of pool1: 1.0, not 0.0", "pool1", "Pooling", Map.of("pool", List.of(1d), "stride", List.of(2d)));
    }

    private static void assertChangeRefused(String message, String name, String type, Map<String, List<Double>> numbers) {
        assertRefused(message, StubWeights.caffe(false, "fc8", 1000).changed(name, type, numbers), ImportOptions.NONE);
    }

    /** Its shape tells nothing: fc7 has as many inputs as units. */
    @Test
    void turnedWeightsAreAnotherFunction() {
        assertChangeRefused("another transpose of fc7: 1.0, not 0.0", "fc7", "InnerProduct", Map.of("num_output", List.of(4096d), "transpose", List.of(1d)));
        assertChangeRefused("another transB of fc7: 0.0, not 1.0", "fc7", "Gemm", Map.of("alpha", List.of(1d)));
        assertChangeRefused("another transB of fc7: 0.0, not 1.0", "fc7", "Gemm", Map.of());
        assertChangeRefused("another alpha of fc7: 0.5, not 1.0", "fc7", "Gemm", Map.of("transB", List.of(1d), "alpha", List.of(0.5)));
    }

    @Test
    void layersThatCaffesNetworksLackOrHaveElsewhereAreAnotherFunction() {
        assertChangeRefused("with BatchNorm norm2 where norm2 should be", "norm2", "BatchNorm", Map.of());
        assertChangeRefused("with AveragePool pool2 where pool2 should be", "pool2", "AveragePool", Map.of());
        StubWeights without = StubWeights.caffe(false, "fc8", 1000);
        without.nodes().removeIf(node -> node.name().equals("norm2"));
        assertRefused("with Pooling pool2 where norm2 should be", without, ImportOptions.NONE);
        assertRefused("with Sigmoid where nothing should be", StubWeights.caffe(true, "fc8", 1000).node("", "Sigmoid", Map.of()), ImportOptions.NONE);
        assertRefused("one tensor too many: slope [96]", StubWeights.caffe(true, "fc8", 1000).tensor("slope", 96).node("", "Elsewhere", Map.of(), "slope"), ImportOptions.NONE);
    }
}
