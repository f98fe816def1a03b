package alexnet.kernels.portable;

import java.util.List;

import alexnet.kernels.AlgorithmChoice;
import alexnet.kernels.AsConvolution;
import alexnet.kernels.ConvolutionAlgorithm;
import alexnet.kernels.DropoutScales;
import alexnet.kernels.FullyConnectedAlgorithm;
import alexnet.kernels.GraphBuilder;
import alexnet.kernels.ImageShape;
import alexnet.kernels.KernelFamily;
import alexnet.kernels.NormalizationShape;
import alexnet.kernels.ParameterGroup;
import alexnet.kernels.PoolingShape;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The family that runs on every device; its kernels are the readable definition of the operations. */
public class PortableKernels implements KernelFamily {

    private final AlgorithmChoice choice;
    private final List<ConvolutionAlgorithm> convolutions;
    private final List<FullyConnectedAlgorithm> fullyConnected;

    /** The family, that chooses its algorithms itself. */
    public PortableKernels() {
        this(AlgorithmChoice.AUTO);
    }

    /** The same, that takes the algorithms of one's choice. */
    public PortableKernels(AlgorithmChoice choice) {
        this(choice, new DirectConvolution());
    }

    private PortableKernels(AlgorithmChoice choice, ConvolutionAlgorithm convolution) {
        this(choice, List.of(convolution), new AsConvolution(convolution));
    }

    /** A family with other ways to compute convolutions and fully connected layers. */
    protected PortableKernels(AlgorithmChoice choice, List<ConvolutionAlgorithm> convolutions, FullyConnectedAlgorithm fullyConnected) {
        this.choice = choice;
        this.convolutions = convolutions;
        this.fullyConnected = List.of(fullyConnected);
    }

    @Override
    public String name() {
        return "portable";
    }

    @Override
    public void prepareImages(GraphBuilder builder, String task, ImageShape s, ByteArray pixels, FloatArray mean,
                              FloatArray deviation, IntArray crops, FloatArray noise, FloatArray output) {
        builder.graph().task(task, ImageKernels::prepareImages, s.images(), s.channels(), s.storedHeight(),
                s.storedWidth(), s.height(), s.width(), pixels, mean, deviation, crops, noise, output);
    }

    @Override
    public AlgorithmChoice choice() {
        return choice;
    }

    @Override
    public List<ConvolutionAlgorithm> convolutionAlgorithms() {
        return convolutions;
    }

    @Override
    public List<FullyConnectedAlgorithm> fullyConnectedAlgorithms() {
        return fullyConnected;
    }

    @Override
    public void reluGradient(GraphBuilder builder, String task, int length, FloatArray output, FloatArray gradient) {
        builder.graph().task(task, ArrayKernels::reluGradient, length, output, gradient);
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
    public void dropout(GraphBuilder builder, String task, int images, int units, int firstUnit, int purpose, float rate,
                        boolean inverted, IntArray mode, IntArray imageKeys, FloatArray values) {
        DropoutScales scales = DropoutScales.of(rate, inverted);
        builder.graph().task(task, DropoutKernels::dropoutForward, images, units, firstUnit, purpose, rate, scales.training(),
                scales.testing(), mode, imageKeys, values);
    }

    @Override
    public void dropoutGradient(GraphBuilder builder, String task, int images, int units, int firstUnit, int purpose,
                                float rate, boolean inverted, IntArray imageKeys, FloatArray gradient) {
        builder.graph().task(task, DropoutKernels::dropoutBackward, images, units, firstUnit, purpose, rate,
                DropoutScales.of(rate, inverted).training(), imageKeys, gradient);
    }

    @Override
    public void softmaxCrossEntropy(GraphBuilder builder, String task, int images, int classes, FloatArray logits,
                                    IntArray labels, FloatArray probabilities, FloatArray losses) {
        builder.graph().task(task, SoftmaxKernels::softmaxCrossEntropy, images, classes, logits, labels, probabilities, losses);
    }

    @Override
    public void softmaxCrossEntropyGradient(GraphBuilder builder, String task, int images, int firstClass, int classes,
                                            FloatArray probabilities, IntArray labels, FloatArray hyper,
                                            FloatArray gradient) {
        builder.graph().task(task, SoftmaxKernels::softmaxGradient, images, firstClass, classes, probabilities, labels, hyper,
                gradient);
    }

    @Override
    public void sgd(GraphBuilder builder, String task, int length, ParameterGroup group, float rateFactor, FloatArray hyper,
                    FloatArray gradient, FloatArray momenta, FloatArray weights) {
        builder.graph().task(task, SgdKernels::sgdUpdate, length, group.ordinal(), rateFactor, hyper, gradient, momenta, weights);
    }

    @Override
    public void keep(GraphBuilder builder, String task, List<?> arrays) {
        KeepKernels.add(builder, task, arrays);
    }

    @Override
    public void copy(GraphBuilder builder, String task, int length, FloatArray source, int sourceOffset,
                     FloatArray target, int targetOffset) {
        builder.graph().task(task, ArrayKernels::copyElements, length, source, sourceOffset, target, targetOffset);
    }

    @Override
    public void add(GraphBuilder builder, String task, int length, FloatArray source, int sourceOffset,
                    FloatArray target, int targetOffset) {
        builder.graph().task(task, ArrayKernels::addElements, length, source, sourceOffset, target, targetOffset);
    }
}
