package uk.ac.manchester.tornado.api;

/** The work-items of a KernelContext task in three dimensions, and how they form work-groups. */
public interface WorkerGrid {

    /** The number of dimensions, 1 to 3. */
    int dimension();

    /** Work-items in each dimension. */
    long[] getGlobalWork();

    /** Work-items of one group in each dimension, or null where the runtime chooses. */
    long[] getLocalWork();

    /** Work-groups in each dimension, or null where the runtime chooses. */
    long[] getNumberOfWorkgroups();

    /** The first global index in each dimension. */
    long[] getGlobalOffset();

    /** Sets the number of work-items. */
    void setGlobalWork(long x, long y, long z);

    /** Sets the number of work-items of a group, and with it the number of groups. */
    void setLocalWork(long x, long y, long z);

    /** Forgets the number of work-groups. */
    void setNumberOfWorkgroupsToNull();

    /** Leaves the size of a group to the runtime. */
    void setLocalWorkToNull();

    /** Sets the first global index. */
    void setGlobalOffset(long x, long y, long z);
}
