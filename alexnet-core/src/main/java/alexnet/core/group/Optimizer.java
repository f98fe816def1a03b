package alexnet.core.group;

import java.util.List;

import alexnet.kernels.GraphBuilder;
import alexnet.kernels.KernelFamily;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * How parameters follow their gradients. What it keeps of each parameter from step to step is on the device, in checkpoints and in the
 * count of memory because {@link #states()} names it.
 */
public interface Optimizer {

    /** The one that networks are trained with. */
    Optimizer CHOSEN = new Sgd();

    /** What it keeps of each parameter that learns, as {@code momentum}: an array of the parameter's length, which starts with zeros. */
    List<String> states();

    /**
     * Adds the task that updates a parameter and what is kept of it.
     *
     * @param parameter one that learns; its {@link Parameter#states()} in the order of {@link #states()}
     * @param gradient  what it follows, {@code [parameter.values().getSize()]}
     * @param hyper     rates and the like of this step, see {@link alexnet.kernels.Hyper}
     */
    void update(GraphBuilder graph, KernelFamily kernels, String task, Parameter parameter, FloatArray gradient, FloatArray hyper);

    /** What the names of the tensors of a state begin with, before the parameter's. */
    static String prefix(String state) {
        return state + ".";
    }
}
