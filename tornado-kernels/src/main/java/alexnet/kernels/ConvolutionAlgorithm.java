package alexnet.kernels;

import java.util.Optional;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** A way to compute convolutions; what the passes compute is said at the operations of {@link KernelFamily}. */
public interface ConvolutionAlgorithm extends Algorithm<ConvolutionShape> {

    /**
     * How it rounds: the minimal filtering by which it computes a pass, in tiles that begin at the first row and column of the
     * result, or for the gradient by the weights of the outputs; none where it adds up the products of the definition.
     */
    default Optional<WinogradTransform> transform(Pass pass, ConvolutionShape shape) {
        return Optional.empty();
    }

    /**
     * Adds the tasks of {@link Pass#FORWARD}.
     *
     * @param relu whether {@code max(0, .)} follows
     */
    void forward(GraphBuilder builder, String task, ConvolutionShape shape, boolean relu, FloatArray input, FloatArray weights,
                 FloatArray bias, FloatArray output);

    /** Adds the tasks of {@link Pass#INPUT_GRADIENT}. */
    void inputGradient(GraphBuilder builder, String task, ConvolutionShape shape, FloatArray outputGradient, FloatArray weights,
                       FloatArray inputGradient);

    /** Adds the tasks of {@link Pass#WEIGHT_GRADIENT}. */
    void weightGradient(GraphBuilder builder, String task, ConvolutionShape shape, FloatArray input, FloatArray outputGradient,
                        FloatArray weightGradient, FloatArray biasGradient);
}
