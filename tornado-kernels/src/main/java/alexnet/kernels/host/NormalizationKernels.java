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
 * sum would subtract what it added and keep the rounding. The scales are not kept for the way back: to compute them again takes
 * less time than to write and read them.
 *
 * <p>The last vector of a block is moved back to end with it and computes some places again, with the same result.
 *
 * <p>Arrays {@code [channels][places]} on the side of the input, {@code [count][places]} on that of the output, see
 * {@link alexnet.kernels.NormalizationShape}.
 */
final class NormalizationKernels {

    /** Places in a block. */
    private static final int PLACES = 1024;
    /** Places in a block of the way back, whose terms for all channels should stay in the second-level cache. */
    private static final int PLACES_BACK = 256;

    private NormalizationKernels() {
    }

    /** The number of blocks of {@link #forward}. */
    static int blocks(int places) {
        return Math.ceilDiv(places, PLACES);
    }

    /** The number of blocks of {@link #inputGradient}. */
    static int blocksBack(int places) {
        return Math.ceilDiv(places, PLACES_BACK);
    }

    /** {@code output = input * scales^-beta}, {@code scales = k + alpha * sum of squares} of the neighbouring channels of the group. */
    static void forward(int places, int group, int first, int count, int size, float alpha, float beta, float k, int blocks,
                        FloatArray input, FloatArray output) {
        float[] in = HostArrays.floats(input);
        float[] out = HostArrays.floats(output);
        for (@Parallel int block = 0; block < blocks; block++) {
            int to = Math.min(places, (block + 1) * PLACES);
            int from = Math.min(block * PLACES, to - Lanes.COUNT);
            for (int channel = 0; channel < count; channel++) {
                int border = (first + channel) / group * group;
                int lowest = Math.max(border, first + channel - size / 2) * places;
                int highest = Math.min(border + group - 1, first + channel + size / 2) * places;
                normalize(in, (first + channel) * places + from, lowest + from, highest + from, places, alpha, beta, k, out,
                        channel * places + from, to - from);
            }
        }
    }

    /**
     * {@code inputGradient[c] = outputGradient[c] * scales[c]^-beta
     * - 2 alpha beta input[c] * sum of outputGradient[j] * output[j] / scales[j]} over the channels j of the output that c takes
     * part in; a channel that the output does not have gets the second term only. Scales and output are computed again.
     *
     * @param relu whether zero takes its place where the input isn't positive
     */
    static void inputGradient(int places, int channels, int group, int first, int count, int size, float alpha, float beta, float k,
                              boolean relu, int blocks, FloatArray input, FloatArray outputGradient, FloatArray inputGradient) {
        float[] in = HostArrays.floats(input);
        float[] gradient = HostArrays.floats(outputGradient);
        float[] result = HostArrays.floats(inputGradient);
        // The first terms, then the ratios of the sum, each [count][PLACES_BACK], then the first terms of the other channels: zeros.
        float[] scratch = Scratch.ofThread().floats((2 * count + 1) * PLACES_BACK);
        int ratios = count * PLACES_BACK;
        int zeros = 2 * ratios;
        Arrays.fill(scratch, zeros, zeros + PLACES_BACK, 0);
        for (@Parallel int block = 0; block < blocks; block++) {
            int to = Math.min(places, (block + 1) * PLACES_BACK);
            int from = Math.min(block * PLACES_BACK, to - Lanes.COUNT);
            for (int channel = 0; channel < count; channel++) {
                int border = (first + channel) / group * group;
                int lowest = Math.max(border, first + channel - size / 2) * places;
                int highest = Math.min(border + group - 1, first + channel + size / 2) * places;
                termsAndRatios(in, (first + channel) * places + from, lowest + from, highest + from, places, alpha, beta, k, gradient,
                        channel * places + from, to - from, scratch, channel * PLACES_BACK, ratios);
            }
            for (int channel = 0; channel < channels; channel++) {
                int own = channel - first;
                int term = own >= 0 && own < count ? own * PLACES_BACK : zeros;
                int border = channel / group * group;
                int lowest = ratios + Math.max(border, own - size / 2) * PLACES_BACK;
                int highest = ratios + Math.min(Math.min(border + group, count) - 1, own + size / 2) * PLACES_BACK;
                int start = channel * places;
                subtractShares(scratch, term, lowest, highest, in, start + from, start + to, 2 * alpha * beta, relu, result);
            }
        }
    }

