package alexnet.tornado.jvm;

import java.lang.foreign.MemorySegment;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** What the runtime does with arrays beyond their public methods; the array classes hand it over when they are loaded. */
public interface ArrayAccess {

    /** A new array of zeros of the same type and size, for a device. */
    TornadoNativeArray deviceArray(TornadoNativeArray host);

    /**
     * An array for a device that takes over the host array's elements if they are all zero and nobody else holds on to
     * them, which leaves the host array without storage; null if that cannot be.
     */
    TornadoNativeArray moveToDevice(TornadoNativeArray host);

    /** The elements, for a copy that ends before the array can be moved. */
    MemorySegment elements(TornadoNativeArray array);

    /** Whether the elements take memory; an array without storage reads as zeros. */
    boolean hasStorage(TornadoNativeArray array);

    /** Called once by the array classes. */
    static void register(ArrayAccess access) {
        GraphState.arrays = access;
    }
}
