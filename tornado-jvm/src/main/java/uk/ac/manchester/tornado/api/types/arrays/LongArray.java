package uk.ac.manchester.tornado.api.types.arrays;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.LongBuffer;
import java.util.Arrays;
import uk.ac.manchester.tornado.api.annotations.Parallel;

/** An array of longs that task graphs can copy between host and devices, see {@link TornadoNativeArray}. */
public final class LongArray extends TornadoNativeArray {

    private final int size;
    // Null only after the runtime has moved a large, all-zero array to a device. The branch that brings the storage back is
    // practically never taken, so that the JIT leaves it out of kernels, which then read and write a plain array.
    private long[] storage;
    private boolean shared;

    /** An array of {@code numberOfElements} zeros. */
    public LongArray(int numberOfElements) {
        this(new long[numberOfElements]);
    }

    private LongArray(long[] storage) {
        this.size = storage.length;
        this.storage = storage;
    }

    /** An array with a copy of the values. */
    public static LongArray fromArray(long[] values) {
        return new LongArray(values.clone());
    }

    /** An array of the values. */
    public static LongArray fromElements(long... values) {
        return new LongArray(values.clone());
    }

    /** An array with a copy of the segment's elements. */
    public static LongArray fromSegment(MemorySegment segment) {
        return new LongArray(segment.toArray(ValueLayout.JAVA_LONG_UNALIGNED));
    }

    /** An array with a copy of the buffer's remaining elements, whose position stays where it is. */
    public static LongArray fromLongBuffer(LongBuffer buffer) {
        long[] values = new long[buffer.remaining()];
        buffer.duplicate().get(values);
        return new LongArray(values);
    }

    /** A kernel that sets every element of the array. */
    public static void initialize(LongArray array, long value) {
        for (@Parallel int i = 0; i < array.getSize(); i++) {
            array.set(i, value);
        }
    }

    /** A new array with the elements of all arrays in order. */
    public static LongArray concat(LongArray... arrays) {
        long[] values = new long[Arrays.stream(arrays).mapToInt(LongArray::getSize).reduce(0, Math::addExact)];
        int length = 0;
        for (LongArray array : arrays) {
            System.arraycopy(array.storage(), 0, values, length, array.size);
            length += array.size;
        }
        return new LongArray(values);
    }

    /** A Java array with a copy of the elements. */
    public long[] toHeapArray() {
        return storage().clone();
    }

    /** Sets an element. */
    public void set(int index, long value) {
        storage()[index] = value;
    }

    /** An element. */
    public long get(int index) {
        return storage()[index];
    }

    @Override
    public void clear() {
        super.clear();
    }

    @Override
    public int getElementSize() {
        return Long.BYTES;
    }

    /** Sets every element. */
    public void init(long value) {
        Arrays.fill(storage(), value);
    }

    @Override
    public int getSize() {
        return size;
    }

    @Override
    public MemorySegment getSegment() {
        if (!shared) {
            share();
        }
        return elements();
    }

    @Override
    public long getNumBytesOfSegment() {
        return (long) size * Long.BYTES;
    }

    /** A new array with a copy of {@code length} elements from {@code offset} on. */
    public LongArray slice(int offset, int length) {
        if (offset < 0 || length < 0 || length > size - offset) {
            throw new IllegalArgumentException("a slice of " + length + " elements from " + offset
                    + " does not lie inside an array of " + size);
        }
        return new LongArray(Arrays.copyOfRange(storage(), offset, offset + length));
    }

    private long[] storage() {
        long[] elements = storage;
        return elements != null ? elements : restoreStorage();
    }

    private synchronized long[] restoreStorage() {
        if (storage == null) {
            storage = new long[size];
        }
        return storage;
    }

    private synchronized void share() {
        shared = true;
        restoreStorage();
    }

    @Override
    LongArray deviceArray() {
        return new LongArray(size);
    }

    @Override
    synchronized LongArray moveToDevice() {
        if (storage == null || shared) {
            return null;
        }
        for (long element : storage) {
            if (element != 0) {
                return null;
            }
        }
        LongArray device = new LongArray(storage);
        storage = null;
        return device;
    }

    @Override
    MemorySegment elements() {
        return MemorySegment.ofArray(storage());
    }

    @Override
    synchronized boolean hasStorage() {
        return storage != null;
    }
}
