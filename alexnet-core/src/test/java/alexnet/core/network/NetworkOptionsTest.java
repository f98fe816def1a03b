package alexnet.core.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkOptionsTest {

    private static final List<String> WEIGHTED = List.of("conv1", "conv2", "conv3", "conv4", "conv5", "fc6", "fc7", "fc8");

    private static Architecture with(NetworkOptions options) {
        return options.applyTo(Architecture.alexnet(1000, 3));
    }

    @Test
    void thePapersValuesAreTheArchitecturesOwn() {
        assertEquals(Architecture.alexnet(1000, 3), with(new NetworkOptions(5, 1e-4, false, 0.75, 2, Initialization.PAPER, 1)));
    }

    @Test
    void alphaIsDividedByNWhereThatIsAskedFor() {
        Architecture caffes = with(new NetworkOptions(5, 1e-4, true, 0.75, 1, Initialization.CAFFE, 0.1));
        assertEquals(new Layer.Normalization("norm1", 5, 2e-5f, 0.75f, 1, Layer.Sees.OWN_GROUP), caffes.layer("norm1"));
        assertEquals(new Layer.Normalization("norm2", 5, 2e-5f, 0.75f, 1, Layer.Sees.OWN_GROUP), caffes.layer("norm2"));
        assertEquals(new Layer.Normalization("norm2", 3, 0.5f, 0.5f, 7, Layer.Sees.OWN_GROUP), with(new NetworkOptions(3, 0.5, false, 0.5, 7, Initialization.PAPER, 1)).layer("norm2"));
    }

    @ParameterizedTest
    @CsvSource({"PAPER, 1, 0.01 0.01 0.01 0.01 0.01 0.01 0.01 0.01", "CAFFE, 0.1, 0.01 0.01 0.01 0.01 0.01 0.005 0.005 0.01",
        "AUTHORS, 1, 0.01 0.01 0.03 0.03 0.03 0.01 0.01 0.01", "AUTHORS, 0.25, 0.01 0.01 0.03 0.03 0.03 0.01 0.01 0.01"})
    void startValuesAreThoseOfTheirSource(Initialization initialization, float bias, String deviations) {
        Architecture started = with(new NetworkOptions(5, 1e-4, false, 0.75, 2, initialization, bias));
        assertEquals(List.of(deviations.split(" ")), WEIGHTED.stream().map(name -> Float.toString(initial(started, name).deviation())).toList());
        assertEquals(List.of(0f, bias, 0f, bias, bias, bias, bias, 0f), WEIGHTED.stream().map(name -> initial(started, name).bias()).toList());
    }

    private static Initial initial(Architecture architecture, String layer) {
        return ((Layer.Weighted) architecture.layer(layer)).initial();
    }

    @ParameterizedTest
    @CsvSource({"--lrn-n, 0, 1, 1, 1, 0", "--lrn-n, 2, 1, 1, 1, 0", "--lrn-alpha, 1, -1, 1, 1, 0", "--lrn-alpha, 1, NaN, 1, 1, 0", "--lrn-alpha, 1, 1e39, 1, 1, 0",
        "--lrn-beta, 1, 1, -1, 1, 0", "--lrn-k, 1, 1, 1, 0, 0", "--lrn-k, 1, 1, 1, 1e-50, 0", "--init-bias, 1, 1, 1, 1, Infinity"})
    void whatCannotBeIsToldByItsOption(String option, int n, double alpha, double beta, double k, double bias) {
        String message = assertThrows(IllegalArgumentException.class, () -> new NetworkOptions(n, alpha, false, beta, k, Initialization.PAPER, bias)).getMessage();
        assertTrue(message.startsWith(option + " is "), message);
    }
}
