package alexnet.tornado.jvm;

import java.util.Arrays;
import java.util.stream.IntStream;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/**
 * The work-items of a KernelContext task, each array by dimension.
 *
 * @param global work-items
 * @param local  work-items of one group
 * @param groups work-groups
 * @param offset the first global index
 */
record Grid(int[] global, int[] local, int[] groups, int[] offset) {

    private static final int DIMENSIONS = 3;
    private static final int LARGEST_CHOSEN_GROUP = 64;

    /**
     * The grid of a task; where the program leaves the size of the groups open, they are a power of two up to 64 along the
     * first dimension.
     */
    static Grid of(String task, GridScheduler scheduler) {
        WorkerGrid worker = scheduler == null ? null : scheduler.get(task);
        if (worker == null) {
            throw new TornadoRuntimeException("task " + task + " has a KernelContext: give the plan a GridScheduler with a WorkerGrid for "
                    + task);
        }
        int[] global = positive(task, "global work", worker.getGlobalWork());
        int[] local = worker.getLocalWork() == null
                ? new int[] {Math.min(Integer.lowestOneBit(global[0]), LARGEST_CHOSEN_GROUP), 1, 1}
                : positive(task, "local work", worker.getLocalWork());
        long size = (long) local[0] * local[1] * local[2];
        if (IntStream.range(0, DIMENSIONS).anyMatch(dimension -> global[dimension] % local[dimension] != 0)) {
            throw new TornadoRuntimeException("task " + task + ": global work " + Arrays.toString(global)
                    + " is no multiple of local work " + Arrays.toString(local));
        }
        if (size > JvmProcessor.MAX_GROUP) {
            throw new TornadoRuntimeException("task " + task + ": local work " + Arrays.toString(local) + " makes groups of "
                    + size + " work-items; this device has at most " + JvmProcessor.MAX_GROUP);
        }
        int[] groups = IntStream.range(0, DIMENSIONS).map(dimension -> global[dimension] / local[dimension]).toArray();
        int[] offset = Arrays.stream(worker.getGlobalOffset()).mapToInt(Math::toIntExact).toArray();
        return new Grid(global, local, groups, offset);
    }

    private static int[] positive(String task, String what, long[] extents) {
        if (Arrays.stream(extents).anyMatch(extent -> extent < 1 || extent > Integer.MAX_VALUE)) {
            throw new TornadoRuntimeException("task " + task + ": " + what + " " + Arrays.toString(extents)
                    + " must be at least 1 in each dimension");
        }
        return Arrays.stream(extents).mapToInt(extent -> (int) extent).toArray();
    }

    long groupCount() {
        return (long) groups[0] * groups[1] * groups[2];
    }

    int groupSize() {
        return local[0] * local[1] * local[2];
    }
}
