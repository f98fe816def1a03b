package alexnet.kernels.host;

import alexnet.kernels.FullyConnectedAlgorithm;
import alexnet.kernels.FullyConnectedShape;
import alexnet.kernels.GraphBuilder;
import alexnet.kernels.Pass;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Forwards, for batches that do not fill a vector: vectors of neighbouring inputs, see {@link FewImagesKernels}. */
final class FewImagesFullyConnected implements FullyConnectedAlgorithm {

    @Override
    public String name() {
        return "few images";
    }

    @Override
    public boolean supports(Pass pass, FullyConnectedShape shape) {
        return pass == Pass.FORWARD;
    }

    @Override
    public boolean pays(Pass pass, FullyConnectedShape shape) {
        return shape.images() < Lanes.COUNT;
    }

    @Override
    public int workspaceLength(Pass pass, FullyConnectedShape s) {
        return pass == Pass.FORWARD && s.images() > 1 ? s.inputLength() : 0;
    }

    @Override
    public void forward(GraphBuilder builder, String task, FullyConnectedShape s, boolean relu, FloatArray input, FloatArray weights,
                        FloatArray bias, FloatArray output) {
        FloatArray rows = input;
        if (s.images() > 1) {
            rows = builder.workspace(workspaceLength(Pass.FORWARD, s));
            builder.graph().task(task + "Rows", FewImagesKernels::transpose, s.images(), s.inputs(), input, rows);
        }
        builder.graph().task(task, FewImagesKernels::fullyConnectedForward, s.images(), s.inputs(), s.units(), relu,
                FewImagesKernels.fullyConnectedBlocks(s.units()), rows, weights, bias, output);
    }
}
