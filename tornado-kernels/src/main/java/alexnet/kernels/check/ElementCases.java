package alexnet.kernels.check;

import static alexnet.kernels.check.Numbers.magnitudes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import alexnet.kernels.CounterRandom;
import alexnet.kernels.Hyper;
import alexnet.kernels.ImageShape;
import alexnet.kernels.KernelFamily;
import alexnet.kernels.ParameterGroup;
import alexnet.kernels.reference.DropoutReference;
import alexnet.kernels.reference.ImageReference;
import alexnet.kernels.reference.ReluReference;
import alexnet.kernels.reference.SgdReference;
import uk.ac.manchester.tornado.api.common.TornadoDevice;

/** What works element by element: image preparation, ReLU backward, dropout, descent, copies and sums. */
final class ElementCases {

    /** images, channels, stored height and width, height, width */
    private static final List<ImageShape> IMAGES = List.of(
            new ImageShape(1, 1, 1, 1, 1, 1),
            new ImageShape(3, 3, 9, 8, 7, 5),
            new ImageShape(33, 3, 6, 6, 6, 6),
            new ImageShape(16, 1, 5, 7, 4, 3),
            // more numbers than are prepared together
            new ImageShape(67, 2, 70, 69, 66, 65),
            // the paper's
            new ImageShape(1, 3, 256, 256, 224, 224));
    private static final List<ImageShape> FULL_IMAGES = List.of(new ImageShape(128, 3, 256, 256, 224, 224), new ImageShape(65, 3, 28, 28, 24, 24));
    private static final int[] LENGTHS = {1, 16, 20011};
    /** fc7's weights, one group, and an odd number. */
    private static final int[] FULL_LENGTHS = {2048 * 4096, 48 * 55 * 55 * 33 + 7};

    /** How many arrays are kept at a time: alone, as many as a task takes, and more. */
    private static final int[] KEPT = {1, 4, 7, 12, 31};

    private static final double LARGE = 1e30;
    /** In OpenCL one over a number is within 2.5 units in the last place, and a quotient may be a product with it. */
    private static final int DIVISION_ROUNDINGS = 6;
    /** Every pair of kinds of values in two arrays, see {@link #pairs}. */
    private static final int PAIRS = Numbers.Kind.values().length * Numbers.Kind.values().length * 3;

    /**
     * @param firstUnit the first unit of this group
     */
    private record DropoutShape(int images, int units, int firstUnit, float rate, boolean inverted) {
    }

    private static final List<DropoutShape> DROPOUTS = List.of(new DropoutShape(19, 13, 5, 0.5f, false),
            new DropoutShape(128, 4, 0, 0.25f, false), new DropoutShape(1, 33, 2048, 0.5f, false), new DropoutShape(19, 13, 5, 0.5f, true),
            new DropoutShape(128, 4, 0, 0.3f, true), new DropoutShape(1, 33, 2048, 0.9f, true));
    /** The second group of fc6 and fc7. */
    private static final List<DropoutShape> FULL_DROPOUTS = List.of(new DropoutShape(128, 2048, 2048, 0.5f, false),
            new DropoutShape(128, 2048, 2048, 0.5f, true));

    private ElementCases() {
    }

    static Stream<Case> of(int seed) {
        return Stream.of(ordinary(seed, IMAGES, LENGTHS, DROPOUTS), extremes(new Numbers(seed)), keeps(new Numbers(seed)))
                .flatMap(cases -> cases);
    }

    static Stream<Case> full(int seed) {
        return ordinary(seed, FULL_IMAGES, FULL_LENGTHS, FULL_DROPOUTS);
    }

