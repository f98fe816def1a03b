package alexnet.kernels.host;

import static alexnet.kernels.host.Lanes.FLOATS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Local response normalisation across channels (paper, section 3.3). A channel's {@code places = height * width * images}
 * are independent of each other; a block is a stretch of them in every channel, short enough for the channels of a sum to
 * stay in the first-level cache from one sum to the next. Sums are always taken anew: a running sum would subtract what it
 * added and keep the rounding.
 *
 * <p>Arrays {@code [channels][places]}.
 */
final class NormalizationKernels {

    /** Places in a block. */
    private static final int PLACES = 512;

    private NormalizationKernels() {
    }

    /** The number of blocks of both kernels. */
    static int blocks(int places) {
        return Math.ceilDiv(places, PLACES);
    }

    /** {@code output = input * scales^-beta}, {@code scales = k + alpha * sum of squares} of the neighbouring channels. */
    static void forward(int places, int channels, int size, float alpha, float beta, float k, int blocks, FloatArray input,
                        FloatArray scales, FloatArray output) {
        float[] in = HostArrays.floats(input);
        float[] scale = HostArrays.floats(scales);
        float[] out = HostArrays.floats(output);
        for (@Parallel int block = 0; block < blocks; block++) {
            int from = block * PLACES;
            int to = Math.min(places, from + PLACES);
            for (int channel = 0; channel < channels; channel++) {
                int first = Math.max(0, channel - size / 2) * places;
                int last = Math.min(channels - 1, channel + size / 2) * places;
                int start = channel * places;
                squares(in, from, to, first, last, places, alpha, k, scale, start);
                scale(in, scale, start + from, start + to, beta, out);
            }
        }
    }

    /**
     * {@code inputGradient[c] = outputGradient[c] * scales[c]^-beta
     * - 2 alpha beta input[c] * sum of outputGradient[j] * output[j] / scales[j]} over the channels j that c takes part in.
     */
    static void inputGradient(int places, int channels, int size, float alpha, float beta, int blocks, FloatArray input,
                              FloatArray scales, FloatArray output, FloatArray outputGradient, FloatArray inputGradient) {
        float[] in = HostArrays.floats(input);
        float[] scale = HostArrays.floats(scales);
        float[] out = HostArrays.floats(output);
        float[] gradient = HostArrays.floats(outputGradient);
        float[] result = HostArrays.floats(inputGradient);
        float[] ratios = Scratch.ofThread().floats(channels * PLACES);
        for (@Parallel int block = 0; block < blocks; block++) {
            int from = block * PLACES;
            int to = Math.min(places, from + PLACES);
            for (int channel = 0; channel < channels; channel++) {
                ratios(gradient, out, scale, channel * places + from, channel * places + to, ratios, channel * PLACES);
            }
            for (int channel = 0; channel < channels; channel++) {
                int first = Math.max(0, channel - size / 2) * PLACES;
                int last = Math.min(channels - 1, channel + size / 2) * PLACES;
                int start = channel * places;
                scale(gradient, scale, start + from, start + to, beta, result);
                subtract(ratios, first, last, in, start + from, start + to, 2 * alpha * beta, result);
            }
        }
    }

    private static void squares(float[] in, int from, int to, int first, int last, int stride, float alpha, float k,
                                float[] scale, int start) {
        for (int i = from; i < to; i += Lanes.COUNT) {
            VectorMask<Float> mask = FLOATS.indexInRange(i, to);
            FloatVector sum = FloatVector.zero(FLOATS);
            for (int j = first; j <= last; j += stride) {
                FloatVector value = FloatVector.fromArray(FLOATS, in, j + i, mask);
                sum = value.fma(value, sum);
            }
            sum.mul(alpha).add(k).intoArray(scale, start + i, mask);
        }
    }

    /** {@code out = values * scale^-beta}; for the paper's 3/4 by square roots, a good deal faster than a power. */
    private static void scale(float[] values, float[] scale, int from, int to, float beta, float[] out) {
        if (beta != 0.75f) {
            for (int i = from; i < to; i++) {
                out[i] = (float) (values[i] * Math.pow(scale[i], -beta));
            }
            return;
        }
        for (int i = from; i < to; i += Lanes.COUNT) {
            VectorMask<Float> mask = FLOATS.indexInRange(i, to);
            FloatVector root = FloatVector.fromArray(FLOATS, scale, i, mask).lanewise(VectorOperators.SQRT);
            FloatVector power = root.mul(root.lanewise(VectorOperators.SQRT));
            FloatVector.fromArray(FLOATS, values, i, mask).div(power).intoArray(out, i, mask);
        }
    }

    private static void ratios(float[] gradient, float[] out, float[] scale, int from, int to, float[] ratios, int start) {
        for (int i = from; i < to; i += Lanes.COUNT) {
            VectorMask<Float> mask = FLOATS.indexInRange(i, to);
            FloatVector.fromArray(FLOATS, gradient, i, mask).mul(FloatVector.fromArray(FLOATS, out, i, mask))
                    .div(FloatVector.fromArray(FLOATS, scale, i, mask)).intoArray(ratios, start + i - from, mask);
        }
    }

    private static void subtract(float[] ratios, int first, int last, float[] in, int from, int to, float factor,
                                 float[] result) {
        for (int i = from; i < to; i += Lanes.COUNT) {
            VectorMask<Float> mask = FLOATS.indexInRange(i, to);
            FloatVector sum = FloatVector.zero(FLOATS);
            for (int j = first; j <= last; j += PLACES) {
                sum = sum.add(FloatVector.fromArray(FLOATS, ratios, j + i - from, mask));
            }
            FloatVector share = FloatVector.fromArray(FLOATS, in, i, mask).mul(factor).mul(sum);
            FloatVector.fromArray(FLOATS, result, i, mask).sub(share).intoArray(result, i, mask);
        }
    }
}
