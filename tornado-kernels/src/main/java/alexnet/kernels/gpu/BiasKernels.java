package alexnet.kernels.gpu;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The gradient by a bias: a sum over all pixels and images. Arrays: output gradient {@code [filters][plane]}, bias {@code [filters]}. */
final class BiasKernels {

    private BiasKernels() {
    }

    /** The gradient by the bias: a work-group sums a filter's gradients over {@code plane} pixels and images. */
    static void biasGradient(KernelContext context, int threads, int plane, FloatArray outputGradient,
                                        FloatArray biasGradient) {
        int item = context.localIdx;
        int filter = context.groupIdx;
        float sum = 0;
        for (int i = item; i < plane; i += threads) {
            sum += outputGradient.get(filter * plane + i);
        }
        float total = Trees.sum(context, threads, sum);
        if (item == 0) {
            biasGradient.set(filter, total);
        }
    }
}
