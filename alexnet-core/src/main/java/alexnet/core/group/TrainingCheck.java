package alexnet.core.group;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import alexnet.core.group.TwoGroupNetwork.Placement;
import alexnet.core.network.Architecture;
import alexnet.core.network.Architectures;
import alexnet.core.network.GroupShapes;
import alexnet.core.network.LayerAlgorithms;
import alexnet.core.network.LayerTraining;
import alexnet.core.network.Partition;
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
    /**
     * The same where not all convolutions are direct, in distances of double precision with noise: the largest of some seeds. Minimal
     * filtering meets such a unit once a step, and every step has several times the distance of the one before, so that only the
     * first are compared.
     */
    private static final double ROOM_BESIDE_NOISE = 3;
    /** The least that is allowed: some hundred roundings through eight layers and back, where no such unit was met. */
    private static final double FLOOR = 1e-4;

    /** Of two images: more than the widest vector holds, and no multiple of it. */
    private static final int COPIES = 9;

    private TrainingCheck() {
    }

    /**
     * The largest difference of one kind of number.
     *
     * @param trial        which steps, see {@link #trials()}
     * @param steps        how many were compared
     * @param kind         {@code losses}, {@code logits}, {@code norms} of tensors, with projections, or their {@code elements}
     * @param error        relative, see scripts/judge-training
     * @param tolerance    the largest error that is no mistake
     * @param worst        which number it is
     */
    public record Result(String trial, int steps, String kind, double error, double tolerance, String worst) {

        /** Whether it is no larger than rounding explains. */
        public boolean passed() {
            return error <= tolerance;
        }
    }

    /**
     * What PyTorch has trained.
     *
     * @param architecture the network
     * @param copies       how often each image of its batch is there, which changes no mean of the batch: a batch that fills vectors is
     *                     computed by other algorithms than one of a few images
     */
    public record Trial(String architecture, int copies) {

        @Override
        public String toString() {
            return copies == 1 ? architecture : architecture + " x " + copies;
        }
    }

    /**
     * Trains the steps.
     *
     * @param asked      one of {@link #trials()}, or with other copies
     * @param placements of each part
     * @return one of each kind of number
     */
    public static List<Result> run(Trial asked, List<Placement> placements) {
        PyTorchTrial trial = PyTorchTrial.read(asked.architecture);
        Architecture architecture = Architectures.named(trial.architecture(), trial.classes(), trial.channels());
        boolean direct = direct(architecture, trial.images() * asked.copies, placements);
        PyTorchTrial.Rounding rounding = trial.rounding(direct);
        Map<String, PyTorchTrial.Difference> worst = train(trial, architecture, rounding.steps(), asked.copies, placements);
        if (!worst.keySet().equals(rounding.distances().keySet())) {
            throw new IllegalStateException("compared were " + worst.keySet() + ", not " + rounding.distances().keySet());
        }
        List<Result> results = new ArrayList<>();
        worst.forEach((kind, difference) -> results.add(new Result(asked.toString(), rounding.steps(), kind, difference.size(),
                tolerance(trial, direct, kind), difference.what())));
        return results;
    }

    /** The architectures that PyTorch has trained so, the small one first, and at last some with a batch that fills vectors. */
    public static List<Trial> trials() {
        return Stream.concat(Architectures.NAMES.reversed().stream().filter(PyTorchTrial::isThere).map(name -> new Trial(name, 1)),
                Stream.of("alexnet-small", "alexnet", "alexnet-owt").map(name -> new Trial(name, COPIES))).toList();
    }

    static double tolerance(PyTorchTrial trial, boolean direct, String kind) {
        return Math.max(FLOOR, (direct ? ROOM : ROOM_BESIDE_NOISE) * trial.rounding(direct).distances().get(kind));
    }

    private static boolean direct(Architecture architecture, int images, List<Placement> placements) {
        Partition partition = new Partition(architecture, placements.size());
        return IntStream.range(0, placements.size()).boxed()
                .flatMap(part -> LayerAlgorithms.of(new GroupShapes(partition, part, images), LayerTraining.ALIKE, placements.get(part).kernels()).stream())
                .flatMap(layer -> layer.passes().values().stream()).allMatch(LayerAlgorithms.Use::direct);
    }

    private static Map<String, PyTorchTrial.Difference> train(PyTorchTrial trial, Architecture architecture, int steps, int copies,
                                                              List<Placement> placements) {
        List<String> observed = new ArrayList<>(List.of("logits"));
        trial.tensors().get(1).forEach(tensor -> observed.add(tensor.name() + ".gradient"));

        PyTorchTrial.Differences differences = new PyTorchTrial.Differences();
        try (var network = new TwoGroupNetwork(architecture, trial.images() * copies, placements, Link.between(placements), Probes.observing(observed))) {
            trial.fill(network);
            network.load();
            for (int step = 1; step <= steps; step++) {
                trial.fill(network.inputs(), step);
                network.train();
                differences.add("losses", "step " + step, trial.losses()[step - 1], meanLoss(network), 0);
                differences.addAll("logits", "probabilities of step " + step, trial.probabilities(step, copies), doubles(network.probabilities()));
                if (trial.tensors().containsKey(step)) {
                    network.save();
                    differences.addAll("logits", "step " + step, trial.logits(step, copies), doubles(network.observed(0, "logits")));
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
        List<ParameterTensor> momenta = network.states().stream().filter(tensor -> tensor.name().startsWith(Sgd.MOMENTA)).toList();
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
