package alexnet.core.group;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import alexnet.core.group.TwoGroupNetwork.Placement;
import alexnet.core.network.Architecture;
import alexnet.core.network.Architectures;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Compares some steps of training, from the images to the updated weights, with those that PyTorch made in double precision. */
public final class TrainingCheck {

    /**
     * How far from double precision a run may be, in distances of PyTorch's own single precision. The order of the sums is
     * another here; and where rounding decides which of two almost equal values a pooling window takes, or turns on a unit
     * whose input is about zero, a gradient goes elsewhere. That happens in every program at another place, now and then
     * among AlexNet's half million units, and shows in single elements of conv1's gradient most of all.
     */
    private static final double ROOM = 10;
    /** The least that is allowed: some hundred roundings through eight layers and back, where no such unit was met. */
    private static final double FLOOR = 1e-4;

    private TrainingCheck() {
    }

    /**
     * The largest difference of one kind of number.
     *
     * @param trial        which steps, see {@link #trials()}
     * @param kind         {@code losses}, {@code logits}, {@code norms} of tensors, with projections, or their {@code elements}
     * @param error        relative, see scripts/judge-training
     * @param tolerance    the largest error that is no mistake
     * @param worst        which number it is
     */
    public record Result(String trial, String kind, double error, double tolerance, String worst) {

        /** Whether it is no larger than rounding explains. */
        public boolean passed() {
            return error <= tolerance;
        }
    }

    /**
     * Trains the steps.
     *
     * @param name       one of {@link #trials()}
     * @param placements of each part
     * @return one of each kind of number
     */
    public static List<Result> run(String name, List<Placement> placements) {
        PyTorchTrial trial = PyTorchTrial.read(name);
        Map<String, PyTorchTrial.Difference> worst = train(trial, placements);
        if (!worst.keySet().equals(trial.singlePrecision().keySet())) {
            throw new IllegalStateException("compared were " + worst.keySet() + ", not " + trial.singlePrecision().keySet());
        }
        List<Result> results = new ArrayList<>();
        worst.forEach((kind, difference) -> results.add(new Result(name, kind, difference.size(), tolerance(trial, kind), difference.what())));
        return results;
    }

    /**
     * What PyTorch has trained: the architectures, the small one first, with batches of a few images, and one whose batch fills vectors,
     * which is when minimal filtering computes its convolutions.
     */
    public static List<String> trials() {
        return Architectures.NAMES.reversed().stream().flatMap(name -> Stream.of(name, name + "-batch")).filter(PyTorchTrial::isThere).toList();
    }

    static double tolerance(PyTorchTrial trial, String kind) {
        return Math.max(FLOOR, ROOM * trial.singlePrecision().get(kind));
    }

    private static Map<String, PyTorchTrial.Difference> train(PyTorchTrial trial, List<Placement> placements) {
        List<String> observed = new ArrayList<>(List.of("logits"));
        trial.tensors().get(1).forEach(tensor -> observed.add(tensor.name() + ".gradient"));
        Architecture architecture = Architectures.named(trial.architecture(), trial.classes(), trial.channels());

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
                    differences.addAll("logits", "step " + step, trial.logits()[step - 1], doubles(network.observed(0, "logits")));
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
        if (!expected.stream().map(PyTorchTrial.Tensor::name).toList().equals(values.stream().map(ParameterTensor::name).toList())) {
            throw new IllegalStateException("the network has other parameters than PyTorch's");
        }
        for (int index = 0; index < expected.size(); index++) {
            PyTorchTrial.Tensor tensor = expected.get(index);
            String name = tensor.name();
            String where = " of " + name + " in step " + step;
            differences.add("gradient" + where, index, tensor.length(), tensor.gradient(),
                    network.observed(name + ".gradient"));
            differences.add("momentum" + where, index, tensor.length(), tensor.momentum(), momenta.get(index).parts());
            differences.add("value" + where, index, tensor.length(), tensor.value(), values.get(index).parts());
        }
    }
}
