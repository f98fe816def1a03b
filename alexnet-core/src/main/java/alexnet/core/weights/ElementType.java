package alexnet.core.weights;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** What the elements of a tensor are stored as, little-endian at any address. */
public enum ElementType {
    /** 32-bit floating point. */
    F32(Float.BYTES) {
        @Override
        public float at(MemorySegment bytes, long offset) {
            return bytes.get(FLOAT, offset);
        }
    },
    /** 64-bit floating point. */
    F64(Double.BYTES) {
        @Override
        public float at(MemorySegment bytes, long offset) {
            return (float) bytes.get(DOUBLE, offset);
        }
    },
    /** 16-bit floating point, IEEE 754's binary16. */
    F16(Short.BYTES) {
        @Override
        public float at(MemorySegment bytes, long offset) {
            return Float.float16ToFloat(bytes.get(SHORT, offset));
        }
    },
    /** The upper half of a 32-bit float. */
    BF16(Short.BYTES) {
        @Override
        public float at(MemorySegment bytes, long offset) {
            return Float.intBitsToFloat(bytes.get(SHORT, offset) << Short.SIZE);
        }
    };

    /** A 32-bit float of a file. */
    public static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final int size;

    ElementType(int size) {
        this.size = size;
    }

    /** Bytes of an element. */
    public int size() {
        return size;
    }

    /** The element at an offset, as a 32-bit float. */
    public abstract float at(MemorySegment bytes, long offset);
}