    private static Stream<Case> ordinary(int seed, List<ImageShape> images, int[] lengths, List<DropoutShape> dropouts) {
        Numbers numbers = new Numbers(seed);
        return Stream.of(
                images.stream().flatMap(s -> Stream.of(
                        new Case("prepareImages", s.toString(), seed, (family, device) ->
                                prepareImages(s, numbers, noise(s, numbers), ones(s), family, device)),
                        new Case("prepareImages", s + ", deviations", seed, (family, device) ->
                                prepareImages(s, numbers, noise(s, numbers), deviations(s, numbers), family, device)))),
                Arrays.stream(lengths).boxed().flatMap(n -> Stream.of(
                        new Case("reluGradient", length(n), seed, (family, device) ->
                                reluGradient(numbers.uniform(1, n, 1), numbers.uniform(2, n, 1), family, device)),
                        new Case("sgd", length(n) + ", weights", seed, (family, device) -> sgd(n, ParameterGroup.WEIGHTS, 1, 0.5, numbers, family, device)),
                        new Case("sgd", length(n) + ", biases", seed, (family, device) -> sgd(n, ParameterGroup.BIASES, 1, 0.25, numbers, family, device)),
                        new Case("sgd", length(n) + ", weights, rate times 10", seed, (family, device) ->
                                sgd(n, ParameterGroup.WEIGHTS, 10, 0.5, numbers, family, device)),
                        new Case("sgd", length(n) + ", biases without decay", seed, (family, device) ->
                                sgd(n, ParameterGroup.BIASES, 1, 0, numbers, family, device)),
                        new Case("copy", length(n), seed, (family, device) -> copy(numbers.uniform(1, n + 3, 1), family, device)),
                        new Case("add", length(n), seed, (family, device) ->
                                add(numbers.uniform(1, n + 3, 1), numbers.uniform(2, n + 2, 1), family, device)))),
                dropouts.stream().flatMap(s -> Stream.of(
                        new Case("dropout", s + ", training", seed, (family, device) ->
                                dropout(s, 1, numbers.uniform(1, s.units * s.images, 1), family, device)),
                        new Case("dropout", s + ", testing", seed, (family, device) ->
                                dropout(s, 0, numbers.uniform(1, s.units * s.images, 1), family, device)),
                        new Case("dropoutGradient", s.toString(), seed, (family, device) ->
                                dropoutGradient(s, numbers.uniform(1, s.units * s.images, 1), family, device))))).flatMap(cases -> cases);
    }

    private static Stream<Case> extremes(Numbers numbers) {
        ImageShape image = new ImageShape(19, 2, 5, 6, 4, 3);
        DropoutShape units = new DropoutShape(19, 20, 0, 0.5f, false);
        String pairs = length(PAIRS) + ", extreme values";
        int seed = numbers.seed();
        return Stream.of(
                new Case("prepareImages", image + ", extreme noise", seed, (family, device) -> prepareImages(image, numbers,
                        numbers.mixture(3, image.channels() * image.images(), 20, LARGE, i -> i % image.images()), deviations(image, numbers), family, device)),
                new Case("reluGradient", pairs, seed, (family, device) ->
                        reluGradient(pairs(numbers, 1), pairs(numbers, 2), family, device)),
                new Case("sgd", pairs, seed, (family, device) ->
                        sgd(ParameterGroup.WEIGHTS, 1, 0.5, numbers.uniform(1, PAIRS, 1), pairs(numbers, 1), pairs(numbers, 2), family, device)),
                new Case("sgd", pairs + " of gradients", seed, (family, device) ->
                        sgd(ParameterGroup.BIASES, 0.1f, 0.25, pairs(numbers, 1), pairs(numbers, 2), numbers.uniform(3, PAIRS, 1), family, device)),
                new Case("copy", pairs, seed, (family, device) -> copy(pairs(numbers, 1), family, device)),
                new Case("add", pairs, seed, (family, device) -> add(
                        numbers.mixture(1, PAIRS + 1, 1, LARGE, i -> i), pairs(numbers, 2), family, device)),
                new Case("dropout", units + ", extreme values", seed, (family, device) -> dropout(units, 1,
                        numbers.mixture(1, units.units * units.images, 1, LARGE, i -> i / units.images), family, device)),
                new Case("dropoutGradient", units + ", extreme values", seed, (family, device) -> dropoutGradient(units,
                        numbers.mixture(1, units.units * units.images, 1, LARGE, i -> i / units.images), family, device)));
    }

    /** Array 1 changes its kind of value with every element, array 2 after all kinds of array 1. */
    private static double[] pairs(Numbers numbers, int array) {
        int kinds = Numbers.Kind.values().length;
        return numbers.mixture(array, PAIRS, 1, LARGE, i -> array == 1 ? i : i / kinds);
    }

    private static Stream<Case> keeps(Numbers numbers) {
        return Stream.concat(
                Arrays.stream(KEPT).mapToObj(count -> new Case("keep", count + " FloatArrays", numbers.seed(), (family, device) -> {
                    Experiment experiment = new Experiment();
                    List<Object> arrays = new ArrayList<>();
                    for (int array = 1; array <= count; array++) {
                        double[] values = numbers.mixture(array, 19, 1, LARGE, i -> i);
                        arrays.add(experiment.changed("array " + array, values, values, Tolerance.exact()));
                    }
                    return experiment.run(family, device, (kernels, builder, task) -> kernels.keep(builder, task, arrays));
                })),
                Stream.of(new Case("keep", "IntArray", numbers.seed(), (family, device) -> {
                    int[] values = numbers.integers(1, 19, Integer.MIN_VALUE / 2, Integer.MAX_VALUE / 2);
                    Experiment experiment = new Experiment();
                    var array = experiment.changed("array", values, values);
                    return experiment.run(family, device, (kernels, builder, task) -> kernels.keep(builder, task, List.of(array)));
                })));
    }

