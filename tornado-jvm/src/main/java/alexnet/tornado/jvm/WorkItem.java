package alexnet.tornado.jvm;

/** One work-item of a KernelContext task: its place in the grid, and its way to the others of its group. */
public interface WorkItem {

    /** The only work-item of its group and grid. */
    WorkItem ALONE = new LoneWorkItem();

    /** The index in the grid. */
    int globalId(int dimension);

    /** The group's index in the grid. */
    int groupId(int dimension);

    /** The index in the group. */
    int localId(int dimension);

    /** Work-items in the grid. */
    int globalSize(int dimension);

    /** Work-items in the group. */
    int localSize(int dimension);

    /** Waits for all work-items of the group. */
    void barrier();

    /** The array of the group that belongs to this call: the n-th call of every work-item returns the same array. */
    <T> T localArray(Class<T> type, int length);
}
