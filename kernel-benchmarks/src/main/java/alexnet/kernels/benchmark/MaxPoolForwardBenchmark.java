package alexnet.kernels.benchmark;

import org.openjdk.jmh.annotations.Param;

import alexnet.kernels.PoolingShape;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The operation {@code maxPoolForward}. What is timed: see {@link KernelBenchmark}. */
public class MaxPoolForwardBenchmark extends KernelBenchmark {

    /** The layer whose shape it has. */
    @Param({"pool1", "pool2", "pool5"})
    public String layer;

    @Override
    void arrange(Arrangement a) {
        PoolingShape shape = a.shapes.pooling(a.layer(layer));
        FloatArray input = a.input(shape.inputLength());
        FloatArray output = a.output(shape.outputLength());
        IntArray winners = a.outputIntegers(shape.outputLength());
        a.tasks(() -> a.family.maxPoolForward(a.builder, "task", shape, input, output, winners));
    }
}
