package uk.ac.manchester.tornado.api.types.arrays;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.DoubleBuffer;
import java.util.Arrays;
import uk.ac.manchester.tornado.api.annotations.Parallel;

/** An array of doubles that task graphs can copy between host and devices, see {@link TornadoNativeArray}. */
public final class DoubleArray extends TornadoNativeArray {

    private final int size;
    // Null while nobody has touched a large array. The branch that allocates it is practically never taken where elements are
    // read or written, so that the JIT leaves it out of kernels, which then work on a plain array.
    private double[] storage;

    /** An array of {@code numberOfElements} zeros; a large one takes memory when it is first touched. */
    public DoubleArray(int numberOfElements) {
        this(numberOfElements, (long) numberOfElements * Double.BYTES < LARGE ? new double[numberOfElements] : null);
    }

    private DoubleArray(int size, double[] storage) {
        this.size = size;
        this.storage = storage;
    }

    private DoubleArray(double[] storage) {
        this(storage.length, storage);
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
            System.arraycopy(array.touched(), 0, values, length, array.size);
            length += array.size;
        }
        return new DoubleArray(values);
    }

    /** A Java array with a copy of the elements. */
    public double[] toHeapArray() {
        return touched().clone();
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
        if (hasStorage() || Double.doubleToRawLongBits(value) != 0) {
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
        return (long) size * Double.BYTES;
    }

    /** A new array with a copy of {@code length} elements from {@code offset} on. */
    public DoubleArray slice(int offset, int length) {
        if (offset < 0 || length < 0 || length > size - offset) {
            throw new IllegalArgumentException("a slice of " + length + " elements from " + offset
                    + " does not lie inside an array of " + size);
        }
        return new DoubleArray(Arrays.copyOfRange(touched(), offset, offset + length));
    }

    private double[] storage() {
        double[] elements = storage;
        return elements != null ? elements : touched();
    }

    /** The storage, for what works on the array as a whole and must not tell the JIT that it is missing at times. */
    private synchronized double[] touched() {
        if (storage == null) {
            storage = new double[size];
        }
        return storage;
    }

    @Override
    DoubleArray deviceArray() {
        return new DoubleArray(new double[size]);
    }

    @Override
    synchronized boolean hasStorage() {
        return storage != null;
    }
}
