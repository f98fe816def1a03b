package alexnet.core.group;

import java.util.List;

import alexnet.kernels.ConvolutionShape;
import alexnet.kernels.CounterRandom;
import alexnet.kernels.FullyConnectedShape;
import alexnet.kernels.GraphBuilder;
import alexnet.kernels.KernelFamily;
import alexnet.kernels.NormalizationShape;
import alexnet.kernels.ParameterGroup;
import alexnet.kernels.PoolingShape;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * One layer of one part on its device: the arrays it works on, and the tasks it adds to the graphs of its stage. The way
 * back gets the gradient by the output in one scratch array and leaves the gradient by the input in the same or the other.
 */
sealed interface GroupLayer {

    /** The layer's name in the architecture. */
    String name();

    /** What the names of its tasks begin with: all parts' tasks may be in one graph. */
    String task();

    /** What the next layer sees. */
    FloatArray output();

    /** The parameters, if it has any: weight, then bias. */
    default List<Parameter> parameters() {
        return List.of();
    }

    /** Whether its way back needs the output as it was; the zeros of dropout are none the worse for ReLU's gradient. */
    default boolean keepsOutput() {
        return false;
    }

    /** Whether it has parameters that training changes. */
    default boolean learns() {
        return parameters().stream().anyMatch(Parameter::learns);
    }

    /** What of the batch's inputs the forward tasks read. */
    default List<Object> forwardInputs() {
        return List.of();
    }

    /** What of the batch's inputs the tasks of the input's gradient read. */
    default List<Object> gradientInputs() {
        return List.of();
    }

    /** Adds the tasks from input to output. */
    void forward(GraphBuilder graph, KernelFamily kernels);

    /** Whether {@link #inputGradient} adds any task; a graph without any is refused. */
    default boolean goesBack() {
        return true;
    }

    /**
     * Adds the tasks from the gradient by the output to the gradient by the input.
     *
     * @param gradient the gradient by the output; may be changed
     * @param free     scratch that nobody uses now
     * @return whichever of the two holds the gradient by the input afterwards
     */
    FloatArray inputGradient(GraphBuilder graph, KernelFamily kernels, FloatArray gradient, FloatArray free);

    /**
     * Adds the tasks from the gradient by the output to those by the parameters, if it has any that learn, after those of
     * {@link #inputGradient}, which also go back through its ReLU.
     *
     * @param gradient the same array as there
     */
    default void weightGradient(GraphBuilder graph, KernelFamily kernels, FloatArray gradient) {
    }

    /** Weight and bias of one layer. */
    record Weights(Parameter weight, Parameter bias) {

        static Weights allocate(DeviceArrays arrays, String layer, int weights, int biases, boolean learn, float rate, Optimizer optimizer) {
            return new Weights(Parameter.allocate(arrays, layer + ".weight", ParameterGroup.WEIGHTS, weights, learn, rate, optimizer),
                    Parameter.allocate(arrays, layer + ".bias", ParameterGroup.BIASES, biases, learn, rate, optimizer));
        }

        List<Parameter> all() {
            return List.of(weight, bias);
        }
    }

    /**
     * Convolution, bias and ReLU.
     *
     * @param lowest whether the way back ends here, so that its input needs no gradient
     * @param gated  whether the layer behind it hands it the gradient by ReLU's input
     */
    record Convolution(String name, String task, ConvolutionShape shape, boolean lowest, boolean gated, FloatArray input, FloatArray output,
                       Weights weights) implements GroupLayer {

        @Override
        public List<Parameter> parameters() {
            return weights.all();
        }

        @Override
        public boolean goesBack() {
            return !gated || !lowest;
        }

        @Override
        public void forward(GraphBuilder graph, KernelFamily kernels) {
            kernels.convolutionForward(graph, task, shape, input, weights.weight.values(), weights.bias.values(), output);
        }

        @Override
        public FloatArray inputGradient(GraphBuilder graph, KernelFamily kernels, FloatArray gradient, FloatArray free) {
            if (!gated) {
                kernels.reluGradient(graph, task + "_relu", shape.outputLength(), output, gradient);
            }
            if (!lowest) {
                kernels.convolutionInputGradient(graph, task + "_input", shape, gradient, weights.weight.values(), free);
            }
            return free;
        }

        @Override
        public void weightGradient(GraphBuilder graph, KernelFamily kernels, FloatArray gradient) {
            kernels.convolutionWeightGradient(graph, task + "_weight", shape, input, gradient,
                    weights.weight.gradient(), weights.bias.gradient());
        }
    }

