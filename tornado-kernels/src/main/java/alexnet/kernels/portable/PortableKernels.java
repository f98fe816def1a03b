package alexnet.kernels.portable;

import alexnet.kernels.ConvolutionShape;
import alexnet.kernels.FullyConnectedShape;
import alexnet.kernels.GraphBuilder;
import alexnet.kernels.ImageShape;
import alexnet.kernels.KernelFamily;
import alexnet.kernels.NormalizationShape;
import alexnet.kernels.PoolingShape;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.WorkerGrid1D;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The family that runs on every device; its kernels are the readable definition of the operations. */
public class PortableKernels implements KernelFamily {

    /**
     * Work items in a group on a GPU. With twice as many, registers can run out: a GPU has 65,536 for a group, and a work item takes
     * up to 255. TornadoVM would choose up to 1024, and where a group cannot be started it goes on with what is in the output.
     */
    private static final int GROUP = 256;
    /** Work items that fill any GPU; each goes on with what is left. */
    private static final int MANY = 1 << 18;

    private final boolean grouped;

    /** The kernels for devices that TornadoVM shares work out on well by itself, which all but GPUs are. */
    public PortableKernels() {
        grouped = false;
    }

    /** The kernels for a device. */
    public PortableKernels(TornadoDevice device) {
        grouped = device.getDeviceType() == TornadoDeviceType.GPU;
    }

    /** Says of a task with a parallel loop of that many steps how it is shared out, where TornadoVM must not choose. */
    protected final void share(GraphBuilder builder, String task, int steps) {
        if (grouped) {
            WorkerGrid grid = new WorkerGrid1D(Math.ceilDiv(steps, GROUP) * GROUP);
            grid.setLocalWork(GROUP, 1, 1);
            builder.grid().addWorkerGrid(builder.name() + "." + task, grid);
        }
    }

    @Override
    public String name() {
        return "portable";
    }

    @Override
    public void prepareImages(GraphBuilder builder, String task, ImageShape s, ByteArray pixels, FloatArray mean,
                              IntArray crops, FloatArray noise, FloatArray output) {
        builder.graph().task(task, ImageKernels::prepareImages, s.images(), s.channels(), s.storedHeight(),
                s.storedWidth(), s.height(), s.width(), pixels, mean, crops, noise, output);
        share(builder, task, s.channels() * s.height() * s.width());
    }

    @Override
    public void convolutionForward(GraphBuilder builder, String task, ConvolutionShape shape, FloatArray input,
                                   FloatArray weights, FloatArray bias, FloatArray output) {
        convolution(builder, task, shape, true, input, weights, bias, output);
    }

    private void convolution(GraphBuilder builder, String task, ConvolutionShape s, boolean relu,
                             FloatArray input, FloatArray weights, FloatArray bias, FloatArray output) {
        builder.graph().task(task, ConvolutionKernels::convolutionForward, s.images(), s.channels(), s.height(), s.width(),
                s.filters(), s.size(), s.stride(), s.padding(), s.groups(), flag(relu), input, weights, bias, output);
        share(builder, task, MANY);
    }

    @Override
    public void convolutionInputGradient(GraphBuilder builder, String task, ConvolutionShape s,
                                         FloatArray outputGradient, FloatArray weights, FloatArray inputGradient) {
        builder.graph().task(task, ConvolutionKernels::convolutionInputGradient, s.images(), s.channels(), s.height(),
                s.width(), s.filters(), s.size(), s.stride(), s.padding(), s.groups(), outputGradient, weights, inputGradient);
        share(builder, task, MANY);
    }

    @Override
    public void convolutionWeightGradient(GraphBuilder builder, String task, ConvolutionShape s, FloatArray input,
                                          FloatArray outputGradient, FloatArray weightGradient, FloatArray biasGradient) {
        builder.graph()
                .task(task, ConvolutionKernels::convolutionWeightGradient, s.images(), s.channels(), s.height(), s.width(),
                        s.filters(), s.size(), s.stride(), s.padding(), s.groups(), input, outputGradient, weightGradient)
                .task(task + "Bias", ConvolutionKernels::convolutionBiasGradient, s.images(), s.filters(),
                        s.outputHeight() * s.outputWidth(), outputGradient, biasGradient);
        share(builder, task, MANY);
        share(builder, task + "Bias", s.filters());
    }

    @Override
    public void reluGradient(GraphBuilder builder, String task, int length, FloatArray output, FloatArray gradient) {
        builder.graph().task(task, ArrayKernels::reluGradient, length, output, gradient);
        share(builder, task, length);
    }

    @Override
    public void maxPoolForward(GraphBuilder builder, String task, PoolingShape s, FloatArray input, FloatArray output,
                               IntArray winners) {
        builder.graph().task(task, PoolingKernels::maxPoolForward, s.images(), s.channels(), s.height(), s.width(),
                s.size(), s.stride(), s.outputHeight(), s.outputWidth(), input, output, winners);
        share(builder, task, MANY);
    }

    @Override
    public void maxPoolInputGradient(GraphBuilder builder, String task, PoolingShape s, FloatArray outputGradient,
                                     IntArray winners, FloatArray inputGradient) {
        builder.graph().task(task, PoolingKernels::maxPoolInputGradient, s.images(), s.channels(), s.height(), s.width(),
                s.size(), s.stride(), s.outputHeight(), s.outputWidth(), outputGradient, winners, inputGradient);
        share(builder, task, MANY);
    }

