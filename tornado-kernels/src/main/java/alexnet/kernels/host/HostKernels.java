package alexnet.kernels.host;

import java.util.List;

import alexnet.kernels.AlgorithmChoice;
import alexnet.kernels.ConvolutionAlgorithm;
import alexnet.kernels.DropoutScales;
import alexnet.kernels.FullyConnectedAlgorithm;
import alexnet.kernels.GraphBuilder;
import alexnet.kernels.ImageShape;
import alexnet.kernels.KernelFamily;
import alexnet.kernels.NormalizationShape;
import alexnet.kernels.ParameterGroup;
import alexnet.kernels.PoolingShape;
import alexnet.kernels.host.winograd.WinogradConvolution;
import alexnet.kernels.portable.PortableKernels;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The family for devices that are this JVM: kernels of jdk.incubator.vector, which need their arrays on the Java heap.
 * What takes no time worth saving (softmax), and normalisation and pooling back of what does not fill a vector, is left to the
 * portable family.
 */
public final class HostKernels implements KernelFamily {

    private final KernelFamily portable = new PortableKernels();
    private final AlgorithmChoice choice;
    private final List<ConvolutionAlgorithm> convolutions;
    private final List<FullyConnectedAlgorithm> fullyConnected;

    /**
     * The family for a device with so many threads: the work is cut into enough blocks for them. They do not change the results.
     *
     * @param choice which algorithms it takes
     */
    public HostKernels(int threads, AlgorithmChoice choice) {
        this.choice = choice;
        convolutions = List.of(new FewImagesConvolution(threads), new WinogradConvolution(threads), new DirectConvolution(threads));
        fullyConnected = List.of(new FewImagesFullyConnected(), new DirectFullyConnected(threads));
    }

    @Override
    public String name() {
        return "host";
    }

    @Override
    public void prepareImages(GraphBuilder builder, String task, ImageShape s, ByteArray pixels, FloatArray mean,
                              FloatArray deviation, IntArray crops, FloatArray noise, FloatArray output) {
        builder.graph().task(task, ImageKernels::prepare, s.images(), s.channels(), s.storedHeight(), s.storedWidth(),
                s.height(), s.width(), ImageKernels.blockRows(s.images(), s.height(), s.width()), pixels, mean, deviation, crops, noise, output);
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
        builder.graph().task(task, ArrayKernels::reluGradient, length, ArrayKernels.blocks(length), output, gradient);
    }

    @Override
    public void maxPoolForward(GraphBuilder builder, String task, PoolingShape s, FloatArray input, FloatArray output,
                               IntArray winners) {
        builder.graph().task(task, PoolingKernels::forward, s.images(), s.channels(), s.height(), s.width(), s.size(),
                s.stride(), s.outputHeight(), s.outputWidth(), input, output, winners);
    }

    @Override
    public void maxPoolInputGradient(GraphBuilder builder, String task, PoolingShape s, FloatArray outputGradient,
                                     IntArray winners, FloatArray inputGradient) {
        if (s.images() < Lanes.COUNT) {
            portable.maxPoolInputGradient(builder, task, s, outputGradient, winners, inputGradient);
            return;
        }
        builder.graph().task(task, PoolingKernels::inputGradient, s.images(), s.channels(), s.height(), s.width(), s.size(),
                s.stride(), s.outputHeight(), s.outputWidth(), outputGradient, winners, inputGradient);
    }

    @Override
    public int scalesLength(NormalizationShape s) {
        return s.places() < Lanes.COUNT ? portable.scalesLength(s) : 0;
    }

    @Override
    public void normalizationForward(GraphBuilder builder, String task, NormalizationShape s, FloatArray input,
                                     FloatArray scales, FloatArray output) {
        if (s.places() < Lanes.COUNT) {
            portable.normalizationForward(builder, task, s, input, scales, output);
            return;
        }
        builder.graph().task(task, NormalizationKernels::forward, s.places(), s.channelsPerGroup(), s.first(), s.count(), s.size(),
                s.alpha(), s.beta(), s.k(), NormalizationKernels.blocks(s.places()), input, output);
    }

    @Override
    public void normalizationInputGradient(GraphBuilder builder, String task, NormalizationShape s, boolean relu, FloatArray input,
                                           FloatArray scales, FloatArray output, FloatArray outputGradient,
                                           FloatArray inputGradient) {
        if (s.places() < Lanes.COUNT) {
            portable.normalizationInputGradient(builder, task, s, relu, input, scales, output, outputGradient, inputGradient);
            return;
        }
        builder.graph().task(task, NormalizationKernels::inputGradient, s.places(), s.channels(), s.channelsPerGroup(), s.first(),
                s.count(), s.size(), s.alpha(), s.beta(), s.k(), relu, NormalizationKernels.blocksBack(s.places()), input, outputGradient,
                inputGradient);
    }

    @Override
    public void dropout(GraphBuilder builder, String task, int images, int units, int firstUnit, int purpose, float rate,
                        boolean inverted, IntArray mode, IntArray imageKeys, FloatArray values) {
        DropoutScales scales = DropoutScales.of(rate, inverted);
        builder.graph().task(task, DropoutKernels::forward, images, units, firstUnit, purpose, DropoutKernels.dropped(rate),
                scales.training(), scales.testing(), mode, imageKeys, values);
    }

    @Override
    public void dropoutGradient(GraphBuilder builder, String task, int images, int units, int firstUnit, int purpose,
                                float rate, boolean inverted, IntArray imageKeys, FloatArray gradient) {
        builder.graph().task(task, DropoutKernels::gradient, images, units, firstUnit, purpose, DropoutKernels.dropped(rate),
                DropoutScales.of(rate, inverted).training(), imageKeys, gradient);
    }

    @Override
    public void softmaxCrossEntropy(GraphBuilder builder, String task, int images, int classes, FloatArray logits,
                                    IntArray labels, FloatArray probabilities, FloatArray losses) {
        portable.softmaxCrossEntropy(builder, task, images, classes, logits, labels, probabilities, losses);
    }

    @Override
    public void softmaxCrossEntropyGradient(GraphBuilder builder, String task, int images, int firstClass, int classes,
                                            FloatArray probabilities, IntArray labels, FloatArray hyper,
                                            FloatArray gradient) {
        portable.softmaxCrossEntropyGradient(builder, task, images, firstClass, classes, probabilities, labels, hyper, gradient);
    }

    @Override
    public void sgd(GraphBuilder builder, String task, int length, ParameterGroup group, float rateFactor, FloatArray hyper,
                    FloatArray gradient, FloatArray momenta, FloatArray weights) {
        builder.graph().task(task, ArrayKernels::sgd, length, ArrayKernels.blocks(length), group.ordinal(), rateFactor, hyper, gradient,
                momenta, weights);
    }

    @Override
    public void keep(GraphBuilder builder, String task, List<?> arrays) {
        portable.keep(builder, task, arrays);
    }

    @Override
    public void copy(GraphBuilder builder, String task, int length, FloatArray source, int sourceOffset,
                     FloatArray target, int targetOffset) {
        builder.graph().task(task, ArrayKernels::copy, length, ArrayKernels.blocks(length), source, sourceOffset, target,
                targetOffset);
    }

    @Override
    public void add(GraphBuilder builder, String task, int length, FloatArray source, int sourceOffset,
                    FloatArray target, int targetOffset) {
        builder.graph().task(task, ArrayKernels::add, length, ArrayKernels.blocks(length), source, sourceOffset, target,
                targetOffset);
    }
}
