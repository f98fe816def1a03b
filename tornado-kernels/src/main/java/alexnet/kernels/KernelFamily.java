package alexnet.kernels;

import java.util.List;

import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * One implementation of every operation of the network; each method adds the operation's task or tasks to a graph. Which
 * family runs depends on the device, see {@link KernelFamilies}; all of them compute the same functions and are checked
 * against the same double-precision references.
 *
 * <p>Every array is batch innermost unless its shape record says otherwise, and may be longer than the shape needs: the
 * kernels go by the shape alone, so that scratch arrays can be shared. No kernel allocates after its first run. What an
 * operation's tasks hand on to each other is in {@link GraphBuilder#workspace}, anything between two operations. Arrays
 * named {@code ...Gradient} hold the derivative of the mean loss of the batch by that quantity.
 *
 * <p>Convolutions and fully connected layers are computed by one of the family's {@link Algorithm}s for each {@link Pass} and
 * shape; a new one is a class and a line in its list.
 *
 * <p>{@code task} names the operation inside its graph; an operation made of several tasks appends to that name.
 */
public interface KernelFamily {

    /** The name by which users choose and read about the family: {@code portable}, {@code host}, {@code gpu}. */
    String name();

    /** Which of its algorithms it takes. */
    AlgorithmChoice choice();

    // Image preparation (paper, sections 2 and 4.1)

    /**
     * {@code output = (pixel - mean + noise) / deviation}, cropped and mirrored: pixel and mean are taken at the same place of
     * the stored image; noise is the colour offset of that image, zero at test time; deviation is the channel's, 1 in the paper.
     */
    void prepareImages(GraphBuilder builder, String task, ImageShape shape, ByteArray pixels, FloatArray mean,
                       FloatArray deviation, IntArray crops, FloatArray noise, FloatArray output);

    // Convolution (paper, section 3.5)

    /** Its ways to compute convolutions, the one to prefer first; the last one supports everything. */
    List<ConvolutionAlgorithm> convolutionAlgorithms();

    /** The one that computes a pass. */
    default ConvolutionAlgorithm convolution(Pass pass, ConvolutionShape shape) {
        return choice().of(convolutionAlgorithms(), pass, shape);
    }

    /** {@code output = max(0, weights * input + bias)}; a NaN stays one, so that a diverged network shows in its loss. */
    default void convolutionForward(GraphBuilder builder, String task, ConvolutionShape shape, FloatArray input,
                                    FloatArray weights, FloatArray bias, FloatArray output) {
        convolution(Pass.FORWARD, shape).forward(builder, task, shape, true, input, weights, bias, output);
    }

    /** The gradient by the input, from the gradient by the convolution's sum (before ReLU). Overwrites. */
    default void convolutionInputGradient(GraphBuilder builder, String task, ConvolutionShape shape, FloatArray outputGradient,
                                          FloatArray weights, FloatArray inputGradient) {
        convolution(Pass.INPUT_GRADIENT, shape).inputGradient(builder, task, shape, outputGradient, weights, inputGradient);
    }

    /** The gradients by weights and bias, from the gradient by the convolution's sum (before ReLU). Overwrites. */
    default void convolutionWeightGradient(GraphBuilder builder, String task, ConvolutionShape shape, FloatArray input,
                                           FloatArray outputGradient, FloatArray weightGradient, FloatArray biasGradient) {
        convolution(Pass.WEIGHT_GRADIENT, shape)
                .weightGradient(builder, task, shape, input, outputGradient, weightGradient, biasGradient);
    }

    // ReLU (paper, section 3.1); forward it is part of convolutionForward and fullyConnectedForward

    /** In place: {@code gradient = output > 0 ? gradient : 0}; a NaN output stops the gradient. */
    void reluGradient(GraphBuilder builder, String task, int length, FloatArray output, FloatArray gradient);

    // Overlapping max-pooling (paper, section 3.4)

    /**
     * The largest value of each window, and where it was found: {@code winners} holds {@code row * width + column} of the input.
     * In row order, the first of equal numbers wins; a NaN wins over every number, and the last NaN over those before it.
     */
    void maxPoolForward(GraphBuilder builder, String task, PoolingShape shape, FloatArray input, FloatArray output,
                        IntArray winners);

    /** Each input gets the sum of the gradients of the windows that it won. Overwrites. */
    void maxPoolInputGradient(GraphBuilder builder, String task, PoolingShape shape, FloatArray outputGradient,
                              IntArray winners, FloatArray inputGradient);

    // Local response normalisation (paper, section 3.3)

    /** How many numbers {@link #normalizationForward} keeps for the way back; 0 where it computes them again. */
    default int scalesLength(NormalizationShape shape) {
        return shape.outputLength();
    }

    /**
     * {@code output = input / scale^beta}.
     *
     * @param scales gets {@code k + alpha * sum of squares}; null where {@link #scalesLength} is 0
     */
    void normalizationForward(GraphBuilder builder, String task, NormalizationShape shape, FloatArray input,
                              FloatArray scales, FloatArray output);

    /**
     * The gradient by the input. Overwrites.
     *
     * @param relu whether the input is the output of a ReLU, and the gradient that by ReLU's input: zero where the input is not positive
     */
    void normalizationInputGradient(GraphBuilder builder, String task, NormalizationShape shape, boolean relu, FloatArray input,
                                    FloatArray scales, FloatArray output, FloatArray outputGradient,
                                    FloatArray inputGradient);

