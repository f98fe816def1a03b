package alexnet.core.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which way a layer's gradients take, by the bytes of each. */
class ReductionTest {

    @ParameterizedTest
    @CsvSource({
        // AlexNet's, with 128 images a rank: from some number of ranks on the sum is less.
        "2, 128, 9216, 4096, 151011328, 6815744, true",
        "8, 128, 9216, 4096, 264269824, 47710208, true",
        "32, 128, 9216, 4096, 292584448, 211288064, true",
        "64, 128, 9216, 4096, 297303552, 429391872, false",
        "16, 128, 4096, 1000, 30727500, 39137280, false",
        // As many bytes.
        "2, 2, 3, 3, 48, 48, false",
    })
    void theFewerBytesAreSent(int ranks, int images, int inputs, int units, long summed, long gathered, boolean gathers) {
        assertEquals(summed, Reduction.summedBytes(ranks, (long) units * inputs + units));
        assertEquals(gathered, Reduction.gatheredBytes(ranks, images, inputs, units));
        assertEquals(gathers, Reduction.AUTO.gathers(ranks, images, inputs, units));
        assertEquals(false, Reduction.ALL.gathers(ranks, images, inputs, units));
        assertEquals(true, Reduction.FACTORS.gathers(ranks, images, inputs, units));
    }
}
