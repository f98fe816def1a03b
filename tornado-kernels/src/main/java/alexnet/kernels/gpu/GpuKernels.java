package alexnet.kernels.gpu;

import java.util.regex.Pattern;

import alexnet.kernels.ConvolutionShape;
import alexnet.kernels.FullyConnectedShape;
import alexnet.kernels.GraphBuilder;
import alexnet.kernels.ImageShape;
import alexnet.kernels.NormalizationShape;
import alexnet.kernels.PoolingShape;
import alexnet.kernels.portable.PortableKernels;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The family for GPUs, made for the limits of one device. What is an element a work item in the portable family already (ReLU
 * backward, dropout, the gradient of softmax, descent, copies and sums) is inherited from it.
 */
public final class GpuKernels extends PortableKernels {

    private static final int FEWEST_THREADS = 64;
    private static final String TILING_PROPERTY = "alexnet.gpu.tiling";

    /** Chooses the tiling of a number of products of that many rows, columns and terms each. */
    interface Tilings {
        Tiling of(int parts, int rows, int columns, int terms);
    }

    /** Work items in a group. */
    private final int threads;
    /** Compute units of the device. */
    private final int units;
    private final Tilings tilings;

    /** The kernels for a device that they {@linkplain #runOn run on}. */
    public GpuKernels(TornadoDevice device) {
        threads = Math.min(Trees.MOST_THREADS, Integer.highestOneBit((int) mostThreads(device)));
        units = device.getPhysicalDevice().getDeviceMaxComputeUnits();
        tilings = asked((parts, rows, columns, terms) -> Tiling.of(threads, units, parts, rows, columns, terms));
    }

    /** The kernels with other tilings than those that the device would have. */
    GpuKernels(TornadoDevice device, Tilings tilings) {
        threads = Trees.MOST_THREADS;
        units = device.getPhysicalDevice().getDeviceMaxComputeUnits();
        this.tilings = tilings;
    }

    /**
     * The tilings that the system property {@value #TILING_PROPERTY} asks for, such as {@code 64x128x2} for tiles of 64 rows and 128
     * columns and two splits of the terms; the others without.
     */
    private static Tilings asked(Tilings others) {
        String asked = System.getProperty(TILING_PROPERTY);
        if (asked == null) {
            return others;
        }
        if (!asked.matches("(64x(64|128|256)|128x(64|128)|256x64)x[1-9]\\d?")) {
            throw new IllegalArgumentException(TILING_PROPERTY + " is '" + asked + "', and not ROWSxCOLUMNSxSPLITS such as 64x128x2");
        }
        int[] numbers = Pattern.compile("x").splitAsStream(asked).mapToInt(Integer::parseInt).toArray();
        return (parts, rows, columns, _) -> Tiling.withTile(numbers[0], numbers[1], numbers[2], parts, rows, columns);
    }

    /** Whether the device's work-groups and their local memory are large enough. Every GPU's are. */
    public static boolean runOn(TornadoDevice device) {
        return mostThreads(device) >= FEWEST_THREADS
                && device.getPhysicalDevice().getDeviceLocalMemorySize() >= (long) (Product.LOCAL_FLOATS + Product.LOCAL_INTS) * Float.BYTES;
    }

    private static long mostThreads(TornadoDevice device) {
        return Math.min(Trees.MOST_THREADS, device.getPhysicalDevice().getDeviceMaxWorkGroupSize()[0]);
    }

    @Override
    public String name() {
        return "gpu";
    }

    @Override
    public void prepareImages(GraphBuilder builder, String task, ImageShape s, ByteArray pixels, FloatArray mean,
                              FloatArray deviation, IntArray crops, FloatArray noise, FloatArray output) {
        builder.graph().task(task, ImageKernels::prepareImages, new KernelContext(), threads, s.images(), s.channels(),
                s.storedHeight(), s.storedWidth(), s.height(), s.width(), pixels, mean, deviation, crops, noise, output);
        group(builder, task, s.channels() * s.height() * ImageKernels.tiles(s.width()) * ImageKernels.tiles(s.images()), threads);
    }

    @Override
    public void convolutionForward(GraphBuilder builder, String task, ConvolutionShape shape, FloatArray input,
                                   FloatArray weights, FloatArray bias, FloatArray output) {
        forward(builder, task, shape, 1, input, weights, bias, output);
    }

    private void forward(GraphBuilder builder, String task, ConvolutionShape s, int relu, FloatArray input, FloatArray weights,
                         FloatArray bias, FloatArray output) {
        Tiling tiling = tiling(s, s.filtersPerGroup(), s.outputLength() / s.filters(), s.weightLength() / s.filters());
        multiply(builder, task, Product.FORWARD, tiling, s, relu, weights, input, bias, output, s.outputLength());
    }

    @Override
    public void convolutionInputGradient(GraphBuilder builder, String task, ConvolutionShape s,
                                         FloatArray outputGradient, FloatArray weights, FloatArray inputGradient) {
        Tiling tiling = tiling(s, s.channelsPerGroup(), s.inputLength() / s.channels(), s.filtersPerGroup() * s.size() * s.size());
        multiply(builder, task, Product.INPUT_GRADIENT, tiling, s, 0, weights, outputGradient, weights, inputGradient,
                s.inputLength());
    }

