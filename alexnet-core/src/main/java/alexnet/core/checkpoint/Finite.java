package alexnet.core.checkpoint;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Whether values are numbers, neither infinite nor NaN: those of a network that diverged are not. */
public final class Finite {

    /** The bits of a float that are all set in infinities and NaN alone. */
    private static final int EXPONENT = 0x7F80_0000;
    private static final int LOWEST_OF_EXPONENT = 0x0080_0000;
    /** Floats looked at together; they stay in the processor's cache. */
    private static final int CHUNK = 1 << 13;

    private Finite() {
    }

    /** Whether all 32-bit floats of a segment, in the machine's byte order, are finite. */
    public static boolean all(MemorySegment floats) {
        return all(floats, ByteOrder.nativeOrder());
    }

    /** The same for another byte order. */
    static boolean all(MemorySegment floats, ByteOrder order) {
        ValueLayout.OfInt layout = ValueLayout.JAVA_INT_UNALIGNED.withOrder(order);
        long length = floats.byteSize() / Float.BYTES;
        int[] chunk = new int[(int) Math.min(CHUNK, length)];
        for (long start = 0; start < length; start += CHUNK) {
            int count = (int) Math.min(CHUNK, length - start);
            MemorySegment.copy(floats, layout, start * Float.BYTES, chunk, 0, count);
            if (!all(chunk, count)) {
                return false;
            }
        }
        return true;
    }

    /** Without a branch, and on an array, so that the loop is vectorised. */
    private static boolean all(int[] bits, int count) {
        int carries = 0;
        for (int i = 0; i < count; i++) {
            // Adding to an exponent of ones alone carries into the sign.
            carries |= (bits[i] & EXPONENT) + LOWEST_OF_EXPONENT;
        }
        return carries >= 0;
    }
}
