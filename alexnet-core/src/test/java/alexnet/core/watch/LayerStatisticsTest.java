package alexnet.core.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import alexnet.core.device.Compilers;
import alexnet.core.group.ParameterTensor;
import alexnet.core.group.TwoGroupNetwork;
import alexnet.core.run.event.FilterBank;
import alexnet.core.run.event.Histogram;
import alexnet.core.run.event.LayerMeasures;
import alexnet.core.training.DivergedException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

class LayerStatisticsTest {

    private static FloatArray array(double... values) {
        FloatArray array = new FloatArray(values.length);
        IntStream.range(0, values.length).forEach(i -> array.set(i, (float) values[i]));
        return array;
    }

    private static double[] values(TwoGroupNetwork network, String name) {
        ParameterTensor tensor = network.tensors().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
        return tensor.parts().stream().flatMapToDouble(part -> IntStream.range(0, part.getSize()).mapToDouble(part::get)).toArray();
    }

    private static double norm(double[] values) {
        return Math.sqrt(Arrays.stream(values).map(value -> value * value).sum());
    }

    @Test
    void everyValueIsInTheBucketThatHoldsIt() {
        Random random = new Random(3);
        double[] values = IntStream.range(0, 10_000).mapToDouble(_ -> (float) (random.nextGaussian() * Math.pow(10, random.nextInt(9) - 6))).toArray();
        values[0] = 0;
        values[1] = 1e-20f;
        values[2] = -1e-20f;
        Histogram histogram = new WeightHistogram().add(array(values).getSegment()).histogram();

        long[] expected = new long[histogram.counts().length];
        for (double value : values) {
            expected[(int) Arrays.stream(histogram.limits()).filter(limit -> limit < value).count()]++;
        }
        assertEquals(Arrays.toString(expected), Arrays.toString(histogram.counts()));
        assertEquals(values.length, histogram.count());
        assertEquals(Arrays.stream(values).min().orElseThrow(), histogram.min());
        assertEquals(Arrays.stream(values).max().orElseThrow(), histogram.max());
        assertEquals(Arrays.stream(values).sum(), histogram.sum(), 1e-6 * Math.abs(histogram.sum()));
        assertEquals(Math.pow(norm(values), 2), histogram.sumSquares(), 1e-9 * histogram.sumSquares());
        double[] limits = histogram.limits();
        assertTrue(IntStream.range(1, limits.length).allMatch(i -> limits[i - 1] < limits[i]), Arrays.toString(limits));
        assertTrue(limits[limits.length - 1] >= histogram.max());
    }

    @Test
    void equalValuesMakeOneBucket() {
        Histogram histogram = new WeightHistogram().add(array(0, 0, 0).getSegment()).histogram();
        assertEquals("[3]", Arrays.toString(histogram.counts()));
        Histogram largest = new WeightHistogram().add(array(Float.MAX_VALUE, -Float.MAX_VALUE).getSegment()).histogram();
        assertEquals(Float.MAX_VALUE, largest.limits()[largest.limits().length - 1]);
        assertEquals(1, largest.counts()[0]);
    }

    /** What a step has added to the weights is told as a share of them: compared with weights before and after. */
    @Test
    void theUpdateRatioIsThatOfTheLastStep() {
        try (TwoGroupNetwork network = Networks.small(false)) {
            network.load();
            network.train();
            network.train();
            network.save();
            Map<String, double[]> before = new HashMap<>();
            List.of("conv2.weight", "fc8.weight").forEach(name -> before.put(name, values(network, name)));
            network.train();
            network.save();

            List<LayerMeasures> measures = LayerStatistics.of(network, DeadUnits.of(network), 3);
            assertEquals(List.of("conv1", "conv2", "conv3", "conv4", "conv5", "fc6", "fc7", "fc8"), measures.stream().map(LayerMeasures::layer).toList());
            before.forEach((name, old) -> {
                double[] now = values(network, name);
                double change = norm(IntStream.range(0, now.length).mapToDouble(i -> now[i] - old[i]).toArray());
                double expected = change / norm(now);
                LayerMeasures measured = measures.stream().filter(each -> name.startsWith(each.layer())).findFirst().orElseThrow();
                assertTrue(expected > 0);
                // Subtracting weights that are rounded to 24 bits.
                assertEquals(expected, measured.updateRatio(), 1e-3 * expected, name);
                assertEquals(change, Math.sqrt(measured.updates().sumSquares()), 1e-3 * change, name);
                assertEquals(now.length, measured.updates().count(), name);
            });
        }
    }

