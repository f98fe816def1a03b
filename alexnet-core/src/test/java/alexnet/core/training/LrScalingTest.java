package alexnet.core.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The rate for a batch that it is not meant for. */
class LrScalingTest {

    private static double lr(String scaling, int batch) {
        return Options.of("{\"lr\": 0.01, \"lr_batch_size\": 128, \"lr_scaling\": \"" + scaling + "\", \"batch_size\": " + batch + "}").scaledLr();
    }

    @Test
    void itGrowsAsTheBatchOrItsRootOrNotAtAll() {
        assertEquals(0.04, lr("linear", 512), 1e-12);
        assertEquals(0.02, lr("sqrt", 512), 1e-12);
        assertEquals(0.005, lr("linear", 64), 1e-12);
        assertEquals(0.01, lr("none", 512));
        assertEquals(0.01, lr("linear", 128));
        assertEquals(0.01, lr("sqrt", 128));
    }

    @Test
    void aBatchOfNoImagesIsRefused() {
        String said = assertThrows(IllegalArgumentException.class, () -> Options.of("{\"lr_batch_size\": 0}")).getMessage();
        assertTrue(said.contains("--lr-batch-size is 0, must be at least 1"), said);
    }
}
