package alexnet.kernels.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.kernels.CounterRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class InversePowerTest {

    /** Of the result, in units of the last place of numbers from 1 to 2. */
    private static final double MOST = 3 * 0x1p-24;

    @Test
    void isWithinThreeUnitsOverTheWholeRangeOfNormalResults() {
        for (int i = 0; i < 200_000; i++) {
            float base = (float) Math.scalb(1 + CounterRandom.uniform(1, 0, i), CounterRandom.below(80, 1, 1, i) - 40);
            double exact = Math.pow(base, -0.75);
            float power = threeQuarters(base);
            assertTrue(Math.abs(power - exact) <= MOST * exact, () -> base + " became " + power + " and not " + exact);
        }
    }

    @Test
    void infinityGivesZeroAndNaNStaysOne() {
        assertEquals(0, threeQuarters(Float.POSITIVE_INFINITY));
        assertTrue(Float.isNaN(threeQuarters(Float.NaN)));
    }

    @Test
    void aLaneDoesNotSeeItsNeighbours() {
        float[] array = new float[2 * Lanes.COUNT];
        Arrays.fill(array, 0x1p100f);
        array[1] = 2.5f;
        InversePower.threeQuarters(array, 0, Lanes.COUNT, Lanes.COUNT);
        assertEquals(threeQuarters(2.5f), array[Lanes.COUNT + 1]);
    }

    @Test
    void theLastVectorIsMovedBackOverPowersThatAreThere() {
        int length = Lanes.COUNT + 1;
        float[] array = new float[2 * length];
        for (int i = 0; i < length; i++) {
            array[i] = i % 3 == 0 ? 0x1p-60f : i;
        }
        InversePower.threeQuarters(array, 0, length, length);
        for (int i = 0; i < length; i++) {
            assertEquals(threeQuarters(array[i]), array[length + i]);
        }
    }

    private static float threeQuarters(float base) {
        float[] array = new float[2 * Lanes.COUNT];
        Arrays.fill(array, 0, Lanes.COUNT, base);
        InversePower.threeQuarters(array, 0, Lanes.COUNT, Lanes.COUNT);
        return array[Lanes.COUNT];
    }
}
