package alexnet.kernels.host;

import alexnet.kernels.FullyConnectedAlgorithm;
import alexnet.kernels.FullyConnectedShape;
import alexnet.kernels.GraphBuilder;
import alexnet.kernels.Pass;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The three matrix products of {@link FullyConnectedKernels}. */
final class DirectFullyConnected implements FullyConnectedAlgorithm {

    private final int threads;

    /** Cuts the work for so many threads. */
    DirectFullyConnected(int threads) {
        this.threads = threads;
    }

    @Override
    public String name() {
        return "direct";
    }

    @Override
    public boolean supports(Pass pass, FullyConnectedShape shape) {
        return true;
    }

    @Override
    public int workspaceLength(Pass pass, FullyConnectedShape s) {
        return pass == Pass.WEIGHT_GRADIENT ? Panels.length(s.units(), s.images()) : 0;
    }

    @Override
    public void forward(GraphBuilder builder, String task, FullyConnectedShape s, boolean relu, FloatArray input, FloatArray weights,
                        FloatArray bias, FloatArray output) {
        builder.graph().task(task, FullyConnectedKernels::forward, s.images(), s.inputs(), s.units(), relu,
                FullyConnectedKernels.forwardBlockUnits(s.units(), threads), input, weights, bias, output);
    }

    @Override
    public void inputGradient(GraphBuilder builder, String task, FullyConnectedShape s, FloatArray outputGradient, FloatArray weights,
                              FloatArray inputGradient) {
        builder.graph().task(task, FullyConnectedKernels::inputGradient, s.images(), s.inputs(), s.units(),
                FullyConnectedKernels.gradientBlocks(s.inputs()), outputGradient, weights, inputGradient);
    }

    @Override
    public void weightGradient(GraphBuilder builder, String task, FullyConnectedShape s, FloatArray input, FloatArray outputGradient,
                               FloatArray weightGradient, FloatArray biasGradient) {
        FloatArray panels = builder.workspace(workspaceLength(Pass.WEIGHT_GRADIENT, s));
        builder.graph()
                .task(task + "Panels", Panels::pack, 1, s.units(), 0, s.images(), 1, s.images(), 0, outputGradient, panels)
                .task(task, FullyConnectedKernels::weightGradient, s.images(), s.inputs(), s.units(),
                        FullyConnectedKernels.gradientBlocks(s.inputs()), input, panels, weightGradient)
                .task(task + "Bias", BiasKernels::gradient, s.units(), s.images(), outputGradient, biasGradient);
    }
}
