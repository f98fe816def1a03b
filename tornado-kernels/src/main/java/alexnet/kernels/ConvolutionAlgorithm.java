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

    @Override
    default String describe(Pass pass, ConvolutionShape shape) {
        return transform(pass, shape).map(transform -> name() + " F(" + transform.outputs() + "," + transform.size() + ")").orElse(name());
    }

    /**
     * Adds the tasks of {@link Pass#FORWARD}.
     *
     * @param relu whether {@code max(0, .)} follows
     */
    void forward(GraphBuilder builder, String task, ConvolutionShape shape, boolean relu, FloatArray input, FloatArray weights,
                 FloatArray bias, FloatArray output);

    /** Adds the tasks of {@link Pass#INPUT_GRADIENT}, where that is supported. */
    default void inputGradient(GraphBuilder builder, String task, ConvolutionShape shape, FloatArray outputGradient, FloatArray weights,
                       FloatArray inputGradient) {
        throw new UnsupportedOperationException(name() + " has no input gradient");
    }

    /** Adds the tasks of {@link Pass#WEIGHT_GRADIENT}, where that is supported. */
    default void weightGradient(GraphBuilder builder, String task, ConvolutionShape shape, FloatArray input, FloatArray outputGradient,
                        FloatArray weightGradient, FloatArray biasGradient) {
        throw new UnsupportedOperationException(name() + " has no weight gradient");
    }
}
