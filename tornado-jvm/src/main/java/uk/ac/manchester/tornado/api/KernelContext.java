package uk.ac.manchester.tornado.api;

import alexnet.tornado.jvm.WorkItem;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.LongArray;

/**
 * What a kernel that is written for one work-item knows about its place in the grid, and how it meets the other work-items
 * of its group. The program makes one context for each task as a placeholder; every work-item gets its own.
 */
public class KernelContext implements ExecutionContext {

    private static final VarHandle INTS = MethodHandles.arrayElementVarHandle(int[].class);
    private static final VarHandle LONGS = MethodHandles.arrayElementVarHandle(long[].class);

    /** The work-item's index in the grid, first dimension. */
    public final Integer globalIdx;
    /** The work-item's index in the grid, second dimension. */
    public final Integer globalIdy;
    /** The work-item's index in the grid, third dimension. */
    public final Integer globalIdz;
    /** The group's index in the grid, first dimension. */
    public final Integer groupIdx;
    /** The group's index in the grid, second dimension. */
    public final Integer groupIdy;
    /** The group's index in the grid, third dimension. */
    public final Integer groupIdz;
    /** The work-item's index in its group, first dimension. */
    public final Integer localIdx;
    /** The work-item's index in its group, second dimension. */
    public final Integer localIdy;
    /** The work-item's index in its group, third dimension. */
    public final Integer localIdz;
    /** Work-items in the grid, first dimension. */
    public final Integer globalGroupSizeX;
    /** Work-items in the grid, second dimension. */
    public final Integer globalGroupSizeY;
    /** Work-items in the grid, third dimension. */
    public final Integer globalGroupSizeZ;
    /** Work-items in a group, first dimension. */
    public final Integer localGroupSizeX;
    /** Work-items in a group, second dimension. */
    public final Integer localGroupSizeY;
    /** Work-items in a group, third dimension. */
    public final Integer localGroupSizeZ;

    private final WorkItem item;

    /** A placeholder; a kernel called with it directly runs as the only work-item of its group. */
    public KernelContext() {
        this(WorkItem.ALONE);
    }

    KernelContext(WorkItem item) {
        this.item = item;
        globalIdx = item.globalId(0);
        globalIdy = item.globalId(1);
        globalIdz = item.globalId(2);
        groupIdx = item.groupId(0);
        groupIdy = item.groupId(1);
        groupIdz = item.groupId(2);
        localIdx = item.localId(0);
        localIdy = item.localId(1);
        localIdz = item.localId(2);
        globalGroupSizeX = item.globalSize(0);
        globalGroupSizeY = item.globalSize(1);
        globalGroupSizeZ = item.globalSize(2);
        localGroupSizeX = item.localSize(0);
        localGroupSizeY = item.localSize(1);
        localGroupSizeZ = item.localSize(2);
    }

    @Override
    public void localBarrier() {
        item.barrier();
    }

    @Override
    public void globalBarrier() {
        item.barrier();
    }

    @Override
    public int[] allocateIntLocalArray(int size) {
        return item.localArray(int[].class, size);
    }

    @Override
    public long[] allocateLongLocalArray(int size) {
        return item.localArray(long[].class, size);
    }

    @Override
    public float[] allocateFloatLocalArray(int size) {
        return item.localArray(float[].class, size);
    }

    @Override
    public double[] allocateDoubleLocalArray(int size) {
        return item.localArray(double[].class, size);
    }

    @Override
    public byte[] allocateByteLocalArray(int size) {
        return item.localArray(byte[].class, size);
    }

    @Override
    public void atomicAdd(IntArray array, int index, int value) {
        atomicAdd((int[]) array.getSegment().heapBase().orElseThrow(), index, value);
    }

    @Override
    public void atomicAdd(int[] array, int index, int value) {
        INTS.getAndAdd(array, index, value);
    }

    @Override
    public void atomicAdd(LongArray array, int index, long value) {
        LONGS.getAndAdd((long[]) array.getSegment().heapBase().orElseThrow(), index, value);
    }
}
