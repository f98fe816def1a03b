package alexnet.kernels.benchmark;

import org.openjdk.jmh.annotations.Param;

import alexnet.core.network.GroupShapes;
import alexnet.core.network.Layer;
import alexnet.kernels.ParameterGroup;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The operation {@code sgd} on the weights of a layer, in place. What is timed: see {@link KernelBenchmark}. */
public class SgdBenchmark extends KernelBenchmark {

    /** The layer whose shape it has. */
    @Param({"conv2", "fc6"})
    public String layer;

    @Override
    void arrange(Arrangement a) {
        GroupShapes.Entry entry = a.layer(layer);
        int length = entry.layer() instanceof Layer.Convolution ? a.shapes.convolution(entry).weightLength()
                : a.shapes.fullyConnected(entry).weightLength();
        FloatArray hyper = a.hyper();
        FloatArray gradient = a.input(length);
        FloatArray momenta = a.output(length);
        FloatArray weights = a.output(length);
        a.tasks(() -> a.family.sgd(a.builder, "task", length, ParameterGroup.WEIGHTS, 1, hyper, gradient, momenta, weights));
    }
}
