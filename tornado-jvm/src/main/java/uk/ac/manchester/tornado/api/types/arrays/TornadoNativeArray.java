package uk.ac.manchester.tornado.api.types.arrays;

import alexnet.tornado.jvm.ArrayAccess;
import java.lang.foreign.MemorySegment;

/**
 * An array that task graphs can copy between host and devices. The same class holds the host's elements and, in an
 * instance of its own that only kernels see, a device's.
 *
 * <p>In this runtime the elements are a plain Java array: {@code getSegment().heapBase()} gives kernels and hosts the raw
 * {@code float[]}, {@code int[]}, ... itself, without a copy. A kernel may keep it for the duration of one call only.
 */
public abstract class TornadoNativeArray {

    /**
     * Bytes from which on an array takes memory only when it is touched. Most arrays of a program with large ones are never
     * touched on the host; a small one saves nothing worth the check.
     */
    static final int LARGE = 1 << 20;

    static {
        ArrayAccess.register(new ArrayAccess() {
            @Override
            public TornadoNativeArray deviceArray(TornadoNativeArray host) {
                return host.deviceArray();
            }

            @Override
            public boolean hasStorage(TornadoNativeArray array) {
                return array.hasStorage();
            }
        });
    }

    /** An array; the subclasses hold the elements. */
    public TornadoNativeArray() {
    }

    /** The number of elements. */
    public abstract int getSize();

    /** The elements as a heap segment. */
    public abstract MemorySegment getSegment();

    /** The bytes that the elements take. */
    public abstract long getNumBytesOfSegment();

    /** The bytes that one element takes. */
    public abstract int getElementSize();

    /** Sets every element to zero. */
    protected void clear() {
        if (hasStorage()) {
            getSegment().fill((byte) 0);
        }
    }

    /** A new array of zeros of the same type and size, whose elements take memory at once. */
    abstract TornadoNativeArray deviceArray();

    /** Whether the elements take memory; an array without storage reads as zeros. */
    abstract boolean hasStorage();
}
