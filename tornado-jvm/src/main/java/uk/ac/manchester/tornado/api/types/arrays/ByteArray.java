package uk.ac.manchester.tornado.api.types.arrays;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Arrays;
import uk.ac.manchester.tornado.api.annotations.Parallel;

/** An array of bytes that task graphs can copy between host and devices, see {@link TornadoNativeArray}. */
public final class ByteArray extends TornadoNativeArray {

    private final int size;
    // Null only after the runtime has moved a large, all-zero array to a device. The branch that brings the storage back is
    // practically never taken, so that the JIT leaves it out of kernels, which then read and write a plain array.
    private byte[] storage;
    private boolean shared;

    /** An array of {@code numberOfElements} zeros. */
    public ByteArray(int numberOfElements) {
        this(new byte[numberOfElements]);
    }

    private ByteArray(byte[] storage) {
        this.size = storage.length;
        this.storage = storage;
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
            System.arraycopy(array.storage(), 0, values, length, array.size);
            length += array.size;
        }
        return new ByteArray(values);
    }

    /** A Java array with a copy of the elements. */
    public byte[] toHeapArray() {
        return storage().clone();
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
        return (long) size * Byte.BYTES;
    }

    /** A new array with a copy of {@code length} elements from {@code offset} on. */
    public ByteArray slice(int offset, int length) {
        if (offset < 0 || length < 0 || length > size - offset) {
            throw new IllegalArgumentException("a slice of " + length + " elements from " + offset
                    + " does not lie inside an array of " + size);
        }
        return new ByteArray(Arrays.copyOfRange(storage(), offset, offset + length));
    }

    private byte[] storage() {
        byte[] elements = storage;
        return elements != null ? elements : restoreStorage();
    }

    private synchronized byte[] restoreStorage() {
        if (storage == null) {
            storage = new byte[size];
        }
        return storage;
    }

    private synchronized void share() {
        shared = true;
        restoreStorage();
    }

    @Override
    ByteArray deviceArray() {
        return new ByteArray(size);
    }

    @Override
    synchronized ByteArray moveToDevice() {
        if (storage == null || shared) {
            return null;
        }
        for (byte element : storage) {
            if (element != 0) {
                return null;
            }
        }
        ByteArray device = new ByteArray(storage);
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
