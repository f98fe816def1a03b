package alexnet.kernels.portable;

import static alexnet.kernels.portable.Tile.LANES;

import uk.ac.manchester.tornado.api.annotations.Parallel;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Local response normalisation across channels (paper, section 3.3). The places of a channel, {@code height * width * images},
 * are independent of each other; a work item computes 16 of them in every channel.
 *
 * <p>Arrays {@code [channels][places]} on the side of the input, {@code [count][places]} on that of the output, see
 * {@link alexnet.kernels.NormalizationShape}.
 */
final class NormalizationKernels {

    private NormalizationKernels() {
    }

    /** {@code output = input * scales^-beta}, {@code scales = k + alpha * sum of squares} of the neighbouring channels of the group. */
    static void normalizationForward(int places, int group, int first, int count, int size, float alpha, float beta,
                                     float k, FloatArray input, FloatArray scales, FloatArray output) {
        int lanes = Tile.lanes(places);
        for (@Parallel int tile = 0; tile < Tile.count(places, LANES); tile++) {
            int place = Tile.start(tile, places);
            int end = Tile.end(tile, places);
            float[] squares = new float[LANES];
            float[] normalized = new float[LANES];
            for (int c = 0; c < count; c++) {
                int border = (first + c) / group * group;
                int lowest = first + c - size / 2 > border ? first + c - size / 2 : border;
                int highest = first + c + size / 2 < border + group - 1 ? first + c + size / 2 : border + group - 1;
                for (int i = 0; i < lanes; i++) {
                    squares[i] = 0;
                }
                for (int j = lowest; j <= highest; j++) {
                    int from = Tile.firstLane(j * places + place);
                    for (int i = 0; i < lanes; i++) {
                        float value = input.get(from + i);
                        squares[i] += value * value;
                    }
                }
                int own = Tile.firstLane((first + c) * places + place);
                for (int i = 0; i < lanes; i++) {
                    squares[i] = k + alpha * squares[i];
                    normalized[i] = input.get(own + i) * inversePower(squares[i], beta);
                }
                int to = c * places + place;
                for (int i = 0; i < end - place; i++) {
                    scales.set(to + i, squares[i]);
                    output.set(to + i, normalized[i]);
                }
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
        int lanes = Tile.lanes(places);
        for (@Parallel int tile = 0; tile < Tile.count(places, LANES); tile++) {
            int place = Tile.start(tile, places);
            int end = Tile.end(tile, places);
            float[] ratios = new float[LANES];
            float[] gradients = new float[LANES];
            for (int c = 0; c < channels; c++) {
                int border = c / group * group;
                int borderEnd = border + group < count ? border + group : count;
                int lowest = c - first - size / 2 > border ? c - first - size / 2 : border;
                int highest = c - first + size / 2 < borderEnd - 1 ? c - first + size / 2 : borderEnd - 1;
                for (int i = 0; i < lanes; i++) {
                    ratios[i] = 0;
                    gradients[i] = 0;
                }
                for (int j = lowest; j <= highest; j++) {
                    int from = Tile.firstLane(j * places + place);
                    for (int i = 0; i < lanes; i++) {
                        ratios[i] += outputGradient.get(from + i) * output.get(from + i) / scales.get(from + i);
                    }
                }
                if (c >= first && c < first + count) {
                    int own = Tile.firstLane((c - first) * places + place);
                    for (int i = 0; i < lanes; i++) {
                        gradients[i] = outputGradient.get(own + i) * inversePower(scales.get(own + i), beta);
                    }
                }
                int to = Tile.firstLane(c * places + place);
                for (int i = 0; i < lanes; i++) {
                    gradients[i] -= 2 * alpha * beta * input.get(to + i) * ratios[i];
                }
                for (int i = 0; i < end - place; i++) {
                    inputGradient.set(to + i, gradients[i]);
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
