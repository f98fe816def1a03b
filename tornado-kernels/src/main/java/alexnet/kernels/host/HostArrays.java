package alexnet.kernels.host;

import uk.ac.manchester.tornado.api.types.arrays.ByteArray;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;
import uk.ac.manchester.tornado.api.types.arrays.TornadoNativeArray;

/**
 * The Java arrays inside TornadoVM's array types. Vectors loaded from a {@code float[]} need one bounds check and no
 * address arithmetic, so the kernels of this package work on nothing else.
 */
public final class HostArrays {

    private HostArrays() {
    }

    /** The elements themselves, not a copy. */
    public static float[] floats(FloatArray array) {
        return (float[]) elements(array);
    }

    /** The elements themselves, not a copy. */
    static int[] ints(IntArray array) {
        return (int[]) elements(array);
    }

    /** The elements themselves, not a copy. */
    static byte[] bytes(ByteArray array) {
        return (byte[]) elements(array);
    }

    private static Object elements(TornadoNativeArray array) {
        return array.getSegment().heapBase().orElseThrow(() -> new IllegalStateException(
                "the host kernels need arrays on the Java heap, but this " + array.getClass().getSimpleName()
                        + " is in native memory; use the portable or gpu kernels with this runtime"));
    }
}
