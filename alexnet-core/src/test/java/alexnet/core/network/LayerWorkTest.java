package alexnet.core.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

class LayerWorkTest {

    private static final Architecture ALEXNET = Architecture.alexnet(1000, 3);

    @Test
    void anImageTakesTheOperationsOfThePapersLayers() {
        Map<String, Long> forward = LayerWork.of(ALEXNET).stream().collect(Collectors.toMap(LayerWork::layer, LayerWork::forward));
        assertEquals(2L * 96 * 55 * 55 * 3 * 11 * 11, forward.get("conv1"));
        assertEquals(2L * 256 * 27 * 27 * 48 * 5 * 5, forward.get("conv2"));
        assertEquals(2L * 384 * 13 * 13 * 256 * 3 * 3, forward.get("conv3"));
        assertEquals(2L * 4096 * 9216, forward.get("fc6"));
        assertEquals(2L * 4096 * 1000, forward.get("fc8"));
        assertEquals(0, forward.get("pool1") + forward.get("norm1") + forward.get("drop6"));
        assertEquals(1.4488e9, LayerWork.forward(ALEXNET), 5e4);
    }

    @Test
    void trainingTakesThreeTimesAsManyButForTheGradientByTheImage() {
        assertEquals(4.1356e9, LayerWork.training(ALEXNET), 5e4);
        assertEquals(3 * LayerWork.forward(ALEXNET) - LayerWork.of(ALEXNET).getFirst().forward(), LayerWork.training(ALEXNET));
    }

    @Test
    void layersThatStayAsTheyAreTakeNoGradientsByTheirWeightsNorAnyBelowTheLowestThatLearns() {
        Map<String, LayerWork> work = LayerWork.of(ALEXNET, new LayerTraining(Set.of("conv1", "conv2", "fc7"), Map.of())).stream()
                .collect(Collectors.toMap(LayerWork::layer, layer -> layer));
        Map.of("conv1", 0, "conv2", 0, "conv3", 1, "conv4", 2, "fc7", 1, "fc8", 2)
                .forEach((layer, gradients) -> assertEquals(gradients * work.get(layer).forward(), work.get(layer).backward(), layer));
        assertEquals(1.6076e9, LayerWork.training(ALEXNET, new LayerTraining(Set.of("conv1", "conv2", "conv3", "conv4", "conv5"), Map.of())), 5e5);
    }

    @Test
    void anOddNumberOfClassesIsCountedWhole() {
        LayerWork classes = LayerWork.of(Architecture.alexnetSmall(7, 1)).getLast();
        assertEquals(2L * 7 * 1024, classes.forward());
        assertEquals(2 * classes.forward(), classes.backward());
    }
}
