package alexnet.kernels.portable;

import alexnet.kernels.CounterRandom;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Dropout (paper, section 4.2). Arrays: values and gradient {@code [units][images]}, imageKeys {@code [images]}. */
final class DropoutKernels {

    private DropoutKernels() {
    }

    /** In place: training ({@code mode[0] == 1}) zeroes a share {@code rate} and scales the rest; testing scales everything. */
    static void dropoutForward(int images, int units, int firstUnit, int purpose, float rate, float trainingScale,
                               float testingScale, IntArray mode, IntArray imageKeys, FloatArray values) {
        for (@Parallel int at = 0; at < units * images; at++) {
            float draw = CounterRandom.uniform(imageKeys.get(at % images), purpose, firstUnit + at / images);
            float trained = draw < rate ? 0 : values.get(at) * trainingScale;
            values.set(at, mode.get(0) == 1 ? trained : values.get(at) * testingScale);
        }
    }

    /** In place: zero where {@link #dropoutForward} in training zeroed the value, the rest scaled as there. */
    static void dropoutBackward(int images, int units, int firstUnit, int purpose, float rate, float trainingScale,
                                IntArray imageKeys, FloatArray gradient) {
        for (@Parallel int at = 0; at < units * images; at++) {
            float draw = CounterRandom.uniform(imageKeys.get(at % images), purpose, firstUnit + at / images);
            gradient.set(at, draw < rate ? 0 : gradient.get(at) * trainingScale);
        }
    }
}