    @Override
    public void normalizationForward(GraphBuilder builder, String task, NormalizationShape s, FloatArray input,
                                     FloatArray scales, FloatArray output) {
        builder.graph().task(task, NormalizationKernels::normalizationForward, s.height() * s.width() * s.images(),
                s.channels(), s.size(), s.alpha(), s.beta(), s.k(), input, scales, output);
        share(builder, task, MANY);
    }

    @Override
    public void normalizationInputGradient(GraphBuilder builder, String task, NormalizationShape s, FloatArray input,
                                           FloatArray scales, FloatArray output, FloatArray outputGradient,
                                           FloatArray inputGradient) {
        builder.graph().task(task, NormalizationKernels::normalizationInputGradient, s.height() * s.width() * s.images(),
                s.channels(), s.size(), s.alpha(), s.beta(), input, scales, output, outputGradient, inputGradient);
        share(builder, task, MANY);
    }

    @Override
    public void fullyConnectedForward(GraphBuilder builder, String task, FullyConnectedShape shape, boolean relu,
                                      FloatArray input, FloatArray weights, FloatArray bias, FloatArray output) {
        convolution(builder, task, asConvolution(shape), relu, input, weights, bias, output);
    }

    @Override
    public void fullyConnectedInputGradient(GraphBuilder builder, String task, FullyConnectedShape shape,
                                            FloatArray outputGradient, FloatArray weights, FloatArray inputGradient) {
        convolutionInputGradient(builder, task, asConvolution(shape), outputGradient, weights, inputGradient);
    }

    @Override
    public void fullyConnectedWeightGradient(GraphBuilder builder, String task, FullyConnectedShape shape,
                                             FloatArray input, FloatArray outputGradient, FloatArray weightGradient,
                                             FloatArray biasGradient) {
        convolutionWeightGradient(builder, task, asConvolution(shape), input, outputGradient, weightGradient, biasGradient);
    }

    /** A fully connected layer is the convolution of a 1x1 image with 1x1 filters; the arrays have the same layout. */
    protected static ConvolutionShape asConvolution(FullyConnectedShape shape) {
        return new ConvolutionShape(shape.images(), shape.inputs(), 1, 1, shape.units(), 1, 1, 0, 1);
    }

    @Override
    public void dropout(GraphBuilder builder, String task, int images, int units, int firstUnit, int purpose, float rate,
                        IntArray mode, IntArray imageKeys, FloatArray values) {
        builder.graph().task(task, DropoutKernels::dropoutForward, images, units, firstUnit, purpose, rate, mode, imageKeys,
                values);
        share(builder, task, units * images);
    }

    @Override
    public void dropoutGradient(GraphBuilder builder, String task, int images, int units, int firstUnit, int purpose,
                                float rate, IntArray imageKeys, FloatArray gradient) {
        builder.graph().task(task, DropoutKernels::dropoutBackward, images, units, firstUnit, purpose, rate, imageKeys,
                gradient);
        share(builder, task, units * images);
    }

    @Override
    public void softmaxCrossEntropy(GraphBuilder builder, String task, int images, int classes, FloatArray logits,
                                    IntArray labels, FloatArray probabilities, FloatArray losses) {
        builder.graph().task(task, SoftmaxKernels::softmaxCrossEntropy, images, classes, logits, labels, probabilities, losses);
        share(builder, task, images);
    }

    @Override
    public void softmaxCrossEntropyGradient(GraphBuilder builder, String task, int images, int firstClass, int classes,
                                            FloatArray probabilities, IntArray labels, FloatArray hyper,
                                            FloatArray gradient) {
        builder.graph().task(task, SoftmaxKernels::softmaxGradient, images, firstClass, classes, probabilities, labels, hyper,
                gradient);
        share(builder, task, classes * images);
    }

    @Override
    public void sgd(GraphBuilder builder, String task, int length, boolean decayed, FloatArray hyper, FloatArray gradient,
                    FloatArray momenta, FloatArray weights) {
        builder.graph().task(task, SgdKernels::sgdUpdate, length, flag(decayed), hyper, gradient, momenta, weights);
        share(builder, task, length);
    }

    @Override
    public void keep(GraphBuilder builder, String task, Object array) {
        switch (array) {
            case FloatArray floats -> builder.graph().task(task, ArrayKernels::keepFloats, floats);
            case IntArray ints -> builder.graph().task(task, ArrayKernels::keepInts, ints);
            default -> throw new IllegalArgumentException(
                    "keep: " + array.getClass().getSimpleName() + " is neither a FloatArray nor an IntArray");
        }
    }

    @Override
    public void copy(GraphBuilder builder, String task, int length, FloatArray source, int sourceOffset,
                     FloatArray target, int targetOffset) {
        builder.graph().task(task, ArrayKernels::copyElements, length, source, sourceOffset, target, targetOffset);
        share(builder, task, length);
    }

    @Override
    public void add(GraphBuilder builder, String task, int length, FloatArray a, int aOffset, FloatArray b,
                    FloatArray target) {
        builder.graph().task(task, ArrayKernels::addElements, length, a, aOffset, b, target);
        share(builder, task, length);
    }

    /** OpenCL has no boolean parameters. */
    private static int flag(boolean value) {
        return value ? 1 : 0;
    }
}
