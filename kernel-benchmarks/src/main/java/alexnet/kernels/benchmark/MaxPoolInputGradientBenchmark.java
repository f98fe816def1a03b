package alexnet.kernels.benchmark;

import org.openjdk.jmh.annotations.Param;

import alexnet.kernels.PoolingShape;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The operation {@code maxPoolInputGradient}, every window won by its first pixel. What is timed: see {@link KernelBenchmark}. */
public class MaxPoolInputGradientBenchmark extends KernelBenchmark {

    /** The layer whose shape it has. */
    @Param({"pool1", "pool2", "pool5"})
    public String layer;

    @Override
    void arrange(Arrangement a) {
        PoolingShape shape = a.shapes.pooling(a.layer(layer));
        FloatArray outputGradient = a.input(shape.outputLength());
        IntArray winners = a.integers(shape.outputLength(), 1);
        int pixels = shape.outputHeight() * shape.outputWidth();
        for (int i = 0; i < winners.getSize(); i++) {
            int pixel = i / shape.images() % pixels;
            winners.set(i, pixel / shape.outputWidth() * shape.stride() * shape.width() + pixel % shape.outputWidth() * shape.stride());
        }
        FloatArray inputGradient = a.output(shape.inputLength());
        a.tasks(() -> a.family.maxPoolInputGradient(a.builder, "task", shape, outputGradient, winners, inputGradient));
    }
}
