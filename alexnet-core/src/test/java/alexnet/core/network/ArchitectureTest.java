package alexnet.core.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchitectureTest {

    private static long parameters(Architecture architecture) {
        return IntStream.range(0, Architecture.GROUPS).mapToLong(group -> {
            GroupShapes shapes = new GroupShapes(architecture, group, 1);
            return shapes.entries().stream().mapToLong(entry -> switch (entry.layer()) {
                case Layer.Convolution _ -> shapes.convolution(entry).weightLength() + shapes.convolution(entry).filters();
                case Layer.FullyConnected _ -> shapes.fullyConnected(entry).weightLength() + shapes.fullyConnected(entry).units();
                default -> 0;
            }).sum();
        }).sum();
    }

    @Test
    void alexnetHasThePapersNumberOfParameters() {
        assertEquals(60_965_224, parameters(Architecture.alexnet(1000, 3)));
    }

    @ParameterizedTest
    @CsvSource({"conv1,48x55x55", "pool1,48x27x27", "conv2,128x27x27", "pool2,128x13x13", "conv3,192x13x13",
            "conv4,192x13x13", "conv5,128x13x13", "pool5,128x6x6", "fc6,2048x1x1", "fc7,2048x1x1", "fc8,500x1x1"})
    void aGroupsMapsAreThoseOfThePapersFigure(String layer, String maps) {
        assertEquals(maps, entry(new GroupShapes(Architecture.alexnet(1000, 3), 1, 1), layer).output().toString());
    }

    @ParameterizedTest
    @CsvSource({"conv1,3x224x224", "conv2,48x27x27", "conv3,256x13x13", "conv4,192x13x13", "fc6,256x6x6", "fc7,4096x1x1"})
    void layersSeeTheMapsThatThePaperConnectsThemTo(String layer, String maps) {
        assertEquals(maps, entry(new GroupShapes(Architecture.alexnet(1000, 3), 0, 1), layer).input().toString());
    }

    @ParameterizedTest
    @CsvSource({"2,1,1", "9,5,4", "10,5,5", "1001,501,500"})
    void anOddClassGoesToTheFirstGroup(int classes, int first, int second) {
        assertEquals(first, entry(new GroupShapes(Architecture.alexnetSmall(classes, 1), 0, 4), "fc8").output().channels());
        GroupShapes.Entry ofSecond = entry(new GroupShapes(Architecture.alexnetSmall(classes, 1), 1, 4), "fc8");
        assertEquals(second, ofSecond.output().channels());
        assertEquals(first, ofSecond.share().own().from());
    }

    @Test
    void anImpossibleLayerIsNamed() {
        Architecture small = Architecture.alexnet(10, 3);
        Architecture tiny = new Architecture("tiny", 3, 32, 32, small.layers());
        String message = assertThrows(IllegalArgumentException.class, () -> new GroupShapes(tiny, 0, 1)).getMessage();
        assertTrue(message.startsWith("tiny with 32x32 images, layer pool5: "), message);
    }

    private static void assertRefused(String message, Layer... layers) {
        String thrown = assertThrows(IllegalArgumentException.class, () -> new Architecture("strange", 3, 32, 32, List.of(layers))).getMessage();
        assertTrue(thrown.startsWith("strange: ") && thrown.contains(message), thrown);
    }

    @Test
    void ordersThatCannotBeAreRefused() {
        Initial initial = new Initial(0.01f, 0);
        Layer conv1 = new Layer.Convolution("conv1", 8, 3, 1, 1, Layer.Sees.BOTH_GROUPS, initial);
        Layer fc6 = new Layer.FullyConnected("fc6", 10, initial);
        Layer fc8 = new Layer.FullyConnected("fc8", 10, initial);
        Layer pool = new Layer.MaxPool("pool1", 3, 2, false);
        assertRefused("the last layer must be fully connected", conv1, pool);
        assertRefused("the last layer must be fully connected", conv1, fc8, new Layer.Dropout("drop8", 0.5f, false));
        assertRefused("the last layer must be fully connected");
        assertRefused("the first layer must be a convolution that sees the whole image", pool, conv1, fc8);
        assertRefused("the first layer must be a convolution that sees the whole image", fc6, fc8);
        assertRefused("the first layer must be a convolution that sees the whole image",
                new Layer.Convolution("conv1", 8, 3, 1, 1, Layer.Sees.OWN_GROUP, initial), fc8);
        assertRefused("layer pool1 needs maps", conv1, fc6, pool, fc8);
        assertRefused("layer norm1 needs maps", conv1, fc6, new Layer.Dropout("drop6", 0.5f, false), new Layer.Normalization("norm1", 5, 1e-4f, 0.75f, 2, Layer.Sees.OWN_GROUP), fc8);
        assertRefused("layer conv2 needs maps", conv1, fc6, new Layer.Convolution("conv2", 8, 1, 1, 0, Layer.Sees.BOTH_GROUPS, initial), fc8);
        assertRefused("two layers have the same name", conv1, pool, pool, fc8);
    }

    @Test
    void filtersThatTheGroupsCannotShareAreRefused() {
        Architecture alexnet = Architecture.alexnet(10, 3);
        List<Layer> layers = new ArrayList<>(alexnet.layers());
        layers.set(0, new Layer.Convolution("conv1", 95, 11, 4, 2, Layer.Sees.BOTH_GROUPS, new Initial(0.01f, 0)));
        Architecture odd = new Architecture("odd", 3, 256, 224, layers);
        String message = assertThrows(IllegalArgumentException.class, () -> new GroupShapes(odd, 0, 1)).getMessage();
        assertTrue(message.contains("conv1") && message.contains("95 filters"), message);
    }

    @Test
    void aBatchTooLargeForAnArrayNamesTheLayer() {
        String message = assertThrows(IllegalArgumentException.class,
                () -> new GroupShapes(Architecture.alexnet(1000, 3), 0, 20_000)).getMessage();
        assertTrue(message.contains("conv1") && message.contains("smaller batch"), message);
    }

    @Test
    void kaimingKeepsTheScaleOfActivations() {
        Architecture kaiming = Initialization.KAIMING.applyTo(Architecture.alexnet(1000, 3));
        Initial conv2 = ((Layer.Weighted) kaiming.layer("conv2")).initial();
        assertEquals(Math.sqrt(2.0 / (48 * 25)), conv2.deviation(), 1e-7);
        assertEquals(0, conv2.bias());
        assertEquals(0.01f, ((Layer.Weighted) kaiming.layer("conv1")).initial().deviation());
    }

    private static GroupShapes.Entry entry(GroupShapes shapes, String layer) {
        return shapes.entries().stream().filter(entry -> entry.layer().name().equals(layer)).findFirst().orElseThrow();
    }
}
