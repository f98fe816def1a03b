package alexnet.kernels;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** A way to compute fully connected layers; what the passes compute is said at the operations of {@link KernelFamily}. */
public interface FullyConnectedAlgorithm extends Algorithm<FullyConnectedShape> {

    /** Adds the tasks of {@link Pass#FORWARD}. */
    void forward(GraphBuilder builder, String task, FullyConnectedShape shape, boolean relu, FloatArray input, FloatArray weights,
                 FloatArray bias, FloatArray output);

    /** Adds the tasks of {@link Pass#INPUT_GRADIENT}, where that is supported. */
    default void inputGradient(GraphBuilder builder, String task, FullyConnectedShape shape, FloatArray outputGradient, FloatArray weights,
                       FloatArray inputGradient) {
        throw new UnsupportedOperationException(name() + " has no input gradient");
    }

    /** Adds the tasks of {@link Pass#WEIGHT_GRADIENT}, where that is supported. */
    default void weightGradient(GraphBuilder builder, String task, FullyConnectedShape shape, FloatArray input, FloatArray outputGradient,
                        FloatArray weightGradient, FloatArray biasGradient) {
        throw new UnsupportedOperationException(name() + " has no weight gradient");
    }
}
