package alexnet.kernels.benchmark;

import org.openjdk.jmh.annotations.Param;

import alexnet.kernels.NormalizationShape;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The operation {@code normalizationForward}. What is timed: see {@link KernelBenchmark}. */
public class NormalizationForwardBenchmark extends KernelBenchmark {

    /** The layer whose shape it has. */
    @Param({"norm1", "norm2"})
    public String layer;

    @Override
    void arrange(Arrangement a) {
        NormalizationShape shape = a.shapes.normalization(a.layer(layer));
        FloatArray input = a.input(shape.inputLength());
        FloatArray scales = a.family.scalesLength(shape) == 0 ? null : a.output(shape.outputLength());
        FloatArray output = a.output(shape.outputLength());
        a.tasks(() -> a.family.normalizationForward(a.builder, "task", shape, input, scales, output));
    }
}
