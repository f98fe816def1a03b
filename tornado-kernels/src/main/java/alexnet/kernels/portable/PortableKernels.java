package alexnet.kernels.portable;

import java.util.List;

import alexnet.kernels.ConvolutionShape;
import alexnet.kernels.FullyConnectedShape;
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
    public void convolutionForward(GraphBuilder builder, String task, ConvolutionShape shape, FloatArray input,
                                   FloatArray weights, FloatArray bias, FloatArray output) {
        convolution(builder, task, shape, true, input, weights, bias, output);
    }

    private static void convolution(GraphBuilder builder, String task, ConvolutionShape s, boolean relu,
                                    FloatArray input, FloatArray weights, FloatArray bias, FloatArray output) {
        builder.graph().task(task, ConvolutionKernels::convolutionForward, s.images(), s.channels(), s.height(), s.width(),
                s.filters(), s.size(), s.stride(), s.padding(), s.groups(), flag(relu), input, weights, bias, output);
    }

    @Override
    public void convolutionInputGradient(GraphBuilder builder, String task, ConvolutionShape s,
                                         FloatArray outputGradient, FloatArray weights, FloatArray inputGradient) {
        builder.graph().task(task, ConvolutionKernels::convolutionInputGradient, s.images(), s.channels(), s.height(),
                s.width(), s.filters(), s.size(), s.stride(), s.padding(), s.groups(), outputGradient, weights, inputGradient);
    }

    @Override
    public void convolutionWeightGradient(GraphBuilder builder, String task, ConvolutionShape s, FloatArray input,
                                          FloatArray outputGradient, FloatArray weightGradient, FloatArray biasGradient) {
        builder.graph()
                .task(task, ConvolutionKernels::convolutionWeightGradient, s.images(), s.channels(), s.height(), s.width(),
                        s.filters(), s.size(), s.stride(), s.padding(), s.groups(), input, outputGradient, weightGradient)
                .task(task + "Bias", ConvolutionKernels::convolutionBiasGradient, s.images(), s.filters(),
                        s.outputHeight() * s.outputWidth(), outputGradient, biasGradient);
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
    public void normalizationInputGradient(GraphBuilder builder, String task, NormalizationShape s, FloatArray input,
                                           FloatArray scales, FloatArray output, FloatArray outputGradient,
                                           FloatArray inputGradient) {
        builder.graph().task(task, NormalizationKernels::normalizationInputGradient, s.places(), s.channels(),
                s.channelsPerGroup(), s.first(), s.count(), s.size(), s.alpha(), s.beta(), input, scales, output, outputGradient, inputGradient);
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
                        boolean inverted, IntArray mode, IntArray imageKeys, FloatArray values) {
        builder.graph().task(task, DropoutKernels::dropoutForward, images, units, firstUnit, purpose, rate,
                DropoutKernels.trainingScale(rate, inverted), inverted ? 1 : 1 - rate, mode, imageKeys, values);
    }

    @Override
    public void dropoutGradient(GraphBuilder builder, String task, int images, int units, int firstUnit, int purpose,
                                float rate, boolean inverted, IntArray imageKeys, FloatArray gradient) {
        builder.graph().task(task, DropoutKernels::dropoutBackward, images, units, firstUnit, purpose, rate,
                DropoutKernels.trainingScale(rate, inverted), imageKeys, gradient);
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

    /** OpenCL has no boolean parameters. */
    private static int flag(boolean value) {
        return value ? 1 : 0;
    }
}
