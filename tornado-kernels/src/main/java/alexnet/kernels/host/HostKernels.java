package alexnet.kernels.host;

import java.util.List;

import alexnet.kernels.ConvolutionShape;
import alexnet.kernels.FullyConnectedShape;
import alexnet.kernels.GraphBuilder;
import alexnet.kernels.ImageShape;
import alexnet.kernels.KernelFamily;
import alexnet.kernels.NormalizationShape;
import alexnet.kernels.ParameterGroup;
import alexnet.kernels.PoolingShape;
import alexnet.kernels.portable.PortableKernels;
import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * The family for devices that are this JVM: kernels of jdk.incubator.vector, which need their arrays on the Java heap.
 * Batches that do not fill a vector have forward kernels of their own. What takes no time worth saving (softmax, dropout),
 * and normalisation and pooling back of what does not fill a vector, is left to the portable family.
 */
public final class HostKernels implements KernelFamily {

    private final KernelFamily portable = new PortableKernels();
    private final int threads;

    /**
     * The family for a device with so many threads: the work is cut into enough blocks for them. They do not change the results.
     */
    public HostKernels(int threads) {
        this.threads = threads;
    }

    @Override
    public String name() {
        return "host";
    }

    @Override
    public void prepareImages(GraphBuilder builder, String task, ImageShape s, ByteArray pixels, FloatArray mean,
                              FloatArray deviation, IntArray crops, FloatArray noise, FloatArray output) {
        builder.graph().task(task, ImageKernels::prepare, s.images(), s.channels(), s.storedHeight(), s.storedWidth(),
                s.height(), s.width(), pixels, mean, deviation, crops, noise, output);
    }

    @Override
    public void convolutionForward(GraphBuilder builder, String task, ConvolutionShape s, FloatArray input,
                                   FloatArray weights, FloatArray bias, FloatArray output) {
        if (s.images() < Lanes.COUNT) {
            builder.graph().task(task, FewImagesKernels::convolutionForward, s.images(), s.channels(), s.height(), s.width(),
                    s.filters(), s.size(), s.stride(), s.padding(), s.groups(), s.outputHeight(), s.outputWidth(),
                    Blocks.parts(threads, s.groups(), s.filtersPerGroup()), input, weights, bias, output);
            return;
        }
        builder.graph().task(task, ConvolutionKernels::forward, s.images(), s.channels(), s.height(), s.width(), s.filters(),
                s.size(), s.stride(), s.padding(), s.groups(), s.outputHeight(), s.outputWidth(),
                Blocks.parts(threads, s.groups() * s.outputHeight(), s.outputWidth()), input, weights, bias, output);
    }

    @Override
    public void convolutionInputGradient(GraphBuilder builder, String task, ConvolutionShape s,
                                         FloatArray outputGradient, FloatArray weights, FloatArray inputGradient) {
        builder.graph().task(task, ConvolutionKernels::inputGradient, s.images(), s.channels(), s.height(), s.width(),
                s.filters(), s.size(), s.stride(), s.padding(), s.groups(), s.outputHeight(), s.outputWidth(),
                Blocks.parts(threads, s.groups() * s.height(), s.width()), outputGradient, weights, inputGradient);
    }

    @Override
    public void convolutionWeightGradient(GraphBuilder builder, String task, ConvolutionShape s, FloatArray input,
                                          FloatArray outputGradient, FloatArray weightGradient, FloatArray biasGradient) {
        int stripes = WeightGradientKernels.stripes(s.filtersPerGroup());
        builder.graph()
                .task(task, WeightGradientKernels::gradient, s.images(), s.channels(), s.height(), s.width(), s.filters(),
                        s.size(), s.stride(), s.padding(), s.groups(), s.outputHeight(), s.outputWidth(), stripes,
                        Blocks.parts(threads, s.groups() * stripes, s.size()), input, outputGradient, weightGradient)
                .task(task + "Bias", BiasKernels::gradient, s.filters(), s.outputHeight() * s.outputWidth() * s.images(),
                        outputGradient, biasGradient);
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
    public void normalizationForward(GraphBuilder builder, String task, NormalizationShape s, FloatArray input,
                                     FloatArray scales, FloatArray output) {
        if (s.places() < Lanes.COUNT) {
            portable.normalizationForward(builder, task, s, input, scales, output);
            return;
        }
        builder.graph().task(task, NormalizationKernels::forward, s.places(), s.channelsPerGroup(), s.first(), s.count(), s.size(),
                s.alpha(), s.beta(), s.k(), NormalizationKernels.blocks(s.places()), input, scales, output);
    }

    @Override
    public void normalizationInputGradient(GraphBuilder builder, String task, NormalizationShape s, FloatArray input,
                                           FloatArray scales, FloatArray output, FloatArray outputGradient,
                                           FloatArray inputGradient) {
        if (s.places() < Lanes.COUNT) {
            portable.normalizationInputGradient(builder, task, s, input, scales, output, outputGradient, inputGradient);
            return;
        }
        builder.graph().task(task, NormalizationKernels::inputGradient, s.places(), s.channels(), s.channelsPerGroup(), s.first(),
                s.count(), s.size(), s.alpha(), s.beta(), NormalizationKernels.blocks(s.places()), input, scales, outputGradient, inputGradient);
    }

    @Override
    public void fullyConnectedForward(GraphBuilder builder, String task, FullyConnectedShape s, boolean relu,
                                      FloatArray input, FloatArray weights, FloatArray bias, FloatArray output) {
        if (s.images() < Lanes.COUNT) {
            builder.graph().task(task, FewImagesKernels::fullyConnectedForward, s.images(), s.inputs(), s.units(), relu,
                    FewImagesKernels.fullyConnectedBlocks(s.units()), input, weights, bias, output);
            return;
        }
        builder.graph().task(task, FullyConnectedKernels::forward, s.images(), s.inputs(), s.units(), relu,
                FullyConnectedKernels.forwardBlockUnits(s.units(), threads), input, weights, bias, output);
    }

    @Override
    public void fullyConnectedInputGradient(GraphBuilder builder, String task, FullyConnectedShape s,
                                            FloatArray outputGradient, FloatArray weights, FloatArray inputGradient) {
        builder.graph().task(task, FullyConnectedKernels::inputGradient, s.images(), s.inputs(), s.units(),
                FullyConnectedKernels.gradientBlocks(s.inputs()), outputGradient, weights, inputGradient);
    }

    @Override
    public void fullyConnectedWeightGradient(GraphBuilder builder, String task, FullyConnectedShape s, FloatArray input,
                                             FloatArray outputGradient, FloatArray weightGradient, FloatArray biasGradient) {
        builder.graph()
                .task(task, FullyConnectedKernels::weightGradient, s.images(), s.inputs(), s.units(),
                        FullyConnectedKernels.gradientBlocks(s.inputs()), input, outputGradient, weightGradient)
                .task(task + "Bias", BiasKernels::gradient, s.units(), s.images(), outputGradient, biasGradient);
    }

    @Override
    public void dropout(GraphBuilder builder, String task, int images, int units, int firstUnit, int purpose, float rate,
                        boolean inverted, IntArray mode, IntArray imageKeys, FloatArray values) {
        portable.dropout(builder, task, images, units, firstUnit, purpose, rate, inverted, mode, imageKeys, values);
    }

    @Override
    public void dropoutGradient(GraphBuilder builder, String task, int images, int units, int firstUnit, int purpose,
                                float rate, boolean inverted, IntArray imageKeys, FloatArray gradient) {
        portable.dropoutGradient(builder, task, images, units, firstUnit, purpose, rate, inverted, imageKeys, gradient);
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
