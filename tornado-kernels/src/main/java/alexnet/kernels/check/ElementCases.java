package alexnet.kernels.check;

import static alexnet.kernels.check.Numbers.integers;
import static alexnet.kernels.check.Numbers.magnitudes;
import static alexnet.kernels.check.Numbers.uniform;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import alexnet.kernels.CounterRandom;
import alexnet.kernels.Hyper;
import alexnet.kernels.ImageShape;
import alexnet.kernels.KernelFamily;
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
            new ImageShape(16, 1, 5, 7, 4, 3));
    private static final int[] LENGTHS = {1, 16, 1001};

    private ElementCases() {
    }

    static Stream<Case> all() {
        return Stream.of(
                IMAGES.stream().map(s -> new Case("prepareImages " + s, (family, device) -> prepareImages(s, family, device))),
                Arrays.stream(LENGTHS).boxed().flatMap(n -> Stream.of(
                        new Case("reluGradient of " + n, (family, device) -> reluGradient(n, family, device)),
                        new Case("sgd of " + n, (family, device) -> sgd(n, true, family, device)),
                        new Case("sgd without decay of " + n, (family, device) -> sgd(n, false, family, device)),
                        new Case("copy of " + n, (family, device) -> copy(n, family, device)),
                        new Case("add of " + n, (family, device) -> add(n, family, device)))),
                Stream.of(
                        new Case("dropout in training", (family, device) -> dropout(19, 13, 5, 0.5f, 1, family, device)),
                        new Case("dropout of a quarter in training",
                                (family, device) -> dropout(128, 4, 0, 0.25f, 1, family, device)),
                        new Case("dropout in a test", (family, device) -> dropout(19, 13, 5, 0.5f, 0, family, device)),
                        new Case("dropoutGradient", (family, device) -> dropoutGradient(33, 7, 2048, 0.5f, family, device))))
                .flatMap(cases -> cases);
    }

    private static List<Comparison> prepareImages(ImageShape s, KernelFamily family, TornadoDevice device) {
        byte[] pixels = Numbers.bytes(1, s.pixelLength());
        double[] mean = Arrays.stream(uniform(2, s.imageLength(), 128)).map(value -> (float) (value + 128)).toArray();
        double[] noise = uniform(3, s.channels() * s.images(), 20);
        int[] crops = new int[ImageShape.CROP_FIELDS * s.images()];
        System.arraycopy(integers(4, s.images(), 0, s.storedHeight() - s.height() + 1), 0, crops, 0, s.images());
        System.arraycopy(integers(5, s.images(), 0, s.storedWidth() - s.width() + 1), 0, crops, s.images(), s.images());
        System.arraycopy(integers(6, s.images(), 0, 2), 0, crops, 2 * s.images(), s.images());
        double[] expected = ImageReference.prepare(s, pixels, mean, crops, noise);
        double[] largest = new double[expected.length];
        Arrays.fill(largest, 256 + 20);

        Experiment experiment = new Experiment();
        var bytes = experiment.input(pixels);
        var means = experiment.input(mean);
        var crop = experiment.input(crops);
        var colour = experiment.input(noise);
        var out = experiment.output("prepared images", expected, Tolerance.ofRoundings(2, largest));
        return experiment.run(family, device,
                (kernels, builder, task) -> kernels.prepareImages(builder, task, s, bytes, means, crop, colour, out));
    }

    private static List<Comparison> reluGradient(int length, KernelFamily family, TornadoDevice device) {
        double[] output = Arrays.stream(uniform(1, length, 1)).map(value -> Math.max(0, value)).toArray();
        for (int i = 7; i < length; i += 50) {
            output[i] = Double.NaN;
        }
        double[] gradient = uniform(2, length, 1);

        Experiment experiment = new Experiment();
        var out = experiment.input(output);
        var g = experiment.changed("gradient", gradient, ReluReference.gradient(output, gradient), Tolerance.exact(length));
        return experiment.run(family, device, (kernels, builder, task) -> kernels.reluGradient(builder, task, length, out, g));
    }

    private static List<Comparison> sgd(int length, boolean decayed, KernelFamily family, TornadoDevice device) {
        double[] hyper = new double[Hyper.LENGTH];
        hyper[Hyper.RATE] = 0.01f;
        hyper[Hyper.MOMENTUM] = 0.9f;
        // The paper's 0.0005 would hide below the roundings of the other terms.
        hyper[Hyper.WEIGHT_DECAY] = 0.5;
        double decay = decayed ? hyper[Hyper.WEIGHT_DECAY] : 0;
        double[] gradient = uniform(1, length, 1);
        double[] momenta = uniform(2, length, 0.1);
        double[] weights = uniform(3, length, 1);
        double[] expected = SgdReference.momenta(hyper[Hyper.RATE], hyper[Hyper.MOMENTUM], decay, gradient, momenta, weights);
        double[] magnitudes = SgdReference.momenta(-hyper[Hyper.RATE], hyper[Hyper.MOMENTUM], decay, magnitudes(gradient),
                magnitudes(momenta), magnitudes(weights));

        Experiment experiment = new Experiment();
        var numbers = experiment.input(hyper);
        var g = experiment.input(gradient);
        var v = experiment.changed("momenta", momenta, expected, Tolerance.ofRoundings(5, magnitudes));
        var w = experiment.changed("weights", weights, sum(weights, expected),
                Tolerance.ofRoundings(6, sum(magnitudes(weights), magnitudes)));
        return experiment.run(family, device,
                (kernels, builder, task) -> kernels.sgd(builder, task, length, decayed, numbers, g, v, w));
    }

    private static List<Comparison> copy(int length, KernelFamily family, TornadoDevice device) {
        double[] source = uniform(1, length + 3, 1);
        double[] target = uniform(2, length + 4, 1);
        double[] expected = target.clone();
        System.arraycopy(source, 3, expected, 2, length);

        Experiment experiment = new Experiment();
        var from = experiment.input(source);
        var to = experiment.changed("target", target, expected, Tolerance.exact(expected.length));
        return experiment.run(family, device, (kernels, builder, task) -> kernels.copy(builder, task, length, from, 3, to, 2));
    }

    private static List<Comparison> add(int length, KernelFamily family, TornadoDevice device) {
        double[] a = uniform(1, length + 5, 1);
        double[] b = uniform(2, length, 1);
        double[] expected = sum(Arrays.copyOfRange(a, 5, a.length), b);

        Experiment experiment = new Experiment();
        var left = experiment.input(a);
        var right = experiment.input(b);
        var target = experiment.output("target", expected, Tolerance.ofRoundings(1, expected));
        return experiment.run(family, device,
                (kernels, builder, task) -> kernels.add(builder, task, length, left, 5, right, target));
    }

    private static List<Comparison> dropout(int images, int units, int firstUnit, float rate, int mode, KernelFamily family,
                                            TornadoDevice device) {
        int[] keys = keys(images);
        double[] values = uniform(1, units * images, 1);
        double[] expected = mode == 1
                ? DropoutReference.train(images, firstUnit, CounterRandom.DROPOUT, rate, keys, values)
                : DropoutReference.test(rate, values);

        Experiment experiment = new Experiment();
        var modes = experiment.input(new int[] {mode});
        var imageKeys = experiment.input(keys);
        var v = experiment.changed("values", values, expected,
                mode == 1 ? Tolerance.exact(values.length) : Tolerance.ofRoundings(1, expected));
        return experiment.run(family, device, (kernels, builder, task) -> kernels.dropout(builder, task, images, units,
                firstUnit, CounterRandom.DROPOUT, rate, modes, imageKeys, v));
    }

    private static List<Comparison> dropoutGradient(int images, int units, int firstUnit, float rate, KernelFamily family,
                                                    TornadoDevice device) {
        int[] keys = keys(images);
        double[] gradient = uniform(1, units * images, 1);

        Experiment experiment = new Experiment();
        var imageKeys = experiment.input(keys);
        var g = experiment.changed("gradient", gradient,
                DropoutReference.train(images, firstUnit, CounterRandom.DROPOUT + 1, rate, keys, gradient),
                Tolerance.exact(gradient.length));
        return experiment.run(family, device, (kernels, builder, task) -> kernels.dropoutGradient(builder, task, images, units,
                firstUnit, CounterRandom.DROPOUT + 1, rate, imageKeys, g));
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
