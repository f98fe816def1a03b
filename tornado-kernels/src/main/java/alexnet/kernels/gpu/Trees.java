package alexnet.kernels.gpu;

import uk.ac.manchester.tornado.api.KernelContext;

/** One number from every work item of a group: their sum or the largest, which all of them get. */
final class Trees {

    /** The largest number of work items in a group, for each of which a tree has a float of local memory. */
    static final int MOST_THREADS = 256;

    private Trees() {
    }

    /** The sum of the values of all work items; {@code threads} is a power of two. */
    static float sum(KernelContext context, int threads, float value) {
        float[] local = context.allocateFloatLocalArray(MOST_THREADS);
        int item = context.localIdx;
        local[item] = value;
        context.localBarrier();
        for (int half = threads / 2; half > 0; half /= 2) {
            if (item < half) {
                local[item] += local[item + half];
            }
            context.localBarrier();
        }
        float sum = local[0];
        context.localBarrier();
        return sum;
    }

    /** The largest of the values of all work items; a NaN counts as smaller than every number but the first. */
    static float largest(KernelContext context, int threads, float value) {
        float[] local = context.allocateFloatLocalArray(MOST_THREADS);
        int item = context.localIdx;
        local[item] = value;
        context.localBarrier();
        for (int half = threads / 2; half > 0; half /= 2) {
            if (item < half) {
                local[item] = local[item + half] > local[item] ? local[item + half] : local[item];
            }
            context.localBarrier();
        }
        float largest = local[0];
        context.localBarrier();
        return largest;
    }
}
