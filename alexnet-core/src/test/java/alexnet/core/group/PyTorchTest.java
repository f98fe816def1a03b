package alexnet.core.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import alexnet.core.device.Device;
import alexnet.core.device.Devices;
import alexnet.core.group.TwoGroupNetwork.Placement;
import alexnet.kernels.AlgorithmChoice;
import alexnet.kernels.KernelFamilies;

/** Some steps of training on the runtime's devices are those that PyTorch made in double precision. */
class PyTorchTest {

    private static final List<String> TWO_GROUPS = List.of("alexnet", "alexnet-small");

    @ParameterizedTest
    @CsvSource({"alexnet-small,2", "alexnet-small,1", "alexnet-small,4", "alexnet,2", "alexnet-owt,2", "alexnet-caffe,2"})
    void stepsAreThoseOfPyTorch(String architecture, int parts) {
        assumeTrue(parts <= 2 && TWO_GROUPS.contains(architecture) || !Devices.onTornado(), "there other networks have the same kernels, and take long to compile");
        check(new TrainingCheck.Trial(architecture, 1), parts, AlgorithmChoice.AUTO);
    }

    /** A batch that fills vectors, by the definition, by minimal filtering wherever that is possible, and by what pays. */
    @ParameterizedTest
    @CsvSource({"alexnet,DIRECT,10", "alexnet,WINOGRAD,1", "alexnet,AUTO,1", "alexnet-small,WINOGRAD,2", "alexnet-owt,WINOGRAD,1", "alexnet-caffe,WINOGRAD,1"})
    void stepsOfABatchAreThoseOfPyTorchByAnyAlgorithm(String architecture, AlgorithmChoice choice, int steps) {
        assumeTrue(choice == AlgorithmChoice.AUTO || !Devices.onTornado(), "there the algorithms are the same, and networks take long to compile");
        List<TrainingCheck.Result> results = check(new TrainingCheck.Trial(architecture, 9), 2, choice);
        double losses = results.stream().filter(result -> result.kind().equals("losses")).findFirst().orElseThrow().error();
        assertTrue(losses < 5e-5, "losses differ by " + losses);
        results.forEach(result -> assertTrue(result.steps() == steps || Devices.onTornado(), result::toString));
    }

    private static List<TrainingCheck.Result> check(TrainingCheck.Trial trial, int parts, AlgorithmChoice choice) {
        List<Device> devices = Devices.ofRuntime().byDefault();
        List<Placement> placements = IntStream.range(0, parts).mapToObj(part -> devices.get(part % devices.size()).device())
                .map(device -> new Placement(device, KernelFamilies.of(device, choice))).toList();
        List<TrainingCheck.Result> results = TrainingCheck.run(trial, placements);

        results.forEach(result -> System.out.printf("%s in %d parts, %s, %s: at most %.1e from PyTorch's double precision, %s; %.1e are allowed%n",
                trial, parts, choice, result.kind(), result.error(), result.worst(), result.tolerance()));
        assertEquals(List.of("elements", "logits", "losses", "norms"), results.stream().map(TrainingCheck.Result::kind).toList());
        results.forEach(result -> assertTrue(result.passed(), result::toString));
        return results;
    }

    /** A comparison that nothing could fail would prove nothing. The rate falls behind the first steps, and with it goes what one mistake is. */
    @ParameterizedTest
    @CsvSource({"true,9", "false,8"})
    void theTolerancesAreFarBelowWhatMistakesLeadTo(boolean direct, int told) {
        PyTorchTrial trial = PyTorchTrial.read("alexnet-small");
        PyTorchTrial.Rounding rounding = trial.rounding(direct);
        assertEquals(9, rounding.mistakes().size());
        assertEquals(told, rounding.mistakes().values().stream().filter(distances -> distances.entrySet().stream()
                .anyMatch(distance -> distance.getValue() > 1000 * TrainingCheck.tolerance(trial, direct, distance.getKey()))).count(), rounding::toString);
    }
}
