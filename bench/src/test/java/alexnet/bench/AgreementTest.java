package alexnet.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import alexnet.core.network.Architecture;

class AgreementTest {

    private static final Architecture THREE_CLASSES = Architecture.alexnetSmall(3, 1);
    /** Of two images; standard deviation 1. */
    private static final float[] OURS = {-1.2247449f, 0, 1.2247449f, 9, 10.2247449f, 7.7752551f};

    private static Agreement with(int at, float more) {
        float[] theirs = OURS.clone();
        theirs[at] += more;
        return Agreement.of(THREE_CLASSES, OURS, theirs, Engine.PYTORCH);
    }

    @Test
    void whereOursAreNotDirectMoreIsExplained() {
        assertEquals(16, Agreement.of(THREE_CLASSES, OURS, false, OURS, Engine.PYTORCH).tolerance()
                / Agreement.of(THREE_CLASSES, OURS, OURS, Engine.PYTORCH).tolerance());
    }

    @Test
    void anErrorIsRelativeToTheSpreadOfTheLogits() {
        assertEquals(0, Agreement.of(THREE_CLASSES, OURS, OURS, Engine.PYTORCH).error());
        // A third of what is added to one of three logits is a constant of its image.
        assertEquals(0.02, with(1, 0.03f).error(), 1e-6);
    }

    @Test
    void aConstantOfAnImageMakesNoDifference() {
        float[] theirs = OURS.clone();
        for (int i = 0; i < 3; i++) {
            theirs[i] += 4;
        }
        assertTrue(Agreement.of(THREE_CLASSES, OURS, theirs, Engine.PYTORCH).error() < 1e-6);
    }

    @Test
    void roundingIsForgivenAndNothingElse() {
        assertEquals(408.8 * 0x1p-24, Agreement.of(Architecture.alexnet(1000, 3), new float[1000], new float[1000], Engine.PYTORCH).tolerance(), 0.1 * 0x1p-24);
        assertTrue(with(4, 2e-6f).holds());
        assertFalse(with(4, 1e-4f).holds());
        assertFalse(with(0, Float.NaN).holds());
        assertFalse(with(5, Float.POSITIVE_INFINITY).holds());
        assertFalse(Agreement.of(THREE_CLASSES, OURS, new float[] {0, 1, 2}, Engine.PYTORCH).holds());
        assertFalse(Agreement.of(THREE_CLASSES, new float[6], new float[6], Engine.PYTORCH).holds(), "where all are equal, nothing is proven");
    }
}
