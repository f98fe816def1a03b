package uk.ac.manchester.tornado.api.types.arrays;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.LongBuffer;
import java.util.Arrays;
import uk.ac.manchester.tornado.api.annotations.Parallel;

/** An array of longs that task graphs can copy between host and devices, see {@link TornadoNativeArray}. */
public final class LongArray extends TornadoNativeArray {

    private final int size;
    // Null while nobody has touched a large array. The branch that allocates it is practically never taken where elements are
    // read or written, so that the JIT leaves it out of kernels, which then work on a plain array.
    private long[] storage;

    /** An array of {@code numberOfElements} zeros; a large one takes memory when it is first touched. */
    public LongArray(int numberOfElements) {
        this(numberOfElements, (long) numberOfElements * Long.BYTES < LARGE ? new long[numberOfElements] : null);
    }

    private LongArray(int size, long[] storage) {
        this.size = size;
        this.storage = storage;
    }

    private LongArray(long[] storage) {
        this(storage.length, storage);
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
            System.arraycopy(array.touched(), 0, values, length, array.size);
            length += array.size;
        }
        return new LongArray(values);
    }

    /** A Java array with a copy of the elements. */
    public long[] toHeapArray() {
        return touched().clone();
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
        return (long) size * Long.BYTES;
    }

    /** A new array with a copy of {@code length} elements from {@code offset} on. */
    public LongArray slice(int offset, int length) {
        if (offset < 0 || length < 0 || length > size - offset) {
            throw new IllegalArgumentException("a slice of " + length + " elements from " + offset
                    + " does not lie inside an array of " + size);
        }
        return new LongArray(Arrays.copyOfRange(touched(), offset, offset + length));
    }

    private long[] storage() {
        long[] elements = storage;
        return elements != null ? elements : touched();
    }

    /** The storage, for what works on the array as a whole and must not tell the JIT that it is missing at times. */
    private synchronized long[] touched() {
        if (storage == null) {
            storage = new long[size];
        }
        return storage;
    }

    @Override
    LongArray deviceArray() {
        return new LongArray(new long[size]);
    }

    @Override
    synchronized boolean hasStorage() {
        return storage != null;
    }
}
