package alexnet.tornado.jvm;

import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/** What the runtime does with arrays beyond their public methods; the array classes hand it over when they are loaded. */
public interface ArrayAccess {

    /** A new array of zeros of the same type and size, whose elements take memory at once. */
    TornadoNativeArray deviceArray(TornadoNativeArray host);

    /** Whether the elements take memory; an array without storage reads as zeros. */
    boolean hasStorage(TornadoNativeArray array);

    /** Called once by the array classes. */
    static void register(ArrayAccess access) {
        GraphState.arrays = access;
    }
}
