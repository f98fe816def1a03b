package alexnet.kernels;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * A fully connected layer as the convolution of a 1x1 image with 1x1 filters; the arrays have the same layout.
 *
 * @param convolution what computes it
 */
public record AsConvolution(ConvolutionAlgorithm convolution) implements FullyConnectedAlgorithm {

    private static ConvolutionShape shape(FullyConnectedShape shape) {
        return new ConvolutionShape(shape.images(), shape.inputs(), 1, 1, shape.units(), 1, 1, 0, 1);
    }

    @Override
    public String name() {
        return convolution.name();
    }

    @Override
    public String describe(Pass pass, FullyConnectedShape shape) {
        return convolution.describe(pass, shape(shape));
    }

    @Override
    public boolean direct() {
        return convolution.direct();
    }

    @Override
    public boolean supports(Pass pass, FullyConnectedShape shape) {
        return convolution.supports(pass, shape(shape));
    }

    @Override
    public boolean pays(Pass pass, FullyConnectedShape shape) {
        return convolution.pays(pass, shape(shape));
    }

    @Override
    public int workspaceLength(Pass pass, FullyConnectedShape shape) {
        return convolution.workspaceLength(pass, shape(shape));
    }

    @Override
    public void forward(GraphBuilder builder, String task, FullyConnectedShape shape, boolean relu, FloatArray input,
                        FloatArray weights, FloatArray bias, FloatArray output) {
        convolution.forward(builder, task, shape(shape), relu, input, weights, bias, output);
    }

    @Override
    public void inputGradient(GraphBuilder builder, String task, FullyConnectedShape shape, FloatArray outputGradient,
                              FloatArray weights, FloatArray inputGradient) {
        convolution.inputGradient(builder, task, shape(shape), outputGradient, weights, inputGradient);
    }

    @Override
    public void weightGradient(GraphBuilder builder, String task, FullyConnectedShape shape, FloatArray input,
                               FloatArray outputGradient, FloatArray weightGradient, FloatArray biasGradient) {
        convolution.weightGradient(builder, task, shape(shape), input, outputGradient, weightGradient, biasGradient);
    }
}
