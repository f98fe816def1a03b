package alexnet.kernels.reference;

import alexnet.kernels.ConvolutionShape;
import alexnet.kernels.WinogradTransform;

/**
 * Convolution as Winograd's minimal filtering computes it, with the errors that floats make on that way: the results are those of
 * {@link ConvolutionReference}, and layouts too.
 *
 * <p>With a stride above one, a convolution is one of stride one over its phases: row {@code stride * i + phase} of the padded
 * input is row i of a channel of its own, and of the weights likewise, so that {@code size} rows become
 * {@code ceil(size / stride)} at most; what is missing are zeros.
 */
public final class WinogradReference {

    /**
     * What came out.
     *
     * @param values NaN where a tile sees something that is not finite
     * @param errors how far floats may lie from them
     */
    public record Result(double[] values, RoundingErrors errors) {

        Result(int length) {
            this(new double[length], new RoundingErrors(length));
        }
    }

    private WinogradReference() {
    }

    /** The output before ReLU. */
    public static Result forward(WinogradTransform transform, ConvolutionShape s, double[] input, double[] weights, double[] bias) {
        TiledCorrelation correlation = correlation(transform, s);
        return correlation.outputs(phases(s, input, correlation, false), phasesOfWeights(s, weights, transform.size()), bias);
    }

    /** The gradient by the input, of stride one: the correlation with filters that are turned, channels and filters exchanged. */
    public static Result inputGradient(WinogradTransform transform, ConvolutionShape s, double[] outputGradient, double[] weights) {
        if (s.stride() > 1) {
            throw new IllegalArgumentException("there is no gradient by the input of a stride of " + s.stride());
        }
        ConvolutionShape turned = new ConvolutionShape(s.images(), s.filters(), s.outputHeight(), s.outputWidth(), s.channels(), s.size(),
                1, s.size() - 1 - s.padding(), s.groups());
        double[] turnedWeights = new double[weights.length];
        int taps = s.size() * s.size();
        for (int at = 0; at < weights.length; at++) {
            int tap = at % taps;
            int c = at / taps % s.channelsPerGroup();
            int f = at / taps / s.channelsPerGroup();
            int channel = f / s.filtersPerGroup() * s.channelsPerGroup() + c;
            turnedWeights[(channel * s.filtersPerGroup() + f % s.filtersPerGroup()) * taps + taps - 1 - tap] = weights[at];
        }
        return forward(transform, turned, outputGradient, turnedWeights, new double[s.channels()]);
    }

    /**
     * The gradient by the weights.
     *
     * @param transform the one whose outputs are the taps, and whose filter is a tile of the outputs' gradient
     */
    public static Result weightGradient(WinogradTransform transform, ConvolutionShape s, double[] input, double[] outputGradient) {
        TiledCorrelation correlation = correlation(transform, s);
        Result phases = correlation.filterGradient(phases(s, input, correlation, true), outputGradient);
        Result result = new Result(s.weightLength());
        forEachWeight(s, transform.outputs(), (weight, phase) -> {
            result.values()[weight] = phases.values()[phase];
            result.errors().random()[weight] = phases.errors().random()[phase];
            result.errors().fixed()[weight] = phases.errors().fixed()[phase];
            result.errors().flushed()[weight] = phases.errors().flushed()[phase];
            result.errors().undefined()[weight] = phases.errors().undefined()[phase];
        });
        return result;
    }

    private static TiledCorrelation correlation(WinogradTransform transform, ConvolutionShape s) {
        return new TiledCorrelation(transform, s.groups(), s.channelsPerGroup() * s.stride() * s.stride(), s.filtersPerGroup(),
                s.outputHeight(), s.outputWidth(), s.images());
    }

    /** The input's phases, each a channel. */
    private static double[] phases(ConvolutionShape s, double[] input, TiledCorrelation correlation, boolean gradient) {
        int rows = correlation.paddedRows(gradient);
        int columns = correlation.paddedColumns(gradient);
        int phases = s.stride() * s.stride();
        double[] planes = new double[s.channels() * phases * rows * columns * s.images()];
        for (int pixel = 0; pixel < s.channels() * s.height() * s.width(); pixel++) {
            int row = pixel / s.width() % s.height() + s.padding();
            int column = pixel % s.width() + s.padding();
            int channel = pixel / s.width() / s.height() * phases + row % s.stride() * s.stride() + column % s.stride();
            if (row / s.stride() < rows && column / s.stride() < columns) {
                int target = (channel * rows + row / s.stride()) * columns + column / s.stride();
                System.arraycopy(input, pixel * s.images(), planes, target * s.images(), s.images());
            }
        }
        return planes;
    }

    private static double[] phasesOfWeights(ConvolutionShape s, double[] weights, int size) {
        double[] planes = new double[s.filters() * s.channelsPerGroup() * s.stride() * s.stride() * size * size];
        forEachWeight(s, size, (weight, phase) -> planes[phase] = weights[weight]);
        return planes;
    }

    /** A weight, and its place among the phases. */
    private interface Place {
        void visit(int weight, int phase);
    }

    private static void forEachWeight(ConvolutionShape s, int size, Place place) {
        if (size * s.stride() < s.size()) {
            throw new IllegalArgumentException("phases of " + size + " do not hold a filter of " + s.size() + " at stride " + s.stride());
        }
        for (int weight = 0; weight < s.weightLength(); weight++) {
            int ky = weight / s.size() % s.size();
            int kx = weight % s.size();
            int channel = weight / s.size() / s.size() * s.stride() * s.stride() + ky % s.stride() * s.stride() + kx % s.stride();
            place.visit(weight, (channel * size + ky / s.stride()) * size + kx / s.stride());
        }
    }
}
