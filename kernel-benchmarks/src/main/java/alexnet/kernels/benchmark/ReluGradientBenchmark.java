package alexnet.kernels.benchmark;

import org.openjdk.jmh.annotations.Param;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The operation {@code reluGradient}, in place. What is timed: see {@link KernelBenchmark}. */
public class ReluGradientBenchmark extends KernelBenchmark {

    /** The layer whose shape it has. */
    @Param({"conv1", "conv2", "conv3", "conv4", "conv5"})
    public String layer;

    @Override
    void arrange(Arrangement a) {
        int length = a.layer(layer).output().length() * a.images;
        FloatArray output = a.input(length);
        FloatArray gradient = a.output(length);
        a.tasks(() -> a.family.reluGradient(a.builder, "task", length, output, gradient));
    }
}
