package alexnet.kernels.reference;

import alexnet.kernels.NormalizationShape;

/** Local response normalisation across channels (paper, section 3.3); layouts as in {@link NormalizationShape}. */
public final class NormalizationReference {

    private NormalizationReference() {
    }

    /** {@code k + alpha * sum of input[j]^2}. */
    public static double[] scales(NormalizationShape s, double[] input) {
        double[] scales = new double[s.length()];
        forEachChannel(s, (place, c) -> {
            double sum = 0;
            for (int j = first(s, c); j <= last(s, c); j++) {
                sum += input[at(s, j, place)] * input[at(s, j, place)];
            }
            scales[at(s, c, place)] = s.k() + s.alpha() * sum;
        });
        return scales;
    }

    /** {@code input / scales^beta}. */
    public static double[] forward(NormalizationShape s, double[] input, double[] scales) {
        double[] output = new double[s.length()];
        for (int i = 0; i < output.length; i++) {
            output[i] = input[i] / Math.pow(scales[i], s.beta());
        }
        return output;
    }

    /**
     * The gradient by the input. With {@code b[j] = a[j] s[j]^-beta} and {@code ds[j]/da[c] = 2 alpha a[c]} for the j in
     * reach of c: {@code g[c] s[c]^-beta - 2 alpha beta a[c] * sum over j of g[j] a[j] s[j]^(-beta - 1)}.
     */
    public static double[] inputGradient(NormalizationShape s, double[] input, double[] scales, double[] outputGradient) {
        double[] inputGradient = new double[s.length()];
        forEachChannel(s, (place, c) -> {
            double sum = 0;
            for (int j = first(s, c); j <= last(s, c); j++) {
                int i = at(s, j, place);
                sum += outputGradient[i] * input[i] * Math.pow(scales[i], -s.beta() - 1);
            }
            int i = at(s, c, place);
            inputGradient[i] = outputGradient[i] * Math.pow(scales[i], -s.beta()) - 2 * s.alpha() * s.beta() * input[i] * sum;
        });
        return inputGradient;
    }

    private interface Channel {
        void visit(int place, int channel);
    }

    private static void forEachChannel(NormalizationShape s, Channel channel) {
        for (int place = 0; place < s.height() * s.width() * s.images(); place++) {
            for (int c = 0; c < s.channels(); c++) {
                channel.visit(place, c);
            }
        }
    }

    private static int at(NormalizationShape s, int channel, int place) {
        return channel * s.height() * s.width() * s.images() + place;
    }

    private static int first(NormalizationShape s, int channel) {
        return Math.max(0, channel - s.size() / 2);
    }

    private static int last(NormalizationShape s, int channel) {
        return Math.min(s.channels() - 1, channel + s.size() / 2);
    }
}
