package alexnet.kernels.gpu;

import java.util.List;
import java.util.regex.Pattern;

import alexnet.kernels.AlgorithmChoice;
import alexnet.kernels.AsConvolution;
import alexnet.kernels.ConvolutionAlgorithm;
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

    /** The kernels for a device that they {@linkplain #runOn run on}. */
    public GpuKernels(TornadoDevice device) {
        this(device, AlgorithmChoice.AUTO);
    }

    /** The same, that take the algorithms of one's choice. */
    public GpuKernels(TornadoDevice device, AlgorithmChoice choice) {
        this(device, choice, Math.min(Trees.MOST_THREADS, Integer.highestOneBit((int) mostThreads(device))),
                device.getPhysicalDevice().getDeviceMaxComputeUnits());
    }

    /** The kernels with other tilings than those that the device would have. */
    GpuKernels(TornadoDevice device, Tilings tilings) {
        this(device, AlgorithmChoice.AUTO, Trees.MOST_THREADS, device.getPhysicalDevice().getDeviceMaxComputeUnits(), tilings);
    }

    private GpuKernels(TornadoDevice device, AlgorithmChoice choice, int threads, int units) {
        this(device, choice, threads, units, asked((parts, rows, columns, terms) -> Tiling.of(threads, units, parts, rows, columns, terms)));
    }

    private GpuKernels(TornadoDevice device, AlgorithmChoice choice, int threads, int units, Tilings tilings) {
        this(device, choice, threads, new DirectConvolution(threads, units, tilings), tilings);
    }

    private GpuKernels(TornadoDevice device, AlgorithmChoice choice, int threads, DirectConvolution direct, Tilings tilings) {
        super(choice, algorithms(device, direct, tilings), new AsConvolution(direct));
        this.threads = threads;
    }

    /**
     * The PTX back end starts loops in groups of up to 1024 work items, more than the registers of a transform suffice for, and has the
     * bounds of a loop from the grid where there is one. Later releases of TornadoVM do not have it, nor its constant.
     */
    private static List<ConvolutionAlgorithm> algorithms(TornadoDevice device, DirectConvolution direct, Tilings tilings) {
        return device.getTornadoVMBackend().name().equals("PTX") ? List.of(direct)
                : List.of(new WinogradConvolution(direct, tilings), direct);
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
    public void normalizationInputGradient(GraphBuilder builder, String task, NormalizationShape s, boolean relu, FloatArray input,
                                           FloatArray scales, FloatArray output, FloatArray outputGradient,
                                           FloatArray inputGradient) {
        builder.graph().task(task, NormalizationKernels::normalizationInputGradient, s.places(), s.channels(),
                s.channelsPerGroup(), s.first(), s.count(), s.size(), s.alpha(), s.beta(), input, scales, output, outputGradient, inputGradient);
        if (relu) {
            reluGradient(builder, task + "Relu", s.inputLength(), input, inputGradient);
        }
    }

    @Override
    public void softmaxCrossEntropy(GraphBuilder builder, String task, int images, int classes, FloatArray logits,
                                    IntArray labels, FloatArray probabilities, FloatArray losses) {
        builder.graph().task(task, SoftmaxKernels::softmaxCrossEntropy, new KernelContext(), threads, images, classes, logits,
                labels, probabilities, losses);
        group(builder, task, images, threads);
    }

    /** Says how many work-groups a task runs in, and of how many work items each is. */
    static void group(GraphBuilder builder, String task, int groups, int threads) {
        WorkerGrid grid = new WorkerGrid1D(Math.multiplyExact(groups, threads));
        grid.setLocalWork(threads, 1, 1);
        builder.grid().addWorkerGrid(builder.name() + "." + task, grid);
    }
}