    /**
     * Local response normalisation.
     *
     * @param relu   whether it goes back through the ReLU before it, which takes no time while its input is at hand
     * @param scales keeps the denominators for the way back; null where the kernels don't
     */
    record Normalization(String name, String task, NormalizationShape shape, boolean relu, FloatArray input, FloatArray scales, FloatArray output)
            implements GroupLayer {

        @Override
        public void forward(GraphBuilder graph, KernelFamily kernels) {
            kernels.normalizationForward(graph, task, shape, input, scales, output);
        }

        @Override
        public boolean keepsOutput() {
            return true;
        }

        @Override
        public FloatArray inputGradient(GraphBuilder graph, KernelFamily kernels, FloatArray gradient, FloatArray free) {
            kernels.normalizationInputGradient(graph, task + "_input", shape, relu, input, scales, output, gradient, free);
            return free;
        }
    }

    /**
     * Max-pooling.
     *
     * @param relu    whether it goes back through the ReLU before it: what comes back to a winner does if the winner is positive, which
     *                is seen at the fewer outputs
     * @param winners remembers where each value came from
     */
    record MaxPool(String name, String task, PoolingShape shape, boolean relu, FloatArray input, FloatArray output, IntArray winners)
            implements GroupLayer {

        @Override
        public void forward(GraphBuilder graph, KernelFamily kernels) {
            kernels.maxPoolForward(graph, task, shape, input, output, winners);
        }

        @Override
        public FloatArray inputGradient(GraphBuilder graph, KernelFamily kernels, FloatArray gradient, FloatArray free) {
            if (relu) {
                kernels.reluGradient(graph, task + "_relu", shape.outputLength(), output, gradient);
            }
            kernels.maxPoolInputGradient(graph, task + "_input", shape, gradient, winners, free);
            return free;
        }
    }

    /**
     * Fully connected units.
     *
     * @param relu   whether ReLU follows; it does but for the classes
     * @param lowest whether the way back ends here, so that its input needs no gradient
     */
    record FullyConnected(String name, String task, FullyConnectedShape shape, boolean relu, boolean lowest, FloatArray input, FloatArray output,
                          Weights weights) implements GroupLayer {

        @Override
        public List<Parameter> parameters() {
            return weights.all();
        }

        @Override
        public boolean goesBack() {
            return relu || !lowest;
        }

        @Override
        public void forward(GraphBuilder graph, KernelFamily kernels) {
            kernels.fullyConnectedForward(graph, task, shape, relu, input, weights.weight.values(), weights.bias.values(), output);
        }

        @Override
        public FloatArray inputGradient(GraphBuilder graph, KernelFamily kernels, FloatArray gradient, FloatArray free) {
            if (relu) {
                kernels.reluGradient(graph, task + "_relu", shape.outputLength(), output, gradient);
            }
            if (!lowest) {
                kernels.fullyConnectedInputGradient(graph, task + "_input", shape, gradient, weights.weight.values(), free);
            }
            return free;
        }

        @Override
        public void weightGradient(GraphBuilder graph, KernelFamily kernels, FloatArray gradient) {
            kernels.fullyConnectedWeightGradient(graph, task + "_weight", shape, input, gradient,
                    weights.weight.gradient(), weights.bias.gradient());
        }
    }

    /**
     * Dropout, in place where the layer before can spare its output.
     *
     * @param units     units of this part, every value of its maps
     * @param firstUnit the part's first unit among all parts': the draw is keyed by the unit's place in the whole layer
     * @param index     which dropout layer of the network this is, from 0
     */
    record Dropout(String name, String task, int images, int units, int firstUnit, int index, float rate, boolean inverted,
                   BatchInputs inputs, FloatArray input, FloatArray output) implements GroupLayer {

        @Override
        public List<Object> forwardInputs() {
            return List.of(inputs.mode, inputs.imageKeys);
        }

        @Override
        public List<Object> gradientInputs() {
            return List.of(inputs.imageKeys);
        }

        @Override
        public void forward(GraphBuilder graph, KernelFamily kernels) {
            if (output != input) {
                kernels.copy(graph, task + "_copy", units * images, input, 0, output, 0);
            }
            kernels.dropout(graph, task, images, units, firstUnit, CounterRandom.DROPOUT + index, rate, inverted,
                    inputs.mode, inputs.imageKeys, output);
        }

        @Override
        public FloatArray inputGradient(GraphBuilder graph, KernelFamily kernels, FloatArray gradient, FloatArray free) {
            kernels.dropoutGradient(graph, task + "_input", images, units, firstUnit, CounterRandom.DROPOUT + index, rate,
                    inverted, inputs.imageKeys, gradient);
            return gradient;
        }
    }
}
