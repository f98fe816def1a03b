package alexnet.kernels.benchmark;

import org.openjdk.jmh.annotations.Param;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The operation {@code add} of the gradients by the maps of several parts. What is timed: see {@link KernelBenchmark}. */
public class AddBenchmark extends KernelBenchmark {

    /** The layer whose shape it has. */
    @Param({"pool1", "pool2", "pool5"})
    public String layer;

    @Override
    void arrange(Arrangement a) {
        int length = a.layer(layer).output().length() * a.images;
        FloatArray source = a.input(2 * length);
        FloatArray target = a.output(length);
        a.tasks(() -> a.family.add(a.builder, "task", length, source, length, target, 0));
    }
}