    // Fully connected

    /** Its ways to compute fully connected layers, the one to prefer first; the last one supports everything. */
    List<FullyConnectedAlgorithm> fullyConnectedAlgorithms();

    /** The one that computes a pass. */
    default FullyConnectedAlgorithm fullyConnected(Pass pass, FullyConnectedShape shape) {
        return choice().of(fullyConnectedAlgorithms(), pass, shape);
    }

    /** {@code output = weights * input + bias}, then {@code max(0, .)} where {@code relu} is set; a NaN stays one. */
    default void fullyConnectedForward(GraphBuilder builder, String task, FullyConnectedShape shape, boolean relu,
                                       FloatArray input, FloatArray weights, FloatArray bias, FloatArray output) {
        fullyConnected(Pass.FORWARD, shape).forward(builder, task, shape, relu, input, weights, bias, output);
    }

    /** The gradient by the input, from the gradient by the layer's sum (before ReLU). Overwrites. */
    default void fullyConnectedInputGradient(GraphBuilder builder, String task, FullyConnectedShape shape,
                                             FloatArray outputGradient, FloatArray weights, FloatArray inputGradient) {
        fullyConnected(Pass.INPUT_GRADIENT, shape).inputGradient(builder, task, shape, outputGradient, weights, inputGradient);
    }

    /** The gradients by weights and bias, from the gradient by the layer's sum (before ReLU). Overwrites. */
    default void fullyConnectedWeightGradient(GraphBuilder builder, String task, FullyConnectedShape shape, FloatArray input,
                                              FloatArray outputGradient, FloatArray weightGradient, FloatArray biasGradient) {
        fullyConnected(Pass.WEIGHT_GRADIENT, shape)
                .weightGradient(builder, task, shape, input, outputGradient, weightGradient, biasGradient);
    }

    // Dropout (paper, section 4.2)

    /**
     * In place on {@code values [units][images]}. Training ({@code mode[0] == 1}): a value is kept or zeroed by
     * {@link CounterRandom} of its image's key and {@code firstUnit + unit}, so that the draw does not depend on how the
     * layer is split. Testing ({@code mode[0] == 0}): every value is multiplied by {@code 1 - rate}, one half in the paper.
     *
     * @param inverted  whether it is training instead that scales, what it keeps by {@code 1 / (1 - rate)}, and testing changes nothing
     * @param imageKeys {@code [images]}, one random key for each image and use of it
     */
    void dropout(GraphBuilder builder, String task, int images, int units, int firstUnit, int purpose, float rate,
                 boolean inverted, IntArray mode, IntArray imageKeys, FloatArray values);

    /** In place on {@code gradient}: zero where {@link #dropout} in training zeroed the value, and scaled where that scaled it. */
    void dropoutGradient(GraphBuilder builder, String task, int images, int units, int firstUnit, int purpose,
                         float rate, boolean inverted, IntArray imageKeys, FloatArray gradient);

    // Softmax and cross-entropy

    /**
     * {@code probabilities = softmax(logits)} and {@code losses[image] = -log(probability of its label)}, in a form that
     * does not overflow. A label below zero marks a place in the batch that holds no image: its loss is 0.
     *
     * @param logits        {@code [classes][images]}
     * @param labels        {@code [images]}
     * @param probabilities {@code [classes][images]}
     * @param losses        {@code [images]}
     */
    void softmaxCrossEntropy(GraphBuilder builder, String task, int images, int classes, FloatArray logits,
                             IntArray labels, FloatArray probabilities, FloatArray losses);

    /**
     * The gradient by the logits {@code firstClass .. firstClass + classes - 1}, those of one group:
     * {@code (probability - 1 if it is the label) * hyper[LOSS_SCALE]}, 0 where the label is below zero.
     *
     * @param gradient {@code [classes][images]}
     * @param hyper    see {@link Hyper}
     */
    void softmaxCrossEntropyGradient(GraphBuilder builder, String task, int images, int firstClass, int classes,
                                     FloatArray probabilities, IntArray labels, FloatArray hyper, FloatArray gradient);

    // Stochastic gradient descent (paper, section 5)

    /**
     * {@code v = momentum * v - decay * rate * w - rate * gradient; w = w + v}, in place; the constants, rate and decay those of
     * the group, are read from {@code hyper}, see {@link Hyper}.
     *
     * @param rateFactor what the group's rate is multiplied by, 1 but where a layer learns at another
     */
    void sgd(GraphBuilder builder, String task, int length, ParameterGroup group, float rateFactor, FloatArray hyper,
             FloatArray gradient, FloatArray momenta, FloatArray weights);

    // Between the groups, and between host and device

    /**
     * Uses {@code arrays} (each a FloatArray or an IntArray, none empty, none twice) without changing them: TornadoVM moves only
     * what a task uses, and moves to the device only what a task reads. Many arrays share a task.
     */
    void keep(GraphBuilder builder, String task, List<?> arrays);

    /** {@code target[targetOffset + i] = source[sourceOffset + i]} for {@code length} elements. */
    void copy(GraphBuilder builder, String task, int length, FloatArray source, int sourceOffset, FloatArray target,
              int targetOffset);

    /** {@code target[targetOffset + i] += source[sourceOffset + i]} for {@code length} elements. */
    void add(GraphBuilder builder, String task, int length, FloatArray source, int sourceOffset, FloatArray target,
             int targetOffset);
}