    private static String length(int length) {
        return "length " + length;
    }

    private static double[] noise(ImageShape s, Numbers numbers) {
        return numbers.uniform(3, s.channels() * s.images(), 20);
    }

    private static double[] ones(ImageShape s) {
        return DoubleStream.generate(() -> 1).limit(s.channels()).toArray();
    }

    /** About as large as those of photographs. */
    private static double[] deviations(ImageShape s, Numbers numbers) {
        return Arrays.stream(numbers.uniform(7, s.channels(), 20)).map(value -> (float) (60 + value)).toArray();
    }

    private static List<Comparison> prepareImages(ImageShape s, Numbers numbers, double[] noise, double[] deviation,
                                                  KernelFamily family, TornadoDevice device) {
        byte[] pixels = numbers.bytes(1, s.pixelLength());
        double[] mean = Arrays.stream(numbers.uniform(2, s.imageLength(), 128)).map(value -> (float) (value + 128)).toArray();
        int[] crops = new int[ImageShape.CROP_FIELDS * s.images()];
        System.arraycopy(numbers.integers(4, s.images(), 0, s.storedHeight() - s.height() + 1), 0, crops, 0, s.images());
        System.arraycopy(numbers.integers(5, s.images(), 0, s.storedWidth() - s.width() + 1), 0, crops, s.images(), s.images());
        System.arraycopy(numbers.integers(6, s.images(), 0, 2), 0, crops, 2 * s.images(), s.images());
        double[] expected = ImageReference.prepare(s, pixels, mean, deviation, crops, noise);
        double[] largest = new double[expected.length];
        Arrays.setAll(largest, i -> {
            int channel = i / (s.height() * s.width() * s.images());
            return (256 + Math.abs(noise[channel * s.images() + i % s.images()])) / deviation[channel];
        });
        // Nothing is divided by one but what comes out as it was.
        int roundings = Arrays.stream(deviation).allMatch(value -> value == 1) ? 2 : 2 + DIVISION_ROUNDINGS;

        Experiment experiment = new Experiment();
        var bytes = experiment.input(pixels);
        var means = experiment.input(mean);
        var deviations = experiment.input(deviation);
        var crop = experiment.input(crops);
        var colour = experiment.input(noise);
        var out = experiment.output("prepared images", expected, Tolerance.ofRoundings(roundings, largest));
        return experiment.run(family, device,
                (kernels, builder, task) -> kernels.prepareImages(builder, task, s, bytes, means, deviations, crop, colour, out));
    }

    private static List<Comparison> reluGradient(double[] sums, double[] gradient, KernelFamily family, TornadoDevice device) {
        double[] output = ReluReference.forward(sums);

        Experiment experiment = new Experiment();
        var out = experiment.input(output);
        var g = experiment.changed("gradient", gradient, ReluReference.gradient(output, gradient), Tolerance.exact());
        return experiment.run(family, device,
                (kernels, builder, task) -> kernels.reluGradient(builder, task, output.length, out, g));
    }

    private static List<Comparison> sgd(int length, ParameterGroup group, float rateFactor, double decay, Numbers numbers,
                                        KernelFamily family, TornadoDevice device) {
        return sgd(group, rateFactor, decay, numbers.uniform(1, length, 1), numbers.uniform(2, length, 0.1), numbers.uniform(3, length, 1), family, device);
    }

