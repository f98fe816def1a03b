package uk.ac.manchester.tornado.api.types.arrays;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.IntBuffer;
import java.util.Arrays;
import uk.ac.manchester.tornado.api.annotations.Parallel;

/** An array of ints that task graphs can copy between host and devices, see {@link TornadoNativeArray}. */
public final class IntArray extends TornadoNativeArray {

    private final int size;
    // Null while nobody has touched a large array. The branch that allocates it is practically never taken where elements are
    // read or written, so that the JIT leaves it out of kernels, which then work on a plain array.
    private int[] storage;

    /** An array of {@code numberOfElements} zeros; a large one takes memory when it is first touched. */
    public IntArray(int numberOfElements) {
        this(numberOfElements, (long) numberOfElements * Integer.BYTES < LARGE ? new int[numberOfElements] : null);
    }

    private IntArray(int size, int[] storage) {
        this.size = size;
        this.storage = storage;
    }

    private IntArray(int[] storage) {
        this(storage.length, storage);
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
            System.arraycopy(array.touched(), 0, values, length, array.size);
            length += array.size;
        }
        return new IntArray(values);
    }

    /** A Java array with a copy of the elements. */
    public int[] toHeapArray() {
        return touched().clone();
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
        if (hasStorage() || value != 0) {
            Arrays.fill(touched(), value);
        }
    }

    @Override
    public int getSize() {
        return size;
    }

    @Override
    public MemorySegment getSegment() {
        return MemorySegment.ofArray(touched());
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
        return new IntArray(Arrays.copyOfRange(touched(), offset, offset + length));
    }

    private int[] storage() {
        int[] elements = storage;
        return elements != null ? elements : touched();
    }

    /** The storage, for what works on the array as a whole and must not tell the JIT that it is missing at times. */
    private synchronized int[] touched() {
        if (storage == null) {
            storage = new int[size];
        }
        return storage;
    }

    @Override
    IntArray deviceArray() {
        return new IntArray(new int[size]);
    }

    @Override
    synchronized boolean hasStorage() {
        return storage != null;
    }
}
