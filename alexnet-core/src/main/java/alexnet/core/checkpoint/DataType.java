package alexnet.core.checkpoint;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** The types of tensor elements that are read and written, of the many that the format knows. */
public enum DataType {
    /** 32-bit floating point. */
    F32(ValueLayout.JAVA_INT_UNALIGNED),
    /** 32-bit signed integer. */
    I32(ValueLayout.JAVA_INT_UNALIGNED),
    /** 64-bit signed integer. */
    I64(ValueLayout.JAVA_LONG_UNALIGNED),
    /** 8-bit unsigned integer. */
    U8(ValueLayout.JAVA_BYTE);

    /** An element in memory, by its bits alone. */
    final ValueLayout inMemory;
    /** An element in a file, where the least significant byte comes first. */
    final ValueLayout inFile;

    DataType(ValueLayout inMemory) {
        this.inMemory = inMemory;
        this.inFile = inMemory.withOrder(ByteOrder.LITTLE_ENDIAN);
    }

    /** Bytes of an element. */
    public int size() {
        return (int) inMemory.byteSize();
    }
}
