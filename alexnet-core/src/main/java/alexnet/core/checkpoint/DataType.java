package alexnet.core.checkpoint;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** The types of tensor elements, named as the safetensors format names them. */
public enum DataType {
    /** 64-bit floating point. */
    F64(ValueLayout.JAVA_LONG_UNALIGNED),
    /** 32-bit floating point. */
    F32(ValueLayout.JAVA_INT_UNALIGNED),
    /** 16-bit floating point of IEEE 754. */
    F16(ValueLayout.JAVA_SHORT_UNALIGNED),
    /** The upper half of 32-bit floating point. */
    BF16(ValueLayout.JAVA_SHORT_UNALIGNED),
    /** 8-bit floating point with 4 bits of exponent. */
    F8_E4M3(ValueLayout.JAVA_BYTE),
    /** 8-bit floating point with 5 bits of exponent. */
    F8_E5M2(ValueLayout.JAVA_BYTE),
    /** 64-bit signed integer. */
    I64(ValueLayout.JAVA_LONG_UNALIGNED),
    /** 32-bit signed integer. */
    I32(ValueLayout.JAVA_INT_UNALIGNED),
    /** 16-bit signed integer. */
    I16(ValueLayout.JAVA_SHORT_UNALIGNED),
    /** 8-bit signed integer. */
    I8(ValueLayout.JAVA_BYTE),
    /** 64-bit unsigned integer. */
    U64(ValueLayout.JAVA_LONG_UNALIGNED),
    /** 32-bit unsigned integer. */
    U32(ValueLayout.JAVA_INT_UNALIGNED),
    /** 16-bit unsigned integer. */
    U16(ValueLayout.JAVA_SHORT_UNALIGNED),
    /** 8-bit unsigned integer. */
    U8(ValueLayout.JAVA_BYTE),
    /** Zero or one in a byte. */
    BOOL(ValueLayout.JAVA_BYTE);

    /** An element in memory, by its bits alone. */
    final ValueLayout inMemory;
    /** An element in a file, where the least significant byte comes first. */
    final ValueLayout inFile;

    DataType(ValueLayout inMemory) {
        this.inMemory = inMemory;
        this.inFile = inMemory.withOrder(ByteOrder.LITTLE_ENDIAN);
    }

    /** Whether it is floating point of 16 bits or more, as weights are. */
    public boolean isFloatingPoint() {
        return this == F64 || this == F32 || this == F16 || this == BF16;
    }

    /** Bytes of an element. */
    public int size() {
        return (int) inMemory.byteSize();
    }
}
