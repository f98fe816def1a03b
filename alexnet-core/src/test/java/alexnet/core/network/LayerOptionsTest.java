package alexnet.core.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayerOptionsTest {

    private static final Architecture ALEXNET = Architecture.alexnetSmall(2, 3);

    private static LayerOptions options(String freeze, String rates) {
        return new LayerOptions(list(freeze).toList(), list(rates).map(LayerRate::parse).toList());
    }

    private static Stream<String> list(String text) {
        return text.isEmpty() ? Stream.empty() : Stream.of(text.split(","));
    }

    @Test
    void layersAreNamedAloneOrAsRanges() {
        assertEquals(new LayerTraining(Set.of("conv1", "conv2", "conv3", "fc7"), Map.of("conv5", 0.5f, "fc6", 0.5f, "fc8", 10f)),
                options("conv1-conv3, fc7", "conv5-fc6=0.5, fc8 = 1e1").of(ALEXNET));
        assertEquals(LayerTraining.ALIKE, options("", "").of(ALEXNET));
        assertEquals(new LayerTraining(Set.of("conv1", "conv2"), Map.of()), options("conv1,conv1-conv2", "").of(ALEXNET));
    }

    @Test
    void aNameMayHaveHyphens() {
        Initial initial = new Initial(0.01f, 0);
        Architecture hyphens = new Architecture("hyphens", 1, 8, 8, List.of(new Layer.Convolution("a-b", 4, 3, 1, 1, Layer.Sees.BOTH_GROUPS, initial),
                new Layer.FullyConnected("b", 4, initial), new Layer.FullyConnected("b-c", 4, initial), new Layer.FullyConnected("d", 2, initial)));
        assertEquals(Set.of("a-b"), options("a-b", "").of(hyphens).frozen());
        assertEquals(Set.of("a-b", "b", "b-c"), options("a-b-b-c", "").of(hyphens).frozen());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "conv9        | ``           | --freeze has conv9, which alexnet-small has no layer with weights of; it has conv1, conv2, conv3, conv4, conv5, fc6, fc7, fc8",
            "norm1        | ``           | --freeze has norm1",
            "conv1-pool5  | ``           | --freeze has conv1-pool5",
            "conv5-conv1  | ``           | --freeze has conv5-conv1, but conv1 comes before conv5",
            "conv1-fc8    | ``           | --freeze has all layers of alexnet-small: nothing would be trained",
            "``           | fc9=2        | --lr-layer has fc9",
            "``           | fc8=2,fc8=3  | --lr-layer has fc8 twice",
            "``           | conv1-conv3=2,conv2=3 | --lr-layer has conv2 twice",
    })
    void whatCannotBeIsNamed(String freeze, String rates, String message) {
        String refusal = assertThrows(IllegalArgumentException.class, () -> options(freeze, rates).of(ALEXNET)).getMessage();
        assertTrue(refusal.startsWith(message), refusal);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "fc8        | --lr-layer has 'fc8', must be a layer and a factor of its rate, as fc8=10",
            "=10        | --lr-layer has '=10', must be a layer and a factor",
            "fc8=       | --lr-layer has 'fc8=', must be a layer and a factor",
            "fc8=many   | --lr-layer has 'fc8=many', must be a layer and a factor",
            "fc8=1.2.3  | --lr-layer has 'fc8=1.2.3', where 1.2.3 is no number",
            "fc8=-1     | --lr-layer has fc8=-1.0, must be a factor of at least 0",
            "fc8=1e99   | --lr-layer has fc8=1.0E99, must be a factor of at least 0",
    })
    void aRateThatIsNoneIsQuoted(String text, String message) {
        String refusal = assertThrows(IllegalArgumentException.class, () -> LayerRate.parse(text)).getMessage();
        assertTrue(refusal.startsWith(message), refusal);
    }

    @Test
    void aRateIsWrittenAsItWasRead() {
        for (String text : List.of("fc8=10", "conv1-conv5=0.1", "fc8=0")) {
            assertEquals(text, LayerRate.parse(text).toString());
        }
    }

    @Test
    void theWayBackEndsAtTheLowestThatLearns() {
        assertEquals(0, LayerTraining.ALIKE.lowest(ALEXNET));
        assertEquals(0, options("conv2-fc8", "").of(ALEXNET).lowest(ALEXNET));
        assertEquals("conv3", ALEXNET.layers().get(options("conv1,conv2,conv4", "").of(ALEXNET).lowest(ALEXNET)).name());
        assertEquals("fc8", ALEXNET.layers().get(options("conv1-fc7", "").of(ALEXNET).lowest(ALEXNET)).name());
    }
}