    @Override
    public void convolutionWeightGradient(GraphBuilder builder, String task, ConvolutionShape s, FloatArray input,
                                          FloatArray outputGradient, FloatArray weightGradient, FloatArray biasGradient) {
        Tiling tiling = tiling(s, s.filtersPerGroup(), s.weightLength() / s.filters(), s.outputLength() / s.filters());
        multiply(builder, task, Product.WEIGHT_GRADIENT, tiling, s, 0, outputGradient, input, outputGradient, weightGradient,
                s.weightLength());
        biasGradient(builder, task + "Bias", s.filters(), s.outputLength() / s.filters(), outputGradient, biasGradient);
    }

    private void biasGradient(GraphBuilder builder, String task, int filters, int plane, FloatArray outputGradient,
                              FloatArray biasGradient) {
        int splits = BiasKernels.splits(threads, units, filters, plane);
        FloatArray sums = splits > 1 ? new FloatArray(splits * filters) : biasGradient;
        builder.graph().task(task, BiasKernels::biasGradient, new KernelContext(), threads, splits, filters, plane,
                outputGradient, sums);
        group(builder, task, splits * filters, threads);
        if (splits > 1) {
            // There is no bias; TornadoVM never ends compiling a task that gets an array twice which it changes.
            builder.graph().task(task + "Sum", Product::addUp, splits, filters, filters + 1, 0, sums, outputGradient, biasGradient);
        }
    }

    private Tiling tiling(ConvolutionShape s, int rows, int columns, int terms) {
        return tilings.of(s.groups(), rows, columns, terms);
    }

    /** The product in one task, or where its terms are split in two, the second of which adds up. */
    private void multiply(GraphBuilder builder, String task, int direction, Tiling tiling, ConvolutionShape s, int relu,
                          FloatArray first, FloatArray second, FloatArray bias, FloatArray result, int length) {
        if (Math.max(s.height(), s.width()) + 2 * s.padding() > Product.MOST_PIXELS) {
            throw new IllegalArgumentException("gpu kernels: images have at most " + Product.MOST_PIXELS + " rows and columns, padding"
                    + " included, not " + s.height() + "x" + s.width() + "; the portable kernels take larger ones");
        }
        boolean split = tiling.splits() > 1;
        FloatArray sums = split ? new FloatArray(Math.multiplyExact(tiling.splits(), length)) : result;
        builder.graph().task(task, Product::multiply, new KernelContext(), direction, tiling.rows(), tiling.columns(),
                tiling.splits(), s.images(), s.channels(), s.height(), s.width(), s.filters(), s.size(), s.stride(), s.padding(),
                s.groups(), split ? 0 : relu, first, second, bias, sums);
        group(builder, task, tiling.groups(), tiling.threads());
        if (split) {
            builder.graph().task(task + "Sum", Product::addUp, tiling.splits(), length,
                    direction == Product.FORWARD ? length / s.filters() : length + 1, relu, sums, bias, result);
        }
    }

    @Override
    public void maxPoolForward(GraphBuilder builder, String task, PoolingShape s, FloatArray input, FloatArray output,
                               IntArray winners) {
        builder.graph().task(task, PoolingKernels::maxPoolForward, s.images(), s.channels(), s.height(), s.width(),
                s.size(), s.stride(), s.outputHeight(), s.outputWidth(), input, output, winners);
    }

    @Override
    public void maxPoolInputGradient(GraphBuilder builder, String task, PoolingShape s, FloatArray outputGradient,
                                     IntArray winners, FloatArray inputGradient) {
        builder.graph().task(task, PoolingKernels::maxPoolInputGradient, s.images(), s.channels(), s.height(), s.width(),
                s.size(), s.stride(), s.outputHeight(), s.outputWidth(), outputGradient, winners, inputGradient);
    }

    @Override
    public void normalizationForward(GraphBuilder builder, String task, NormalizationShape s, FloatArray input,
                                     FloatArray scales, FloatArray output) {
        builder.graph().task(task, NormalizationKernels::normalizationForward, s.places(), s.channelsPerGroup(), s.first(),
                s.count(), s.size(), s.alpha(), s.beta(), s.k(), input, scales, output);
    }

    @Override
    public void normalizationInputGradient(GraphBuilder builder, String task, NormalizationShape s, FloatArray input,
                                           FloatArray scales, FloatArray output, FloatArray outputGradient,
                                           FloatArray inputGradient) {
        builder.graph().task(task, NormalizationKernels::normalizationInputGradient, s.places(), s.channels(),
                s.channelsPerGroup(), s.first(), s.count(), s.size(), s.alpha(), s.beta(), input, scales, output, outputGradient, inputGradient);
    }

    @Override
    public void fullyConnectedForward(GraphBuilder builder, String task, FullyConnectedShape shape, boolean relu,
                                      FloatArray input, FloatArray weights, FloatArray bias, FloatArray output) {
        forward(builder, task, asConvolution(shape), relu ? 1 : 0, input, weights, bias, output);
    }

    @Override
    public void softmaxCrossEntropy(GraphBuilder builder, String task, int images, int classes, FloatArray logits,
                                    IntArray labels, FloatArray probabilities, FloatArray losses) {
        builder.graph().task(task, SoftmaxKernels::softmaxCrossEntropy, new KernelContext(), threads, images, classes, logits,
                labels, probabilities, losses);
        group(builder, task, images, threads);
    }

    /** Says how many work-groups a task runs in, and of how many work items each is. */
    private static void group(GraphBuilder builder, String task, int groups, int threads) {
        WorkerGrid grid = new WorkerGrid1D(Math.multiplyExact(groups, threads));
        grid.setLocalWork(threads, 1, 1);
        builder.grid().addWorkerGrid(builder.name() + "." + task, grid);
    }
}
