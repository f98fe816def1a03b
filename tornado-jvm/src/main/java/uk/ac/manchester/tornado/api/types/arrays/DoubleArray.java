package uk.ac.manchester.tornado.api.types.arrays;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.DoubleBuffer;
import java.util.Arrays;
import uk.ac.manchester.tornado.api.annotations.Parallel;

/** An array of doubles that task graphs can copy between host and devices, see {@link TornadoNativeArray}. */
public final class DoubleArray extends TornadoNativeArray {

    private final int size;
    // Null only after the runtime has moved a large, all-zero array to a device. The branch that brings the storage back is
    // practically never taken, so that the JIT leaves it out of kernels, which then read and write a plain array.
    private double[] storage;
    private boolean shared;

    /** An array of {@code numberOfElements} zeros. */
    public DoubleArray(int numberOfElements) {
        this(new double[numberOfElements]);
    }

    private DoubleArray(double[] storage) {
        this.size = storage.length;
        this.storage = storage;
    }

    /** An array with a copy of the values. */
    public static DoubleArray fromArray(double[] values) {
        return new DoubleArray(values.clone());
    }

    /** An array of the values. */
    public static DoubleArray fromElements(double... values) {
        return new DoubleArray(values.clone());
    }

    /** An array with a copy of the segment's elements. */
    public static DoubleArray fromSegment(MemorySegment segment) {
        return new DoubleArray(segment.toArray(ValueLayout.JAVA_DOUBLE_UNALIGNED));
    }

    /** An array with a copy of the buffer's remaining elements, whose position stays where it is. */
    public static DoubleArray fromDoubleBuffer(DoubleBuffer buffer) {
        double[] values = new double[buffer.remaining()];
        buffer.duplicate().get(values);
        return new DoubleArray(values);
    }

    /** A kernel that sets every element of the array. */
    public static void initialize(DoubleArray array, double value) {
        for (@Parallel int i = 0; i < array.getSize(); i++) {
            array.set(i, value);
        }
    }

    /** A new array with the elements of all arrays in order. */
    public static DoubleArray concat(DoubleArray... arrays) {
        double[] values = new double[Arrays.stream(arrays).mapToInt(DoubleArray::getSize).reduce(0, Math::addExact)];
        int length = 0;
        for (DoubleArray array : arrays) {
            System.arraycopy(array.storage(), 0, values, length, array.size);
            length += array.size;
        }
        return new DoubleArray(values);
    }

    /** A Java array with a copy of the elements. */
    public double[] toHeapArray() {
        return storage().clone();
    }

    /** Sets an element. */
    public void set(int index, double value) {
        storage()[index] = value;
    }

    /** An element. */
    public double get(int index) {
        return storage()[index];
    }

    @Override
    public void clear() {
        super.clear();
    }

    @Override
    public int getElementSize() {
        return Double.BYTES;
    }

    /** Sets every element. */
    public void init(double value) {
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
        return (long) size * Double.BYTES;
    }

    /** A new array with a copy of {@code length} elements from {@code offset} on. */
    public DoubleArray slice(int offset, int length) {
        if (offset < 0 || length < 0 || length > size - offset) {
            throw new IllegalArgumentException("a slice of " + length + " elements from " + offset
                    + " does not lie inside an array of " + size);
        }
        return new DoubleArray(Arrays.copyOfRange(storage(), offset, offset + length));
    }

    private double[] storage() {
        double[] elements = storage;
        return elements != null ? elements : restoreStorage();
    }

    private synchronized double[] restoreStorage() {
        if (storage == null) {
            storage = new double[size];
        }
        return storage;
    }

    private synchronized void share() {
        shared = true;
        restoreStorage();
    }

    @Override
    DoubleArray deviceArray() {
        return new DoubleArray(size);
    }

    @Override
    synchronized DoubleArray moveToDevice() {
        if (storage == null || shared) {
            return null;
        }
        for (double element : storage) {
            if (Double.doubleToRawLongBits(element) != 0) {
                return null;
            }
        }
        DoubleArray device = new DoubleArray(storage);
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
