package alexnet.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.TornadoExecutionPlan;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

class CounterRandomTest {

    private static final int DRAWS = 1 << 16;

    static void drawNumbers(IntArray keys, int purpose, IntArray bits, FloatArray uniforms) {
        for (@Parallel int i = 0; i < bits.getSize(); i++) {
            bits.set(i, CounterRandom.bits(keys.get(i % keys.getSize()), purpose, i));
            uniforms.set(i, CounterRandom.uniform(keys.get(i % keys.getSize()), purpose, i));
        }
    }

    @Test
    void deviceDrawsTheSameNumbersAsTheHost() throws TornadoExecutionPlanException {
        IntArray keys = IntArray.fromElements(0, -1, 1, Integer.MIN_VALUE, 0x9E3779B1, CounterRandom.imageKey(-5L, 3, 1_281_166));
        IntArray bits = new IntArray(5000);
        FloatArray uniforms = new FloatArray(5000);
        TaskGraph graph = new TaskGraph("random")
                .transferToDevice(DataTransferMode.EVERY_EXECUTION, keys)
                .task("draw", CounterRandomTest::drawNumbers, keys, CounterRandom.DROPOUT, bits, uniforms)
                .transferToHost(DataTransferMode.EVERY_EXECUTION, bits, uniforms);
        try (TornadoExecutionPlan plan = new TornadoExecutionPlan(graph.snapshot())) {
            plan.execute();
        }
        for (int i = 0; i < bits.getSize(); i++) {
            int key = keys.get(i % keys.getSize());
            assertEquals(CounterRandom.bits(key, CounterRandom.DROPOUT, i), bits.get(i), "element " + i);
            assertEquals(CounterRandom.uniform(key, CounterRandom.DROPOUT, i), uniforms.get(i), "element " + i);
        }
    }

    @Test
    void uniformNumbersFillTheUnitIntervalEvenly() {
        int[] counts = new int[64];
        for (int i = 0; i < DRAWS; i++) {
            float draw = CounterRandom.uniform(12345, CounterRandom.WEIGHTS, i);
            assertTrue(draw >= 0 && draw < 1);
            counts[(int) (draw * counts.length)]++;
        }
        double expected = (double) DRAWS / counts.length;
        double chiSquare = IntStream.of(counts).mapToDouble(count -> (count - expected) * (count - expected) / expected).sum();
        // 63 degrees of freedom: mean 63, standard deviation 11.2; both tails beyond five of them.
        assertTrue(chiSquare > 63 - 5 * 11.2 && chiSquare < 63 + 5 * 11.2, "chi-square " + chiSquare);
    }

    @Test
    void neighbouringKeysPurposesAndElementsAreUncorrelated() {
        double bound = 5 / Math.sqrt(DRAWS) / 12;
        assertEquals(0, covariance(1, 0, 0), bound);
        assertEquals(0, covariance(0, 1, 0), bound);
        assertEquals(0, covariance(0, 0, 1), bound);
    }

    private static double covariance(int keyStep, int purposeStep, int elementStep) {
        return IntStream.range(0, DRAWS).mapToDouble(i -> (CounterRandom.uniform(i, 16, i) - 0.5)
                * (CounterRandom.uniform(i + keyStep, 16 + purposeStep, i + elementStep) - 0.5)).average().orElseThrow();
    }

    @Test
    void imageKeysDifferWithSeedEpochAndSample() {
        Set<Integer> keys = new HashSet<>();
        for (int sample = 0; sample < 1000; sample++) {
            keys.add(CounterRandom.imageKey(1, 0, sample));
            keys.add(CounterRandom.imageKey(1, 1, sample));
            keys.add(CounterRandom.imageKey(2, 0, sample));
            keys.add(CounterRandom.imageKey(1L << 32, 0, sample));
        }
        // Two of 4000 random 32-bit keys coincide with a probability of 0.2 %.
        assertEquals(4000, keys.size());
    }

    @Test
    void belowReachesEveryIntegerAndNoOther() {
        int[] counts = new int[33];
        for (int i = 0; i < 10_000; i++) {
            counts[CounterRandom.below(33, 7, CounterRandom.CROP_TOP, i)]++;
        }
        assertTrue(IntStream.of(counts).allMatch(count -> count > 0));
    }

    @Test
    void gaussianNumbersHaveMeanZeroAndVarianceOne() {
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < DRAWS; i++) {
            double draw = CounterRandom.gaussian(99, CounterRandom.COLOUR, i);
            sum += draw;
            squares += draw * draw;
        }
        assertEquals(0, sum / DRAWS, 5 / Math.sqrt(DRAWS));
        assertEquals(1, squares / DRAWS, 5 * Math.sqrt(2.0 / DRAWS));
        assertNotEquals(CounterRandom.gaussian(99, CounterRandom.COLOUR, 0), CounterRandom.gaussian(99, CounterRandom.COLOUR, 1));
    }

    @ParameterizedTest
    @CsvSource({"0, 1000", "0, 1001", "7, 1000", "7, 1", "8, 1", "7, 0", "8191, 3", "8193, 20000"})
    void aFilledArrayHoldsTheGaussianNumbersOfItsElements(int first, int length) {
        float[] values = new float[length];
        CounterRandom.fillGaussian(MemorySegment.ofArray(values), 0.01f, 99, CounterRandom.WEIGHTS, first);
        for (int i = 0; i < length; i++) {
            assertEquals((float) (0.01f * CounterRandom.gaussian(99, CounterRandom.WEIGHTS, first + i)), values[i]);
        }
    }
}
