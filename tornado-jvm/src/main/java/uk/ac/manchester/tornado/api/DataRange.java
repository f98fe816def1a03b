package uk.ac.manchester.tornado.api;

import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** A run of an array's elements to be copied to the host; without offset and size, all of them. An offset needs a size. */
public class DataRange {

    private final TornadoNativeArray array;
    private long offset;
    private long size;

    /** The whole array. */
    public DataRange(TornadoNativeArray array) {
        this.array = array;
    }

    /** Begins at that element. */
    public DataRange withOffset(long offset) {
        this.offset = offset;
        return this;
    }

    /** Takes that many elements. */
    public DataRange withSize(long size) {
        this.size = size;
        return this;
    }

    /** The array. */
    public TornadoNativeArray getArray() {
        return array;
    }

    long firstElement() {
        if (offset < 0 || size < 0 || offset > array.getSize() - elements()) {
            throw new TornadoRuntimeException("data range: " + elements() + " elements from " + offset
                    + " do not lie inside an array of " + array.getSize());
        }
        return offset;
    }

    long elements() {
        return size == 0 ? array.getSize() : size;
    }
}
