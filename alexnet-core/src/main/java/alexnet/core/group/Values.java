package alexnet.core.group;

import java.util.function.IntFunction;

import alexnet.core.network.Range;
import alexnet.kernels.GraphBuilder;
import alexnet.kernels.KernelFamily;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/**
 * Some of the values of a layer's maps, or of the gradient by them, in an array of their own.
 *
 * @param range which of them, among those of all parts
 * @param array {@code [range.length()]}, or longer where it is scratch; null where the range is empty
 */
record Values(Range range, FloatArray array) {

    /** New ones, with an array of the length of the range if that isn't empty. */
    static Values allocate(Range range, IntFunction<FloatArray> allocation) {
        return new Values(range, range.length() == 0 ? null : allocation.apply(range.length()));
    }

    /** Whether there are any. */
    boolean any() {
        return range.length() > 0;
    }

    /** Adds a task that copies what both have, if there is something. */
    void copyTo(Values target, KernelFamily kernels, GraphBuilder graph, String task) {
        Range both = range.overlap(target.range);
        if (both.length() > 0) {
            kernels.copy(graph, task, both.length(), array, both.from() - range.from(), target.array, both.from() - target.range.from());
        }
    }

    /** Adds a task that adds what both have to the target's, if there is something. */
    void addTo(Values target, KernelFamily kernels, GraphBuilder graph, String task) {
        Range both = range.overlap(target.range);
        if (both.length() > 0) {
            kernels.add(graph, task, both.length(), array, both.from() - range.from(), target.array, both.from() - target.range.from());
        }
    }
}
