package alexnet.kernels.host;

import static alexnet.kernels.host.Lanes.FLOATS;
import static alexnet.kernels.host.Lanes.INTS;

import alexnet.kernels.CounterRandom;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Dropout (paper, section 4.2), a vector of images at a time: {@link CounterRandom} in vectors of ints, which draws the same. A
 * block is a unit. Arrays: values and gradient {@code [units][images]}, imageKeys {@code [images]}.
 */
final class DropoutKernels {

    private DropoutKernels() {
    }

    /** Draws of {@link CounterRandom#bits} below this are dropped: those whose {@link CounterRandom#uniform} is below the rate. */
    static int dropped(float rate) {
        return (int) Math.ceil(rate * (double) (1 << CounterRandom.BITS));
    }

    /** In place: training ({@code mode[0] == 1}) zeroes what is dropped and scales the rest; testing scales everything. */
    static void forward(int images, int units, int firstUnit, int purpose, int dropped, float trainingScale, float testingScale,
                        IntArray mode, IntArray imageKeys, FloatArray values) {
        boolean training = mode.get(0) == 1;
        int[] keys = HostArrays.ints(imageKeys);
        float[] all = HostArrays.floats(values);
        for (@Parallel int unit = 0; unit < units; unit++) {
            if (training) {
                drop(images, firstUnit + unit, purpose, dropped, trainingScale, keys, all, unit * images);
            } else {
                scale(images, testingScale, all, unit * images);
            }
        }
    }

    /** In place: zero where {@link #forward} in training zeroed the value, the rest scaled as there. */
    static void gradient(int images, int units, int firstUnit, int purpose, int dropped, float trainingScale, IntArray imageKeys,
                         FloatArray gradient) {
        int[] keys = HostArrays.ints(imageKeys);
        float[] all = HostArrays.floats(gradient);
        for (@Parallel int unit = 0; unit < units; unit++) {
            drop(images, firstUnit + unit, purpose, dropped, trainingScale, keys, all, unit * images);
        }
    }

    private static void drop(int images, int unit, int purpose, int dropped, float scale, int[] keys, float[] values, int start) {
        int image = 0;
        for (; image <= images - Lanes.COUNT; image += Lanes.COUNT) {
            // CounterRandom.mix of the purpose and then of the unit, written out: no vector crosses a call, see NormalizationKernels.
            IntVector hash = IntVector.fromArray(INTS, keys, image).mul(0x9E3779B1).add(purpose);
            hash = hash.lanewise(VectorOperators.XOR, hash.lanewise(VectorOperators.LSHR, 16)).mul(0x85EBCA6B);
            hash = hash.lanewise(VectorOperators.XOR, hash.lanewise(VectorOperators.LSHR, 13)).mul(0xC2B2AE35);
            hash = hash.lanewise(VectorOperators.XOR, hash.lanewise(VectorOperators.LSHR, 16)).mul(0x9E3779B1).add(unit);
            hash = hash.lanewise(VectorOperators.XOR, hash.lanewise(VectorOperators.LSHR, 16)).mul(0x85EBCA6B);
            hash = hash.lanewise(VectorOperators.XOR, hash.lanewise(VectorOperators.LSHR, 13)).mul(0xC2B2AE35);
            hash = hash.lanewise(VectorOperators.XOR, hash.lanewise(VectorOperators.LSHR, 16));
            VectorMask<Float> kept = hash.lanewise(VectorOperators.LSHR, Integer.SIZE - CounterRandom.BITS)
                    .compare(VectorOperators.GE, dropped).cast(FLOATS);
            FloatVector scaled = FloatVector.fromArray(FLOATS, values, start + image).mul(scale);
            FloatVector.zero(FLOATS).blend(scaled, kept).intoArray(values, start + image);
        }
        for (; image < images; image++) {
            boolean kept = CounterRandom.bits(keys[image], purpose, unit) >= dropped;
            values[start + image] = kept ? values[start + image] * scale : 0;
        }
    }

    private static void scale(int images, float scale, float[] values, int start) {
        int image = 0;
        for (; image <= images - Lanes.COUNT; image += Lanes.COUNT) {
            FloatVector.fromArray(FLOATS, values, start + image).mul(scale).intoArray(values, start + image);
        }
        for (; image < images; image++) {
            values[start + image] *= scale;
        }
    }
}
