package alexnet.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import alexnet.core.network.Architecture;
import alexnet.core.network.LayerTraining;
import alexnet.core.network.LayerWork;
import alexnet.core.profile.StepProfile.Work;

class OutcomeTest {

    private static final Architecture ARCHITECTURE = Architecture.alexnetSmall(10, 3);
    private static final Plan PLAN = new Plan(ARCHITECTURE, LayerTraining.ALIKE, 50, List.of(Pass.TRAINING), 1, 3, 1, true);

    private static StepParts step(double forward, double backward, double waiting) {
        return new StepParts(forward + backward + waiting, List.of(new StepParts.Part("conv1", Work.FORWARD, forward),
                new StepParts.Part("conv1", Work.BACKWARD, backward), new StepParts.Part("pool2", Work.WAITING, waiting)));
    }

    private static Outcome outcome(List<StepParts> steps) {
        return new Outcome(PLAN, new Identity("alexnet", "1", "jvm:0", "JVM", "host", "auto", List.of()), 1.5,
                Map.of(Pass.TRAINING, new Outcome.Times(9, List.of(0.5, 0.25, 1.0))), 1 << 20, Optional.of(new Limits(100, 10)), steps);
    }

    @Test
    void ratesGoByTheMedianWithTheSlowestAndTheFastest() {
        Outcome outcome = outcome(List.of());
        assertEquals(new Spread(100, 50, 200), outcome.imagesPerSecond(Pass.TRAINING));
        assertEquals(LayerWork.training(ARCHITECTURE) * 100e-9, outcome.gflops(Pass.TRAINING), 1e-9);
    }

    @Test
    void partsAreSharesOfAllStepsAndHaveTheRateOfTheirLayersOperations() {
        List<Outcome.PartTime> parts = outcome(List.of(step(0.1, 0.2, 0.1), step(0.2, 0.2, 0.4), step(0.1, 0.2, 0.5))).parts();
        assertEquals(List.of("conv1", "conv1", "pool2"), parts.stream().map(Outcome.PartTime::name).toList());
        assertEquals(0.2, parts.get(0).share(), 1e-9);
        assertEquals(0.5, parts.get(2).share(), 1e-9);
        assertEquals(1, parts.stream().mapToDouble(Outcome.PartTime::share).sum(), 1e-9);
        LayerWork conv1 = LayerWork.of(ARCHITECTURE).getFirst();
        assertEquals(50 * conv1.forward() / 0.1 * 1e-9, parts.get(0).gflops(), 1e-9);
        assertEquals(50 * conv1.backward() / 0.2 * 1e-9, parts.get(1).gflops(), 1e-9);
        assertTrue(Double.isNaN(parts.get(2).gflops()));
    }

    @Test
    void aTableForMachinesHasALineForTheBatchAndForEachPart() {
        List<String> lines = new String(CsvReport.of(List.of(outcome(List.of(step(0.1, 0.2, 0.1)))))).lines().toList();
        assertEquals(5, lines.size());
        assertTrue(lines.get(1).startsWith("alexnet,jvm:0,alexnet-small,50,step,training,0.5,0.25,1.0,100.0,"), lines.get(1));
        assertTrue(lines.get(4).startsWith("alexnet,jvm:0,alexnet-small,50,pool2,waiting,0.1,0.1,0.1,,,0.25"), lines.get(4));
    }
}
