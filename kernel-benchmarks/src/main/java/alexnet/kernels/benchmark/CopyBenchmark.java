package alexnet.kernels.benchmark;

import org.openjdk.jmh.annotations.Param;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The operation {@code copy} of the maps that the other group gets. What is timed: see {@link KernelBenchmark}. */
public class CopyBenchmark extends KernelBenchmark {

    /** The layer whose shape it has. */
    @Param({"pool1", "pool2", "pool5"})
    public String layer;

    @Override
    void arrange(Arrangement a) {
        int length = a.layer(layer).output().length() * a.images;
        FloatArray source = a.input(length);
        FloatArray target = a.output(2 * length);
        a.tasks(() -> a.family.copy(a.builder, "task", length, source, 0, target, length));
    }
}
