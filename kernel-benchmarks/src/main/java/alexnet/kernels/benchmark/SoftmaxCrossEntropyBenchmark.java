package alexnet.kernels.benchmark;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The operation {@code softmaxCrossEntropy} over the classes of both groups. What is timed: see {@link KernelBenchmark}. */
public class SoftmaxCrossEntropyBenchmark extends KernelBenchmark {

    @Override
    void arrange(Arrangement a) {
        int classes = a.shapes.architecture().classes();
        FloatArray logits = a.input(classes * a.images);
        IntArray labels = a.integers(a.images, classes);
        FloatArray probabilities = a.output(classes * a.images);
        FloatArray losses = a.output(a.images);
        a.tasks(() -> a.family.softmaxCrossEntropy(a.builder, "task", a.images, classes, logits, labels, probabilities, losses));
    }
}
