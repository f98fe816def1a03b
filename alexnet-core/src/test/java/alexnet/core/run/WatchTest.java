package alexnet.core.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import alexnet.core.device.Compilers;
import alexnet.core.run.event.LayerMeasures;
import alexnet.core.run.event.RunEvent;
import alexnet.core.training.Interval;
import alexnet.core.training.TrainingOptions;
import alexnet.core.watch.DeadUnits;

class WatchTest {

    private static final int[] CLASSES = {50, 50};

    private static final TrainingOptions OPTIONS = TestRun.options(1, 10, TrainingOptions.Scheduler.CONSTANT, Interval.EPOCH, 0);

    @TempDir
    private Path folder;

    @Test
    void aDeadLayerIsToldOfAndAgainAtDoubledIntervals() {
        Watch watch = new Watch(CLASSES, OPTIONS);
        DeadUnits dead = new DeadUnits(Map.of("conv4", 1.0, "conv5", 0.99));
        DeadUnits alive = new DeadUnits(Map.of("conv4", 0.5, "conv5", 0.99));
        List<Integer> told = new ArrayList<>();
        for (int measurement = 1; measurement <= 9; measurement++) {
            for (String message : watch.measured(dead)) {
                assertTrue(message.startsWith("nothing comes out of conv4: "), message);
                told.add(measurement);
            }
        }
        assertEquals(List.of(1, 2, 4, 8), told);
        assertEquals(List.of(), watch.measured(alive));
        assertEquals(1, watch.measured(dead).size());
    }

    @Test
    void aStepOfTenTimesTheMedianIsToldOf() {
        Watch watch = new Watch(CLASSES, OPTIONS);
        IntStream.range(0, 40).forEach(_ -> assertEquals(List.of(), watch.step(0.1, 1, 0.5, 0)));
        assertEquals(List.of(), watch.step(0.1, 1, 4.9, 0));
        assertEquals(List.of("the step took 20.0 s, 19.5 of them waiting for images; half of the steps before took less than 0.50 s"),
                watch.step(0.1, 1, 20, 19.5));
        assertEquals(1, watch.step(0.1, 1, 20, 19.5).size());
        assertEquals(List.of(), watch.step(0.1, 1, 20, 19.5));
        assertEquals(1, watch.step(0.1, 1, 20, 19.5).size());
    }

    /** The first steps compile kernels, and short ones are nobody's trouble. */
    @Test
    void slowBeginningsAndShortStepsAreNotToldOf() {
        Watch watch = new Watch(CLASSES, OPTIONS);
        assertEquals(List.of(), watch.step(0.1, 1, 60, 0));
        IntStream.range(0, 40).forEach(_ -> assertEquals(List.of(), watch.step(0.1, 1, 0.01, 0)));
        assertEquals(List.of(), watch.step(0.1, 1, 0.9, 0));
    }

    /** Behind every measurement, whether or not a checkpoint is written there. */
    @Test
    void everyMeasurementTellsWhatTheLayersLookLike() throws IOException {
        Compilers.assumeQuick();
        List<RunEvent> events = new ArrayList<>();
        TestRun.of(TestRun.noise(folder.resolve("images")), 1, new Interval.Steps(1), Interval.EPOCH)
                .train(folder.resolve("run"), null, new RunRequest(), events::add);
        List<RunEvent.LayersMeasured> measured = events.stream().filter(RunEvent.LayersMeasured.class::isInstance)
                .map(RunEvent.LayersMeasured.class::cast).toList();
        assertEquals(List.of(1L, 2L, 3L, 4L), measured.stream().map(each -> each.place().step()).toList());
        for (RunEvent.LayersMeasured each : measured) {
            assertEquals(List.of("conv1", "conv2", "conv3", "conv4", "conv5", "fc6", "fc7", "fc8"), each.layers().stream().map(LayerMeasures::layer).toList());
            assertTrue(each.layers().stream().allMatch(layer -> layer.updateRatio() > 0 && layer.updateRatio() < 1), each.layers().toString());
            assertTrue(each.layers().stream().limit(7).allMatch(layer -> layer.deadUnits() >= 0 && layer.deadUnits() < 1));
            assertTrue(Double.isNaN(each.layers().getLast().deadUnits()));
            assertEquals(List.of(32, 3, 5), List.of(each.firstFilters().filters(), each.firstFilters().channels(), each.firstFilters().size()));
        }
        assertTrue(measured.getFirst().layers().getFirst().weights().sumSquares() != measured.getLast().layers().getFirst().weights().sumSquares());
    }
}
