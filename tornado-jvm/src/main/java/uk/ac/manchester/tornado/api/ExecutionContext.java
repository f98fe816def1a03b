package uk.ac.manchester.tornado.api;

import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/** What a work-item can ask of its work-group. */
public interface ExecutionContext {

    /** Waits until every work-item of the group is here; what they wrote to local arrays before is then seen by all. */
    void localBarrier();

    /** Waits until every work-item of the group is here; what they wrote to any array before is then seen by the group. */
    void globalBarrier();

    /** An array that all work-items of the group share, at this place of the kernel. */
    int[] allocateIntLocalArray(int size);

    /** An array that all work-items of the group share, at this place of the kernel. */
    long[] allocateLongLocalArray(int size);

    /** An array that all work-items of the group share, at this place of the kernel. */
    float[] allocateFloatLocalArray(int size);

    /** An array that all work-items of the group share, at this place of the kernel. */
    double[] allocateDoubleLocalArray(int size);

    /** An array that all work-items of the group share, at this place of the kernel. */
    byte[] allocateByteLocalArray(int size);

    /** Adds to an element, undivided by other work-items. */
    void atomicAdd(IntArray array, int index, int value);

    /** Adds to an element of a local array, undivided by other work-items. */
    void atomicAdd(int[] array, int index, int value);

    /** Adds to an element, undivided by other work-items. */
    void atomicAdd(LongArray array, int index, long value);
}
