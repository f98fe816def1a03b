package alexnet.kernels.benchmark;

import org.openjdk.jmh.annotations.Param;

import alexnet.core.network.GroupShapes;
import alexnet.core.network.Layer;
import alexnet.kernels.CounterRandom;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The operation {@code dropoutGradient}, in place. What is timed: see {@link KernelBenchmark}. */
public class DropoutGradientBenchmark extends KernelBenchmark {

    /** The layer whose shape it has. */
    @Param({"drop6", "drop7"})
    public String layer;

    @Override
    void arrange(Arrangement a) {
        GroupShapes.Entry entry = a.layer(layer);
        int units = entry.output().length();
        Layer.Dropout dropout = (Layer.Dropout) entry.layer();
        IntArray imageKeys = a.integers(a.images, Integer.MAX_VALUE);
        FloatArray gradient = a.output(units * a.images);
        a.tasks(() -> a.family.dropoutGradient(a.builder, "task", a.images, units, 0, CounterRandom.DROPOUT, dropout.rate(),
                dropout.inverted(), imageKeys, gradient));
    }
}
