package uk.ac.manchester.tornado.api.types.arrays;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.IntBuffer;
import java.util.Arrays;
import uk.ac.manchester.tornado.api.annotations.Parallel;

/** An array of ints that task graphs can copy between host and devices, see {@link TornadoNativeArray}. */
public final class IntArray extends TornadoNativeArray {

    private final int size;
    // Null only after the runtime has moved a large, all-zero array to a device. The branch that brings the storage back is
    // practically never taken, so that the JIT leaves it out of kernels, which then read and write a plain array.
    private int[] storage;
    private boolean shared;

    /** An array of {@code numberOfElements} zeros. */
    public IntArray(int numberOfElements) {
        this(new int[numberOfElements]);
    }

    private IntArray(int[] storage) {
        this.size = storage.length;
        this.storage = storage;
    }

    /** An array with a copy of the values. */
    public static IntArray fromArray(int[] values) {
        return new IntArray(values.clone());
    }

    /** An array of the values. */
    public static IntArray fromElements(int... values) {
        return new IntArray(values.clone());
    }

    /** An array with a copy of the segment's elements. */
    public static IntArray fromSegment(MemorySegment segment) {
        return new IntArray(segment.toArray(ValueLayout.JAVA_INT_UNALIGNED));
    }

    /** An array with a copy of the buffer's remaining elements, whose position stays where it is. */
    public static IntArray fromIntBuffer(IntBuffer buffer) {
        int[] values = new int[buffer.remaining()];
        buffer.duplicate().get(values);
        return new IntArray(values);
    }

    /** A kernel that sets every element of the array. */
    public static void initialize(IntArray array, int value) {
        for (@Parallel int i = 0; i < array.getSize(); i++) {
            array.set(i, value);
        }
    }

    /** A new array with the elements of all arrays in order. */
    public static IntArray concat(IntArray... arrays) {
        int[] values = new int[Arrays.stream(arrays).mapToInt(IntArray::getSize).reduce(0, Math::addExact)];
        int length = 0;
        for (IntArray array : arrays) {
            System.arraycopy(array.storage(), 0, values, length, array.size);
            length += array.size;
        }
        return new IntArray(values);
    }

    /** A Java array with a copy of the elements. */
    public int[] toHeapArray() {
        return storage().clone();
    }

    /** Sets an element. */
    public void set(int index, int value) {
        storage()[index] = value;
    }

    /** An element. */
    public int get(int index) {
        return storage()[index];
    }

    @Override
    public void clear() {
        super.clear();
    }

    @Override
    public int getElementSize() {
        return Integer.BYTES;
    }

    /** Sets every element. */
    public void init(int value) {
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
        return (long) size * Integer.BYTES;
    }

    /** A new array with a copy of {@code length} elements from {@code offset} on. */
    public IntArray slice(int offset, int length) {
        if (offset < 0 || length < 0 || length > size - offset) {
            throw new IllegalArgumentException("a slice of " + length + " elements from " + offset
                    + " does not lie inside an array of " + size);
        }
        return new IntArray(Arrays.copyOfRange(storage(), offset, offset + length));
    }

    private int[] storage() {
        int[] elements = storage;
        return elements != null ? elements : restoreStorage();
    }

    private synchronized int[] restoreStorage() {
        if (storage == null) {
            storage = new int[size];
        }
        return storage;
    }

    private synchronized void share() {
        shared = true;
        restoreStorage();
    }

    @Override
    IntArray deviceArray() {
        return new IntArray(size);
    }

    @Override
    synchronized IntArray moveToDevice() {
        if (storage == null || shared) {
            return null;
        }
        for (int element : storage) {
            if (element != 0) {
                return null;
            }
        }
        IntArray device = new IntArray(storage);
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
