package alexnet.core.checkpoint;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Whether values are numbers, neither infinite nor NaN: those of a network that diverged are not. */
public final class Finite {

    /** The bits of a float that are all set in infinities and NaN alone. */
    private static final int EXPONENT = 0x7F80_0000;
    private static final int LOWEST_OF_EXPONENT = 0x0080_0000;

    private Finite() {
    }

    /** Whether all 32-bit floats of a segment, in the machine's byte order, are finite. */
    public static boolean all(MemorySegment floats) {
        return all(floats, ByteOrder.nativeOrder());
    }

    /** The same for another byte order. */
    static boolean all(MemorySegment floats, ByteOrder order) {
        ValueLayout.OfInt layout = ValueLayout.JAVA_INT_UNALIGNED.withOrder(order);
        int carries = 0;
        // Without a branch, so that the loop is vectorised; adding to an exponent of ones alone carries into the sign.
        for (long offset = 0; offset < floats.byteSize(); offset += Float.BYTES) {
            carries |= (floats.get(layout, offset) & EXPONENT) + LOWEST_OF_EXPONENT;
        }
        return carries >= 0;
    }
}
