package alexnet.peers;

import java.nio.FloatBuffer;
import java.util.function.IntToDoubleFunction;

import alexnet.core.network.Architecture;
import alexnet.kernels.CounterRandom;

/** Data that is the same every time. */
final class MadeUp {

    private static final int SEED = 1;
    private static final int SAMPLES = 256;

    private MadeUp() {
    }

    /** Images, {@code [images][channels][inputSize][inputSize]}, samples of 0 to 255 less {@code mean}. */
    static void images(FloatBuffer target, float mean) {
        fill(target, i -> CounterRandom.below(SAMPLES, SEED, 0, i) - mean);
    }

    /** Weights from N(0, deviation). */
    static void weights(FloatBuffer target, double deviation) {
        fill(target, i -> deviation * CounterRandom.gaussian(SEED, CounterRandom.WEIGHTS, i));
    }

    /** The class of each image. */
    static int label(Architecture architecture, int image) {
        return CounterRandom.below(architecture.classes(), SEED, 1, image);
    }

    /** Values of a batch of images. */
    static int imagesLength(Architecture architecture, int batchSize) {
        return Math.toIntExact((long) batchSize * architecture.channels() * architecture.inputSize() * architecture.inputSize());
    }

    private static void fill(FloatBuffer target, IntToDoubleFunction value) {
        for (int i = 0; i < target.capacity(); i++) {
            target.put(i, (float) value.applyAsDouble(i));
        }
    }
}
