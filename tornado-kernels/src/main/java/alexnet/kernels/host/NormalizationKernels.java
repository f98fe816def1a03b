package alexnet.kernels.host;

import static alexnet.kernels.host.Lanes.FLOATS;

import java.util.Arrays;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Local response normalisation across channels (paper, section 3.3). A channel's {@code places = height * width * images},
 * at least a vector of them, are independent of each other; a block is a stretch of them in every channel, short enough for
 * the channels of a sum to stay in the first-level cache from one sum to the next. Sums are always taken anew: a running
 * sum would subtract what it added and keep the rounding.
 *
 * <p>The last vector of a block is moved back to end with it and computes some places again, with the same result.
 *
 * <p>Arrays {@code [channels][places]} on the side of the input, {@code [count][places]} on that of the output, see
 * {@link alexnet.kernels.NormalizationShape}.
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

    /** {@code output = input * scales^-beta}, {@code scales = k + alpha * sum of squares} of the neighbouring channels of the group. */
    static void forward(int places, int group, int first, int count, int size, float alpha, float beta, float k, int blocks,
                        FloatArray input, FloatArray scales, FloatArray output) {
        float[] in = HostArrays.floats(input);
        float[] scale = HostArrays.floats(scales);
        float[] out = HostArrays.floats(output);
        for (@Parallel int block = 0; block < blocks; block++) {
            int to = Math.min(places, (block + 1) * PLACES);
            int from = Math.min(block * PLACES, to - Lanes.COUNT);
            for (int channel = 0; channel < count; channel++) {
                int border = (first + channel) / group * group;
                int lowest = Math.max(border, first + channel - size / 2) * places;
                int highest = Math.min(border + group - 1, first + channel + size / 2) * places;
                int start = channel * places;
                scales(in, lowest + from, highest + from, places, alpha, k, scale, start + from, start + to);
                divideByPower(in, first * places, scale, start + from, start + to, beta, out);
            }
        }
    }

    /**
     * {@code inputGradient[c] = outputGradient[c] * scales[c]^-beta
     * - 2 alpha beta input[c] * sum of outputGradient[j] * output[j] / scales[j]} over the channels j of the output that c takes
     * part in; a channel that the output does not have gets the second term only. The output is computed again, which takes less time
     * than reading it.
     */
    static void inputGradient(int places, int channels, int group, int first, int count, int size, float alpha, float beta,
                              int blocks, FloatArray input, FloatArray scales, FloatArray outputGradient, FloatArray inputGradient) {
        float[] in = HostArrays.floats(input);
        float[] scale = HostArrays.floats(scales);
        float[] gradient = HostArrays.floats(outputGradient);
        float[] result = HostArrays.floats(inputGradient);
        // The first terms, then the ratios of the sum, each [count][PLACES], then the first terms of the other channels: zeros.
        float[] scratch = Scratch.ofThread().floats((2 * count + 1) * PLACES);
        int ratios = count * PLACES;
        int zeros = 2 * ratios;
        Arrays.fill(scratch, zeros, zeros + PLACES, 0);
        for (@Parallel int block = 0; block < blocks; block++) {
            int to = Math.min(places, (block + 1) * PLACES);
            int from = Math.min(block * PLACES, to - Lanes.COUNT);
            for (int channel = 0; channel < count; channel++) {
                int start = channel * places;
                termsAndRatios(gradient, in, first * places, scale, start + from, start + to, beta, scratch, channel * PLACES, ratios);
            }
            for (int channel = 0; channel < channels; channel++) {
                int own = channel - first;
                int term = own >= 0 && own < count ? own * PLACES : zeros;
                int border = channel / group * group;
                int lowest = ratios + Math.max(border, own - size / 2) * PLACES;
                int highest = ratios + Math.min(Math.min(border + group, count) - 1, own + size / 2) * PLACES;
                int start = channel * places;
                subtractShares(scratch, term, lowest, highest, in, start + from, start + to, 2 * alpha * beta, result);
            }
        }
    }

    private static void scales(float[] in, int first, int last, int stride, float alpha, float k, float[] scale, int from,
                               int to) {
        for (int i = from; i < to; i += Lanes.COUNT) {
            int at = Math.min(i, to - Lanes.COUNT);
            FloatVector sum = FloatVector.zero(FLOATS);
            for (int j = first; j <= last; j += stride) {
                FloatVector value = FloatVector.fromArray(FLOATS, in, j + at - from);
                sum = value.fma(value, sum);
            }
            sum.mul(alpha).add(k).intoArray(scale, at);
        }
    }

    /**
     * {@code target = values / scale^beta}; for the paper's 3/4 by square roots, which are a good deal faster than a power. What is
     * at {@code from} of the others is at {@code offset + from} of {@code values}.
     */
    private static void divideByPower(float[] values, int offset, float[] scale, int from, int to, float beta, float[] target) {
        if (beta != 0.75f) {
            for (int i = from; i < to; i++) {
                target[i] = (float) (values[offset + i] / Math.pow(scale[i], beta));
            }
            return;
        }
        for (int i = from; i < to; i += Lanes.COUNT) {
            int at = Math.min(i, to - Lanes.COUNT);
            FloatVector root = FloatVector.fromArray(FLOATS, scale, at).lanewise(VectorOperators.SQRT);
            FloatVector power = root.mul(root.lanewise(VectorOperators.SQRT));
            FloatVector.fromArray(FLOATS, values, offset + at).div(power).intoArray(target, at);
        }
    }

    /**
     * A channel's {@code gradient / scale^beta} to {@code term}, and that times {@code in / scale} {@code ratios} further on. What is
     * at {@code from} of the others is at {@code offset + from} of {@code in}.
     */
    private static void termsAndRatios(float[] gradient, float[] in, int offset, float[] scale, int from, int to, float beta,
                                       float[] scratch, int term, int ratios) {
        if (beta != 0.75f) {
            for (int i = from; i < to; i++) {
                double quotient = gradient[i] / Math.pow(scale[i], beta);
                scratch[term + i - from] = (float) quotient;
                scratch[term + ratios + i - from] = (float) (quotient * in[offset + i] / scale[i]);
            }
            return;
        }
        for (int i = from; i < to; i += Lanes.COUNT) {
            int at = Math.min(i, to - Lanes.COUNT);
            FloatVector root = FloatVector.fromArray(FLOATS, scale, at).lanewise(VectorOperators.SQRT);
            FloatVector power = FloatVector.broadcast(FLOATS, 1).div(root.mul(root.lanewise(VectorOperators.SQRT)));
            // 1 / scale without another division, the dearest of these operations; an infinite scale gives 0.
            FloatVector inverse = power.mul(power.mul(root.min(Float.MAX_VALUE)));
            FloatVector quotient = FloatVector.fromArray(FLOATS, gradient, at).mul(power);
            quotient.intoArray(scratch, term + at - from);
            quotient.mul(FloatVector.fromArray(FLOATS, in, offset + at)).mul(inverse).intoArray(scratch, term + ratios + at - from);
        }
    }

    private static void subtractShares(float[] scratch, int term, int first, int last, float[] in, int from, int to,
                                       float factor, float[] result) {
        for (int i = from; i < to; i += Lanes.COUNT) {
            int at = Math.min(i, to - Lanes.COUNT);
            FloatVector sum = FloatVector.zero(FLOATS);
            for (int j = first; j <= last; j += PLACES) {
                sum = sum.add(FloatVector.fromArray(FLOATS, scratch, j + at - from));
            }
            FloatVector share = FloatVector.fromArray(FLOATS, in, at).mul(factor).mul(sum);
            FloatVector.fromArray(FLOATS, scratch, term + at - from).sub(share).intoArray(result, at);
        }
    }
}
