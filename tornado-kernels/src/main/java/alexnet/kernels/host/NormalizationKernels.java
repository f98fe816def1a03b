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
 * <p>Vectors never cross calls between methods of ours, only arrays do: where the JIT has not seen enough of a method to inline what it calls,
 * or of a branch to leave it out, every vector that is handed over there becomes an object, several times as slow, for as long as the
 * process lives.
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
        // Scales, then their powers.
        float[] scratch = Scratch.ofThread().floats(2 * PLACES);
        for (@Parallel int block = 0; block < blocks; block++) {
            int to = Math.min(places, (block + 1) * PLACES);
            int from = Math.min(block * PLACES, to - Lanes.COUNT);
            for (int channel = 0; channel < count; channel++) {
                int border = (first + channel) / group * group;
                int lowest = Math.max(border, first + channel - size / 2) * places;
                int highest = Math.min(border + group - 1, first + channel + size / 2) * places;
                int own = (first + channel) * places + from;
                int target = channel * places + from;
                int length = to - from;
                if (beta == 0.75f) {
                    scales(in, lowest + from, highest + from, places, alpha, k, scratch, 0, length);
                    InversePower.threeQuarters(scratch, 0, PLACES, length);
                    multiply(in, own, scratch, PLACES, out, target, length);
                } else {
                    normalizeOneByOne(in, own, lowest + from, highest + from, places, alpha, beta, k, out, target, length);
                }
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
        // The first terms, then the ratios of the sum, each [count][PLACES_BACK], then the first terms of the other channels: zeros;
        // then a channel's scales and their powers.
        float[] scratch = Scratch.ofThread().floats((2 * count + 3) * PLACES_BACK);
        int ratios = count * PLACES_BACK;
        int zeros = 2 * ratios;
        int scales = zeros + PLACES_BACK;
        int powers = scales + PLACES_BACK;
        Arrays.fill(scratch, zeros, zeros + PLACES_BACK, 0);
        for (@Parallel int block = 0; block < blocks; block++) {
            int to = Math.min(places, (block + 1) * PLACES_BACK);
            int from = Math.min(block * PLACES_BACK, to - Lanes.COUNT);
            for (int channel = 0; channel < count; channel++) {
                int border = (first + channel) / group * group;
                int lowest = Math.max(border, first + channel - size / 2) * places;
                int highest = Math.min(border + group - 1, first + channel + size / 2) * places;
                int own = (first + channel) * places + from;
                int source = channel * places + from;
                int term = channel * PLACES_BACK;
                int length = to - from;
                if (beta == 0.75f) {
                    scales(in, lowest + from, highest + from, places, alpha, k, scratch, scales, length);
                    InversePower.threeQuarters(scratch, scales, powers, length);
                    termsAndRatios(in, own, gradient, source, scratch, scales, powers, term, ratios, length);
                } else {
                    termsAndRatiosOneByOne(in, own, lowest + from, highest + from, places, alpha, beta, k, gradient, source, scratch, term,
                            ratios, length);
                }
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

    /** {@code k + alpha * sum of squares} of so many places to {@code target}; the paper's five channels of a sum without a loop. */
    private static void scales(float[] in, int first, int last, int stride, float alpha, float k, float[] scales, int target, int length) {
        boolean five = last - first == 4 * stride;
        for (int i = 0; i < length; i += Lanes.COUNT) {
            int at = Math.min(i, length - Lanes.COUNT);
            FloatVector sum = FloatVector.zero(FLOATS);
            if (five) {
                FloatVector a = FloatVector.fromArray(FLOATS, in, first + at);
                FloatVector b = FloatVector.fromArray(FLOATS, in, first + at + stride);
                FloatVector c = FloatVector.fromArray(FLOATS, in, first + at + 2 * stride);
                FloatVector d = FloatVector.fromArray(FLOATS, in, first + at + 3 * stride);
                FloatVector e = FloatVector.fromArray(FLOATS, in, last + at);
                sum = e.fma(e, d.fma(d, c.fma(c, b.fma(b, a.fma(a, sum)))));
            } else {
                for (int j = first + at; j <= last + at; j += stride) {
                    FloatVector value = FloatVector.fromArray(FLOATS, in, j);
                    sum = value.fma(value, sum);
                }
            }
            sum.mul(alpha).add(k).intoArray(scales, target + at);
        }
    }

    /** The scale of one place. */
    private static float scaleOfOne(float[] in, int first, int last, int stride, float alpha, float k) {
        float sum = 0;
        for (int j = first; j <= last; j += stride) {
            sum += in[j] * in[j];
        }
        return k + alpha * sum;
    }

    private static void multiply(float[] in, int own, float[] powers, int from, float[] out, int target, int length) {
        for (int i = 0; i < length; i += Lanes.COUNT) {
            int at = Math.min(i, length - Lanes.COUNT);
            FloatVector power = FloatVector.fromArray(FLOATS, powers, from + at);
            FloatVector.fromArray(FLOATS, in, own + at).mul(power).intoArray(out, target + at);
        }
    }

    /** {@code out = in / scale^beta} for so many places of a channel, for any beta. */
    private static void normalizeOneByOne(float[] in, int own, int first, int last, int stride, float alpha, float beta, float k,
                                          float[] out, int target, int length) {
        for (int i = 0; i < length; i++) {
            float scale = scaleOfOne(in, first + i, last + i, stride, alpha, k);
            out[target + i] = (float) (in[own + i] / Math.pow(scale, beta));
        }
    }

    /** A channel's {@code gradient / scale^beta} to {@code term}, and that times {@code in / scale} {@code ratios} further on. */
    private static void termsAndRatios(float[] in, int own, float[] gradient, int source, float[] scratch, int scales, int powers, int term,
                                       int ratios, int length) {
        for (int i = 0; i < length; i += Lanes.COUNT) {
            int at = Math.min(i, length - Lanes.COUNT);
            FloatVector power = FloatVector.fromArray(FLOATS, scratch, powers + at);
            // 1 / scale by products; an infinite scale gives 0.
            FloatVector root = FloatVector.fromArray(FLOATS, scratch, scales + at).min(Float.MAX_VALUE).mul(power).mul(power);
            FloatVector quotient = FloatVector.fromArray(FLOATS, gradient, source + at).mul(power);
            quotient.intoArray(scratch, term + at);
            quotient.mul(FloatVector.fromArray(FLOATS, in, own + at)).mul(root.mul(root)).intoArray(scratch, term + ratios + at);
        }
    }

    /** The same for any beta. */
    private static void termsAndRatiosOneByOne(float[] in, int own, int first, int last, int stride, float alpha, float beta, float k,
                                               float[] gradient, int source, float[] scratch, int term, int ratios, int length) {
        for (int i = 0; i < length; i++) {
            float scale = scaleOfOne(in, first + i, last + i, stride, alpha, k);
            double quotient = gradient[source + i] / Math.pow(scale, beta);
            scratch[term + i] = (float) quotient;
            scratch[term + ratios + i] = (float) (quotient * in[own + i] / scale);
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