    /** The other group has numbers that would be noticed; the paper's decay of 0.0005 would hide below the roundings of the other terms. */
    private static List<Comparison> sgd(ParameterGroup group, float rateFactor, double decay, double[] gradient, double[] momenta,
                                        double[] weights, KernelFamily family, TornadoDevice device) {
        double rate = group == ParameterGroup.BIASES ? 0.02f : 0.01f;
        double[] hyper = new double[Hyper.LENGTH];
        Arrays.fill(hyper, 3);
        hyper[Hyper.RATE + group.ordinal()] = rate;
        hyper[Hyper.WEIGHT_DECAY + group.ordinal()] = decay;
        hyper[Hyper.MOMENTUM] = 0.9f;
        double ownRate = rate * rateFactor;
        int rateRoundings = rateFactor == 1 ? 0 : 1;
        double[] expected = SgdReference.momenta(ownRate, hyper[Hyper.MOMENTUM], decay, gradient, momenta, weights);
        double[] magnitudes = SgdReference.momenta(-ownRate, hyper[Hyper.MOMENTUM], decay, magnitudes(gradient),
                magnitudes(momenta), magnitudes(weights));

        Experiment experiment = new Experiment();
        var numbers = experiment.input(hyper);
        var g = experiment.input(gradient);
        var v = experiment.changed("momenta", momenta, expected, Tolerance.ofRoundings(5 + rateRoundings, magnitudes));
        var w = experiment.changed("weights", weights, sum(weights, expected),
                Tolerance.ofRoundings(6 + rateRoundings, sum(magnitudes(weights), magnitudes)));
        return experiment.run(family, device,
                (kernels, builder, task) -> kernels.sgd(builder, task, gradient.length, group, rateFactor, numbers, g, v, w));
    }

    /** All but the first three elements, to behind the second element of the target. */
    private static List<Comparison> copy(double[] source, KernelFamily family, TornadoDevice device) {
        int length = source.length - 3;
        double[] before = IntStream.range(0, length + 2).mapToDouble(i -> -i).toArray();
        double[] expected = before.clone();
        System.arraycopy(source, 3, expected, 2, length);

        Experiment experiment = new Experiment();
        var from = experiment.input(source);
        var to = experiment.changed("target", before, expected, Tolerance.exact());
        return experiment.run(family, device, (kernels, builder, task) -> kernels.copy(builder, task, length, from, 3, to, 2));
    }

    /** All but the first three elements of {@code source} to the elements of {@code before} from the third on. */
    private static List<Comparison> add(double[] source, double[] before, KernelFamily family, TornadoDevice device) {
        int length = source.length - 3;
        double[] expected = before.clone();
        for (int i = 0; i < length; i++) {
            expected[2 + i] += source[3 + i];
        }

        Experiment experiment = new Experiment();
        var from = experiment.input(source);
        var to = experiment.changed("target", before, expected, Tolerance.ofRoundings(1, expected));
        return experiment.run(family, device, (kernels, builder, task) -> kernels.add(builder, task, length, from, 3, to, 2));
    }

    private static List<Comparison> dropout(DropoutShape s, int mode, double[] values, KernelFamily family, TornadoDevice device) {
        int[] keys = keys(s.images);
        double[] expected = mode == 1
                ? DropoutReference.train(s.images, s.firstUnit, CounterRandom.DROPOUT, s.rate, s.inverted, keys, values)
                : DropoutReference.test(s.rate, s.inverted, values);

        Experiment experiment = new Experiment();
        var modes = experiment.input(new int[] {mode});
        var imageKeys = experiment.input(keys);
        var v = experiment.changed("values", values, expected,
                s.inverted == (mode == 1) ? scaled(expected) : Tolerance.exact());
        return experiment.run(family, device, (kernels, builder, task) -> kernels.dropout(builder, task, s.images, s.units,
                s.firstUnit, CounterRandom.DROPOUT, s.rate, s.inverted, modes, imageKeys, v));
    }

    private static List<Comparison> dropoutGradient(DropoutShape s, double[] gradient, KernelFamily family, TornadoDevice device) {
        int[] keys = keys(s.images);

        double[] expected = DropoutReference.train(s.images, s.firstUnit, CounterRandom.DROPOUT + 1, s.rate, s.inverted, keys, gradient);

        Experiment experiment = new Experiment();
        var imageKeys = experiment.input(keys);
        var g = experiment.changed("gradient", gradient, expected, s.inverted ? scaled(expected) : Tolerance.exact());
        return experiment.run(family, device, (kernels, builder, task) -> kernels.dropoutGradient(builder, task, s.images,
                s.units, s.firstUnit, CounterRandom.DROPOUT + 1, s.rate, s.inverted, imageKeys, g));
    }

    /** The share that is kept, one over it, and the product. */
    private static Tolerance scaled(double[] expected) {
        return Tolerance.ofRoundings(3, expected);
    }

    private static int[] keys(int images) {
        int[] keys = new int[images];
        Arrays.setAll(keys, image -> CounterRandom.imageKey(42, 0, image));
        return keys;
    }

    private static double[] sum(double[] a, double[] b) {
        double[] sum = new double[a.length];
        Arrays.setAll(sum, i -> a[i] + b[i]);
        return sum;
    }
}
