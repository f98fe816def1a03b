package alexnet.kernels.benchmark;

import org.openjdk.jmh.annotations.Param;

import alexnet.kernels.NormalizationShape;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The operation {@code normalizationInputGradient}, through ReLU. What is timed: see {@link KernelBenchmark}. */
public class NormalizationInputGradientBenchmark extends KernelBenchmark {

    /** The layer whose shape it has. */
    @Param({"norm1", "norm2"})
    public String layer;

    @Override
    void arrange(Arrangement a) {
        NormalizationShape shape = a.shapes.normalization(a.layer(layer));
        FloatArray input = a.input(shape.inputLength());
        FloatArray scales = a.family.scalesLength(shape) == 0 ? null : a.input(shape.outputLength());
        if (scales != null) {
            scales.init(shape.k());
        }
        FloatArray output = a.input(shape.outputLength());
        FloatArray outputGradient = a.input(shape.outputLength());
        FloatArray inputGradient = a.output(shape.inputLength());
        a.tasks(() -> a.family.normalizationInputGradient(a.builder, "task", shape, true, input, scales, output, outputGradient, inputGradient));
    }
}
