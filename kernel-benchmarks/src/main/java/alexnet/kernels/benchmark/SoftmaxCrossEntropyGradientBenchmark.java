package alexnet.kernels.benchmark;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The operation {@code softmaxCrossEntropyGradient} by the logits of one group. What is timed: see {@link KernelBenchmark}. */
public class SoftmaxCrossEntropyGradientBenchmark extends KernelBenchmark {

    @Override
    void arrange(Arrangement a) {
        int classes = a.shapes.architecture().classes();
        FloatArray probabilities = a.input(classes * a.images);
        IntArray labels = a.integers(a.images, classes);
        FloatArray hyper = a.hyper();
        FloatArray gradient = a.output(classes / 2 * a.images);
        a.tasks(() -> a.family.softmaxCrossEntropyGradient(a.builder, "task", a.images, 0, classes / 2, probabilities, labels, hyper, gradient));
    }
}
