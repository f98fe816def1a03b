package uk.ac.manchester.tornado.api.types.arrays;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.FloatBuffer;
import java.util.Arrays;
import uk.ac.manchester.tornado.api.annotations.Parallel;

/** An array of floats that task graphs can copy between host and devices, see {@link TornadoNativeArray}. */
public final class FloatArray extends TornadoNativeArray {

    private final int size;
    // Null while nobody has touched a large array. The branch that allocates it is practically never taken where elements are
    // read or written, so that the JIT leaves it out of kernels, which then work on a plain array.
    private float[] storage;

    /** An array of {@code numberOfElements} zeros; a large one takes memory when it is first touched. */
    public FloatArray(int numberOfElements) {
        this(numberOfElements, (long) numberOfElements * Float.BYTES < LARGE ? new float[numberOfElements] : null);
    }

    private FloatArray(int size, float[] storage) {
        this.size = size;
        this.storage = storage;
    }

    private FloatArray(float[] storage) {
        this(storage.length, storage);
    }

    /** An array with a copy of the values. */
    public static FloatArray fromArray(float[] values) {
        return new FloatArray(values.clone());
    }

    /** An array of the values. */
    public static FloatArray fromElements(float... values) {
        return new FloatArray(values.clone());
    }

    /** An array with a copy of the segment's elements. */
    public static FloatArray fromSegment(MemorySegment segment) {
        return new FloatArray(segment.toArray(ValueLayout.JAVA_FLOAT_UNALIGNED));
    }

    /** An array with a copy of the buffer's remaining elements, whose position stays where it is. */
    public static FloatArray fromFloatBuffer(FloatBuffer buffer) {
        float[] values = new float[buffer.remaining()];
        buffer.duplicate().get(values);
        return new FloatArray(values);
    }

    /** A kernel that sets every element of the array. */
    public static void initialize(FloatArray array, float value) {
        for (@Parallel int i = 0; i < array.getSize(); i++) {
            array.set(i, value);
        }
    }

    /** A new array with the elements of all arrays in order. */
    public static FloatArray concat(FloatArray... arrays) {
        float[] values = new float[Arrays.stream(arrays).mapToInt(FloatArray::getSize).reduce(0, Math::addExact)];
        int length = 0;
        for (FloatArray array : arrays) {
            System.arraycopy(array.touched(), 0, values, length, array.size);
            length += array.size;
        }
        return new FloatArray(values);
    }

    /** A Java array with a copy of the elements. */
    public float[] toHeapArray() {
        return touched().clone();
    }

    /** Sets an element. */
    public void set(int index, float value) {
        storage()[index] = value;
    }

    /** An element. */
    public float get(int index) {
        return storage()[index];
    }

    @Override
    public void clear() {
        super.clear();
    }

    @Override
    public int getElementSize() {
        return Float.BYTES;
    }

    /** Sets every element. */
    public void init(float value) {
        if (hasStorage() || Float.floatToRawIntBits(value) != 0) {
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
        return (long) size * Float.BYTES;
    }

    /** A new array with a copy of {@code length} elements from {@code offset} on. */
    public FloatArray slice(int offset, int length) {
        if (offset < 0 || length < 0 || length > size - offset) {
            throw new IllegalArgumentException("a slice of " + length + " elements from " + offset
                    + " does not lie inside an array of " + size);
        }
        return new FloatArray(Arrays.copyOfRange(touched(), offset, offset + length));
    }

    private float[] storage() {
        float[] elements = storage;
        return elements != null ? elements : touched();
    }

    /** The storage, for what works on the array as a whole and must not tell the JIT that it is missing at times. */
    private synchronized float[] touched() {
        if (storage == null) {
            storage = new float[size];
        }
        return storage;
    }

    @Override
    FloatArray deviceArray() {
        return new FloatArray(new float[size]);
    }

    @Override
    synchronized boolean hasStorage() {
        return storage != null;
    }
}
