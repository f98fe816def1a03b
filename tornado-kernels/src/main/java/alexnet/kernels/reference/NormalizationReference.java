package alexnet.kernels.reference;

import alexnet.kernels.NormalizationShape;

/** Local response normalisation across channels (paper, section 3.3); layouts as in {@link NormalizationShape}. */
public final class NormalizationReference {

    private NormalizationReference() {
    }

    /** The first channel of the input in a channel's sum. */
    private static int first(NormalizationShape s, int channel) {
        int ofGroup = channel - channel % s.channelsPerGroup();
        return Math.max(ofGroup, channel - s.size() / 2);
    }

    /** The last. */
    private static int last(NormalizationShape s, int channel) {
        int ofGroup = channel - channel % s.channelsPerGroup() + s.channelsPerGroup() - 1;
        return Math.min(ofGroup, channel + s.size() / 2);
    }

    /** {@code k + alpha * sum of input[j]^2}. */
    public static double[] scales(NormalizationShape s, double[] input) {
        double[] scales = new double[s.outputLength()];
        for (int c = 0; c < s.count(); c++) {
            int own = s.first() + c;
            for (int place = 0; place < s.places(); place++) {
                double sum = 0;
                for (int j = first(s, own); j <= last(s, own); j++) {
                    sum += input[j * s.places() + place] * input[j * s.places() + place];
                }
                scales[c * s.places() + place] = s.k() + s.alpha() * sum;
            }
        }
        return scales;
    }

    /** {@code input / scales^beta}. */
    public static double[] forward(NormalizationShape s, double[] input, double[] scales) {
        double[] output = new double[s.outputLength()];
        for (int i = 0; i < output.length; i++) {
            output[i] = input[s.first() * s.places() + i] / Math.pow(scales[i], s.beta());
        }
        return output;
    }

    /**
     * The gradient by the input. With {@code b[c] = a[c] s[c]^-beta} and {@code ds[c]/da[j] = 2 alpha a[j]} for the j in reach of
     * c: each output c adds {@code g[c] s[c]^-beta} to its own channel and {@code -2 alpha beta a[j] g[c] a[c] s[c]^(-beta - 1)} to
     * every channel that it saw.
     */
    public static double[] inputGradient(NormalizationShape s, double[] input, double[] scales, double[] outputGradient) {
        double[] inputGradient = new double[s.inputLength()];
        for (int c = 0; c < s.count(); c++) {
            int own = s.first() + c;
            for (int place = 0; place < s.places(); place++) {
                int i = c * s.places() + place;
                inputGradient[own * s.places() + place] += outputGradient[i] * Math.pow(scales[i], -s.beta());
                double ratio = outputGradient[i] * input[own * s.places() + place] * Math.pow(scales[i], -s.beta() - 1);
                for (int j = first(s, own); j <= last(s, own); j++) {
                    int at = j * s.places() + place;
                    inputGradient[at] -= 2 * s.alpha() * s.beta() * input[at] * ratio;
                }
            }
        }
        return inputGradient;
    }
}
