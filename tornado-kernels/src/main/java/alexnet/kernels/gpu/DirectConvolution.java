package alexnet.kernels.gpu;

import alexnet.kernels.ConvolutionAlgorithm;
import alexnet.kernels.ConvolutionShape;
import alexnet.kernels.GraphBuilder;
import alexnet.kernels.Pass;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The definition as a {@link Product} of matrices. Where its terms are split, the sums of the splits are in the workspace. */
final class DirectConvolution implements ConvolutionAlgorithm {

    private final int threads;
    private final int units;
    private final GpuKernels.Tilings tilings;

    /**
     * The algorithm for a device.
     *
     * @param threads work items in a group
     * @param units   compute units of the device
     */
    DirectConvolution(int threads, int units, GpuKernels.Tilings tilings) {
        this.threads = threads;
        this.units = units;
        this.tilings = tilings;
    }

    @Override
    public String name() {
        return "direct";
    }

    @Override
    public boolean supports(Pass pass, ConvolutionShape shape) {
        return true;
    }

    @Override
    public int workspaceLength(Pass pass, ConvolutionShape s) {
        int splits = tiling(pass, s).splits();
        int sums = splits == 1 ? 0 : Math.multiplyExact(splits, resultLength(pass, s));
        return pass == Pass.WEIGHT_GRADIENT ? Math.max(sums, biasWorkspaceLength(s)) : sums;
    }

    /** How many numbers of the workspace the bias' gradient takes. */
    int biasWorkspaceLength(ConvolutionShape s) {
        int splits = biasSplits(s);
        return splits == 1 ? 0 : splits * s.filters();
    }

    @Override
    public void forward(GraphBuilder builder, String task, ConvolutionShape s, boolean relu, FloatArray input, FloatArray weights,
                        FloatArray bias, FloatArray output) {
        multiply(builder, task, Pass.FORWARD, Product.FORWARD, s, relu ? 1 : 0, weights, input, bias, output);
    }

    @Override
    public void inputGradient(GraphBuilder builder, String task, ConvolutionShape s, FloatArray outputGradient, FloatArray weights,
                              FloatArray inputGradient) {
        multiply(builder, task, Pass.INPUT_GRADIENT, Product.INPUT_GRADIENT, s, 0, weights, outputGradient, weights, inputGradient);
    }

    @Override
    public void weightGradient(GraphBuilder builder, String task, ConvolutionShape s, FloatArray input, FloatArray outputGradient,
                               FloatArray weightGradient, FloatArray biasGradient) {
        multiply(builder, task, Pass.WEIGHT_GRADIENT, Product.WEIGHT_GRADIENT, s, 0, outputGradient, input, outputGradient,
                weightGradient);
        biasGradient(builder, task + "Bias", s, outputGradient, biasGradient);
    }

    /** Adds the tasks of the bias' gradient. */
    void biasGradient(GraphBuilder builder, String task, ConvolutionShape s, FloatArray outputGradient, FloatArray biasGradient) {
        int filters = s.filters();
        int splits = biasSplits(s);
        FloatArray sums = splits > 1 ? builder.workspace(splits * filters) : biasGradient;
        builder.graph().task(task, BiasKernels::biasGradient, new KernelContext(), threads, splits, filters, s.outputLength() / filters,
                outputGradient, sums);
        GpuKernels.group(builder, task, splits * filters, threads);
        if (splits > 1) {
            // There is no bias; TornadoVM never ends compiling a task that gets an array twice which it changes.
            builder.graph().task(task + "Sum", Product::addUp, splits, filters, filters + 1, 0, sums, outputGradient, biasGradient);
        }
    }

    private int biasSplits(ConvolutionShape s) {
        return BiasKernels.splits(threads, units, s.filters(), s.outputLength() / s.filters());
    }

    /** The product in one task, or where its terms are split in two, the second of which adds up. */
    private void multiply(GraphBuilder builder, String task, Pass pass, int direction, ConvolutionShape s, int relu, FloatArray first,
                          FloatArray second, FloatArray bias, FloatArray result) {
        if (Math.max(s.height(), s.width()) + 2 * s.padding() > Product.MOST_PIXELS) {
            throw new IllegalArgumentException("gpu kernels: images have at most " + Product.MOST_PIXELS + " rows and columns, padding"
                    + " included, not " + s.height() + "x" + s.width() + "; the portable kernels take larger ones");
        }
        Tiling tiling = tiling(pass, s);
        int length = resultLength(pass, s);
        boolean split = tiling.splits() > 1;
        FloatArray sums = split ? builder.workspace(Math.multiplyExact(tiling.splits(), length)) : result;
        builder.graph().task(task, Product::multiply, new KernelContext(), direction, tiling.rows(), tiling.columns(),
                tiling.splits(), s.images(), s.channels(), s.height(), s.width(), s.filters(), s.size(), s.stride(), s.padding(),
                s.groups(), split ? 0 : relu, first, second, bias, sums);
        GpuKernels.group(builder, task, tiling.groups(), tiling.threads());
        if (split) {
            builder.graph().task(task + "Sum", Product::addUp, tiling.splits(), length,
                    pass == Pass.FORWARD ? length / s.filters() : length + 1, relu, sums, bias, result);
        }
    }

    private Tiling tiling(Pass pass, ConvolutionShape s) {
        return switch (pass) {
            case FORWARD -> tilings.of(s.groups(), s.filtersPerGroup(), s.outputLength() / s.filters(), s.weightLength() / s.filters());
            case INPUT_GRADIENT ->
                    tilings.of(s.groups(), s.channelsPerGroup(), s.inputLength() / s.channels(), s.filtersPerGroup() * s.size() * s.size());
            case WEIGHT_GRADIENT -> tilings.of(s.groups(), s.filtersPerGroup(), s.weightLength() / s.filters(), s.outputLength() / s.filters());
        };
    }

    private static int resultLength(Pass pass, ConvolutionShape s) {
        return switch (pass) {
            case FORWARD -> s.outputLength();
            case INPUT_GRADIENT -> s.inputLength();
            case WEIGHT_GRADIENT -> s.weightLength();
        };
    }
}
