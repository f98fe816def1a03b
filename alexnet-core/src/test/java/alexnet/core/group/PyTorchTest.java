package alexnet.core.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import alexnet.core.device.Device;
import alexnet.core.device.Devices;
import alexnet.core.network.Architecture;
import alexnet.kernels.KernelFamilies;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Ten steps of training on the runtime's devices are those that PyTorch made in double precision. */
class PyTorchTest {

    /**
     * How far from double precision a run may be, in distances of PyTorch's own single precision. The order of the sums is
     * another here; and where rounding decides which of two almost equal values a pooling window takes, or turns on a unit
     * whose input is about zero, a gradient goes elsewhere. That happens in every program at another place, now and then
     * among AlexNet's half million units, and shows in single elements of conv1's gradient most of all.
     */
    private static final double ROOM = 10;
    /** The least that is allowed: some hundred roundings through eight layers and back, where no such unit was met. */
    private static final double FLOOR = 1e-4;

    private static double tolerance(PyTorchTrial trial, String kind) {
        return Math.max(FLOOR, ROOM * trial.singlePrecision().get(kind));
    }

    @ParameterizedTest
    @ValueSource(strings = {"alexnet-small", "alexnet"})
    void tenStepsAreThoseOfPyTorch(String architecture) {
        PyTorchTrial trial = PyTorchTrial.read(architecture);
        Map<String, PyTorchTrial.Difference> worst = train(trial);

        worst.forEach((kind, difference) -> System.out.printf("%s, %s: at most %.1e from PyTorch's double precision, %s; its single "
                + "precision is %.1e away%n", architecture, kind, difference.size(), difference.what(), trial.singlePrecision().get(kind)));
        assertEquals(trial.singlePrecision().keySet(), worst.keySet());
        worst.forEach((kind, difference) -> assertTrue(difference.size() <= tolerance(trial, kind),
                kind + ": " + difference + ", more than " + tolerance(trial, kind)));
    }

    /** Trains the ten steps, and returns the largest difference of each kind of number. */
    private static Map<String, PyTorchTrial.Difference> train(PyTorchTrial trial) {
        List<Device> devices = Devices.ofRuntime().byDefault();
        List<TwoGroupNetwork.Placement> placements = List.of(devices.getFirst(), devices.getLast()).stream()
                .map(device -> new TwoGroupNetwork.Placement(device.device(), KernelFamilies.of(device.device()))).toList();
        List<String> observed = new ArrayList<>(List.of("fc8.both"));
        trial.tensors().get(1).forEach(tensor -> observed.add(tensor.name() + ".gradient"));
        Architecture architecture = Architecture.named(trial.architecture(), trial.classes(), trial.channels());

        PyTorchTrial.Differences differences = new PyTorchTrial.Differences();
        try (var network = new TwoGroupNetwork(architecture, trial.images(), placements, Link.between(placements), Probes.observing(observed))) {
            trial.fill(network);
            network.load();
            for (int step = 1; step <= trial.rates().size(); step++) {
                trial.fill(network.inputs(), step);
                network.train();
                differences.add("losses", "step " + step, trial.losses()[step - 1], meanLoss(network), 0);
                differences.addAll("logits", "probabilities of step " + step, trial.probabilities(step), doubles(network.probabilities()));
                if (trial.tensors().containsKey(step)) {
                    network.save();
                    differences.addAll("logits", "step " + step, trial.logits()[step - 1], doubles(network.observed(0, "fc8.both")));
                    compare(trial, step, network, differences);
                }
            }
        }
        return differences.worst();
    }

    private static double meanLoss(TwoGroupNetwork network) {
        double sum = 0;
        for (int image = 0; image < network.images(); image++) {
            sum += network.losses().get(image);
        }
        return sum / network.images();
    }

    private static double[] doubles(FloatArray array) {
        return IntStream.range(0, array.getSize()).mapToDouble(array::get).toArray();
    }

    private static void compare(PyTorchTrial trial, int step, TwoGroupNetwork network, PyTorchTrial.Differences differences) {
        List<ParameterTensor> values = network.parameters();
        List<ParameterTensor> momenta = network.momenta();
        List<PyTorchTrial.Tensor> expected = trial.tensors().get(step);
        assertEquals(expected.stream().map(PyTorchTrial.Tensor::name).toList(), values.stream().map(ParameterTensor::name).toList());
        for (int index = 0; index < expected.size(); index++) {
            PyTorchTrial.Tensor tensor = expected.get(index);
            String name = tensor.name();
            String where = " of " + name + " in step " + step;
            differences.add("gradient" + where, index, tensor.length(), tensor.gradient(),
                    List.of(network.observed(0, name + ".gradient"), network.observed(1, name + ".gradient")));
            differences.add("momentum" + where, index, tensor.length(), tensor.momentum(), momenta.get(index).parts());
            differences.add("value" + where, index, tensor.length(), tensor.value(), values.get(index).parts());
        }
    }

    /** A comparison that nothing could fail would prove nothing. */
    @Test
    void theTolerancesAreFarBelowWhatMistakesLeadTo() {
        PyTorchTrial trial = PyTorchTrial.read("alexnet-small");
        assertEquals(8, trial.mistakes().size());
        trial.mistakes().forEach((mistake, distances) -> assertTrue(distances.entrySet().stream()
                .anyMatch(distance -> distance.getValue() > 1000 * tolerance(trial, distance.getKey())), mistake + " leads only to " + distances));
    }
}
