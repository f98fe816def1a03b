package alexnet.core.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class ArchitecturesTest {

    @ParameterizedTest
    @CsvSource({"alexnet,60965224", "alexnet-owt,61100840", "alexnet-caffe,60965224", "caffenet,60965224"})
    void parametersAreAsManyAsTheirMakersHave(String name, long parameters) {
        assertEquals(parameters, new GroupShapes(Architectures.named(name, 1000, 3), 0, 1).parameters().values().stream()
                .mapToLong(shape -> shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact)).sum());
    }

    /** Rows and columns behind conv1 and the three poolings. */
    @ParameterizedTest
    @CsvSource({"alexnet,55 27 13 6", "alexnet-owt,55 27 13 6", "alexnet-caffe,55 27 13 6", "caffenet,55 27 13 6", "alexnet-small,28 13 6 2"})
    void mapsAreOfTheSizesThatTheirMakersHave(String name, String sizes) {
        assertEquals(sizes, new GroupShapes(Architectures.named(name, 10, 3), 0, 1).entries().stream()
                .filter(entry -> entry.layer().name().equals("conv1") || entry.layer() instanceof Layer.MaxPool)
                .map(entry -> String.valueOf(entry.output().height())).collect(Collectors.joining(" ")));
    }

    @ParameterizedTest
    @FieldSource("alexnet.core.network.Architectures#NAMES")
    void anArchitectureHasItsNameAndAsManyClassesAndChannelsAsAreWanted(String name) {
        Architecture architecture = Architectures.named(name, 7, 1);
        assertEquals(List.of(name, 7, 1), List.of(architecture.name(), architecture.classes(), architecture.channels()));
    }

    @Test
    void oneThatIsNotThereIsTold() {
        String message = assertThrows(IllegalArgumentException.class, () -> Architectures.named("vgg", 10, 3)).getMessage();
        assertTrue(message.contains("'vgg'") && message.contains("alexnet-owt"), message);
    }
}