    @Test
    void weightsThatAreNotFiniteAreNoDistribution() {
        try (TwoGroupNetwork network = Networks.small(false)) {
            DeadUnits none = new DeadUnits(Map.of());
            network.states().getLast().parts().getLast().set(0, Float.NaN);
            assertEquals(8, LayerStatistics.of(network, none, 3).size(), "biases are not looked at");
            network.parameters().stream().filter(tensor -> tensor.name().equals("conv5.weight")).findFirst().orElseThrow().parts().getLast().init(Float.NaN);
            assertEquals("step 3: tensor conv5.weight of the network holds values that are not finite",
                    assertThrows(DivergedException.class, () -> LayerStatistics.of(network, none, 3)).getMessage());
        }
    }

    @Test
    void theFirstFiltersAreThoseOfBothGroupsInOrder() {
        try (TwoGroupNetwork network = Networks.small(true)) {
            FilterBank bank = LayerStatistics.firstFilters(network);
            assertEquals(List.of(32, 1, 5), List.of(bank.filters(), bank.channels(), bank.size()));
            double[] expected = values(network, "conv1.weight");
            assertEquals(32 * 25, bank.weights().length);
            assertTrue(IntStream.range(0, expected.length).allMatch(i -> bank.weights()[i] == expected[i]));
        }
    }

    /** A bias far below zero kills a unit, whatever it sees. */
    @Test
    void deadUnitsAreCountedInBothGroups() {
        Compilers.assumeQuick();
        for (boolean together : List.of(false, true)) {
            try (TwoGroupNetwork network = Networks.small(together)) {
                for (ParameterTensor tensor : network.parameters()) {
                    switch (tensor.name()) {
                        case "conv4.bias" -> tensor.parts().forEach(part -> part.init(-1e6f));
                        case "conv1.bias" -> tensor.parts().forEach(part -> part.init(1e4f));
                        case "conv2.bias" -> {
                            tensor.parts().forEach(part -> part.init(1e4f));
                            tensor.parts().get(0).set(3, -1e6f);
                            tensor.parts().get(1).set(0, -1e6f);
                            tensor.parts().get(1).set(31, -1e6f);
                        }
                        default -> { }
                    }
                }
                network.load();
                network.evaluate();
                DeadUnits dead = DeadUnits.of(network);
                assertEquals(List.of("conv1", "conv2", "conv3", "conv4", "conv5", "fc6", "fc7"), List.copyOf(dead.shares().keySet()));
                assertEquals(3.0 / 64, dead.shares().get("conv2"));
                assertEquals(0.0, dead.shares().get("conv1"));
                assertTrue(dead.deadLayers().contains("conv4") && !dead.deadLayers().contains("conv3"), dead.toString());
            }
        }
    }

    /** What is left in the places of a batch that is not full does not bring a unit to life. */
    @Test
    void placesWithoutAnImageDoNotCount() {
        Compilers.assumeQuick();
        try (TwoGroupNetwork network = Networks.small(false)) {
            network.load();
            network.evaluate();
            double withAll = DeadUnits.of(network).shares().get("fc6");
            network.inputs().labels.set(1, -1);
            network.inputs().labels.set(2, -1);
            double withOne = DeadUnits.of(network).shares().get("fc6");
            assertTrue(withAll < withOne, withAll + " of all, " + withOne + " of one");
        }
    }
}
