package alexnet.core.group;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

import alexnet.core.network.Architecture;
import alexnet.kernels.CounterRandom;
import alexnet.kernels.Hyper;
import alexnet.kernels.reference.SoftmaxReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Steps of training as {@code scripts/judge-training} made them with PyTorch in double precision, and what went into
 * them, which that script describes: both sides make the same weights and the same batch of integer hashes.
 *
 * @param deviation       what each channel is divided by; null for ones
 * @param rates           learning rate of each step
 * @param losses          mean loss of each step
 * @param logits          {@code [classes][images]} of each step
 * @param tensors         all parameters after some of the steps, by the step's number
 * @param singlePrecision how far PyTorch's own run in single precision is from these numbers, by their kind
 * @param minimalFiltering how far runs in double precision are with noise like that algorithm's rounding, in the first steps
 * @param mistakes        how far runs with a mistake are; null where none were made
 */
record PyTorchTrial(String architecture, int classes, int channels, int images, float[] deviation, List<Double> rates, double momentum,
                    double weightDecay, double[] losses, double[][] logits, Map<Integer, List<Tensor>> tensors,
                    Map<String, Double> singlePrecision, Rounding minimalFiltering, Map<String, Map<String, Double>> mistakes) {

    private static final int SEED = 2012;
    private static final int PIXELS = 100;
    private static final int MEAN = 101;
    private static final int CROP_TOP = 102;
    private static final int CROP_LEFT = 103;
    private static final int MIRROR = 104;
    private static final int COLOUR = 105;
    private static final int LABELS = 106;
    private static final int SAMPLES = 200;
    private static final int PROJECTIONS = 300;

    /** A parameter, its gradient and its momentum. */
    record Tensor(String name, int length, Summary gradient, Summary momentum, Summary value) {
    }

    /**
     * What is kept of a tensor.
     *
     * @param projection the sum of all elements, each times a made-up number
     * @param elements   some elements
     */
    record Summary(double norm, double projection, double[] elements) {
    }

    /**
     * How far rounding leads.
     *
     * @param steps     in how many steps, from the first one on
     * @param distances by the kind of number
     * @param mistakes  how far runs of so many steps with a mistake are; null where none were made
     */
    record Rounding(int steps, Map<String, Double> distances, Map<String, Map<String, Double>> mistakes) {
    }

    /** A number that is not the expected one; {@code size} is relative. */
    record Difference(String what, double size) {
    }

    /** The largest difference of each kind of number: losses, logits, norms (with projections) and elements. */
    static final class Differences {

        private final Map<String, Difference> worst = new TreeMap<>();

        /** Adds a difference relative to the expected number or, if that is larger, the scale. */
        void add(String kind, String what, double expected, double actual, double scale) {
            var difference = new Difference(what, Math.abs(expected - actual) / Math.max(Math.abs(expected), scale));
            worst.merge(kind, difference, (a, b) -> a.size >= b.size ? a : b);
        }

        /** Adds the differences of all elements of a tensor. */
        void addAll(String kind, String what, double[] expected, double[] actual) {
            double scale = Math.sqrt(Arrays.stream(expected).map(value -> value * value).average().orElseThrow());
            IntStream.range(0, expected.length).forEach(i -> add(kind, what, expected[i], actual[i], scale));
        }

        /** Adds the differences of a tensor, one part's after the other, from what is kept of it. */
        void add(String what, int index, int length, Summary expected, List<FloatArray> parts) {
            IntToDoubleFunction element = i -> element(parts, i);
            double squares = IntStream.range(0, length).parallel()
                    .mapToDouble(i -> element.applyAsDouble(i) * element.applyAsDouble(i)).sum();
            double projection = IntStream.range(0, length).parallel()
                    .mapToDouble(i -> element.applyAsDouble(i) * unit(PROJECTIONS + index, i)).sum();
            add("norms", what, expected.norm, Math.sqrt(squares), expected.norm);
            add("norms", what, expected.projection, projection, expected.norm);
            for (int sample = 0; sample < expected.elements.length; sample++) {
                add("elements", what, expected.elements[sample], element.applyAsDouble(below(length, SAMPLES + index, sample)),
                        expected.norm / Math.sqrt(length));
            }
        }

        private static float element(List<FloatArray> parts, int index) {
            int part = 0;
            int before = 0;
            while (index - before >= parts.get(part).getSize()) {
                before += parts.get(part++).getSize();
            }
            return parts.get(part).get(index - before);
        }

        Map<String, Difference> worst() {
            return worst;
        }
    }

    private static String resource(String architecture) {
        return "pytorch-" + architecture + ".json";
    }

    /** Whether there is a trial of that architecture. */
    static boolean isThere(String architecture) {
        return PyTorchTrial.class.getResource(resource(architecture)) != null;
    }

    /** The trial of that architecture. */
    static PyTorchTrial read(String architecture) {
        try (InputStream json = PyTorchTrial.class.getResourceAsStream(resource(architecture))) {
            return new ObjectMapper().readValue(Objects.requireNonNull(json), PyTorchTrial.class);
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }

    /** How far rounding leads where all convolutions are computed directly, or where some are not. */
    Rounding rounding(boolean direct) {
        return direct ? new Rounding(rates.size(), singlePrecision, mistakes) : minimalFiltering;
    }

    /** The logits of a step, {@code [classes][images]}, each image so many times. */
    double[] logits(int step, int copies) {
        double[] once = logits[step - 1];
        return IntStream.range(0, once.length * copies)
                .mapToDouble(i -> once[i / (images * copies) * images + i % (images * copies) % images]).toArray();
    }

    /** The probabilities of the logits of a step, {@code [classes][images]}, each image so many times. */
    double[] probabilities(int step, int copies) {
        return SoftmaxReference.probabilities(images * copies, logits(step, copies));
    }

    /**
     * Fills the parameters, the mean and everything of the batch that stays the same. A network with a multiple of the images has each
     * of them so many times, with the same dropout: its mean loss and all its gradients are the same.
     */
    void fill(TwoGroupNetwork network) {
        List<ParameterTensor> parameters = network.parameters();
        for (int tensor = 0; tensor < parameters.size(); tensor++) {
            int purpose = tensor;
            float scale = scale(parameters.get(tensor));
            int offset = 0;
            for (FloatArray part : parameters.get(tensor).parts()) {
                int first = offset;
                IntStream.range(0, part.getSize()).parallel().forEach(i -> part.set(i, unit(purpose, first + i) * scale));
                offset += part.getSize();
            }
        }
        Architecture shape = network.architecture();
        float[] mean = new float[channels * shape.storedSize() * shape.storedSize()];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = 64 + below(128, MEAN, i);
        }
        network.setMean(mean);
        if (deviation != null) {
            network.setDeviation(deviation);
        }

        BatchInputs inputs = network.inputs();
        int all = network.images();
        int pixels = inputs.pixels.getSize() / all * images;
        for (int i = 0; i < inputs.pixels.getSize(); i++) {
            inputs.pixels.set(i, (byte) below(256, PIXELS, i % pixels));
        }
        int margin = shape.storedSize() - shape.inputSize();
        for (int place = 0; place < all; place++) {
            int image = place % images;
            inputs.crops.set(place, below(margin + 1, CROP_TOP, image), below(margin + 1, CROP_LEFT, image), below(2, MIRROR, image) == 1);
            inputs.labels.set(place, below(classes, LABELS, image));
        }
        for (int i = 0; i < inputs.noise.getSize(); i++) {
            inputs.noise.set(i, below(64, COLOUR, i / all * images + i % all % images) / 8f - 4);
        }
        inputs.hyper.set(Hyper.MOMENTUM, (float) momentum);
        Hyper.setAll(inputs.hyper, Hyper.WEIGHT_DECAY, weightDecay);
        inputs.hyper.set(Hyper.LOSS_SCALE, 1f / all);
    }

    /** Fills what is another in every step, from 1. */
    void fill(BatchInputs inputs, int step) {
        Hyper.setAll(inputs.hyper, Hyper.RATE, rates.get(step - 1));
        for (int place = 0; place < inputs.imageKeys.getSize(); place++) {
            inputs.imageKeys.set(place, CounterRandom.mix(CounterRandom.mix(SEED, step), place % images));
        }
    }

    private static float scale(ParameterTensor tensor) {
        if (tensor.name().endsWith(".bias")) {
            return 0.5f;
        }
        long fanIn = tensor.length() / tensor.shape().getFirst();
        int exponent = 0;
        while (12L << 2 * exponent < fanIn) {
            exponent++;
        }
        return Math.scalb(1f, -exponent - (tensor.name().equals("conv3.weight") ? 4 : 0));
    }

    private static float unit(int purpose, int element) {
        return (2 * CounterRandom.bits(SEED, purpose, element) - (1 << 24)) / (float) (1 << 24);
    }

    private static int below(int bound, int purpose, int element) {
        return CounterRandom.below(bound, SEED, purpose, element);
    }
}