    /** {@code k + alpha * sum of squares}, of a vector of each of the channels of a sum; the paper's five without a loop. */
    private static FloatVector scale(float[] in, int first, int last, int stride, float alpha, float k) {
        FloatVector sum = FloatVector.zero(FLOATS);
        if (last - first == 4 * stride) {
            sum = addSquare(in, first, sum);
            sum = addSquare(in, first + stride, sum);
            sum = addSquare(in, first + 2 * stride, sum);
            sum = addSquare(in, first + 3 * stride, sum);
            sum = addSquare(in, last, sum);
        } else {
            for (int j = first; j <= last; j += stride) {
                sum = addSquare(in, j, sum);
            }
        }
        return sum.mul(alpha).add(k);
    }

    private static FloatVector addSquare(float[] in, int at, FloatVector sum) {
        FloatVector value = FloatVector.fromArray(FLOATS, in, at);
        return value.fma(value, sum);
    }

    /** The same of one place. */
    private static float scaleOfOne(float[] in, int first, int last, int stride, float alpha, float k) {
        float sum = 0;
        for (int j = first; j <= last; j += stride) {
            sum += in[j] * in[j];
        }
        return k + alpha * sum;
    }

    /** {@code out = in / scale^beta} for so many places of a channel; for any beta but the paper's one by one. */
    private static void normalize(float[] in, int own, int first, int last, int stride, float alpha, float beta, float k, float[] out,
                                  int target, int length) {
        if (beta != 0.75f) {
            for (int i = 0; i < length; i++) {
                float scale = scaleOfOne(in, first + i, last + i, stride, alpha, k);
                out[target + i] = (float) (in[own + i] / Math.pow(scale, beta));
            }
            return;
        }
        for (int i = 0; i < length; i += Lanes.COUNT) {
            int at = Math.min(i, length - Lanes.COUNT);
            FloatVector power = InversePower.threeQuarters(scale(in, first + at, last + at, stride, alpha, k));
            FloatVector.fromArray(FLOATS, in, own + at).mul(power).intoArray(out, target + at);
        }
    }

    /** A channel's {@code gradient / scale^beta} to {@code term}, and that times {@code in / scale} {@code ratios} further on. */
    private static void termsAndRatios(float[] in, int own, int first, int last, int stride, float alpha, float beta, float k,
                                       float[] gradient, int source, int length, float[] scratch, int term, int ratios) {
        if (beta != 0.75f) {
            for (int i = 0; i < length; i++) {
                float scale = scaleOfOne(in, first + i, last + i, stride, alpha, k);
                double quotient = gradient[source + i] / Math.pow(scale, beta);
                scratch[term + i] = (float) quotient;
                scratch[term + ratios + i] = (float) (quotient * in[own + i] / scale);
            }
            return;
        }
        for (int i = 0; i < length; i += Lanes.COUNT) {
            int at = Math.min(i, length - Lanes.COUNT);
            FloatVector scale = scale(in, first + at, last + at, stride, alpha, k);
            FloatVector power = InversePower.threeQuarters(scale);
            // 1 / scale by products; an infinite scale gives 0.
            FloatVector root = scale.min(Float.MAX_VALUE).mul(power).mul(power);
            FloatVector quotient = FloatVector.fromArray(FLOATS, gradient, source + at).mul(power);
            quotient.intoArray(scratch, term + at);
            quotient.mul(FloatVector.fromArray(FLOATS, in, own + at)).mul(root.mul(root)).intoArray(scratch, term + ratios + at);
        }
    }

    private static void subtractShares(float[] scratch, int term, int first, int last, float[] in, int from, int to,
                                       float factor, boolean relu, float[] result) {
        for (int i = from; i < to; i += Lanes.COUNT) {
            int at = Math.min(i, to - Lanes.COUNT);
            FloatVector sum = FloatVector.zero(FLOATS);
            for (int j = first; j <= last; j += PLACES_BACK) {
                sum = sum.add(FloatVector.fromArray(FLOATS, scratch, j + at - from));
            }
            FloatVector value = FloatVector.fromArray(FLOATS, in, at);
            FloatVector gradient = FloatVector.fromArray(FLOATS, scratch, term + at - from).sub(value.mul(factor).mul(sum));
            if (relu) {
                gradient = FloatVector.zero(FLOATS).blend(gradient, value.compare(VectorOperators.GT, 0));
            }
            gradient.intoArray(result, at);
        }
    }
}
