package alexnet.kernels.gpu;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Local response normalisation across channels (paper, section 3.3). A work item goes through the channels of one place, so
 * that neighbouring work items read neighbouring places, and the neighbouring channels come out of the cache.
 *
 * <p>Arrays {@code [channels][places]} on the side of the input, {@code [count][places]} on that of the output, places being
 * {@code height * width * images}; see {@link alexnet.kernels.NormalizationShape}.
 */
final class NormalizationKernels {

    private NormalizationKernels() {
    }

    /** {@code output = input * scales^-beta}, {@code scales = k + alpha * sum of squares} of the neighbouring channels of the group. */
    static void normalizationForward(int places, int group, int first, int count, int size, float alpha, float beta,
                                     float k, FloatArray input, FloatArray scales, FloatArray output) {
        for (@Parallel int place = 0; place < places; place++) {
            for (int c = 0; c < count; c++) {
                int border = (first + c) / group * group;
                int lowest = first + c - size / 2 > border ? first + c - size / 2 : border;
                int highest = first + c + size / 2 < border + group - 1 ? first + c + size / 2 : border + group - 1;
                float squares = 0;
                for (int j = lowest; j <= highest; j++) {
                    float value = input.get(j * places + place);
                    squares += value * value;
                }
                float scale = k + alpha * squares;
                scales.set(c * places + place, scale);
                output.set(c * places + place, input.get((first + c) * places + place) * inversePower(scale, beta));
            }
        }
    }

    /**
     * {@code inputGradient[c] = outputGradient[c] * scales[c]^-beta
     * - 2 alpha beta input[c] * sum of outputGradient[j] * output[j] / scales[j]} over the channels j of the output that c takes
     * part in; a channel that the output does not have gets the second term only.
     */
    static void normalizationInputGradient(int places, int channels, int group, int first, int count, int size,
                                           float alpha, float beta, FloatArray input, FloatArray scales, FloatArray output,
                                           FloatArray outputGradient, FloatArray inputGradient) {
        for (@Parallel int place = 0; place < places; place++) {
            for (int c = 0; c < channels; c++) {
                int border = c / group * group;
                int end = border + group < count ? border + group : count;
                int lowest = c - first - size / 2 > border ? c - first - size / 2 : border;
                int highest = c - first + size / 2 < end - 1 ? c - first + size / 2 : end - 1;
                float ratios = 0;
                for (int j = lowest; j <= highest; j++) {
                    int from = j * places + place;
                    ratios += outputGradient.get(from) * output.get(from) / scales.get(from);
                }
                int at = c * places + place;
                int own = (c - first) * places + place;
                if (c >= first && c < first + count) {
                    inputGradient.set(at, outputGradient.get(own) * inversePower(scales.get(own), beta)
                            - 2 * alpha * beta * input.get(at) * ratios);
                } else {
                    inputGradient.set(at, -2 * alpha * beta * input.get(at) * ratios);
                }
            }
        }
    }

    /** {@code base^-exponent}; for the paper's 3/4 by square roots, which are a good deal faster than a power. */
    private static float inversePower(float base, float exponent) {
        float root = TornadoMath.sqrt(base);
        return exponent == 0.75f ? 1 / (root * TornadoMath.sqrt(root)) : TornadoMath.pow(base, -exponent);
    }
}
