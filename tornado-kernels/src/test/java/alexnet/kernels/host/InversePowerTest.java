package alexnet.kernels.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import alexnet.kernels.CounterRandom;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;

class InversePowerTest {

    /** Of the result, in units of the last place of numbers from 1 to 2. */
    private static final double MOST = 3 * 0x1p-24;

    @Test
    void isWithinThreeUnitsOverTheWholeRangeOfNormalResults() {
        for (int i = 0; i < 200_000; i++) {
            float base = (float) Math.scalb(1 + CounterRandom.uniform(1, 0, i), CounterRandom.below(80, 1, 1, i) - 40);
            double exact = Math.pow(base, -0.75);
            float power = threeQuarters(base).lane(0);
            assertTrue(Math.abs(power - exact) <= MOST * exact, () -> base + " became " + power + " and not " + exact);
        }
    }

    @Test
    void infinityGivesZeroAndNaNStaysOne() {
        assertEquals(0, threeQuarters(Float.POSITIVE_INFINITY).lane(0));
        assertTrue(Float.isNaN(threeQuarters(Float.NaN).lane(0)));
    }

    @Test
    void aLaneDoesNotSeeItsNeighbours() {
        float[] bases = new float[Lanes.COUNT];
        Arrays.fill(bases, 0x1p100f);
        bases[1] = 2.5f;
        float beside = InversePower.threeQuarters(FloatVector.fromArray(Lanes.FLOATS, bases, 0)).lane(1);
        assertEquals(threeQuarters(2.5f).lane(1), beside);
    }

    private static FloatVector threeQuarters(float base) {
        return InversePower.threeQuarters(FloatVector.broadcast(Lanes.FLOATS, base));
    }
}
