package alexnet.kernels.gpu;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** The gradient by a bias: a sum over all pixels and images. Arrays: output gradient {@code [filters][plane]}, bias {@code [filters]}. */
final class BiasKernels {

    /** Work-groups that a compute unit needs to have loads on their way all the time. */
    private static final int GROUPS_A_UNIT = 4;
    /** Gradients that a work item adds, at least. */
    private static final int LEAST_TERMS = 4;

    private BiasKernels() {
    }

    /** The parts that each sum is split into, so that few filters keep all units busy. */
    static int splits(int threads, int units, int filters, int plane) {
        return Math.clamp(GROUPS_A_UNIT * units / filters, 1, Math.max(1, plane / (threads * LEAST_TERMS)));
    }

    /** A work-group sums a split of a filter's gradients; {@code sums} is {@code [splits][filters]}. */
    static void biasGradient(KernelContext context, int threads, int splits, int filters, int plane, FloatArray outputGradient,
                             FloatArray sums) {
        int item = context.localIdx;
        int filter = context.groupIdx % filters;
        int split = context.groupIdx / filters;
        int range = (plane + splits - 1) / splits;
        int end = (split + 1) * range < plane ? (split + 1) * range : plane;
        float sum = 0;
        for (int i = split * range + item; i < end; i += threads) {
            sum += outputGradient.get(filter * plane + i);
        }
        float total = Trees.sum(context, threads, sum);
        if (item == 0) {
            sums.set(split * filters + filter, total);
        }
    }
}
