package uk.ac.manchester.tornado.api.types.arrays;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Arrays;
import uk.ac.manchester.tornado.api.annotations.Parallel;

/** An array of bytes that task graphs can copy between host and devices, see {@link TornadoNativeArray}. */
public final class ByteArray extends TornadoNativeArray {

    private final int size;
    // Null while nobody has touched a large array. The branch that allocates it is practically never taken where elements are
    // read or written, so that the JIT leaves it out of kernels, which then work on a plain array.
    private byte[] storage;

    /** An array of {@code numberOfElements} zeros; a large one takes memory when it is first touched. */
    public ByteArray(int numberOfElements) {
        this(numberOfElements, (long) numberOfElements * Byte.BYTES < LARGE ? new byte[numberOfElements] : null);
    }

    private ByteArray(int size, byte[] storage) {
        this.size = size;
        this.storage = storage;
    }

    private ByteArray(byte[] storage) {
        this(storage.length, storage);
    }

    /** An array with a copy of the values. */
    public static ByteArray fromArray(byte[] values) {
        return new ByteArray(values.clone());
    }

    /** An array of the values. */
    public static ByteArray fromElements(byte... values) {
        return new ByteArray(values.clone());
    }

    /** An array with a copy of the segment's elements. */
    public static ByteArray fromSegment(MemorySegment segment) {
        return new ByteArray(segment.toArray(ValueLayout.JAVA_BYTE));
    }

    /** An array with a copy of the buffer's remaining elements, whose position stays where it is. */
    public static ByteArray fromByteBuffer(ByteBuffer buffer) {
        byte[] values = new byte[buffer.remaining()];
        buffer.duplicate().get(values);
        return new ByteArray(values);
    }

    /** A kernel that sets every element of the array. */
    public static void initialize(ByteArray array, byte value) {
        for (@Parallel int i = 0; i < array.getSize(); i++) {
            array.set(i, value);
        }
    }

    /** A new array with the elements of all arrays in order. */
    public static ByteArray concat(ByteArray... arrays) {
        byte[] values = new byte[Arrays.stream(arrays).mapToInt(ByteArray::getSize).reduce(0, Math::addExact)];
        int length = 0;
        for (ByteArray array : arrays) {
            System.arraycopy(array.touched(), 0, values, length, array.size);
            length += array.size;
        }
        return new ByteArray(values);
    }

    /** A Java array with a copy of the elements. */
    public byte[] toHeapArray() {
        return touched().clone();
    }

    /** Sets an element. */
    public void set(int index, byte value) {
        storage()[index] = value;
    }

    /** An element. */
    public byte get(int index) {
        return storage()[index];
    }

    @Override
    public void clear() {
        super.clear();
    }

    @Override
    public int getElementSize() {
        return Byte.BYTES;
    }

    /** Sets every element. */
    public void init(byte value) {
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
        return (long) size * Byte.BYTES;
    }

    /** A new array with a copy of {@code length} elements from {@code offset} on. */
    public ByteArray slice(int offset, int length) {
        if (offset < 0 || length < 0 || length > size - offset) {
            throw new IllegalArgumentException("a slice of " + length + " elements from " + offset
                    + " does not lie inside an array of " + size);
        }
        return new ByteArray(Arrays.copyOfRange(touched(), offset, offset + length));
    }

    private byte[] storage() {
        byte[] elements = storage;
        return elements != null ? elements : touched();
    }

    /** The storage, for what works on the array as a whole and must not tell the JIT that it is missing at times. */
    private synchronized byte[] touched() {
        if (storage == null) {
            storage = new byte[size];
        }
        return storage;
    }

    @Override
    ByteArray deviceArray() {
        return new ByteArray(new byte[size]);
    }

    @Override
    synchronized boolean hasStorage() {
        return storage != null;
    }
}
