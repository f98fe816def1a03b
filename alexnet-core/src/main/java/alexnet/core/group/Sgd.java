package alexnet.core.group;

import java.util.List;

import alexnet.kernels.GraphBuilder;
import alexnet.kernels.KernelFamily;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** Stochastic gradient descent with momentum and weight decay (paper, section 5). */
public final class Sgd implements Optimizer {

    /** The update of the last step, v in the paper. */
    public static final String MOMENTUM = "momentum";
    /** What the names of its tensors begin with. */
    public static final String MOMENTA = Optimizer.prefix(MOMENTUM);

    @Override
    public List<String> states() {
        return List.of(MOMENTUM);
    }

    @Override
    public void update(GraphBuilder graph, KernelFamily kernels, String task, Parameter parameter, FloatArray gradient, FloatArray hyper) {
        FloatArray values = parameter.values();
        kernels.sgd(graph, task, values.getSize(), parameter.group(), parameter.rate(), hyper, gradient, parameter.states().getFirst(), values);
    }
}
